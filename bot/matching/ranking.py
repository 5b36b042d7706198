"""Putting rows with a kind of work and a place in order for one wish: work, then place, then the rest.

Each part has a weight greater than all parts after it together, so that no pay makes up for other work.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import or_, true
from sqlalchemy.orm import Session

from bot.matching import where
from bot.matching.families import related
from bot.matching.wish import Wish

SAME_WORK, RELATED_WORK = 300, 150
#: In the place that was asked for; in one's own street where that place is another; in the same district.
SAME_PLACE, OWN_STREET, SAME_DISTRICT = 90, 60, 30
#: Between two that are alike otherwise, the one in the own street.
AT_HOME = 1

_LONGEST_PLACE = 12


class Point(NamedTuple):
    """One reason for a row: its weight, and why in a few words ("" when there is nothing to say)."""

    score: int
    why: str


@dataclass(frozen=True)
class Ranked:
    """A row that fits: the sum of its points, their words, and whether it is where it was wanted."""

    row: Any
    score: int
    why: str
    is_there: bool = False


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
        judged = [_add_up(row, _work(wish, weight, row), near(wish, row), judge(row)) for row in rows]
        for one in sorted(judged, key=lambda one: -one.score):
            found.setdefault(alike(one.row), one)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _same_work(table: Any, wish: Wish) -> Any:
    if wish.is_any:
        return true()
    if wish.kinds:
        return table.kind_of_work.in_(wish.kinds)
    return or_(table.kind_of_work == wish.kind_of_work, table.title.contains(wish.kind_of_work, autoescape=True))


def _related_work(table: Any, wish: Wish) -> Any:
    return table.kind_of_work.in_(related(wish.kinds))


def _work(wish: Wish, weight: int, row: Any) -> Point:
    if wish.is_any:
        return Point(weight, "不挑工种")
    return Point(weight, "同工种" if weight == SAME_WORK else f"相近工种：{row.kind_of_work}")


def _add_up(row: Any, work: Point, place: Point, others: list[Point]) -> Ranked:
    points = [work, place, *others]
    said = " · ".join(point.why for point in points if point.why)
    return Ranked(row, sum(point.score for point in points), said, place.score >= SAME_PLACE)


def near(wish: Wish, row: Any) -> Point:
    """Whether a row is where the person wants to be: there, else in the district; elsewhere is no reason for it."""
    if where.wanted(wish) is None and not where.is_from_here(wish):
        return Point(0, "")
    spot = row.unit or _short(row.place)
    if where.is_in_place(wish, row):
        return Point(SAME_PLACE + (AT_HOME if where.is_in_street(wish, row) else 0), f"就在{spot}")
    if where.is_in_street(wish, row):
        return Point(SAME_PLACE if where.wanted(wish) == wish.unit else OWN_STREET, f"就在{spot}")
    if row.unit and where.is_from_here(wish):
        return Point(SAME_DISTRICT, f"同区（{row.unit}）")
    return Point(0, "" if spot else "地点要问单位")


def _short(place: str | None) -> str:
    return place if place and len(place) <= _LONGEST_PLACE else f"{place[:_LONGEST_PLACE]}…" if place else ""
