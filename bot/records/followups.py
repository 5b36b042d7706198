"""Follow-up of job intentions: what became of somebody who looked for work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, select
from sqlalchemy.orm import Session

from bot.campaign.activity_kinds import OUTCOME_NAMES
from bot.errors import UserError
from bot.records.models import Base, JobIntention
from bot.records.types import BeijingTime, EncryptedText


class FollowUp(Base):
    """What was found out on one occasion. The newest `outcome_on` counts, and of one day the newest row."""

    __tablename__ = "follow_up"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('employed_in_district', 'employed_in_province', 'employed_elsewhere_province', "
            "'still_looking')",
            name="outcome_known",
        ),
    )

    id = Column(Integer, primary_key=True)
    job_intention_id = Column(ForeignKey("job_intention.id"), nullable=False, index=True)
    outcome = Column(String(32), nullable=False)
    outcome_on = Column(Date, nullable=False)
    entered_by = Column(String(64), nullable=False)
    entered_at = Column(BeijingTime, nullable=False)
    source_key = Column(String(160), nullable=False, unique=True)
    voided_by = Column(String(64))
    voided_at = Column(BeijingTime)
    void_reason = Column(EncryptedText)


@dataclass(frozen=True)
class Found:
    """What was found out.

    Attributes:
        job_intention_id: of whom.
        outcome: one of bot.campaign.activity_kinds.OUTCOME_NAMES.
        outcome_on: the day the work began, or, for still_looking, the day it was asked.
    """

    job_intention_id: int
    outcome: str
    outcome_on: date


def record(session: Session, found: Found, by: str, at: datetime, source_key: str) -> bool:
    """Write a follow-up down, unless its `source_key` is there already.

    Args:
        session: a writing session.
        found: what was found out.
        by: login of who found it out.
        at: when it is entered.
        source_key: what makes a retry harmless: `form:<uuid>`.

    Returns:
        Whether it was new.

    Raises:
        UserError: there is no such outcome or job intention, or the day has not come yet.
    """
    if session.execute(select(FollowUp.id).filter_by(source_key=source_key)).first() is not None:
        return False
    if found.outcome not in OUTCOME_NAMES:
        raise UserError(f"没有 {found.outcome} 这种结果；可用的有 {'、'.join(OUTCOME_NAMES)}")
    if session.get(JobIntention, found.job_intention_id) is None:
        raise UserError("没有这条求职登记，请刷新后再看")
    if found.outcome_on > at.date():
        raise UserError("就业日期还没有到，请改正")
    session.add(
        FollowUp(
            job_intention_id=found.job_intention_id,
            outcome=found.outcome,
            outcome_on=found.outcome_on,
            entered_by=by,
            entered_at=at,
            source_key=source_key,
        )
    )
    session.flush()
    return True


def void(session: Session, follow_up_id: int, reason: str, by: str, at: datetime) -> bool:
    """Let a follow-up that was entered wrongly count no more.

    Returns:
        Whether it counted until now: a voided one keeps its first reason.

    Raises:
        UserError: no reason was given, or there is no such follow-up.
    """
    if not reason.strip():
        raise UserError("作废要写原因")
    found = session.execute(select(FollowUp).filter_by(id=follow_up_id).with_for_update()).scalar_one_or_none()
    if found is None:
        raise UserError("没有这条回访记录，请刷新后再看")
    if found.voided_at is not None:
        return False
    found.voided_by, found.voided_at, found.void_reason = by, at, reason.strip()
    return True


def correct(
    session: Session, follow_up_id: int, found: Found, reason: str, by: str, at: datetime, source_key: str
) -> bool:
    """Record what a follow-up should have said; what it said is voided and stays as history.

    Args:
        session: a writing session.
        follow_up_id: the one that is wrong.
        found: what is right.
        reason: what was wrong.
        by: login of who corrects it.
        at: when.
        source_key: as for `record`; the same correction a second time changes nothing.

    Returns:
        Whether it was new.

    Raises:
        UserError: as for `void` and `record`, or the follow-up was voided or corrected meanwhile.
    """
    if not record(session, found, by, at, source_key):
        return False
    if not void(session, follow_up_id, reason, by, at):
        raise UserError("这条回访刚刚被人作废或改过，请刷新后再看")
    return True


def history(session: Session, job_intention_id: int) -> list[FollowUp]:
    """All follow-ups of a job intention, voided ones included, the one that counts latest last."""
    rows = select(FollowUp).filter_by(job_intention_id=job_intention_id)
    return list(session.execute(rows.order_by(FollowUp.outcome_on, FollowUp.id)).scalars())
