"""The same table counted a second time, slowly and by other means: plain lists, one rule after the other.

It shares nothing with bot/report: not the SQL, not the links, not the pack. The rules are written out here as
docs/counting.md has them, and the columns as the annex has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
UNITS = (
    *("七星岗街道", "解放碑街道", "两路口街道", "上清寺街道", "菜园坝街道", "南纪门街道"),
    *("朝天门街道", "大溪沟街道", "大坪街道", "化龙桥街道", "石油路街道"),
)
NOBODYS = "未归属"

SERVICE_6 = {
    *("policy_consultation", "job_fair_information", "job_information", "training_information", "career_guidance"),
    *("job_recommendation", "training_recommendation", "startup_guidance", "hardship_aid", "job_intention"),
    "help_request",
}
NOT_6 = {
    *("social_assistance", "return_transport", "childcare_care", "stay_benefits"),
    *("relief", "travel", "psychological", "other"),
}
SERVICE_12 = {"rights_consultation", "rights_help_request", "legal_aid_referral"}
OUTCOMES = {13: "employed_in_district", 16: "employed_in_province", 19: "employed_elsewhere_province"}
ENTRIES = {
    1: "leaflets",
    2: "fair_held",
    3: "companies",
    4: "posts",
    5: "signed_intentions",
    6: "services",
    7: "services_poverty_alleviated",
    8: "services_female",
    9: "trainings",
    10: "startup_trainings",
    11: "subsidised_trainings",
    12: "rights_services",
    13: "employed_in_district",
    14: "employed_in_district_poverty_alleviated",
    15: "employed_in_district_female",
    16: "employed_in_province",
    17: "employed_in_province_poverty_alleviated",
    18: "employed_in_province_female",
    19: "employed_elsewhere_province",
    20: "employed_elsewhere_province_poverty_alleviated",
    21: "employed_elsewhere_province_female",
}


@dataclass
class SlowPerson:
    gender: str | None = None
    poverty_alleviated: bool | None = None
    into: list[tuple[int, bool]] = field(default_factory=list)


@dataclass
class SlowService:
    person: int
    kind: str
    topic: str
    unit: str | None
    moment: datetime
    voided: bool = False


@dataclass
class SlowFollowUp:
    person: int
    unit: str | None
    outcome: str
    day: date
    voided: bool = False


@dataclass
class SlowEntry:
    kind: str
    unit: str | None
    day: date
    quantity: int
    counts: bool = True


@dataclass
class History:
    """Everything that happened, in the order in which it was written down. Persons are named by number."""

    persons: dict[int, SlowPerson] = field(default_factory=dict)
    services: list[SlowService] = field(default_factory=list)
    follow_ups: list[SlowFollowUp] = field(default_factory=list)
    entries: list[SlowEntry] = field(default_factory=list)

    def human(self, person: int) -> int:
        """Follow the newest link that was not undone, until there is none or a circle closes."""
        path = [person]
        while True:
            standing = [into for into, undone in self.persons[path[-1]].into if not undone]
            if not standing:
                return path[-1]
            if standing[-1] in path:
                circle = path[path.index(standing[-1]) :]
                return sorted(circle)[0]
            path.append(standing[-1])

    def is_a(self, human: int, attribute: str, value: object) -> bool:
        """What the human's own record says, else the oldest of the others that says something."""
        same = [human, *(one for one in sorted(self.persons) if one != human and self.human(one) == human)]
        told = [getattr(self.persons[one], attribute) for one in same]
        known = [one for one in told if one is not None]
        return bool(known) and known[0] == value


def count(history: History, first: date, prepared_from: date, last: date, as_of: date) -> dict[int, dict[str, int]]:
    """Column → row → number, zeros left out."""
    end = min(last, as_of)
    sets: dict[int, dict[int, str]] = {
        6: _served(history, first, end, SERVICE_6, NOT_6),
        12: _served(history, first, end, SERVICE_12, set()),
    }
    sets.update({column: _found_work(history, first, end, outcome) for column, outcome in OUTCOMES.items()})
    for total in (6, 13, 16, 19):
        people = sets[total]
        sets[total + 1] = {who: row for who, row in people.items() if history.is_a(who, "poverty_alleviated", True)}
        sets[total + 2] = {who: row for who, row in people.items() if history.is_a(who, "gender", "female")}
    found: dict[int, dict[str, int]] = {}
    for column in range(1, 22):
        cells = dict.fromkeys((*UNITS, NOBODYS), 0)
        for row in sets.get(column, {}).values():
            cells[row] += 1
        for entry in history.entries:
            begin = prepared_from if column == 1 else first
            if entry.counts and entry.kind == ENTRIES[column] and begin <= entry.day <= end:
                cells[entry.unit if entry.unit in UNITS else NOBODYS] += entry.quantity
        found[column] = {row: number for row, number in cells.items() if number}
    return {column: cells for column, cells in found.items() if cells}


def _served(history: History, first: date, end: date, kinds: set[str], not_about: set[str]) -> dict[int, str]:
    """Human → row: the unit of their earliest counted service that has a known one."""
    begin = datetime.combine(first, time(), BEIJING)
    over = datetime.combine(end, time(), BEIJING) + timedelta(days=1)
    people: dict[int, list[tuple[datetime, int, str]]] = {}
    for place, service in enumerate(history.services):
        if service.voided or service.kind not in kinds or service.topic in not_about:
            continue
        if not begin <= service.moment < over:
            continue
        placed = people.setdefault(history.human(service.person), [])
        if service.unit in UNITS:
            placed.append((service.moment, place, service.unit))
    return {human: min(placed)[2] if placed else NOBODYS for human, placed in people.items()}


def _found_work(history: History, first: date, end: date, outcome: str) -> dict[int, str]:
    """Human → row: those whose latest follow-up says so, within the window."""
    latest: dict[int, tuple[date, int]] = {}
    for place, follow_up in enumerate(history.follow_ups):
        if not follow_up.voided and follow_up.day <= end:
            human = history.human(follow_up.person)
            latest[human] = max(latest.get(human, (date.min, -1)), (follow_up.day, place))
    decided = {human: history.follow_ups[place] for human, (_, place) in latest.items()}
    return {
        human: one.unit if one.unit in UNITS else NOBODYS
        for human, one in decided.items()
        if one.outcome == outcome and one.day >= first
    }
