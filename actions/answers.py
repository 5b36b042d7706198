"""Questions about the campaign and about labour rights."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import on_offer
from actions.chat import ChatAction
from actions.forms import Form
from actions.recording import record_answer
from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, REQUEST_INTENTS, RIGHTS_INTENTS
from bot.knowledge.answers import answer, button
from bot.reply import Reply
from bot.understanding import understand

#: A second issue is answered as well when the first is no surer than this …
FIRST_AT_MOST = 0.85
#: … and the second at least so likely.
SECOND_AT_LEAST = 0.2
#: Together the two must leave little doubt.
BOTH_AT_LEAST = 0.7

#: What may be offered beside an answer.
OFFERED = frozenset({*CAMPAIGN_INTENTS, *RIGHTS_INTENTS, *REQUEST_INTENTS})


def issues(turn: Turn) -> list[str]:
    """The intents to answer: one, or two in a message that names two ("不发工资还把我辞了")."""
    answerable = [guess for guess in turn.guesses if guess[0] in CAMPAIGN_INTENTS or guess[0] in RIGHTS_INTENTS]
    if len(answerable) < 2 or answerable[0][0] != turn.intent or turn.entry_id is not None:
        return [turn.intent]
    (first, sure), (second, also) = answerable[:2]
    both_rights = first in RIGHTS_INTENTS and second in RIGHTS_INTENTS
    if both_rights and sure <= FIRST_AT_MOST and also >= SECOND_AT_LEAST and sure + also >= BOTH_AT_LEAST:
        return [first, second]
    return [first]


class AnswerQuestion(ChatAction):
    """Answers from the pack or the law, and leaves the record of the service."""

    leaves_lookup = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say the answer to each issue of the message. In a form, the form has the buttons."""
        entities = tracker.latest_message.get("entities") or []
        for intent in issues(turn):
            extra = await asyncio.to_thread(on_offer.find, turn, intent, entities)
            found = answer(load.current(), replace(turn.question(intent), is_beside=extra.answers))
            for reply in (*extra.replies, *found.replies):
                turn.say(dispatcher, reply if form is None else replace(reply, buttons=[]))
            await record_answer(turn, found.service or extra.service, dispatcher)
        if form is None:
            self._offer_neighbour(turn, dispatcher)
        return []

    def _offer_neighbour(self, turn: Turn, dispatcher: CollectingDispatcher) -> None:
        """Fairly sure only: what else it may have been, in human words."""
        neighbour = understand(turn.guesses).neighbour
        if turn.entry_id is None and neighbour in OFFERED and len(issues(turn)) == 1:
            turn.say(dispatcher, Reply("问的不是这个？也许是：", [button(load.current(), neighbour)]))
