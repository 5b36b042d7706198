"""`/staff/queue/<id>`: one thing that waits: the whole conversation, answering in it, and how it ends."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock, settings
from bot.records import audit, calls, conversations, database, people, queue, registrations, staff
from bot.records.models import Conversation, Registration
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.reply import Reply
from bot.web.staff import guard, pages, shown
from bot.web.staff.queue_page import visible
from bot.web.staff.queue_rows import person_of
from bot.web.staff.refusals import Refusal

router = APIRouter()

_LONGEST_DEPARTMENT = 30
#: What the person is told when the clerk leaves the chat.
_GIVEN_BACK = "工作人员先聊到这里。还有什么想问的，直接打字，我接着答。"
_OTHER_ENDINGS = {queue.GIVEN_BACK: "交还小助手", queue.WITHDRAWN: "本人撤回了", queue.ERASED: "本人的信息已删除"}
_CLOSED = "这件事工作人员先办到这里。以后有事，随时在这里说。"


@router.get("/staff/queue/{entry_id}")
def show(request: Request, entry_id: guard.RowId, who: guard.Clerk) -> Response:
    """Everything about one entry."""
    visible(entry_id, who.account)
    at = clock.now()
    with database.writing() as session:
        entry = session.get(QueueEntry, entry_id)
        person = person_of(session, entry)
        audit.note(session, who.account.id, "person.look", f"person:{person.id}", at)
        if entry.conversation_id:
            audit.note(session, who.account.id, "conversation.look", f"queue:{entry_id}", at)
        left = session.get(Registration, entry.registration_id) if entry.registration_id else None
        values = {
            "entry": entry,
            "reason": queue.REASONS[entry.reason],
            "person": person,
            "may_open": people.is_visible(session, who.account, int(person.id)),
            "phone": (left and left.phone) or calls.number_of(session, entry) or person.phone,
            "left": left,
            "left_name": shown.REGISTRATIONS[left.kind] if left else None,
            "is_erased": entry.outcome == queue.ERASED,
            "details": shown.details(left) if left else [],
            "notes": registrations.notes(session, left) if left else [],
            "outcomes": _outcomes(entry),
            "is_chat": queue.is_chat(entry),
            "ending": _ending(session, entry),
            **_state(session, entry, who.account),
            **_talk(session, entry, 0),
        }
    return pages.page(request, who, "staff/entry.html", **values)


@router.get("/staff/queue/{entry_id}/lines")
def lines(request: Request, entry_id: guard.RowId, who: guard.Clerk) -> Response:
    """What was written since; asking for it also shows that whoever took the chat is still there."""
    visible(entry_id, who.account)
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit()):
        raise Refusal(400, "after 应是数字。")
    with database.writing() as session:
        entry = session.get(QueueEntry, entry_id)
        for held in (entry, _own_chat(session, entry, who.account)):
            if held is not None:
                queue.hold(held, who.account.id, clock.now())
        talk, is_over = _talk(session, entry, int(after[:18])), entry.open_key is None
        holder = _state(session, entry, who.account)["holder"] or ""
    html = pages.templates().get_template("staff/lines.html").render(**talk)
    return pages.data({"html": html, "last": talk["last"], "is_over": is_over, "holder": holder})


@router.post("/staff/queue/{entry_id}/answer")
def answer(request: Request, entry_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Write into the chat; the person sees it on their page."""
    text = form.get("text", "").strip()
    longest = settings.get().max_text
    if not text or len(text) > longest:
        raise Refusal(422, "请写一句话再发。" if not text else f"这段话太长了，请分几次发，每次不超过{longest}字。")
    with database.writing() as session:
        entry = _mine(session, entry_id, who.account)
        if not entry.conversation_id:
            raise Refusal(409, "这件事不是从对话来的，请打电话。")
        _take_chat(session, entry, who.account)
        conversations.clerk_says(session, entry.conversation_id, Reply(text), clock.now(), who.account.id)
        audit.note(session, who.account.id, "conversation.answer", f"queue:{entry_id}", clock.now())
    return pages.data({"sent": True})


