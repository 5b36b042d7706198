"""Putting rows with a kind of work and a place in order for one wish: work, then place, then the rest.

Each part has a weight greater than all parts after it together, so that no pay makes up for other work.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import or_
from sqlalchemy.orm import Session

from bot.matching.families import related
from bot.matching.place_words import names_place
from bot.matching.wish import Wish

SAME_WORK, RELATED_WORK = 200, 100
SAME_PLACE, SAME_DISTRICT = 60, 30

_LONGEST_PLACE = 12


class Point(NamedTuple):
    """One reason for a row: its weight, and why in a few words ("" when there is nothing to say)."""

    score: int
    why: str


@dataclass(frozen=True)
class Ranked:
    """A row that fits: the sum of its points, and their words."""

    row: Any
    score: int
    why: str


def ranked(
    session: Session,
    query: Any,
    table: Any,
    wish: Wish,
    judge: Callable[[Any], list[Point]],
    alike: Callable[[Any], Hashable],
    limit: int,
) -> list[Ranked]:
    """The best rows of a query, related work only where too few rows have the same work.

    Args:
        session: a session.
        query: which rows are on offer at all, latest first.
        table: JobPost or Course.
        wish: what is looked for.
        judge: the points of a row beyond work and place.
        alike: rows with equal values are one offer written twice.
        limit: how many at most.

    Returns:
        Best first; fewer than `limit` when fewer fit.
    """
    found: dict[Hashable, Ranked] = {}
    for weight, condition in ((SAME_WORK, _same_work(table, wish)), (RELATED_WORK, _related_work(table, wish))):
        rows = session.execute(query.where(condition)).scalars().all()
        judged = [_add_up(row, [_work(weight, row), near(wish, row), *judge(row)]) for row in rows]
        for one in sorted(judged, key=lambda one: -one.score):
            found.setdefault(alike(one.row), one)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _same_work(table: Any, wish: Wish) -> Any:
    if wish.kinds:
        return table.kind_of_work.in_(wish.kinds)
    return or_(table.kind_of_work == wish.kind_of_work, table.title.contains(wish.kind_of_work, autoescape=True))


def _related_work(table: Any, wish: Wish) -> Any:
    return table.kind_of_work.in_(related(wish.kinds))


def _work(weight: int, row: Any) -> Point:
    return Point(weight, "同工种" if weight == SAME_WORK else f"相近工种：{row.kind_of_work}")


def _add_up(row: Any, points: list[Point]) -> Ranked:
    return Ranked(row, sum(point.score for point in points), " · ".join(point.why for point in points if point.why))


def near(wish: Wish, row: Any) -> Point:
    """Whether a row is where the person wants to be: there, else in the district, else elsewhere or unknown."""
    if not (wish.unit or wish.place):
        return Point(0, "")
    where = row.unit or _short(row.place)
    if _is_there(wish, row):
        return Point(SAME_PLACE, f"就在{where}")
    if row.unit:
        return Point(SAME_DISTRICT, f"在{row.unit}")
    return Point(0, f"在{where}" if where else "地点要问单位")


def _short(place: str | None) -> str:
    return place if place and len(place) <= _LONGEST_PLACE else f"{place[:_LONGEST_PLACE]}…" if place else ""


def _is_there(wish: Wish, row: Any) -> bool:
    if wish.unit and wish.unit == row.unit:
        return True
    if wish.place and names_place(wish.place, row.unit, row.place):
        return True
    return bool(wish.unit and not row.unit and names_place(wish.unit, None, row.place))
