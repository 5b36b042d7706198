"""How the counted services came and what they were about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.records.models import Service
from bot.report.persons import counted_services
from bot.report.scope import TOTAL, Scope
from bot.report.sql import in_row


@dataclass(frozen=True)
class Share:
    """One channel or topic.

    Attributes:
        code: as records write it.
        services: number of a column → how many services count there.
        total: their sum.
        share: of all, from 0 to 1.
    """

    code: str
    services: Mapping[int, int]
    total: int
    share: float


@dataclass(frozen=True)
class Shares:
    """The counted services twice: by channel and by topic, each the largest first."""

    by_channel: list[Share]
    by_topic: list[Share]


def shares(session: Session, scope: Scope, row: str = TOTAL) -> Shares:
    """Count the services that count; services, not persons, so that the shares add up.

    Args:
        session: a reading session.
        scope: what the table is counted over.
        row: the services of one unit (their own, not their person's), of 未归属, or all.
    """
    by_channel: dict[str, Counter[int]] = defaultdict(Counter)
    by_topic: dict[str, Counter[int]] = defaultdict(Counter)
    for column in scope.table.columns:
        if column.counts is None:
            continue
        wanted = counted_services(scope, column, column.counts, by_person=False)
        asked = select(Service.channel, Service.topic, func.count().label("services"))
        asked = asked.where(wanted, in_row(scope, Service.unit, row)).group_by(Service.channel, Service.topic)
        for one in session.execute(asked):
            by_channel[one.channel][column.no] += one.services
            by_topic[one.topic][column.no] += one.services
    return Shares(_largest_first(by_channel), _largest_first(by_topic))


def _largest_first(found: Mapping[str, Counter[int]]) -> list[Share]:
    whole = sum(sum(services.values()) for services in found.values())
    made = [
        Share(code, dict(services), sum(services.values()), sum(services.values()) / whole)
        for code, services in found.items()
    ]
    return sorted(made, key=lambda one: (-one.total, one.code))
