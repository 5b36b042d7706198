"""What is said when the assistant does not know, or a person is wanted."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import hearing, steps
from actions.chat import LISTEN, ChatAction, asked_field
from actions.forms import Form
from actions.person_wanted import wait_for_person
from actions.recording import record_answer
from actions.turn import Turn
from bot import settings
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.grammar import exact_words
from bot.knowledge import answers, choose
from bot.knowledge import load as knowledge
from bot.records import database, queue, staff_answers, unanswered
from bot.reply import ASKED_BACK, REJECTED, UNANSWERED, Button, Reply
from bot.understanding import FALLBACK, may_be_ours

MOST_OFFERED = 3

_SOMETHING_ELSE = Button("都不是，找人工", "/talk_to_human")

#: An intent below this is no better than a guess and is not offered.
WORTH_OFFERING = 0.08

#: What the assistant can do besides answering, and may offer when it is not sure.
OFFERED_REQUESTS = ("register_job_intention", "request_help", "post_vacancy", "check_my_request")

#: Lost so many times on end, a person is offered.
LOST = 2
_LOST_WITH = (FALLBACK, "inform")


class TalkToHuman(ChatAction):
    """Somebody wants a person: whom to call now, or leave a number to be called."""

    leaves_lookup = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_talk_to_human"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """The chat waits for a clerk; who cannot wait is told whom to call, or leaves a number."""
        when = await wait_for_person(turn, queue.ASKED)
        text = f"好，已经帮您找工作人员了。{when}\n您接着说就行，工作人员看得到。等不及，{_whom_to_call()}"
        turn.say(dispatcher, Reply(text, [steps.CALL_ME] if form is None else []))
        return [LISTEN] if form is not None else []


class Fallback(ChatAction):
    """Not understood, or none of its business.

    First the knowledge: an entry that fits very well answers. Then the best three as buttons. Else
    it says that it does not know and whom to ask, and keeps the question for the clerks. Lost twice
    on end, it offers a person.
    """

    may_be_free_text = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_fallback"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Answer, offer, or admit. In a form: say what could not be read."""
        if exact_words.last(turn.text) == "goodbye":
            turn.say(dispatcher, steps.goodbye(form))
            return [*form.close(), LISTEN] if form is not None else []
        asks = form is None or hearing.surely_asks(turn.text)
        if asks and (
            await self._answer_of_a_clerk(turn, dispatcher) or await self._answer_of_law(turn, form, dispatcher)
        ):
            return []
        if form is not None and asked_field(form, tracker) is not None:
            return self.could_not_read(turn, form, dispatcher, tracker)
        if turn.intent == "out_of_scope":
            turn.say(dispatcher, Reply(f"这个不归春风行动管，我怕答错。\n{_whom_to_call()}", outcome=REJECTED))
            if may_be_ours(turn.guesses, max((hit.score for hit in turn.hits), default=0.0)):
                await _keep_unanswered(turn)
            return []
        if times_lost(tracker) >= LOST:
            when = await wait_for_person(turn, queue.LOST)
            text = f"对不起，我又没弄明白，不耽误您了，已经请工作人员来看。{when}\n等不及，{_whom_to_call()}"
            turn.say(dispatcher, Reply(text, [steps.CALL_ME], outcome=UNANSWERED))
            await _keep_unanswered(turn)
            return []
        offered = _offers(turn)
        if offered:
            buttons = [*offered, _SOMETHING_ELSE]
            turn.say(dispatcher, Reply("我没有完全听懂。您想问的是不是：", buttons, outcome=ASKED_BACK))
        else:
            text = f"这个我答不上来，已经记下来请工作人员看。\n{_whom_to_call()}"
            turn.say(dispatcher, Reply(text, [steps.CALL_ME], outcome=UNANSWERED))
            await _keep_unanswered(turn)
        return []

    async def _answer_of_law(self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher) -> bool:
        """What an entry says that fits very well, whatever the intent."""
        entry = choose.answering_alone(turn.hits, turn.received_at.date())
        if entry is None or turn.intent == "out_of_scope":
            return False
        found = answers.from_entry(entry, turn.question(entry.topic))
        turn.say(dispatcher, found.replies[0] if form is None else replace(found.replies[0], buttons=[]))
        await record_answer(turn, found.service, dispatcher)
        return True

    async def _answer_of_a_clerk(self, turn: Turn, dispatcher: CollectingDispatcher) -> bool:
        """What a clerk wrote once for this question, if anybody did; it names who wrote it."""
        known = await asyncio.to_thread(_written_by_a_clerk, turn.text)
        if known is not None:
            turn.say(dispatcher, Reply(known.written.answer, source=known.mark))
        return known is not None


def _written_by_a_clerk(text: str) -> staff_answers.Known | None:
    with database.reading() as session:
        return staff_answers.find(session, settings.get().campaign, text)


def times_lost(tracker: Tracker) -> int:
    """How many messages on end were not understood outside of a form, this one included.

    Data that nobody asked for is a loss as well; what is none of our business is none.
    """
    lost = 0
    for event in reversed(tracker.events):
        if event["event"] == "active_loop":
            break
        if event["event"] == "user":
            if event["parse_data"]["intent"]["name"] not in _LOST_WITH:
                break
            lost += 1
    return lost


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
