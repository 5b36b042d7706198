"""Random histories, written into the records and beside them into the slow counting's lists."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot import clock
from bot.imports import activities as activity_sheet
from bot.imports import services as service_sheet
from bot.records import activities, database, followups, services
from bot.records.activities import Entry
from bot.records.models import Base, JobIntention, Person, PersonLink, Service
from tests.report.slow_count import (
    BEIJING,
    ENTRIES,
    History,
    SlowEntry,
    SlowFollowUp,
    SlowPerson,
    SlowService,
)

CAMPAIGN = "yuzhong-2022"
NOW = clock.in_beijing(datetime(2022, 12, 31, 9))
#: Days at and around both ends of the window, of the preparation, and in between.
DAYS = [
    *(date(2022, 1, 9), date(2022, 1, 10), date(2022, 1, 14), date(2022, 1, 15), date(2022, 1, 20), date(2022, 1, 21)),
    *(date(2022, 2, 14), date(2022, 2, 15), date(2022, 2, 16), date(2022, 3, 30), date(2022, 3, 31)),
    *(date(2022, 4, 1), date(2022, 4, 2)),
]
TIMES = [time(0, 0, 0), time(0, 0, 1), time(7, 59, 59), time(8, 0, 0), time(12, 30), time(23, 59, 59)]
TIMES.append(time(23, 59, 59, 999999))
UNITS = ["大坪街道", "解放碑街道", "石油路街道", "别处街道", None]
SHEET_UNITS = ["大坪街道", "解放碑街道", ""]
KINDS = ["policy_consultation", "job_recommendation", "help_request", "rights_consultation", "employer_service"]
TOPICS = ["startup_support", "relief", "unpaid_wages"]
NAMES = ["张三", "李四", ""]
PHONES = ["13800000000", "13800000001", ""]
GENDERS = {"女": "female", "男": "male", "": None}
POVERTY = {"是": True, "否": False, "": None}

days = st.sampled_from(DAYS)
moments = st.builds(lambda day, at: datetime.combine(day, at, BEIJING), days, st.sampled_from(TIMES))
small = st.integers(0, 3)
rows = st.tuples(
    st.builds(lambda day, hour: datetime.combine(day, time(hour)), days, st.integers(0, 23)),
    st.sampled_from(SHEET_UNITS),
    st.sampled_from(NAMES),
    st.sampled_from(PHONES),
    st.sampled_from(list(GENDERS)),
    st.sampled_from(list(POVERTY)),
    st.sampled_from(KINDS),
    st.sampled_from(["", *TOPICS]),
)
entry = st.tuples(st.sampled_from(list(ENTRIES.values())), st.sampled_from(UNITS), days, st.integers(0, 20))
outcomes = st.sampled_from(
    ["employed_in_district", "employed_in_province", "employed_elsewhere_province", "still_looking"]
)

served = st.tuples(
    st.just("serve"), small, st.sampled_from(KINDS), st.sampled_from(TOPICS), st.sampled_from(UNITS), moments
)

#: One thing that happens: its name and what it needs. Numbers are places in what there is so far. What happens
#: most often in life is listed as often.
EVENTS = st.one_of(
    *([served] * 6),
    st.tuples(st.just("person"), st.sampled_from(list(GENDERS.values())), st.sampled_from(list(POVERTY.values()))),
    st.tuples(st.just("retry"), small),
    st.tuples(st.just("void"), small),
    st.tuples(st.just("link"), small, small),
    st.tuples(st.just("undo"), small),
    st.tuples(st.just("tell"), small, st.sampled_from(["female", "male"]), st.booleans()),
    st.tuples(st.just("sheet"), st.lists(rows, min_size=1, max_size=4)),
    st.tuples(st.just("enter"), entry),
    st.tuples(st.just("correct"), small, entry),
    st.tuples(st.just("void_entry"), small),
    st.tuples(st.just("log_sheet"), st.lists(entry, min_size=1, max_size=3)),
    *([st.tuples(st.just("follow_up"), small, st.sampled_from(UNITS), outcomes, days)] * 2),
    st.tuples(st.just("void_follow_up"), small),
)


@dataclass
class Both:
    """The records and the lists, kept alike event by event.

    The lists number persons made here as the records do. Persons of a sheet get numbers of their own from
    1000 on: whom a row is about is worked out once by each side.
    """

    folder: Path
    history: History = field(default_factory=History)
    made: list[int] = field(default_factory=list)
    links: list[tuple[int, int, int]] = field(default_factory=list)
    forms: list[int] = field(default_factory=list)
    sheet_persons: dict[tuple[str, ...], int] = field(default_factory=dict)
    sheet_rows: set[tuple[Any, ...]] = field(default_factory=set)
    log_rows: set[tuple[Any, ...]] = field(default_factory=set)
    keys: int = 0

    def happen(self, event: tuple[Any, ...]) -> None:
        """Let one event happen on both sides; one that has nothing to happen to does not."""
        name, *what = event
        getattr(self, f"_{name}")(*what)

    def _key(self) -> str:
        self.keys += 1
        return f"test:{self.keys}"

    def _person(self, gender: str | None, poverty: bool | None) -> None:
        with database.writing() as session:
            person = Person(created_at=NOW, gender=gender, poverty_alleviated=poverty)
            session.add(person)
            session.flush()
            number = int(person.id)
        self.made.append(number)
        self.history.persons[number] = SlowPerson(gender, poverty)

    def _serve(self, who: int, kind: str, topic: str, unit: str | None, moment: datetime) -> None:
        if who >= len(self.made):
            return
        done = services.ServiceDone(CAMPAIGN, self.made[who], kind, topic, "web", moment, self._key(), unit)
        with database.writing() as session:
            assert services.record(session, done)
        self.history.services.append(SlowService(self.made[who], kind, topic, unit, moment))

    def _retry(self, which: int) -> None:
        with database.writing() as session:
            held = session.execute(select(Service).order_by(Service.id)).scalars().all()
            if which < len(held):
                one = held[which]
                done = services.ServiceDone(
                    CAMPAIGN, one.person_id, one.kind, one.topic, "web", one.occurred_at, one.source_key, "大坪街道"
                )
                assert not services.record(session, done)

    def _void(self, which: int) -> None:
        if which >= len(self.history.services):
            return
        with database.writing() as session:
            service = session.execute(select(Service).order_by(Service.id).offset(which).limit(1)).scalar_one()
            service.voided_at, service.void_reason = NOW, "测试"
        self.history.services[which].voided = True

    def _link(self, who: int, into: int) -> None:
        if max(who, into) >= len(self.made) or who == into:
            return
        with database.writing() as session:
            link = PersonLink(person_id=self.made[who], into_id=self.made[into], reason="hand", created_at=NOW)
            session.add(link)
            session.flush()
            number = int(link.id)
        place = len(self.history.persons[self.made[who]].into)
        self.history.persons[self.made[who]].into.append((self.made[into], False))
        self.links.append((number, self.made[who], place))

    def _undo(self, which: int) -> None:
        if which >= len(self.links):
            return
        number, who, place = self.links[which]
        with database.writing() as session:
            session.get(PersonLink, number).undone_at = NOW
        into = self.history.persons[who].into
        into[place] = (into[place][0], True)

    def _tell(self, who: int, gender: str, poverty: bool) -> None:
        if who >= len(self.made):
            return
        with database.writing() as session:
            told = update(Person).where(Person.id == self.made[who])
            session.execute(told.values(gender=gender, poverty_alleviated=poverty))
        self.history.persons[self.made[who]].gender = gender
        self.history.persons[self.made[who]].poverty_alleviated = poverty

    def _sheet(self, lines: list[tuple[Any, ...]]) -> None:
        """A register, imported twice; its rows are new the first time they stand in any."""
        path = self.folder / "register.csv"
        headings = ["occurred_at", "unit", "name", "phone", "gender", "poverty_alleviated", "kind", "topic"]
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([headings, *([line[0].isoformat(), *line[1:]] for line in lines)])
        fresh = [line for line in dict.fromkeys(lines) if line not in self.sheet_rows]
        for taken in (len(fresh), 0):
            outcome = service_sheet.REGISTER.import_file(path, CAMPAIGN, NOW)
            assert (outcome.taken, outcome.present) == (taken, len(lines) - taken), outcome
        self.sheet_rows.update(fresh)
        for line in fresh:
            moment, unit, _, _, gender, poverty, kind, topic = line
            person = self._whose(line)
            told = self.history.persons[person]
            told.gender = GENDERS[gender] or told.gender
            told.poverty_alleviated = told.poverty_alleviated if POVERTY[poverty] is None else POVERTY[poverty]
            self.history.services.append(SlowService(person, kind, topic, unit or None, moment.replace(tzinfo=BEIJING)))

    def _whose(self, line: tuple[Any, ...]) -> int:
        """The person of a row: by phone and name, by unit and name, or nobody else's."""
        _, unit, name, phone, *_ = line
        token = ("phone", phone, name) if phone else ("unit", unit, name) if name else ("row", *map(str, line))
        if token in self.sheet_persons:
            return self.sheet_persons[token]
        number = 1000 + len(self.sheet_persons)
        self.history.persons[number] = SlowPerson()
        if phone:
            for head, names in self._groups(phone):
                if not name or names <= {name}:
                    self.history.persons[number].into.append((head, False))
                    break
        self.sheet_persons[token] = number
        return number

    def _groups(self, phone: str) -> list[tuple[int, set[str]]]:
        """Who has a phone already, oldest first, each human with the names they go by."""
        groups: dict[int, set[str]] = {}
        for token, number in self.sheet_persons.items():
            if token[:2] == ("phone", phone):
                names = groups.setdefault(self.history.human(number), set())
                names.update({token[2]} - {""})
        return list(groups.items())

    def _enter(self, what: tuple[Any, ...]) -> None:
        kind, unit, day, quantity = what
        with database.writing() as session:
            key = self._key()
            for new in (True, False):
                done = activities.enter(session, Entry(CAMPAIGN, kind, day, quantity, unit), "a", NOW, key)
                assert (done is not None) == new
            self.forms.append(_last_entry(session))
        self.history.entries.append(SlowEntry(kind, unit, day, quantity))

    def _correct(self, which: int, what: tuple[Any, ...]) -> None:
        kind, unit, day, quantity = what
        if which >= len(self.forms) or not self.history.entries[which].counts:
            return
        with database.writing() as session:
            changed = Entry(CAMPAIGN, kind, day, quantity, unit)
            self.forms[which] = activities.correct(session, self.forms[which], changed, "b", NOW, self._key()).id
        self.history.entries[which] = SlowEntry(kind, unit, day, quantity)

    def _void_entry(self, which: int) -> None:
        if which >= len(self.forms) or not self.history.entries[which].counts:
            return
        with database.writing() as session:
            activities.void(session, self.forms[which], "测试", "b", NOW)
        self.history.entries[which].counts = False

    def _log_sheet(self, lines: list[tuple[Any, ...]]) -> None:
        lines = [line for line in lines if line[1] != "别处街道"]
        path = self.folder / "log.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(
                [["kind", "unit", "day", "quantity"], *([a, b or "", c, d] for a, b, c, d in lines)]
            )
        fresh = [line for line in dict.fromkeys(lines) if line not in self.log_rows]
        for taken in (len(fresh), 0):
            assert activity_sheet.REGISTER.import_file(path, CAMPAIGN, NOW).taken == taken
        self.log_rows.update(fresh)
        with database.reading() as session:
            last = _last_entry(session) if fresh else 0
        self.forms.extend(range(last - len(fresh) + 1, last + 1))
        self.history.entries.extend(SlowEntry(kind, unit, day, quantity) for kind, unit, day, quantity in fresh)

    def _follow_up(self, who: int, unit: str | None, outcome: str, day: date) -> None:
        if who >= len(self.made):
            return
        with database.writing() as session:
            key = self._key()
            left = JobIntention(draft_id=key, receipt=key, campaign=CAMPAIGN, person_id=self.made[who], unit=unit)
            left.state, left.urgent, left.created_at, left.changed_at = "open", False, NOW, NOW
            session.add(left)
            session.flush()
            found = followups.Found(left.id, outcome, day)
            for new in (True, False):
                assert followups.record(session, found, "a", NOW, key) == new
        self.history.follow_ups.append(SlowFollowUp(self.made[who], unit, outcome, day))

    def _void_follow_up(self, which: int) -> None:
        if which < len(self.history.follow_ups):
            with database.writing() as session:
                followups.void(session, which + 1, "测试", "b", NOW)
            self.history.follow_ups[which].voided = True


def _last_entry(session: Session) -> int:
    return int(
        session.execute(select(activities.Activity.id).order_by(activities.Activity.id.desc()).limit(1)).scalar_one()
    )


def empty() -> None:
    """Leave nothing of the history before."""
    with database.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "meta":
                session.execute(delete(table))
