"""The 131 service: how many of those who look for work were given all that the notice promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.campaign.model import Service131
from bot.matching.service131 import COURSE, GUIDANCE, POST
from bot.records.models import JobIntention
from bot.records.openings import Recommendation
from bot.report.heads import HEADS, head_of
from bot.report.scope import TOTAL, Scope
from bot.report.sql import in_row


@dataclass(frozen=True)
class Completion:
    """Persons with a job intention, and how many of them were given what is promised, part by part and whole."""

    persons: int
    guidance: int
    posts: int
    courses: int
    complete: int


def completion(session: Session, scope: Scope, promised: Service131, row: str = TOTAL) -> Completion:
    """Count who registered within the window up to the as-of day, linked records as one person.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        scope: what the table was counted over.
        promised: what the notice promises each person.
        row: those of one unit, by their job intention; of 未归属; or all.
    """
    wanting, given = _wanting(scope, row), _given(scope)
    has = {
        "guidance": func.coalesce(given.c.guidance, 0) >= promised.guidance,
        "posts": func.coalesce(given.c.posts, 0) >= promised.posts,
        "courses": func.coalesce(given.c.courses, 0) >= promised.courses,
    }
    has["complete"] = has["guidance"] & has["posts"] & has["courses"]
    sums = (func.sum(case((condition, 1), else_=0)).label(name) for name, condition in has.items())
    asked = select(func.count().label("persons"), *sums)
    found = session.execute(asked.select_from(wanting.outerjoin(given, given.c.head == wanting.c.head))).one()
    return Completion(*(int(number or 0) for number in found))


def _wanting(scope: Scope, row: str) -> Any:
    head = head_of(JobIntention.person_id)
    return (
        select(head.label("head"))
        .select_from(JobIntention)
        .outerjoin(HEADS, HEADS.c.person_id == JobIntention.person_id)
        .where(
            JobIntention.campaign == scope.campaign,
            JobIntention.created_at >= scope.window.start,
            JobIntention.created_at < scope.window.end,
            in_row(scope, JobIntention.unit, row),
        )
        .distinct()
        .cte("wanting")
    )


def _given(scope: Scope) -> Any:
    """What each person was given; a post that two linked records were shown is one post."""
    head = head_of(Recommendation.person_id)

    def of(kind: str, item: Any) -> Any:
        return func.count(case((Recommendation.kind == kind, item)).distinct())

    return (
        select(
            head.label("head"),
            of(GUIDANCE, Recommendation.kind).label("guidance"),
            of(POST, Recommendation.item_id).label("posts"),
            of(COURSE, Recommendation.item_id).label("courses"),
        )
        .select_from(Recommendation.__table__.outerjoin(HEADS, HEADS.c.person_id == Recommendation.person_id))
        .where(Recommendation.campaign == scope.campaign, Recommendation.given_at < scope.window.end)
        .group_by(head)
        .cte("given")
    )
