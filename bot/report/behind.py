"""The records behind a cell: which services, follow-ups and entries of the log make its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import CTE

from bot.campaign.table_model import Column
from bot.records.activities import Activity
from bot.records.followups import FollowUp
from bot.records.models import Service
from bot.report.entries import counted_entries
from bot.report.heads import HEADS
from bot.report.persons import counted_services, has, persons
from bot.report.scope import TOTAL, UNASSIGNED, Scope
from bot.report.sql import in_row

#: Rows fetched at a time, so that memory does not grow with a cell.
BATCH = 1000


@dataclass(frozen=True)
class Record:
    """One record behind a cell.

    Attributes:
        source: the table it stands in.
        id: its number there.
        person: whom it counts for; None for an entry of the log, which names nobody.
        row: the row of the table that it counts in.
        when: the moment of a service, else a day.
        what: the kind of service, the outcome, or the kind of entry.
        topic: what a service was about; "" for the others.
        unit: the unit of a service itself, which may be another than the row's.
        quantity: what it adds: of an entry its number, else 1 for the person.
    """

    source: Literal["service", "follow_up", "activity"]
    id: int
    person: int | None
    row: str
    when: datetime | date
    what: str
    topic: str = ""
    unit: str | None = None
    quantity: int = 1


def records(session: Session, scope: Scope, column: Column, row: str = TOTAL) -> Iterator[Record]:
    """The records behind a cell, read as they are asked for.

    Args:
        session: a reading session, open until the last record is read.
        scope: what the table was counted over.
        column: one of its columns.
        row: a unit, 未归属, or 总计 for the whole column.

    Returns:
        Persons first, each with all their records that count in the column, oldest first; then the log.
    """
    filled_by = scope.person_column(column)
    if filled_by is not None:
        found = persons(scope, filled_by)
        wanted = in_row(scope, found.c.unit, row)
        if column.where is not None:
            wanted = wanted & has(column.where, found)
        if filled_by.counts:
            yield from _services(session, scope, filled_by, found, wanted)
        else:
            yield from _follow_ups(session, found, wanted)
    if column.activities:
        yield from _entries(session, scope, column, row)


def _stream(session: Session, statement: Any) -> Any:
    return session.execute(statement.execution_options(yield_per=BATCH, stream_results=True))


def _services(session: Session, scope: Scope, column: Column, found: CTE, wanted: Any) -> Iterator[Record]:
    """The services of persons, those of linked ones apart: each join is one that an index answers."""
    assert column.counts is not None
    condition = counted_services(scope, column, column.counts) & wanted
    asked = select(
        *(found.c.head, Service.occurred_at, Service.id, Service.unit, Service.kind, Service.topic),
        found.c.unit.label("row"),
    ).where(condition)
    alone = (
        asked.select_from(Service)
        .join(found, found.c.head == Service.person_id)
        .outerjoin(HEADS, HEADS.c.person_id == Service.person_id)
        .where(HEADS.c.head.is_(None))
    )
    linked = (
        asked.select_from(HEADS)
        .join(Service, Service.person_id == HEADS.c.person_id)
        .join(found, found.c.head == HEADS.c.head)
    )
    for one in _stream(session, alone.union_all(linked).order_by(text("1, 2, 3"))):
        yield Record("service", one.id, one.head, one.row or UNASSIGNED, one.occurred_at, one.kind, one.topic, one.unit)


def _follow_ups(session: Session, found: CTE, wanted: Any) -> Iterator[Record]:
    statement = (
        select(FollowUp.id, found.c.head, found.c.unit, FollowUp.outcome_on, FollowUp.outcome)
        .join(found, found.c.follow_up_id == FollowUp.id)
        .where(wanted)
        .order_by(found.c.head)
    )
    for one in _stream(session, statement):
        yield Record("follow_up", one.id, one.head, one.unit or UNASSIGNED, one.outcome_on, one.outcome)


def _entries(session: Session, scope: Scope, column: Column, row: str) -> Iterator[Record]:
    statement = select(Activity).where(counted_entries(scope, column)).order_by(Activity.day, Activity.id)
    for one in _stream(session, statement).scalars():
        name = one.unit if one.unit in scope.units else UNASSIGNED
        if row in (TOTAL, name):
            yield Record("activity", one.id, None, name, one.day, one.kind, quantity=one.quantity)
