"""`/staff/audit`: the audit log, for administrators."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.records import audit, database, staff
from bot.web.staff import guard, pages, paging

router = APIRouter()


@router.get("/staff/audit")
def show(request: Request, who: guard.Admin) -> Response:
    """The log, newest first; of one member of staff, or about one record."""
    login, record = request.query_params.get("login", "").strip(), request.query_params.get("record", "").strip()
    with database.writing() as session:
        audit.note(session, who.account.id, "audit.look", record[:64], clock.now())
    with database.reading() as session:
        asked = staff.find(session, login) if login else None
        unknown = bool(login) and asked is None
        chosen = asked.id if asked else (0 if unknown else None)
        lines, total = audit.page(session, chosen, record, paging.begin_of(request), paging.PAGE)
        accounts = {row.id: row for row in staff.everybody(session)}
    return pages.page(
        request,
        who,
        "staff/audit.html",
        lines=[(line, accounts[line.staff_id]) for line in lines],
        actions=audit.ACTIONS,
        accounts=list(accounts.values()),
        login=login,
        record=record,
        paging=paging.paging(request, total),
    )
