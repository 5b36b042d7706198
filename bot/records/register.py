"""Lines of a paper register: who each is about, and the service it tells of.

With a phone, phone and name make the person, linked to who is known by that phone already. Without one, unit and
name do. A line with neither is one person of its own (docs/counting.md, "One person").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.campaign.kinds import category_of
from bot.records import identity, privacy
from bot.records.models import Person, PersonKey, Service

REGISTER = "register"
CHANNEL = "import"


@dataclass(frozen=True)
class Line:
    """One line, checked.

    Attributes:
        source_key: what makes a second import harmless: `import:<digest of the line>`.
        campaign: id of the pack.
        kind: one of bot.campaign.kinds; the category follows from it.
        topic: what it was about; "" where the line does not say.
        occurred_at: when, in Beijing.
        unit: whose register it is; None for none.
        name: as written; None for none.
        phone: in E.164 form; None for none.
        gender: "male", "female", or None for not written.
        poverty_alleviated: None for not written.
        note: anything else.
    """

    source_key: str
    campaign: str
    kind: str
    topic: str
    occurred_at: datetime
    unit: str | None = None
    name: str | None = None
    phone: str | None = None
    gender: str | None = None
    poverty_alleviated: bool | None = None
    note: str | None = None

    def who(self) -> str:
        """The digest by which later lines find the same person."""
        name = identity.plain_name(self.name or "")
        if self.phone:
            return privacy.digest(REGISTER, f"phone {self.phone} {name}")
        return privacy.digest(REGISTER, f"unit {self.unit or ''} {name}" if name else f"line {self.source_key}")


def already(session: Session, keys: Collection[str]) -> set[str]:
    """Which of some source keys are recorded."""
    return set(session.execute(select(Service.source_key).where(Service.source_key.in_(keys))).scalars())


def take(session: Session, lines: Iterable[Line], at: datetime) -> None:
    """Record lines that are new, in their order.

    Args:
        session: a writing session.
        lines: a few hundred at a time, each with another source key, none recorded already.
        at: the moment of the import.
    """
    batch = [(line, line.who()) for line in lines]
    persons = _known(session, {who for _, who in batch})
    made: dict[str, Person] = {}
    for line, who in batch:
        if who not in persons:
            persons[who] = made[who] = Person(name=line.name, phone=line.phone, created_at=at)
        _tell(persons[who], line)
    session.add_all(made.values())
    session.flush()
    _insert(session, PersonKey, [_key(person, REGISTER, who) for who, person in made.items()])
    names = {person: identity.plain_name(person.name) for person in made.values() if person.name}
    _insert(
        session,
        PersonKey,
        [_key(person, identity.NAME, privacy.digest(identity.NAME, name)) for person, name in names.items()],
    )
    _find_by_phone(session, list(made.values()), at)
    _insert(session, Service, [_service(line, persons[who].id) for line, who in batch])


def _key(person: Person, kind: str, digest: str) -> dict[str, Any]:
    return {"person_id": person.id, "kind": kind, "digest": digest}


def _insert(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    """Many rows in one statement: one by one, inserting is most of the time of a large register."""
    if rows:
        session.execute(insert(model.__table__), rows)


def _known(session: Session, digests: set[str]) -> dict[str, Person]:
    rows = session.execute(
        select(PersonKey.digest, Person)
        .join(Person, Person.id == PersonKey.person_id)
        .where(PersonKey.kind == REGISTER, PersonKey.digest.in_(digests))
    )
    return {digest: person for digest, person in rows}


def _find_by_phone(session: Session, newcomers: list[Person], at: datetime) -> None:
    """Give newcomers the key of their phone, one after the other, and link those whose phone is known already."""
    phones = {person.id: privacy.digest(identity.PHONE, person.phone) for person in newcomers if person.phone}
    shared = {digest for digest, count in Counter(phones.values()).items() if count > 1}
    held = select(PersonKey.digest).where(PersonKey.kind == identity.PHONE, PersonKey.digest.in_(phones.values()))
    shared.update(session.execute(held).scalars())
    keyed = [{"person_id": number, "kind": identity.PHONE, "digest": phones[number]} for number in phones]
    _insert(session, PersonKey, [key for key in keyed if key["digest"] not in shared])
    for person in newcomers:
        if person.phone and phones[person.id] in shared:
            identity.add_key(session, person, identity.PHONE, person.phone)
            identity.link_to_known(session, person, person.phone, at)


def _tell(person: Person, line: Line) -> None:
    """What a line says of its person is the present value; what it leaves empty stays as it was."""
    person.unit = person.unit or line.unit
    person.gender = line.gender or person.gender
    if line.poverty_alleviated is not None:
        person.poverty_alleviated = line.poverty_alleviated


def _service(line: Line, person_id: int) -> dict[str, Any]:
    return {
        "campaign": line.campaign,
        "person_id": person_id,
        "category": category_of(line.kind),
        "kind": line.kind,
        "topic": line.topic,
        "unit": line.unit,
        "channel": CHANNEL,
        "occurred_at": line.occurred_at,
        "source_key": line.source_key,
        "note": line.note,
    }
