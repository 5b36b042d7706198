"""An emergency that the engine does not hear of stands first in the clerks' queue all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.knowledge import urgent
from bot.knowledge.model import UrgentKind
from bot.records import conversations, database, queue
from bot.records.conversations import StoredQuestion
from bot.records.models import Conversation


def heard(session: Session, stored: StoredQuestion) -> UrgentKind | None:
    """The emergency that a message speaks of; its chat then waits before all that is none.

    Args:
        session: a writing session.
        stored: a message that the engine gave no answer to, or was not asked.
    """
    kind = urgent.find(stored.text)
    if kind is not None:
        conversation = session.get(Conversation, stored.conversation_id)
        queue.ask_for_person(session, conversation, queue.URGENT, True, stored.received_at)
    return kind


def hand_over(before: datetime) -> None:
    """Leave to the clerks what a stopped process left unanswered before a moment."""
    with database.writing() as session:
        for message_id in conversations.give_up_waiting(session, before):
            heard(session, conversations.question(session, message_id))
