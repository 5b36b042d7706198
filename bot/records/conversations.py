"""Conversations and their messages: a message is stored before anybody is asked for an answer."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.records import identity, privacy
from bot.records.models import Conversation, Message
from bot.reply import Reply

#: What became of a person's message; besides these, what bot.reply says of a message that was not answered.
RECEIVED = "received"
ANSWERED = "answered"
WAITING = "waiting"  # for a clerk: the engine gave no answer
WITH_CLERK = "with_clerk"  # a clerk was talking and reads it

#: What the assistant says, and what a clerk says in its place.
SENT = "sent"
FROM_CLERK = "clerk"

#: A button works as long as it stands among the last so many replies.
OFFERS_KEPT = 100


@dataclass(frozen=True)
class Line:
    """One line of a conversation's history.

    Attributes:
        who: "person", "assistant" or "clerk".
        content: a person's line has text; the other two are what `Reply.as_dict` gives.
        at: when it was written, Beijing time.
        id: its row; a later line has a larger one.
        client_id: the sender's own id of a person's line; None of the others.
        staff_id: which clerk wrote it; None of the others.
    """

    who: str
    content: dict[str, Any]
    at: datetime
    id: int
    client_id: str | None
    staff_id: int | None


@dataclass(frozen=True)
class StoredQuestion:
    """A person's message as it was stored.

    Attributes:
        conversation_id: Rasa's sender.
        text: what Rasa is asked: the payload of a button, else the typed text.
        received_at: when it was received first; every record of it happened then.
        is_answered: whether an answer, if only that a clerk will see to it, was stored.
        idle_seconds: how long the person had been silent before; 0 for their first message.
        is_with_clerk: whether a clerk was talking when it came.
    """

    conversation_id: str
    text: str
    received_at: datetime
    is_answered: bool
    idle_seconds: float
    is_with_clerk: bool = False


def find(session: Session, session_token: str) -> Conversation | None:
    """The conversation of a web session."""
    token_digest = privacy.digest(identity.WEB_SESSION, session_token)
    return session.execute(select(Conversation).filter_by(session_digest=token_digest)).scalar_one_or_none()


def open_web(session: Session, session_token: str, at: datetime) -> Conversation:
    """The conversation of a web session; a new one starts with a new, unknown person."""
    found = find(session, session_token)
    if found is not None:
        return found
    person = identity.new_person(session, at)
    identity.add_key(session, person, identity.WEB_SESSION, session_token)
    made = Conversation(
        id=str(uuid.uuid4()),
        channel="web",
        session_digest=privacy.digest(identity.WEB_SESSION, session_token),
        person_id=person.id,
        created_at=at,
    )
    session.add(made)
    session.flush()
    return made


def receive(
    session: Session, conversation: Conversation, client_id: str, content: dict[str, Any], at: datetime
) -> Message:
    """Store what a person sent, once: the same `client_id` again gives the first message."""
    known = select(Message).filter_by(conversation_id=conversation.id, client_id=client_id)
    found = session.execute(known).scalar_one_or_none()
    if found is not None:
        return found
    message = Message(
        conversation_id=conversation.id,
        client_id=client_id,
        content=_pack(content),
        status=RECEIVED,
        created_at=at,
    )
    session.add(message)
    session.flush()
    return message


def question(session: Session, message_id: int) -> StoredQuestion:
    """A stored message of a person."""
    row = session.get(Message, message_id)
    content = json.loads(row.content)
    text = content.get("payload") or content["text"]
    earlier = select(Message.created_at).filter_by(conversation_id=row.conversation_id)
    earlier = earlier.where(Message.client_id.is_not(None), Message.id < message_id)
    before = session.execute(earlier.order_by(Message.id.desc()).limit(1)).scalar_one_or_none()
    idle = (row.created_at - before).total_seconds() if before else 0.0
    is_answered, is_with_clerk = row.status != RECEIVED, row.status == WITH_CLERK
    return StoredQuestion(row.conversation_id, text, row.created_at, is_answered, idle, is_with_clerk)


def give_up_waiting(session: Session, before: datetime) -> list[int]:
    """Hand messages that a stopped process left unanswered to the clerks. Returns their rows."""
    left = select(Message).where(Message.status == RECEIVED, Message.created_at < before)
    rows = list(session.execute(left).scalars())
    for row in rows:
        row.status = WAITING
    return [int(row.id) for row in rows]


def answer(session: Session, message_id: int, replies: list[Reply], status: str, at: datetime) -> list[Reply]:
    """Store the answer to a message, once: whoever comes second gets what the first stored.

    Args:
        session: a writing session.
        message_id: the person's message.
        replies: what the assistant says.
        status: what became of the message.
        at: when the answer came.
    """
    message = session.get(Message, message_id)
    if message.status != RECEIVED:
        return replies_to(session, message_id)
    message.status = status
    return [_say(session, message.conversation_id, reply, SENT, at, reply_to=message_id) for reply in replies]


def clerk_says(
    session: Session, conversation_id: str, reply: Reply, at: datetime, staff_id: int | None = None
) -> Reply:
    """Store what a clerk says; open pages get it live, and what waited for a clerk is answered by it."""
    said = _say(session, conversation_id, reply, FROM_CLERK, at, staff_id=staff_id)
    nothing_waits(session, conversation_id)
    return said


def assistant_says(session: Session, conversation_id: str, reply: Reply, at: datetime) -> None:
    """Store what the assistant says without having been asked."""
    _say(session, conversation_id, reply, SENT, at)


def _say(
    session: Session,
    conversation_id: str,
    reply: Reply,
    status: str,
    at: datetime,
    reply_to: int | None = None,
    staff_id: int | None = None,
) -> Reply:
    row = Message(
        conversation_id=conversation_id,
        reply_to=reply_to,
        content=_pack(reply.as_dict()),
        status=status,
        staff_id=staff_id,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return replace(reply, id=row.id)


def replies_to(session: Session, message_id: int) -> list[Reply]:
    """What the assistant answered to a message."""
    rows = session.execute(select(Message).filter_by(reply_to=message_id).order_by(Message.id)).scalars()
    return [replace(Reply.from_dict(json.loads(row.content)), id=row.id) for row in rows]


def history(session: Session, conversation: Conversation, limit: int = 200) -> list[Line]:
    """The last lines of a conversation, oldest first."""
    rows = session.execute(
        select(Message).filter_by(conversation_id=conversation.id).order_by(Message.id.desc()).limit(limit)
    ).scalars()
    return [_line(row) for row in reversed(list(rows))]


def lines_after(session: Session, conversation_id: str, after: int) -> list[Line]:
    """The lines of a conversation whose rows come after `after`, oldest first."""
    later = select(Message).where(Message.conversation_id == conversation_id, Message.id > after)
    return [_line(row) for row in session.execute(later.order_by(Message.id)).scalars()]


def has_row(session: Session, conversation_id: str, row: int) -> bool:
    """Whether a row is a line of this conversation."""
    return session.execute(select(Message.id).filter_by(id=row, conversation_id=conversation_id)).first() is not None


def _line(row: Message) -> Line:
    who = {SENT: "assistant", FROM_CLERK: "clerk"}.get(row.status, "person")
    return Line(who, json.loads(row.content), row.created_at, row.id, row.client_id, row.staff_id)


def latest_rows(session: Session, after: int) -> list[tuple[int, str]]:
    """Row and conversation of every line after the row `after`, whoever wrote it."""
    rows = session.execute(select(Message.id, Message.conversation_id).where(Message.id > after))
    return [(int(row), str(conversation_id)) for row, conversation_id in rows]


def latest_row(session: Session) -> int:
    """The last row of all lines; 0 when there is none."""
    return int(session.execute(select(func.max(Message.id))).scalar_one() or 0)


def nothing_waits(session: Session, conversation_id: str) -> None:
    """A clerk has seen to what waited in a conversation."""
    waiting = update(Message).where(Message.conversation_id == conversation_id, Message.status == WAITING)
    session.execute(waiting.values(status=ANSWERED).execution_options(synchronize_session=False))
    session.expire_all()


def is_first_for_clerk(session: Session, conversation_id: str, since: datetime) -> bool:
    """Whether nothing came in a conversation since a clerk took it."""
    came = select(Message.id).where(Message.conversation_id == conversation_id, Message.status == WITH_CLERK)
    return session.execute(came.where(Message.created_at >= since).limit(1)).first() is None


def offered(session: Session, conversation: Conversation, payload: str) -> str | None:
    """The title of the button with `payload` that this conversation was offered, or None."""
    recent = select(Message).where(Message.conversation_id == conversation.id, Message.status.in_((SENT, FROM_CLERK)))
    rows = session.execute(recent.order_by(Message.id.desc()).limit(OFFERS_KEPT)).scalars()
    for row in rows:
        for button in json.loads(row.content).get("buttons", []):
            if button["payload"] == payload:
                return str(button["title"])
    return None


def _pack(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
