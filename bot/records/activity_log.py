"""Looking through the activity log: entries in their newest form, each with what it said before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.records.activities import Activity, counting
from bot.records.order import Order
from bot.records.staff import Account

#: By what the log may be sorted.
SORTS = {
    "day": Activity.day,
    "unit": Activity.unit,
    "kind": Activity.kind,
    "quantity": Activity.quantity,
    "entered": Activity.entered_at,
}


@dataclass(frozen=True)
class Asked:
    """Which entries are looked for; what is empty does not matter.

    Attributes:
        campaign: id of the pack.
        units: of these units, None standing for no unit; None for all.
        kind: one of bot.campaign.activity_kinds.
        first: the first day.
        last: the last day.
    """

    campaign: str
    units: Collection[str | None] | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None


def sees(account: Account, entry: Activity) -> bool:
    """Whether an entry is theirs: a clerk's own unit's; nobody's entries are the district's."""
    return account.sees_all_units or entry.unit == account.unit


def page(session: Session, asked: Asked, order: Order, begin: int, most: int) -> tuple[list[Activity], int]:
    """The entries that fit, voided ones as well, and how many there are.

    Args:
        session: a session.
        asked: what must fit, all of it.
        order: how they are sorted; what is equal there comes newest first.
        begin: leave out so many.
        most: give at most so many.
    """
    newer = aliased(Activity)
    rows = select(Activity).where(
        *_conditions(asked), ~select(newer.id).where(newer.supersedes_id == Activity.id).exists()
    )
    total = session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    rows = rows.order_by(order.of(SORTS[order.by]), Activity.id.desc())
    return list(session.execute(rows.offset(begin).limit(most)).scalars()), int(total)


def quantity(session: Session, asked: Asked) -> int:
    """The sum of the entries that fit and count."""
    rows = select(func.coalesce(func.sum(Activity.quantity), 0)).where(*_conditions(asked), counting())
    return int(session.execute(rows).scalar_one())


def earlier_forms(session: Session, entries: Sequence[Activity]) -> dict[int, list[Activity]]:
    """What each entry said before its corrections, the latest first; entries without any are left out."""
    found: dict[int, list[Activity]] = {}
    heads = {int(one.supersedes_id): int(one.id) for one in entries if one.supersedes_id is not None}
    while heads:
        rows = session.execute(select(Activity).where(Activity.id.in_(heads))).scalars().all()
        for row in rows:
            found.setdefault(heads[int(row.id)], []).append(row)
        heads = {int(row.supersedes_id): heads[int(row.id)] for row in rows if row.supersedes_id is not None}
    return found


def _conditions(asked: Asked) -> list[Any]:
    conditions = [Activity.campaign == asked.campaign]
    if asked.units is not None:
        named = Activity.unit.in_([unit for unit in asked.units if unit is not None])
        conditions.append(or_(named, Activity.unit.is_(None)) if None in asked.units else named)
    if asked.kind:
        conditions.append(Activity.kind == asked.kind)
    if asked.first:
        conditions.append(Activity.day >= asked.first)
    if asked.last:
        conditions.append(Activity.day <= asked.last)
    return conditions
