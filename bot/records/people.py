"""Finding people and their services: by keyed digests where a field is encrypted, and within a clerk's units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.clock import BEIJING
from bot.records import identity, privacy
from bot.records.models import Person, PersonKey, PersonLink, Registration, Service
from bot.records.order import Order
from bot.records.registrations import ERASED
from bot.records.staff import Account

#: By what the tables of people and of services may be sorted.
PEOPLE_SORTS = {"id": Person.id, "unit": Person.unit, "since": Person.created_at}
SERVICE_SORTS = {
    "at": Service.occurred_at,
    "kind": Service.kind,
    "topic": Service.topic,
    "unit": Service.unit,
    "channel": Service.channel,
    "clerk": Service.clerk,
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None or "" does not matter.

    Attributes:
        phone: in E.164 form.
        name: the whole name: a keyed digest finds no part of one.
        receipt: eight digits.
        unit: of a person, a registration or a service.
        first: the first day on which something was left or done.
        last: the last such day.
        kind: of service.
        campaign: id of a pack.
    """

    phone: str | None = None
    name: str = ""
    receipt: str | None = None
    unit: str = ""
    first: date | None = None
    last: date | None = None
    kind: str = ""
    campaign: str = ""

    @property
    def names_somebody(self) -> bool:
        """Whether a phone, a name or a receipt is looked for."""
        return bool(self.phone or self.name or self.receipt)


def search(
    session: Session, account: Account, wanted: Wanted, order: Order, begin: int, most: int
) -> tuple[list[Person], int]:
    """People who left a name or a phone and fit, and how many there are.

    Args:
        session: a session.
        account: who asks; a clerk finds their unit's people and those of no unit.
        wanted: what must fit, all of it.
        order: by one of PEOPLE_SORTS.
        begin: leave out so many.
        most: give at most so many.
    """
    asked = select(Person).where(or_(Person.name.is_not(None), Person.phone.is_not(None)), *_of(wanted, Person.id))
    if wanted.unit:
        asked = asked.where(
            or_(Person.unit == wanted.unit, _has(Registration, wanted.unit), _has(Service, wanted.unit))
        )
    if wanted.first or wanted.last:
        left = select(Registration.person_id).where(*_within(wanted, Registration.created_at))
        done = select(Service.person_id).where(*_within(wanted, Service.occurred_at))
        asked = asked.where(or_(Person.id.in_(left), Person.id.in_(done)))
    if not account.sees_all_units:
        asked = asked.where(is_theirs(account))
    total = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    rows = session.execute(asked.order_by(order.of(PEOPLE_SORTS[order.by]), Person.id.desc()).offset(begin).limit(most))
    return list(rows.scalars()), int(total)


def services(
    session: Session, account: Account, wanted: Wanted, order: Order, begin: int, most: int
) -> tuple[list[tuple[Service, Person]], int]:
    """Services that fit, each with its person, and how many there are; voided ones as well.

    They are sorted by one of SERVICE_SORTS, then by time in the same direction.
    """
    asked = select(Service, Person).join(Person, Person.id == Service.person_id).where(*_of(wanted, Service.person_id))
    asked = asked.where(*_within(wanted, Service.occurred_at))
    for column, value in (
        (Service.unit, wanted.unit),
        (Service.kind, wanted.kind),
        (Service.campaign, wanted.campaign),
    ):
        asked = asked.where(column == value) if value else asked
    if not account.sees_all_units:
        asked = asked.where(or_(Service.unit.is_(None), Service.unit == account.unit))
    total = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    columns = (SERVICE_SORTS[order.by], Service.occurred_at, Service.id)
    rows = session.execute(asked.order_by(*(order.of(column) for column in columns)).offset(begin).limit(most))
    return [(row.Service, row.Person) for row in rows], int(total)


def units_of(session: Session, person_id: int) -> set[str]:
    """The units that a person has to do with; empty for none."""
    found: set[str] = set()
    for table, column in ((Person, Person.id), (Registration, Registration.person_id), (Service, Service.person_id)):
        rows = session.execute(select(table.unit).where(column == person_id, table.unit.is_not(None)).distinct())
        found.update(rows.scalars())
    return found


