"""What an answer does for a person: a service record, or at the desk the name of what the clerk may record."""

from __future__ import annotations

import asyncio

from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot import settings
from bot.knowledge.answers import Done
from bot.records import database
from bot.records.models import Conversation, Person
from bot.records.services import ServiceDone, record


async def record_answer(turn: Turn, done: Done | None, dispatcher: CollectingDispatcher) -> None:
    """Write down that a question was answered; the desk is told instead, where only the clerk's key records.

    Nothing is written for what is no service, or where nothing is recorded (`Turn.is_recorded`).
    """
    if done is None:
        return
    if turn.spoken:
        dispatcher.utter_message(json_message={"service": {"kind": done.kind, "topic": done.topic}})
    elif turn.is_recorded:
        await asyncio.to_thread(_write, turn, done)


def _write(turn: Turn, done: Done) -> None:
    with database.writing() as session:
        conversation = session.get(Conversation, turn.conversation_id)
        record(
            session,
            ServiceDone(
                campaign=settings.get().campaign,
                person_id=conversation.person_id,
                unit=session.get(Person, conversation.person_id).unit,
                kind=done.kind,
                topic=done.topic,
                channel=turn.channel,
                occurred_at=turn.received_at,
                source_key=f"msg:{turn.message_id}:{done.kind}:{done.topic}",
            ),
        )
