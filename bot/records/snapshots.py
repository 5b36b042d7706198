"""Frozen submissions: the numbers of a table as they were sent, whatever is corrected later."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Date, Index, Integer, String, select
from sqlalchemy.orm import Session

from bot.errors import UserError
from bot.records.models import Base
from bot.records.types import BeijingTime


class ReportSnapshot(Base):
    """One frozen table. Rows are only ever added.

    `unit` null: all units. `rules` is the digest of what decided the numbers (bot/report/rules.py), `content`
    the table with its definition. `last_service_id` and `made_at` tell which records came later.
    """

    __tablename__ = "report_snapshot"
    __table_args__ = (Index("ix_report_snapshot_campaign", "campaign", "made_at"),)

    id = Column(Integer, primary_key=True)
    campaign = Column(String(64), nullable=False)
    unit = Column(String(64))
    as_of = Column(Date, nullable=False)
    rules = Column(String(64), nullable=False)
    content = Column(JSON, nullable=False)
    last_service_id = Column(Integer, nullable=False)
    made_by = Column(String(64), nullable=False)
    made_at = Column(BeijingTime, nullable=False)


def add(
    session: Session,
    campaign: str,
    unit: str | None,
    as_of: date,
    rules: str,
    content: dict[str, object],
    last_service_id: int,
    by: str,
    at: datetime,
) -> ReportSnapshot:
    """Keep a submission. Returns it with its number."""
    made = ReportSnapshot(
        campaign=campaign,
        unit=unit,
        as_of=as_of,
        rules=rules,
        content=content,
        last_service_id=last_service_id,
        made_by=by,
        made_at=at,
    )
    session.add(made)
    session.flush()
    return made


def get(session: Session, number: int) -> ReportSnapshot:
    """The submission with a number.

    Raises:
        UserError: there is none.
    """
    found = session.get(ReportSnapshot, number)
    if found is None:
        raise UserError(f"没有第{number}号报送；python -m bot report frozen 列出所有报送")
    return found


def all_of(session: Session, campaign: str) -> list[ReportSnapshot]:
    """The submissions of a campaign, newest first."""
    rows = select(ReportSnapshot).filter_by(campaign=campaign).order_by(ReportSnapshot.id.desc())
    return list(session.execute(rows).scalars())


def last_of(session: Session, campaign: str, unit: str | None, as_of: date) -> ReportSnapshot | None:
    """The newest submission of a campaign with the same rows, all units (None) or one, that looks no further."""
    rows = select(ReportSnapshot).where(
        ReportSnapshot.campaign == campaign,
        ReportSnapshot.unit.is_not_distinct_from(unit),
        ReportSnapshot.as_of <= as_of,
    )
    return session.execute(rows.order_by(ReportSnapshot.id.desc()).limit(1)).scalar_one_or_none()