def is_visible(session: Session, account: Account, person_id: int) -> bool:
    """Whether somebody may open a person: one of their unit, or of none."""
    return session.get(Person, person_id) is not None and account.sees(*units_of(session, person_id))


def registrations_of(session: Session, account: Account, persons: list[int]) -> list[Registration]:
    """What these persons left and the account may see, newest first."""
    rows = select(Registration).where(Registration.person_id.in_(persons), Registration.state != ERASED)
    found = session.execute(rows.order_by(Registration.id.desc())).scalars()
    return [row for row in found if account.sees(row.unit)]


def services_of(session: Session, account: Account, persons: list[int]) -> list[Service]:
    """What was done for these persons and the account may see, newest first."""
    rows = select(Service).where(Service.person_id.in_(persons)).order_by(Service.occurred_at.desc(), Service.id.desc())
    return [row for row in session.execute(rows).scalars() if account.sees(row.unit)]


def links_of(session: Session, persons: list[int]) -> list[PersonLink]:
    """The links in force among these persons."""
    rows = select(PersonLink).where(PersonLink.person_id.in_(persons), PersonLink.undone_at.is_(None))
    return list(session.execute(rows.order_by(PersonLink.id)).scalars())


def alike(session: Session, account: Account, person: Person) -> list[Person]:
    """Other people with the same phone or name, whom the account may see: they may be the same human."""
    keys = select(PersonKey.kind, PersonKey.digest).where(
        PersonKey.person_id == person.id, PersonKey.kind.in_((identity.PHONE, identity.NAME))
    )
    same = set(identity.same_human(session, int(person.id)))
    found: dict[int, Person] = {}
    for kind, digest in session.execute(keys).all():
        rows = (
            select(Person)
            .join(PersonKey, PersonKey.person_id == Person.id)
            .filter(PersonKey.kind == kind, PersonKey.digest == digest)
        )
        found.update({int(one.id): one for one in session.execute(rows).scalars() if one.id not in same})
    return [one for number, one in sorted(found.items()) if is_visible(session, account, number)]


def by_phone(session: Session, account: Account, phone: str) -> list[Person]:
    """The people with a phone whom the account may see, oldest first."""
    holders = select(PersonKey.person_id).filter_by(kind=identity.PHONE, digest=privacy.digest(identity.PHONE, phone))
    rows = session.execute(select(Person).where(Person.id.in_(holders)).order_by(Person.id)).scalars()
    return [person for person in rows if is_visible(session, account, int(person.id))]


def _of(wanted: Wanted, person_id: Any) -> list[Any]:
    """That the person has the phone, the name and the receipt."""
    found = []
    for kind, value in ((identity.PHONE, wanted.phone), (identity.NAME, identity.plain_name(wanted.name))):
        if value:
            digest = privacy.digest(kind, value)
            found.append(person_id.in_(select(PersonKey.person_id).filter_by(kind=kind, digest=digest)))
    if wanted.receipt:
        found.append(person_id.in_(select(Registration.person_id).filter_by(receipt=wanted.receipt)))
    return found


def _within(wanted: Wanted, column: Any) -> list[Any]:
    """That a moment lies within the days, both included."""
    begin = [column >= _midnight(wanted.first)] if wanted.first else []
    return [*begin, *([column < _midnight(wanted.last + timedelta(days=1))] if wanted.last else [])]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)


def _has(table: type[Registration] | type[Service], unit: str | None) -> Any:
    return exists().where(table.person_id == Person.id, table.unit == unit).correlate(Person)


def is_theirs(account: Account) -> Any:
    """The condition that a person is of the account's unit, or of none; for a query of Person."""
    of_unit = or_(Person.unit == account.unit, _has(Registration, account.unit), _has(Service, account.unit))
    anywhere = [
        exists().where(table.person_id == Person.id, table.unit.is_not(None)).correlate(Person)
        for table in (Registration, Service)
    ]
    return or_(of_unit, and_(Person.unit.is_(None), *(~one for one in anywhere)))
