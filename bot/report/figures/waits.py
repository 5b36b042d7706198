"""How long things waited in the clerks' queue before somebody took them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.records.queue import REASONS, QueueEntry
from bot.report.scope import TOTAL, Scope
from bot.report.sql import in_row

#: Of ten, nine waited no longer.
NINE_OF_TEN = 0.9


@dataclass(frozen=True)
class Wait:
    """Of one reason: how many came, how many nobody has taken yet, and how long those taken had waited.

    Times are None where nothing was taken.
    """

    reason: str
    came: int
    waiting: int
    median: timedelta | None
    nine_of_ten: timedelta | None
    longest: timedelta | None


def waits(session: Session, scope: Scope, row: str = TOTAL) -> list[Wait]:
    """What came within the window up to the as-of day, by reason in the order of the queue, without empty ones.

    A promised call waits from the time that it was promised for. Nights and days off are not taken out.
    Who left the queue by themselves are counted as having come, and neither as waiting nor as taken.

    Args:
        session: a reading session.
        scope: what the table is counted over; the queue itself knows no campaign.
        row: what one unit's clerks see to; what is nobody's; or all.
    """
    since = func.coalesce(QueueEntry.due_at, QueueEntry.created_at).label("since")
    asked = select(QueueEntry.reason, since, QueueEntry.claimed_at, QueueEntry.open_key).where(
        QueueEntry.created_at >= scope.window.start,
        QueueEntry.created_at < scope.window.end,
        in_row(scope, QueueEntry.unit, row),
    )
    came: dict[str, int] = defaultdict(int)
    waiting: dict[str, int] = defaultdict(int)
    taken: dict[str, list[timedelta]] = defaultdict(list)
    for one in session.execute(asked):
        came[one.reason] += 1
        if one.claimed_at is not None:
            taken[one.reason].append(max(one.claimed_at - one.since, timedelta(0)))
        elif one.open_key is not None:
            waiting[one.reason] += 1
    return [_wait(reason, came[reason], waiting[reason], sorted(taken[reason])) for reason in REASONS if came[reason]]


def _wait(reason: str, came: int, waiting: int, taken: Sequence[timedelta]) -> Wait:
    if not taken:
        return Wait(reason, came, waiting, None, None, None)
    median, most = taken[(len(taken) - 1) // 2], taken[min(len(taken) - 1, int(NINE_OF_TEN * len(taken)))]
    return Wait(reason, came, waiting, median, most, taken[-1])
