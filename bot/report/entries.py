"""The unnamed numbers of the activity log, by column and row."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from bot.campaign.table_model import Column
from bot.records.activities import Activity, counting
from bot.report.scope import TOTAL, UNASSIGNED, Scope
from bot.report.sql import in_row


def counted_entries(scope: Scope, column: Column) -> Any:
    """The condition that an entry of the log counts in a column."""
    return and_(
        Activity.campaign == scope.campaign,
        Activity.kind.in_(column.activities),
        Activity.day >= scope.window.first_day(column),
        Activity.day <= scope.window.end_day,
        counting(),
    )


def days(session: Session, scope: Scope, column: Column, row: str = TOTAL) -> dict[date, int]:
    """Day → the sum of a column's entries on it, of one row of the table or of all."""
    if not column.activities:
        return {}
    wanted = counted_entries(scope, column) & in_row(scope, Activity.unit, row)
    asked = select(Activity.day, func.sum(Activity.quantity).label("sum")).where(wanted)
    return {one.day: int(one.sum) for one in session.execute(asked.group_by(Activity.day))}


def sums(session: Session, scope: Scope, column: Column) -> dict[str, int]:
    """Row → the sum of its entries; rows without any are left out."""
    if not column.activities:
        return {}
    found: dict[str, int] = {}
    asked = select(Activity.unit, func.sum(Activity.quantity).label("sum")).where(counted_entries(scope, column))
    for row in session.execute(asked.group_by(Activity.unit)):
        name = row.unit if row.unit in scope.units else UNASSIGNED
        found[name] = found.get(name, 0) + int(row.sum)
    return found
