"""`/staff/activities/<id>`: one entry of the activity log, through all its forms; correcting and voiding it."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.errors import UserError
from bot.records import activities, activity_log, audit, database
from bot.records.activities import Activity
from bot.records.staff import Account
from bot.web.staff import activity_form, form_fields, guard, pages
from bot.web.staff.activities_page import PATH, names, of_every_page
from bot.web.staff.refusals import Refusal

router = APIRouter()

_ENTRY = f"{PATH}/{{activity_id}}"
_NOTICES = {"corrected": "改好了，原来的留在下面。", "voided": "作废了，不再计数。"}


@router.get(_ENTRY)
def show(request: Request, activity_id: guard.RowId, who: guard.Reader) -> Response:
    """What it says, and what it said before."""
    visible(activity_id, who.account)
    with database.writing() as session:
        audit.note(session, who.account.id, "activity.look", f"activity:{activity_id}", clock.now())
        forms = activities.history(session, activity_id)
        clerks = names(session)
    newest = forms[-1]
    return pages.page(
        request,
        who,
        "staff/activity.html",
        entry=newest,
        before=forms[-2::-1],
        clerks=clerks,
        draft=uuid.uuid4(),
        outside=activity_form.outside(load.current(), newest.kind, newest.day),
        notice=_NOTICES.get(request.query_params.get("done", "")),
        longest_reason=form_fields.LONGEST_REASON,
        **of_every_page(who.account),
    )


@router.post(f"{_ENTRY}/correct")
def correct(request: Request, activity_id: guard.RowId, who: guard.Reader, form: guard.Posted) -> Response:
    """Say what it should have said; who comes second is told."""
    visible(activity_id, who.account)
    key = form_fields.source_key(form)
    entry = activity_form.entry(form, who.account, load.current())
    with database.writing() as session:
        before = session.get(Activity, activity_id)
        if activities.by_key(session, key) is None and activities.entry_of(before) == entry:
            raise Refusal(422, "和原来一样，没有要改的。")
        try:
            after = activities.correct(session, activity_id, entry, who.account.login, clock.now(), key)
        except UserError as error:
            raise Refusal(409, f"{error}{_by_whom(session, activity_id)}。") from None
        audit.note(session, who.account.id, "activity.change", f"activity:{after.id}", clock.now())
    return pages.done(request, f"{PATH}/{after.id}?done=corrected")


@router.post(f"{_ENTRY}/void")
def void(request: Request, activity_id: guard.RowId, who: guard.Reader, form: guard.Posted) -> Response:
    """Let it count no more."""
    visible(activity_id, who.account)
    reason = form_fields.reason(form)
    with database.writing() as session:
        try:
            activities.void(session, activity_id, reason, who.account.login, clock.now())
        except UserError as error:
            raise Refusal(409, f"{error}{_by_whom(session, activity_id)}。") from None
        audit.note(session, who.account.id, "activity.void", f"activity:{activity_id}", clock.now())
    return pages.done(request, f"{PATH}/{activity_id}?done=voided")


def visible(activity_id: int, account: Account) -> None:
    """Nothing, for who may see an entry.

    Raises:
        Refusal: there is none, or it is another unit's; which of the two is not said, but logged.
    """
    with database.reading() as session:
        row = session.get(Activity, activity_id)
        newest = activities.history(session, activity_id)[-1] if row is not None else None
    if newest is not None and activity_log.sees(account, newest):
        return
    if newest is not None:
        with database.writing() as session:
            audit.note(session, account.id, "activity.refused", f"activity:{activity_id}", clock.now())
    raise Refusal(404, "没有这条活动记录，或者不归您的单位。")


def _by_whom(session: Session, activity_id: int) -> str:
    """Who was quicker, and what the entry says now."""
    newest = activities.history(session, activity_id)[-1]
    by = newest.voided_by or newest.entered_by
    done = "作废的" if newest.voided_at else f"改成了{newest.quantity}"
    return f"（{names(session).get(by, by)}{done}）"