@router.post("/staff/queue/{entry_id}/release")
def release(request: Request, entry_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Put it back for a colleague; where it was no chat, the assistant talks again in the chat behind it."""
    with database.writing() as session:
        entry = _mine(session, entry_id, who.account)
        chat = _own_chat(session, entry, who.account)
        if chat is not None and chat is not entry:
            queue.close(chat, who.account.id, queue.GIVEN_BACK, None, clock.now())
        queue.release(session, who.account.id, entry_id)
        audit.note(session, who.account.id, "queue.release", f"queue:{entry_id}", clock.now())
    return pages.done(request, "/staff/queue")


@router.post("/staff/queue/{entry_id}/give-back")
def give_back(request: Request, entry_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Let the assistant talk again; the matter waits no more."""
    with database.writing() as session:
        entry = _mine(session, entry_id, who.account)
        _end(session, entry, who.account, queue.GIVEN_BACK, None, _GIVEN_BACK)
    return pages.done(request, "/staff/queue")


@router.post("/staff/queue/{entry_id}/close")
def close(request: Request, entry_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """End it with an outcome; what was registered is closed with it."""
    outcome, department = form.get("outcome", ""), form.get("department", "").strip()[:_LONGEST_DEPARTMENT]
    with database.writing() as session:
        entry = _mine(session, entry_id, who.account)
        if outcome not in _outcomes(entry):
            raise Refusal(422, "请选结果。")
        if outcome == "referred" and not department:
            raise Refusal(422, "请写转给了哪个部门。")
        _end(session, entry, who.account, outcome, department or None, _CLOSED)
        left = session.get(Registration, entry.registration_id) if entry.registration_id else None
        if left is not None:
            registrations.close(left, clock.now())
            audit.note(session, who.account.id, "registration.close", f"registration:{left.id}", clock.now())
    return pages.done(request, "/staff/queue")


def _end(
    session: Session, entry: QueueEntry, account: Account, outcome: str, department: str | None, farewell: str
) -> None:
    """Close an entry, and the chat that was taken for it; who was talked to is told."""
    at = clock.now()
    chat = entry if queue.is_chat(entry) else _own_chat(session, entry, account)
    if chat is not None:
        conversations.nothing_waits(session, chat.conversation_id)
        conversations.assistant_says(session, chat.conversation_id, Reply(farewell), at)
        queue.close(chat, account.id, outcome, department, at)
    queue.close(entry, account.id, outcome, department, at)
    audit.note(session, account.id, "queue.close", f"queue:{entry.id}", at)


def _mine(session: Session, entry_id: int, account: Account) -> QueueEntry:
    """An entry that somebody has taken, for them.

    Raises:
        Refusal: it is another unit's, over, or somebody else's by now.
    """
    visible(entry_id, account)
    entry, at = session.get(QueueEntry, entry_id), clock.now()
    if entry.open_key is None:
        raise Refusal(409, "这件事已经办结了。")
    held_by = queue.holder(entry, at)
    if held_by != account.id:
        by = staff.names(session).get(held_by or 0)
        raise Refusal(409, f"这件事现在由{by}在办。" if by else "请先领取，再办。")
    entry.seen_at = at
    return entry


def _take_chat(session: Session, entry: QueueEntry, account: Account) -> None:
    """Who answers in the chat behind a registration takes the chat as well: the assistant is silent there.

    Raises:
        Refusal: a colleague is talking there.
    """
    if queue.is_chat(entry):
        return
    at = clock.now()
    conversation = session.get(Conversation, entry.conversation_id)
    chat = queue.open_chat(session, entry.conversation_id)
    chat = chat or queue.ask_for_person(session, conversation, queue.ASKED, False, at)
    if not queue.claim(session, chat.id, account.id, at):
        raise Refusal(409, f"{staff.names(session)[chat.claimed_by]}正在这段对话里。")


def _own_chat(session: Session, entry: QueueEntry, account: Account) -> QueueEntry | None:
    chat = queue.open_chat(session, entry.conversation_id) if entry.conversation_id else None
    return chat if chat is not None and queue.holder(chat, clock.now()) == account.id else None


def _outcomes(entry: QueueEntry) -> dict[str, str]:
    usual = queue.OUTCOMES_OF_VACANCY if entry.reason == queue.VACANCY else queue.OUTCOMES_OF_OTHERS
    return {code: queue.OUTCOMES[code] for code in usual}


def _ending(session: Session, entry: QueueEntry) -> str | None:
    """How a closed entry ended."""
    if entry.closed_at is None:
        return None
    by = staff.names(session).get(entry.closed_by or 0, "")
    outcome = {**queue.OUTCOMES, **_OTHER_ENDINGS}[entry.outcome]
    department = f"（{entry.department}）" if entry.department else ""
    return " ".join(part for part in (pages.moment(entry.closed_at), by, f"{outcome}{department}") if part)


def _state(session: Session, entry: QueueEntry, account: Account) -> dict[str, Any]:
    held_by = queue.holder(entry, clock.now())
    return {"holder": staff.names(session).get(held_by or 0), "is_mine": held_by == account.id and held_by is not None}


def _talk(session: Session, entry: QueueEntry, after: int) -> dict[str, Any]:
    """The lines behind `after` that were not erased, the id of the last of all, and who the clerks are."""
    if not entry.conversation_id:
        return {"lines": [], "last": after, "names": {}}
    found = conversations.lines_after(session, entry.conversation_id, after)
    kept = [line for line in found if line.content["text"]]
    return {"lines": kept, "last": found[-1].id if found else after, "names": staff.names(session)}
