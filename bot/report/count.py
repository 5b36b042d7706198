"""Sets of persons: who counts in a column, and in which unit's row (docs/counting.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.model import Counts
from bot.records import identity
from bot.records.models import Person, Service
from bot.report.window import Window


@dataclass(frozen=True)
class Counted:
    """One service record, as far as counting needs it."""

    id: int
    person: int
    kind: str
    topic: str
    unit: str | None
    occurred_at: datetime


@dataclass
class Served:
    """One person in a column: their unit, and the records behind them."""

    unit: str | None = None
    services: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Attributes:
    """What the 其中 columns ask of a person. Unknown is neither."""

    female: bool
    poverty_alleviated: bool


def services_in(session: Session, campaign: str, window: Window, links: dict[int, int]) -> list[Counted]:
    """The campaign's services inside the window, not voided, oldest first, persons as `links` join them."""
    rows = session.execute(
        select(Service.id, Service.person_id, Service.kind, Service.topic, Service.unit, Service.occurred_at)
        .where(
            Service.campaign == campaign,
            Service.voided_at.is_(None),
            Service.occurred_at >= window.begin,
            Service.occurred_at < window.end,
        )
        .order_by(Service.occurred_at, Service.id)
    )
    return [
        Counted(row.id, identity.canonical(row.person_id, links), row.kind, row.topic, row.unit, row.occurred_at)
        for row in rows
    ]


def persons_served(services: Iterable[Counted], counts: Counts, units: Iterable[str]) -> dict[int, Served]:
    """The persons of one column.

    Args:
        services: oldest first, by occurred_at and then id.
        counts: which kinds count in the column.
        units: the pack's reporting units; any other unit is as good as none.

    Returns:
        Each person with all their counted services; the unit is that of the first with a known unit.
    """
    known = set(units)
    served: dict[int, Served] = {}
    for service in services:
        if service.kind not in counts.kinds or service.topic in counts.except_topics:
            continue
        person = served.setdefault(service.person, Served())
        person.services.append(service.id)
        if person.unit is None and service.unit in known:
            person.unit = service.unit
    return served


def attributes_of(session: Session, links: dict[int, int]) -> dict[int, Attributes]:
    """What is known of every person; linked records speak for the person they were linked into."""
    gender: dict[int, str] = {}
    poverty: dict[int, bool] = {}
    rows = session.execute(select(Person.id, Person.gender, Person.poverty_alleviated).order_by(Person.id))
    known = [(identity.canonical(row.id, links), row) for row in rows]
    known.sort(key=lambda pair: pair[0] != pair[1].id)
    for head, row in known:
        if row.gender is not None:
            gender.setdefault(head, row.gender)
        if row.poverty_alleviated is not None:
            poverty.setdefault(head, row.poverty_alleviated)
    heads = {head for head, _ in known}
    return {head: Attributes(gender.get(head) == "female", poverty.get(head) is True) for head in heads}
