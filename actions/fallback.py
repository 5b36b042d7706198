"""What is said when the assistant does not know, or cannot do it yet."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.chat import ChatAction
from actions.forms import Form
from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.knowledge import answers
from bot.knowledge import load as knowledge
from bot.reply import Button, Reply

MOST_GUESSES = 3


class Refer(ChatAction):
    """What needs a person: says so, and gives the number to call."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_refer"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """The campaign's first contact, else the national line."""
        turn.say(dispatcher, Reply(f"这件事要工作人员来办，我还不能代办。\n{_whom_to_call()}"))
        return []


class Fallback(ChatAction):
    """Not understood, or none of its business: offers the nearest topics and a number."""

    may_be_free_text = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_fallback"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """In a form, what could not be read; else the best guesses as buttons, and whom to call."""
        asked = form.field(tracker.get_slot("requested_slot")) if form else None
        if asked is not None:
            turn.say(dispatcher, Reply(asked.again))
            return []
        if turn.intent == "out_of_scope":
            text = f"这个不归春风行动管，我怕答错。\n{_whom_to_call()}"
            turn.say(dispatcher, Reply(text))
            return []
        buttons = _guesses(tracker.latest_message)
        lead = "我没有完全听懂。您想问的是不是：" if buttons else "我没有听懂，您换个说法试试。"
        turn.say(dispatcher, Reply(f"{lead}\n{_whom_to_call()}" if not buttons else lead, buttons))
        return []


class DefaultFallback(Fallback):
    """Rasa's own last resort: it must never be silent."""

    def name(self) -> str:
        """The name Rasa reserves for it."""
        return "action_default_fallback"


def _whom_to_call() -> str:
    labour = knowledge.hotline("labour")
    contacts = load.current().contacts
    if contacts:
        return f"请打{contacts[0].department} {contacts[0].phone}，或 {labour.number}（{labour.name}）。"
    return f"请打 {labour.number}（{labour.name}）。"


def _guesses(message: dict[str, Any]) -> list[Button]:
    """The most likely topics that the assistant has an answer for."""
    likely = [guess["name"] for guess in message.get("intent_ranking") or []]
    known = [name for name in likely if name in CAMPAIGN_INTENTS or name in RIGHTS_INTENTS]
    return [answers.button(load.current(), name) for name in known[:MOST_GUESSES]]
