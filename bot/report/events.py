"""What is worth telling of the activity log: fairs, trainings, and every entry with a note."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.activity_kinds import ACTIVITY_KINDS
from bot.records.activities import Activity, counting
from bot.report.scope import TOTAL, UNASSIGNED, Scope

_ALWAYS = {"fair_held", "trainings"}


def lines(session: Session, scope: Scope, row: str = TOTAL) -> Iterator[str]:
    """One line an event, by day; of one unit, when it is given."""
    window = scope.window
    entries = (
        select(Activity)
        .where(
            Activity.campaign == scope.campaign,
            Activity.day >= window.prepared_from,
            Activity.day <= window.end_day,
            counting(),
        )
        .order_by(Activity.day, Activity.id)
    )
    for one in session.execute(entries).scalars():
        name = one.unit if one.unit in scope.units else UNASSIGNED
        if row not in (TOTAL, name) or not (one.note or one.kind in _ALWAYS):
            continue
        kind = ACTIVITY_KINDS[one.kind]
        note = f"，{one.note}" if one.note else ""
        yield f"{one.day.month}月{one.day.day}日　{one.unit or ''}{kind.name}{one.quantity}{kind.measure}{note}"
