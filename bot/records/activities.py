"""The activity log: leaflets, fairs, trainings, placements, as numbers of no named persons.

An entry is never changed: a correction is a new row that supersedes the one before, and the newest row of
such a chain counts. A voided entry counts no more, and its earlier values do not come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Session, aliased

from bot.campaign.activity_kinds import known_activity
from bot.errors import UserError
from bot.records.models import Base
from bot.records.types import BeijingTime, EncryptedText

MOST = 9_999_999


class Activity(Base):
    """One entry of the log. `supersedes_id` is the row that this one corrects; a row is corrected once."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        Index("ix_activity_campaign_day", "campaign", "day"),
    )

    id = Column(Integer, primary_key=True)
    campaign = Column(String(64), nullable=False)
    unit = Column(String(64))
    day = Column(Date, nullable=False)
    kind = Column(String(64), nullable=False)
    quantity = Column(Integer, nullable=False)
    note = Column(EncryptedText)
    entered_by = Column(String(64), nullable=False)
    entered_at = Column(BeijingTime, nullable=False)
    source_key = Column(String(160), nullable=False, unique=True)
    supersedes_id = Column(ForeignKey("activity.id"), unique=True)
    voided_by = Column(String(64))
    voided_at = Column(BeijingTime)
    void_reason = Column(EncryptedText)


@dataclass(frozen=True)
class Entry:
    """What an entry says.

    Attributes:
        campaign: id of the pack.
        kind: one of bot.campaign.activity_kinds.
        day: the day it happened, in Beijing.
        quantity: how many, from 0 to MOST.
        unit: one of the pack's units; None for none.
        note: anything else worth knowing.
    """

    campaign: str
    kind: str
    day: date
    quantity: int
    unit: str | None = None
    note: str | None = None


def enter(session: Session, entry: Entry, by: str, at: datetime, source_key: str) -> Activity | None:
    """Write an entry down, unless its `source_key` is there already.

    Args:
        session: a writing session.
        entry: what is entered; the caller has checked the unit.
        by: login of who enters it.
        at: when.
        source_key: what makes a retry harmless: `form:<uuid>:<kind>` or `import:<digest>`.

    Returns:
        Its row; None where it was there.

    Raises:
        UserError: the kind or the quantity does not fit.
    """
    if by_key(session, source_key) is not None:
        return None
    row = Activity(**_columns(entry), entered_by=by, entered_at=at, source_key=source_key)
    session.add(row)
    session.flush()
    return row


def by_key(session: Session, source_key: str) -> Activity | None:
    """The row that was written under a `source_key`."""
    return session.execute(select(Activity).filter_by(source_key=source_key)).scalar_one_or_none()


def _columns(entry: Entry) -> dict[str, Any]:
    try:
        known_activity(entry.kind)
    except ValueError as error:
        raise UserError(str(error)) from None
    if not 0 <= entry.quantity <= MOST:
        raise UserError(f"数量：请写 0 到 {MOST} 的整数")
    return {
        "campaign": entry.campaign,
        "unit": entry.unit,
        "day": entry.day,
        "kind": entry.kind,
        "quantity": entry.quantity,
        "note": entry.note,
    }


def entry_of(activity: Activity) -> Entry:
    """What a row says."""
    return Entry(activity.campaign, activity.kind, activity.day, activity.quantity, activity.unit, activity.note)


def correct(session: Session, activity_id: int, entry: Entry, by: str, at: datetime, source_key: str) -> Activity:
    """Enter what an entry should have said; the entry stays as history.

    Args:
        session: a writing session.
        activity_id: the entry, in its present form.
        entry: what it should say, all of it.
        by: login of who corrects it.
        at: when.
        source_key: as for `enter`; the same correction a second time changes nothing.

    Returns:
        The entry in its new form.

    Raises:
        UserError: the entry was voided or corrected meanwhile, or `entry` does not fit.
    """
    done = by_key(session, source_key)
    if done is not None:
        return done
    before = _present(session, activity_id)
    after = Activity(**_columns(entry), entered_by=by, entered_at=at, source_key=source_key, supersedes_id=before.id)
    session.add(after)
    session.flush()
    return after


def void(session: Session, activity_id: int, reason: str, by: str, at: datetime) -> None:
    """Let an entry count no more.

    Raises:
        UserError: no reason was given, or the entry was voided or corrected meanwhile.
    """
    if not reason.strip():
        raise UserError("作废要写原因")
    entry = _present(session, activity_id)
    entry.voided_by, entry.voided_at, entry.void_reason = by, at, reason.strip()


def _present(session: Session, activity_id: int) -> Activity:
    """An entry in its present form, which alone may be changed. Of two clerks at once, the second is told."""
    entry = session.execute(select(Activity).filter_by(id=activity_id).with_for_update()).scalar_one_or_none()
    if entry is None:
        raise UserError("没有这条活动记录，请刷新后再看")
    if entry.voided_at is not None:
        raise UserError("这条活动记录已经作废，不能再改")
    if session.execute(select(Activity.id).filter_by(supersedes_id=activity_id)).first() is not None:
        raise UserError("这条活动记录刚刚被别人改过，请刷新后再改")
    return entry


def counting() -> Any:
    """The condition that a row of Activity counts: neither voided nor corrected."""
    newer = aliased(Activity)
    return Activity.voided_at.is_(None) & ~select(newer.id).where(newer.supersedes_id == Activity.id).exists()


def history(session: Session, activity_id: int) -> list[Activity]:
    """An entry through all its forms, the first one first; `activity_id` may be any of them."""
    forms = list(_before(session, session.get(Activity, activity_id)))[::-1]
    while newer := session.execute(select(Activity).filter_by(supersedes_id=forms[-1].id)).scalar_one_or_none():
        forms.append(newer)
    return forms


def _before(session: Session, form: Activity | None) -> Iterator[Activity]:
    while form is not None:
        yield form
        form = session.get(Activity, form.supersedes_id) if form.supersedes_id else None


def present(session: Session, campaign: str, unit: str | None = None) -> list[Activity]:
    """The entries that count, newest day first; of one unit only, when it is given."""
    wanted = select(Activity).where(Activity.campaign == campaign, counting())
    if unit is not None:
        wanted = wanted.where(Activity.unit == unit)
    return list(session.execute(wanted.order_by(Activity.day.desc(), Activity.id.desc())).scalars())
