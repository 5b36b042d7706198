"""`/staff/queue`: what waits for a person, live, and taking it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock, office_hours
from bot.records import audit, database, queue, queue_list, staff
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.web.staff import guard, pages, queue_rows
from bot.web.staff.refusals import Refusal

router = APIRouter()


@router.get("/staff/queue")
def show(request: Request, who: guard.Clerk) -> Response:
    """The queue."""
    queue_list.catch_up(clock.now())
    with database.writing() as session:
        audit.note(session, who.account.id, "queue.look", "", clock.now())
    rows = queue_rows.rows(who.account)
    hours = None if office_hours.is_open(clock.now()) else office_hours.when_answered(clock.now())
    return pages.page(request, who, "staff/queue.html", rows=rows, etag=queue_rows.etag(rows), closed=hours)


@router.get("/staff/queue/rows")
def rows(request: Request, who: guard.Clerk) -> Response:
    """The rows alone, when they changed since the page last looked."""
    queue_list.catch_up(clock.now())
    found = queue_rows.rows(who.account)
    etag = queue_rows.etag(found)
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    html = pages.templates().get_template("staff/queue_rows.html").render(rows=found, csrf=who.csrf)
    answer = pages.data({"html": html, "waiting": sum(row.holder is None for row in found)})
    answer.headers["ETag"] = etag
    return answer


@router.post("/staff/queue/{entry_id}/claim")
def claim(request: Request, entry_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Take something; who comes second is told who has it."""
    at = clock.now()
    visible(entry_id, who.account)
    with database.writing() as session:
        if not queue.claim(session, entry_id, who.account.id, at):
            entry = session.get(QueueEntry, entry_id)
            taken = queue.holder(entry, at)
            by = staff.names(session).get(taken or 0)
            raise Refusal(409, f"{by}先领了这件事，请领别的。" if by else "这件事刚刚办结了，请领别的。")
        audit.note(session, who.account.id, "queue.claim", f"queue:{entry_id}", at)
    return pages.done(request, f"/staff/queue/{entry_id}")


def visible(entry_id: int, account: Account) -> None:
    """Nothing, for who may see an entry: of their unit, of none, or taken before its unit was known.

    Raises:
        Refusal: there is none, or it is another unit's; which of the two is not said, but logged.
    """
    with database.reading() as session:
        entry = session.get(QueueEntry, entry_id)
    is_theirs = entry is not None and (account.sees(entry.unit) or queue.holder(entry, clock.now()) == account.id)
    if is_theirs:
        return
    if entry is not None:
        with database.writing() as session:
            audit.note(session, account.id, "queue.refused", f"queue:{entry_id}", clock.now())
    raise Refusal(404, "没有这件事，或者不归您的单位办。")
