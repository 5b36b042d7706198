"""Putting a chat on the clerks' list, and saying when somebody will answer."""

from __future__ import annotations

import asyncio

from actions.turn import Turn
from bot import office_hours
from bot.records import database, queue
from bot.records.models import Conversation


async def wait_for_person(turn: Turn, reason: str, urgent: bool = False) -> str:
    """Let the chat wait for a clerk, where it is recorded at all.

    Args:
        turn: the message that asked, was lost, or tells of an emergency.
        reason: one of bot.records.queue.REASONS.
        urgent: whether it stands before all others.

    Returns:
        The sentence that tells when somebody will answer.
    """
    if turn.is_recorded:
        await asyncio.to_thread(_write, turn, reason, urgent)
    return office_hours.when_answered(turn.received_at)


def _write(turn: Turn, reason: str, urgent: bool) -> None:
    with database.writing() as session:
        conversation = session.get(Conversation, turn.conversation_id)
        queue.ask_for_person(session, conversation, reason, urgent, turn.received_at)
