"""Closing a registration, and who may see one at all. Its follow-up has a page of its own (followups_page.py)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.records import audit, database, registrations
from bot.records.models import Registration
from bot.records.staff import Account
from bot.web.staff import guard, pages
from bot.web.staff.people_page import visible
from bot.web.staff.refusals import Refusal

router = APIRouter()


@router.post("/staff/registrations/{registration_id}/close")
def close(request: Request, registration_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Nobody works on it any more; what was counted stays counted."""
    person_id = seen_by(registration_id, who.account).person_id
    with database.writing() as session:
        left = session.get(Registration, registration_id)
        if left.state != registrations.OPEN:
            raise Refusal(409, "这条登记已经不在办了，请刷新再看。")
        registrations.close(left, clock.now())
        audit.note(session, who.account.id, "registration.close", f"registration:{registration_id}", clock.now())
    return pages.done(request, f"/staff/people/{person_id}")


def seen_by(registration_id: int, account: Account) -> Registration:
    """A registration, for who may see it and its person.

    Raises:
        Refusal: there is none, it was erased, or it or the person is another unit's; the last is logged.
    """
    with database.reading() as session:
        left = session.get(Registration, registration_id)
    if left is not None and not account.sees(left.unit):
        with database.writing() as session:
            audit.note(session, account.id, "registration.refused", f"registration:{registration_id}", clock.now())
        left = None
    if left is None or left.state == registrations.ERASED:
        raise Refusal(404, "没有这条登记，或者不归您的单位。")
    visible(left.person_id, account)
    return left
