"""The course that fits a wish best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.matching.ranking import Point, ranked
from bot.matching.wish import Wish
from bot.records.openings import Course

FREE = "免费"
_FREE, _SUBSIDISED = 2, 1


@dataclass(frozen=True)
class CourseFit:
    """A course that fits: `score` orders courses of one wish, `why` is said to the person."""

    course: Course
    score: int
    why: str


def best(session: Session, wish: Wish, today: date) -> CourseFit | None:
    """The course that fits best and can still be joined: same work, then place, then price, then the next to start.

    The last day to join is the end of registration, else the first day, else the last day of the course.
    """
    last_day = func.coalesce(Course.valid_until, Course.starts_on, Course.ends_on)
    query = (
        select(Course)
        .where(Course.gone_at.is_(None), or_(last_day.is_(None), last_day >= today))
        .order_by(Course.starts_on.is_(None), Course.starts_on, Course.id)
    )
    found = ranked(
        session,
        query,
        Course,
        wish,
        judge=lambda course: [_price(course)],
        alike=lambda course: course.id,
        limit=1,
    )
    return CourseFit(found[0].row, found[0].score, found[0].why) if found else None


def _price(course: Course) -> Point:
    if course.fee == FREE:
        return Point(_FREE, FREE)
    if course.subsidised:
        return Point(_SUBSIDISED, "有补贴")
    return Point(0, "")
