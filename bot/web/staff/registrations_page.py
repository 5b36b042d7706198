"""Closing a registration. The follow-up of job intentions belongs here as well."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.records import audit, database, registrations
from bot.records.models import Registration
from bot.web.staff import guard, pages
from bot.web.staff.people_page import visible
from bot.web.staff.refusals import Refusal

router = APIRouter()


@router.post("/staff/registrations/{registration_id}/close")
def close(request: Request, registration_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Nobody works on it any more; what was counted stays counted."""
    with database.reading() as session:
        left = session.get(Registration, registration_id)
    if left is None or not who.account.sees(left.unit):
        raise Refusal(404, "没有这条登记，或者不归您的单位。")
    visible(left.person_id, who.account)
    with database.writing() as session:
        left = session.get(Registration, registration_id)
        if left.state != registrations.OPEN:
            raise Refusal(409, "这条登记已经不在办了，请刷新再看。")
        registrations.close(left, clock.now())
        audit.note(session, who.account.id, "registration.close", f"registration:{registration_id}", clock.now())
    return pages.done(request, f"/staff/people/{left.person_id}")
