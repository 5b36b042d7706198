"""The worklist of follow-up: open job intentions that nobody has asked about, or that were still looking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.campaign.activity_kinds import STILL_LOOKING
from bot.records import people
from bot.records.followups import FollowUp
from bot.records.models import JobIntention, Person, Registration
from bot.records.registrations import OPEN
from bot.records.staff import Account


@dataclass(frozen=True)
class Worklist:
    """Which job intentions: of a campaign, for an account; those still looking, or those never asked about."""

    campaign: str
    account: Account
    still_looking: bool = False


def page(session: Session, worklist: Worklist, begin: int, most: int) -> tuple[list[JobIntention], int]:
    """The intentions, who has waited longest first, and how many there are.

    Args:
        session: a session.
        worklist: which.
        begin: leave out so many.
        most: give at most so many.
    """
    rows = _rows(worklist)
    total = session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    return list(session.execute(rows.offset(begin).limit(most)).scalars()), int(total)


def following(session: Session, worklist: Worklist, intention: JobIntention) -> int | None:
    """The intention that comes after this one, which may have left the list; None at the end."""
    later = or_(
        Registration.created_at > intention.created_at,
        and_(Registration.created_at == intention.created_at, Registration.id > intention.id),
    )
    found = session.execute(_rows(worklist).where(later).limit(1)).scalar_one_or_none()
    return int(found.id) if found is not None else None


def _rows(worklist: Worklist) -> Any:
    counts = FollowUp.voided_at.is_(None)
    of_it = FollowUp.job_intention_id == JobIntention.id
    later = aliased(FollowUp)
    is_latest = ~(
        select(later.id)
        .where(
            later.job_intention_id == JobIntention.id,
            later.voided_at.is_(None),
            or_(
                later.outcome_on > FollowUp.outcome_on,
                and_(later.outcome_on == FollowUp.outcome_on, later.id > FollowUp.id),
            ),
        )
        .exists()
    )
    looking = select(FollowUp.id).where(of_it, counts, FollowUp.outcome == STILL_LOOKING, is_latest).exists()
    never_asked = ~select(FollowUp.id).where(of_it, counts).exists()
    rows = select(JobIntention).join(Person, Person.id == JobIntention.person_id)
    rows = rows.where(
        Registration.campaign == worklist.campaign,
        Registration.state == OPEN,
        looking if worklist.still_looking else never_asked,
    )
    if not worklist.account.sees_all_units:
        theirs = or_(Registration.unit.is_(None), Registration.unit == worklist.account.unit)
        rows = rows.where(theirs, people.is_theirs(worklist.account))
    return rows.order_by(Registration.created_at, Registration.id)
