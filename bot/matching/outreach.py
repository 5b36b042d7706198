"""Whom to call: people whose open job intention new posts fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.grammar import groups, pay
from bot.matching import posts
from bot.matching.posts import Fit
from bot.matching.service131 import POST
from bot.matching.wish import Wish
from bot.records import identity
from bot.records.models import JobIntention
from bot.records.openings import JobPost, Recommendation
from bot.records.registrations import OPEN


@dataclass(frozen=True)
class Waiting:
    """An open job intention with posts that came in since its last recommendation; best post first."""

    intention_id: int
    receipt: str
    person_id: int
    wish: Wish
    fits: list[Fit]


def wish_of(intention: JobIntention) -> Wish:
    """What a job intention says, as a wish."""
    codes = (intention.groups or "").split("、")
    known = groups.all_groups()
    return Wish(
        kind_of_work=intention.kind_of_work,
        unit=intention.unit,
        place=intention.place,
        pay=pay.parse(intention.pay) if intention.pay else None,
        groups=tuple(known[code].name for code in codes if code in known),
    )


def waiting(session: Session, campaign: str, today: date, limit: int = 3) -> list[Waiting]:
    """The open job intentions that new posts fit, oldest first, each with at most `limit` posts."""
    newest = session.execute(select(func.max(JobPost.imported_at)).where(JobPost.gone_at.is_(None))).scalar()
    if newest is None:
        return []
    links = identity.active_links(session)
    last_given = _last_given(session, campaign, links)
    found = []
    for intention in _open_intentions(session, campaign):
        since = max(
            intention.created_at,
            last_given.get(identity.canonical(intention.person_id, links), intention.created_at),
        )
        if since >= newest:
            continue
        wish = wish_of(intention)
        fits = posts.best(session, wish, today, limit, imported_after=since)
        if fits:
            found.append(Waiting(intention.id, intention.receipt, intention.person_id, wish, fits))
    return found


def _open_intentions(session: Session, campaign: str) -> Iterable[JobIntention]:
    rows = session.execute(select(JobIntention).filter_by(campaign=campaign, state=OPEN).order_by(JobIntention.id))
    return list(rows.scalars())


def _last_given(session: Session, campaign: str, links: dict[int, int]) -> dict[int, datetime]:
    """When each human was recommended a post last."""
    rows = session.execute(
        select(Recommendation.person_id, func.max(Recommendation.given_at).label("at"))
        .where(Recommendation.campaign == campaign, Recommendation.kind == POST)
        .group_by(Recommendation.person_id)
    )
    latest: dict[int, datetime] = {}
    for row in rows:
        human = identity.canonical(row.person_id, links)
        latest[human] = max(row.at, latest.get(human, row.at))
    return latest
