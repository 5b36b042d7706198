"""What is said when the assistant does not know, or cannot do it yet."""

from __future__ import annotations

import asyncio

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.chat import ChatAction
from actions.forms import Form
from actions.recording import record_answer
from actions.turn import Turn
from bot import settings
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.knowledge import answers, choose
from bot.knowledge import load as knowledge
from bot.records import database, unanswered
from bot.reply import Button, Reply

MOST_OFFERED = 3

#: An intent below this is no better than a guess and is not offered.
WORTH_OFFERING = 0.08

#: What the assistant can do besides answering, and may offer when it is not sure.
OFFERED_REQUESTS = ("register_job_intention",)


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
    """Not understood, or none of its business.

    First the knowledge: an entry that fits very well answers. Then the best three as buttons. Else
    it says that it does not know and whom to ask, and keeps the question for the clerks.
    """

    may_be_free_text = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_fallback"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Answer, offer, or admit. In a form: say what could not be read."""
        asked = form.field(tracker.get_slot("requested_slot")) if form else None
        if asked is not None:
            turn.say(dispatcher, Reply(asked.again))
            return []
        day = turn.received_at.date()
        entry = choose.answering_alone(turn.hits, day)
        if entry is not None and turn.intent != "out_of_scope":
            found = answers.from_entry(entry, turn.question(entry.topic))
            turn.say(dispatcher, found.replies[0])
            await record_answer(turn, found.service)
            return []
        offered = [] if turn.intent == "out_of_scope" else _offers(turn)
        if offered:
            turn.say(dispatcher, Reply("我没有完全听懂。您想问的是不是：", offered))
        elif turn.intent == "out_of_scope":
            turn.say(dispatcher, Reply(f"这个不归春风行动管，我怕答错。\n{_whom_to_call()}"))
        else:
            turn.say(dispatcher, Reply(f"这个我答不上来，已经记下来请工作人员看。\n{_whom_to_call()}"))
            await _keep_unanswered(turn)
        return []


class DefaultFallback(Fallback):
    """Rasa's own last resort: it must never be silent."""

    def name(self) -> str:
        """The name Rasa reserves for it."""
        return "action_default_fallback"


async def _keep_unanswered(turn: Turn) -> None:
    """Put the question on the clerks' list, unless nothing is recorded on this channel."""
    if turn.is_recorded:
        await asyncio.to_thread(_write_unanswered, turn)


def _write_unanswered(turn: Turn) -> None:
    candidates = [name for name, _ in turn.guesses[:MOST_OFFERED]]
    candidates += [hit.entry_id for hit in turn.hits[:MOST_OFFERED]]
    with database.writing() as session:
        unanswered.keep(
            session,
            settings.get().campaign,
            int(turn.message_id or 0),
            turn.text,
            turn.channel,
            candidates,
            turn.received_at,
        )


def _whom_to_call() -> str:
    labour = knowledge.hotline("labour")
    contacts = load.current().contacts
    if contacts:
        return f"请打{contacts[0].department} {contacts[0].phone}，或 {labour.number}（{labour.name}）。"
    return f"请打 {labour.number}（{labour.name}）。"


def _offers(turn: Turn) -> list[Button]:
    """The best three next steps: entries whose words fit, then likely topics, each topic once."""
    entries = choose.worth_offering(turn.hits, turn.received_at.date(), MOST_OFFERED - 1)
    buttons = [answers.entry_button(entry) for entry in entries]
    covered = {entry.topic for entry in entries}
    for name, confidence in turn.guesses:
        known = name in CAMPAIGN_INTENTS or name in RIGHTS_INTENTS or name in OFFERED_REQUESTS
        if known and name not in covered and confidence >= WORTH_OFFERING and len(buttons) < MOST_OFFERED:
            buttons.append(answers.button(load.current(), name))
    return buttons
