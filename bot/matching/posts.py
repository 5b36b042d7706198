"""The posts that fit a wish, best first, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.grammar import groups
from bot.grammar.pay import Pay, Period
from bot.matching.ranking import Point, ranked
from bot.matching.wish import Wish
from bot.records.openings import JobPost

_FOR_THEM = 2
_ENOUGH, _MAY_BE_ENOUGH, _UNKNOWN, _TOO_LITTLE = 24, 16, 8, 0
_PAY_NAMES: dict[Period, str] = {"month": "月薪", "day": "日薪", "hour": "时薪"}


@dataclass(frozen=True)
class Fit:
    """A post that fits: `score` orders posts of one wish, `why` is said to the person, `is_there`: where they want."""

    post: JobPost
    score: int
    why: str
    is_there: bool = False


def best(
    session: Session, wish: Wish, today: date, limit: int = 3, imported_after: datetime | None = None
) -> list[Fit]:
    """The open posts that fit best: same work before related work, then place, then pay.

    Args:
        session: a session.
        wish: what the person looks for.
        today: posts that are over by then are left out.
        limit: how many at most.
        imported_after: only posts that came in after this moment.

    Returns:
        Best first; fewer than `limit` when fewer fit, none of clearly different work. Where any work will do, each is
        of a kind of its own.
    """
    query = (
        select(JobPost)
        .where(JobPost.gone_at.is_(None), or_(JobPost.valid_until.is_(None), JobPost.valid_until >= today))
        .order_by(JobPost.imported_at.desc(), JobPost.id)
    )
    if imported_after is not None:
        query = query.where(JobPost.imported_at > imported_after)
    found = ranked(
        session,
        query,
        JobPost,
        wish,
        judge=lambda post: [_paid(wish.pay, pay_of(post)), _meant_for(wish.groups, post.groups)],
        alike=lambda post: post.kind_of_work if wish.is_any else (post.company, post.title, post.unit, post.place),
        limit=limit,
    )
    return [Fit(one.row, one.score, one.why, one.is_there) for one in found]


def pay_of(post: JobPost) -> Pay | None:
    """What a post pays; None for 面议."""
    return Pay(post.pay_low, post.pay_high, post.pay_period) if post.pay_period else None


def _paid(wanted: Pay | None, offered: Pay | None) -> Point:
    """Pays for different periods are not compared: nobody knows how many days or hours there will be."""
    if wanted is None:
        return Point(0, "")
    if offered is None:
        return Point(_UNKNOWN, "工资面议")
    if offered.period != wanted.period:
        return Point(_UNKNOWN, str(offered))
    name = _PAY_NAMES[wanted.period]
    if offered.low >= wanted.low:
        return Point(_ENOUGH, f"{name}够{wanted.low}")
    if offered.high is None or offered.high >= wanted.low:
        return Point(_MAY_BE_ENOUGH, f"{name}{offered.low}起，能到{wanted.low}")
    return Point(_TOO_LITTLE, f"{name}最多{offered.high}，比想要的少")


def _meant_for(own: Iterable[str], meant: Iterable[str]) -> Point:
    for group in own:
        if any(groups.is_same(group, one) for one in meant):
            return Point(_FOR_THEM, f"面向{group}")
    return Point(0, "")
