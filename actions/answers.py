"""Questions about the campaign and about labour rights."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.chat import ChatAction
from actions.forms import Form
from actions.recording import record_answer
from actions.turn import Turn
from bot.campaign import load
from bot.knowledge.answers import answer
from bot.reply import Reply


class AnswerQuestion(ChatAction):
    """Answers from the pack or the law, and leaves the record of the service."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say the answer of the message's intent."""
        found = answer(load.current(), turn.intent, turn.received_at.date(), turn.spoken)
        turn.say(dispatcher, found.reply if form is None else Reply(found.reply.text, source=found.reply.source))
        await record_answer(turn, found.service)
        return []
