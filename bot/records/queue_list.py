"""What waits now: found in the records, and listed with the most urgent and oldest first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, literal, literal_column, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.records import conversations, database, queue
from bot.records.models import Conversation, Message, Registration
from bot.records.queue import QueueEntry
from bot.records.registrations import OPEN
from bot.records.staff import Account

#: The kinds of registration that a clerk must see to at once; job intentions are followed up later.
_SEEN_TO = (queue.HELP_REQUEST, queue.VACANCY)
MOST_LISTED = 300


def catch_up(at: datetime) -> None:
    """Let wait what came up since: registrations, messages without an answer; end what was withdrawn."""
    with database.reading() as session:
        has_news = any(session.execute(found.limit(1)).first() for found in (_new(), _unanswered(), _over()))
    if not has_news:
        return
    try:
        with database.writing() as session:
            _let_registrations_wait(session)
            _let_messages_wait(session)
            for entry in session.execute(_over()).scalars():
                queue.close(entry, None, queue.WITHDRAWN, None, at)
    except IntegrityError:  # another process was quicker, and wrote the same
        return


def waiting(session: Session, account: Account) -> list[QueueEntry]:
    """What waits and is theirs to see, or in their hands.

    Urgent ones stand first, then the longest; a promised call counts from its time.
    """
    rows = select(QueueEntry).where(QueueEntry.open_key.is_not(None))
    if not account.sees_all_units:
        taken = QueueEntry.claimed_by == account.id
        rows = rows.where(or_(QueueEntry.unit.is_(None), QueueEntry.unit == account.unit, taken))
    since = func.coalesce(QueueEntry.due_at, QueueEntry.created_at)
    rows = rows.order_by(QueueEntry.urgent.desc(), since, QueueEntry.id).limit(MOST_LISTED)
    return list(session.execute(rows).scalars())


def _new() -> select:
    has_entry = exists().where(QueueEntry.registration_id == Registration.id)
    return select(Registration).where(Registration.kind.in_(_SEEN_TO), Registration.state == OPEN, ~has_entry)


def _unanswered() -> select:
    """Conversations with a message that nobody answered, and since when."""
    has_entry = exists().where(QueueEntry.open_key == literal(queue.chat_key("")) + Message.conversation_id)
    return (
        select(Message.conversation_id, func.min(Message.created_at).label("since"))
        .where(
            Message.status == literal_column(f"'{conversations.WAITING}'"), ~has_entry
        )  # as the partial index has it
        .group_by(Message.conversation_id)
    )


def _over() -> select:
    return (
        select(QueueEntry)
        .join(Registration, Registration.id == QueueEntry.registration_id)
        .where(QueueEntry.open_key.is_not(None), Registration.state != OPEN)
    )


def _let_registrations_wait(session: Session) -> None:
    for left in session.execute(_new()).scalars().all():
        session.add(
            QueueEntry(
                reason=left.kind,
                open_key=f"registration:{left.id}",
                registration_id=left.id,
                conversation_id=left.conversation_id,
                person_id=left.person_id,
                unit=left.unit,
                urgent=left.urgent,
                created_at=left.created_at,
            )
        )
    session.flush()


def _let_messages_wait(session: Session) -> None:
    for conversation_id, since in session.execute(_unanswered()).all():
        conversation = session.get(Conversation, conversation_id)
        queue.ask_for_person(session, conversation, queue.WAITING, False, since)
