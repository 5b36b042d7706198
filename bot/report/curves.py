"""How a column grew, day by day and week by week: the numbers behind the curves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby

from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.table_model import Column
from bot.report.behind import Record, records
from bot.report.scope import TOTAL, Scope

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
    new: Counter[date] = Counter()
    for person, found in groupby(records(session, scope, column, row), key=lambda one: one.person):
        for one in found:
            new[_day(one)] += one.quantity
            if person is not None:
                break
    first = scope.window.first_day(column)
    days = [first + timedelta(days=number) for number in range((scope.window.end_day - first).days + 1)]
    totals = accumulate(new[day] for day in days)
    return [Point(day, new[day], total) for day, total in zip(days, totals, strict=True)]


def _day(one: Record) -> date:
    moment = one.when
    return clock.in_beijing(moment).date() if one.source == "service" else moment  # type: ignore[arg-type]


def weekly(days: list[Point]) -> list[Point]:
    """Days put together by sevens from the first; the last week may be shorter."""
    weeks = [days[start : start + WEEK] for start in range(0, len(days), WEEK)]
    return [Point(week[-1].day, sum(day.new for day in week), week[-1].total) for week in weeks]
