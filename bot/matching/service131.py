"""The 131 service: guidance, posts and a course for one person, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign import load
from bot.campaign.model import Service131
from bot.matching import courses, guidance, posts
from bot.matching.courses import CourseFit
from bot.matching.posts import Fit
from bot.matching.wish import Wish
from bot.records import identity
from bot.records.openings import Recommendation

GUIDANCE, POST, COURSE = "guidance", "post", "course"
#: How many posts are shown where the notice promises no number.
USUAL_POSTS = 3


@dataclass(frozen=True)
class Given:
    """What a person is given now.

    Attributes:
        wish: what the person looks for.
        advice: the guidance, as it is said.
        posts: best first; may be fewer than promised.
        course: None when no course fits.
    """

    wish: Wish
    advice: str
    posts: list[Fit]
    course: CourseFit | None

    @property
    def guidance(self) -> bool:
        """Whether guidance was given."""
        return bool(self.advice)


@dataclass(frozen=True)
class State:
    """What a person was given within a campaign so far, and what the notice promises."""

    guidance: bool
    posts: int
    course: bool
    promised: Service131 | None

    @property
    def missing(self) -> str:
        """What is still missing, in Chinese (还差1个岗位、1门培训); "" when nothing is."""
        if self.promised is None:
            return ""
        lacks = (
            (self.promised.guidance - self.guidance, "次职业指导"),
            (self.promised.posts - self.posts, "个岗位"),
            (self.promised.courses - self.course, "门培训"),
        )
        said = "、".join(f"{count}{what}" for count, what in lacks if count > 0)
        return f"还差{said}" if said else ""


def give(
    session: Session, person_id: int, registration_id: int | None, campaign: str, wish: Wish, at: datetime
) -> Given:
    """Choose guidance, posts and a course for a person, and record them as given.

    What a person was given before may come again; it is recorded once. The services that count are
    recorded by whoever tells the person.

    Args:
        session: a writing session.
        person_id: whom it is for.
        registration_id: the registration that the wish comes from, if there is one.
        campaign: id of the pack.
        wish: what the person looks for.
        at: when it is given; posts and courses that are over by that day are left out.
    """
    promised = load.load(campaign).service_131
    limit = max(promised.posts, 1) if promised else USUAL_POSTS
    given = Given(
        wish,
        guidance.advice(wish),
        posts.best(session, wish, at.date(), limit),
        courses.best(session, wish, at.date()),
    )
    items: list[tuple[str, int | None, str]] = [(GUIDANCE, None, wish.kind_of_work)]
    items += [(POST, fit.post.id, fit.why) for fit in given.posts]
    if given.course:
        items.append((COURSE, given.course.course.id, given.course.why))
    known = _recorded(session, person_id, campaign)
    for kind, item_id, reason in items:
        if (kind, item_id) not in known:
            session.add(
                Recommendation(
                    campaign=campaign,
                    person_id=person_id,
                    registration_id=registration_id,
                    kind=kind,
                    item_id=item_id,
                    reason=reason,
                    given_at=at,
                )
            )
    session.flush()
    return given


def state(session: Session, person_id: int, campaign: str) -> State:
    """What a person, linked records included, was given within a campaign."""
    recorded = _recorded(session, person_id, campaign)
    kinds = [kind for kind, _ in recorded]
    return State(GUIDANCE in kinds, kinds.count(POST), COURSE in kinds, load.load(campaign).service_131)


def _recorded(session: Session, person_id: int, campaign: str) -> set[tuple[str, int | None]]:
    everybody: Iterable[int] = identity.same_human(session, person_id)
    rows = session.execute(
        select(Recommendation.kind, Recommendation.item_id).where(
            Recommendation.campaign == campaign, Recommendation.person_id.in_(everybody)
        )
    )
    return {(row.kind, row.item_id) for row in rows}
