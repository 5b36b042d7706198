"""Follow-ups as staff pages show them, and the forms that record them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.activity_kinds import OUTCOME_NAMES, STILL_LOOKING
from bot.records import followups, staff
from bot.records.followups import FollowUp, Found
from bot.records.models import JobIntention
from bot.report.window import window_of
from bot.web.staff import form_fields, pages
from bot.web.staff.guard import Form
from bot.web.staff.refusals import Refusal


@dataclass(frozen=True)
class Shown:
    """One line of the history.

    Attributes:
        says: the outcome.
        by: who recorded it, and when.
        voided: who voided it, when and why; "" for one that counts.
        is_late: whether the day keeps it out of the table.
    """

    id: int
    outcome: str
    says: str
    day: date
    by: str
    voided: str
    is_late: bool


def history(session: Session, job_intention_id: int) -> list[Shown]:
    """All follow-ups of a job intention, the one that counts latest last."""
    names = staff.names_by_login(session)
    return [_shown(row, names) for row in followups.history(session, job_intention_id)]


def latest(session: Session, job_intention_id: int) -> FollowUp | None:
    """The follow-up that counts."""
    counting = [row for row in followups.history(session, job_intention_id) if row.voided_at is None]
    return counting[-1] if counting else None


def of_intention(session: Session, left: JobIntention) -> dict[str, object]:
    """What the follow-up of one job intention shows, on its own page and on the person's."""
    counting = latest(session, left.id)
    return {
        "follow_ups": history(session, left.id),
        "seen": counting.id if counting else "",
        "draft": uuid.uuid4(),
        "outcomes": OUTCOME_NAMES,
        "today": clock.today(),
    }


def found(form: Form, job_intention_id: int) -> Found:
    """What the form says was found out.

    Raises:
        Refusal: no outcome was chosen, or the day does not fit.
    """
    outcome = form.get("outcome", "")
    if outcome not in OUTCOME_NAMES:
        raise Refusal(422, "请选问到的结果。")
    return Found(job_intention_id, outcome, form_fields.past_day(form))


def is_late(outcome: str, day: date) -> bool:
    """Whether work began on a day that counts in no column."""
    pack = load.current()
    window = window_of(pack, clock.today(), pack.period.end)
    return outcome != STILL_LOOKING and not window.first <= day <= window.last


def _shown(row: FollowUp, names: dict[str, str]) -> Shown:
    def who(login: str) -> str:
        return names.get(login, login)

    voided = f"{pages.moment(row.voided_at)} {who(row.voided_by)}作废：" if row.voided_at else ""
    return Shown(
        id=row.id,
        outcome=row.outcome,
        says=OUTCOME_NAMES[row.outcome],
        day=row.outcome_on,
        by=f"{who(row.entered_by)} {pages.moment(row.entered_at)}",
        voided=voided + (row.void_reason or "（本人的信息已删除）") if voided else "",
        is_late=is_late(row.outcome, row.outcome_on),
    )
