"""How a column grew, day by day and week by week: the numbers behind the curves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.campaign.table_model import Column
from bot.report import entries
from bot.report.persons import day_of, has, persons
from bot.report.scope import TOTAL, Scope
from bot.report.sql import in_row

WEEK = 7


@dataclass(frozen=True)
class Point:
    """One day or week: its last day, what came new, and all up to it."""

    day: date
    new: int
    total: int


def daily(session: Session, scope: Scope, column: Column, row: str = TOTAL) -> list[Point]:
    """Each day of the window up to the as-of day; a person comes new with their first counted record.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        scope: what the table was counted over.
        column: one of its columns.
        row: a unit, 未归属, or 总计.
    """
    new = Counter(entries.days(session, scope, column, row))
    filled_by = scope.person_column(column)
    if filled_by is not None:
        found = persons(scope, filled_by, told=column.where is not None, since=True)
        wanted = in_row(scope, found.c.unit, row)
        wanted = wanted & has(column.where, found) if column.where else wanted
        asked = select(found.c.since, func.count().label("persons")).where(wanted).group_by(found.c.since)
        for one in session.execute(asked):
            new[day_of(one.since)] += one.persons
    first = scope.window.first_day(column)
    days = [first + timedelta(days=number) for number in range((scope.window.end_day - first).days + 1)]
    totals = accumulate(new[day] for day in days)
    return [Point(day, new[day], total) for day, total in zip(days, totals, strict=True)]


def weekly(days: list[Point]) -> list[Point]:
    """Days put together by sevens from the first; the last week may be shorter."""
    weeks = [days[start : start + WEEK] for start in range(0, len(days), WEEK)]
    return [Point(week[-1].day, sum(day.new for day in week), week[-1].total) for week in weeks]
