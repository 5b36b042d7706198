"""`/staff/queue`: what waits for a person, live, and taking it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock, office_hours
from bot.records import audit, database, queue, queue_list, staff
from bot.records.models import Conversation, Person
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.web.staff import guard, pages
from bot.web.staff.refusals import Refusal

router = APIRouter()


@dataclass(frozen=True)
class Row:
    """One line of the queue: nothing of what was written, and the name masked."""

    id: int
    reason: str
    urgent: bool
    since: datetime
    due_at: datetime | None
    unit: str | None
    name: str
    holder: str | None
    is_mine: bool


@router.get("/staff/queue")
def show(request: Request, who: guard.Clerk) -> Response:
    """The queue."""
    queue_list.catch_up(clock.now())
    rows = _rows(who.account)
    hours = None if office_hours.is_open(clock.now()) else office_hours.when_answered(clock.now())
    return pages.page(request, who, "staff/queue.html", rows=rows, etag=_etag(rows), closed=hours)


@router.get("/staff/queue/rows")
def rows(request: Request, who: guard.Clerk) -> Response:
    """The rows alone, when they changed since the page last looked."""
    queue_list.catch_up(clock.now())
    found = _rows(who.account)
    etag = _etag(found)
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
            raise Refusal(409, f"{by}已经领了。" if by else "这件事已经办结了。")
        audit.note(session, who.account.id, "queue.claim", f"queue:{entry_id}", at)
    return pages.done(request, f"/staff/queue/{entry_id}")


def visible(entry_id: int, account: Account) -> None:
    """Nothing, for who may see an entry.

    Raises:
        Refusal: there is none, or it is another unit's; which of the two is not said, but logged.
    """
    with database.reading() as session:
        entry = session.get(QueueEntry, entry_id)
    if entry is not None and account.sees(entry.unit):
        return
    if entry is not None:
        with database.writing() as session:
            audit.note(session, account.id, "queue.refused", f"queue:{entry_id}", clock.now())
    raise Refusal(404, "没有这件事，或者不归您的单位办。")


def person_of(session: Session, entry: QueueEntry) -> Person:
    """Whom an entry is about."""
    if entry.person_id is not None:
        return session.get(Person, entry.person_id)
    return session.get(Person, session.get(Conversation, entry.conversation_id).person_id)


def _rows(account: Account) -> list[Row]:
    at = clock.now()
    with database.reading() as session:
        names = staff.names(session)
        return [
            Row(
                id=entry.id,
                reason=queue.REASONS[entry.reason],
                urgent=entry.urgent,
                since=entry.created_at,
                due_at=entry.due_at,
                unit=entry.unit,
                name=pages.masked_name(person_of(session, entry).name),
                holder=names.get(queue.holder(entry, at) or 0),
                is_mine=queue.holder(entry, at) == account.id,
            )
            for entry in queue_list.waiting(session, account)
        ]


def _etag(found: list[Row]) -> str:
    return f'"{hashlib.sha256(repr(found).encode()).hexdigest()[:32]}"'
