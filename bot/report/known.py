"""How well the persons of a column are known: the first thing that an auditor asks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, case, cast, func, select
from sqlalchemy.orm import Session

from bot.campaign.table_model import Column
from bot.records.identity import WEB_SESSION
from bot.records.models import PersonKey
from bot.report.heads import HEADS, head_of
from bot.report.persons import persons
from bot.report.scope import UNASSIGNED, Scope
from bot.report.sql import NotSearched, in_row


def _only_session() -> Any:
    """Persons (`head`) of whom nothing is known but the session of a web page."""
    head = head_of(PersonKey.person_id)
    other = func.max(cast(case((PersonKey.kind == WEB_SESSION, 0), else_=1), Integer))
    return (
        select(head.label("head"))
        .select_from(PersonKey.__table__.outerjoin(HEADS, HEADS.c.person_id == PersonKey.person_id))
        .group_by(head)
        .having(other == 0)
        .cte("only_session")
    )


def by_session_only(session: Session, scope: Scope, column: Column) -> dict[str, int]:
    """Row → how many persons of a column are known only by the session of a web page.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        scope: what the table was counted over.
        column: one that counts persons.
    """
    found, anonymous = persons(scope, column, told=False), _only_session()
    statement = select(found.c.unit, func.count().label("persons")).join(anonymous, anonymous.c.head == found.c.head)
    rows = session.execute(statement.group_by(found.c.unit))
    return {row.unit or UNASSIGNED: int(row.persons) for row in rows}


def first_by_session_only(session: Session, scope: Scope, column: Column, row: str, most: int) -> list[int]:
    """The first `most` of these persons in a row of the table, or in 总计; takes the same as `by_session_only`."""
    found, anonymous = persons(scope, column, told=False), _only_session()
    heads = select(found.c.head).join(anonymous, anonymous.c.head == found.c.head)
    # In the order of an index SQLite would hold every person against every other.
    first = heads.where(in_row(scope, found.c.unit, row)).order_by(NotSearched(found.c.head)).limit(most)
    return list(session.execute(first).scalars())
