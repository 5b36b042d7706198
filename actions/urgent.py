"""Emergencies: the number comes first and at once."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import hearing, steps
from actions.chat import LISTEN, active_form, asked_field
from actions.forms import YES, Form
from actions.person_wanted import wait_for_person
from actions.recording import record_answer
from actions.registrations import HELP_REQUEST
from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import RIGHTS_INTENTS
from bot.knowledge import urgent
from bot.knowledge.answers import answer
from bot.records import queue
from bot.reply import Reply
from bot.understanding import OUT_OF_SCOPE

#: After these the law behind them is told as well, from this share on; below, the number stands alone.
WITH_LAW = {"injury": 0.3, "danger": 0.5, "group_unpaid": 0.3}


class HelpAtOnce(Action):
    """Says the emergency number. An open form stays open, but its question is not put again now."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_urgent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """The number first; then, where the message is about rights as well, the law."""
        turn, form = Turn.of(tracker), active_form(tracker)
        kind = urgent.find(turn.text)
        day = turn.received_at.date()
        turn.say(dispatcher, urgent.reply(kind, day, turn.spoken))
        await wait_for_person(turn, queue.URGENT, urgent=True)
        right = _right_behind(turn.guesses, WITH_LAW.get(kind or "", 1.0))
        if right is not None:
            found = answer(load.current(), turn.question(right))
            for reply in found.replies:
                turn.say(dispatcher, reply if form is None else replace(reply, buttons=[]))
            await record_answer(turn, found.service, dispatcher)
        if form is None:
            turn.say(
                dispatcher, Reply("您先顾好安全。要不要我把事情记下来，请工作人员马上联系您？", [steps.CALL_ME_NOW])
            )
        elif form is HELP_REQUEST:
            return [SlotSet("urgent", YES), *_told(form, tracker), FollowupAction(form.name)]
        else:
            turn.say(dispatcher, Reply(f"{form.title}先放着，想接着填就说“继续”。"))
        return [LISTEN]


def _right_behind(guesses: list[tuple[str, float]], sure_enough: float) -> str | None:
    """The labour right that the message is also about, if the classifier is sure enough: a fall at home is none."""
    doubt = dict(guesses).get(OUT_OF_SCOPE, 0.0)
    return next((name for name, share in guesses if name in RIGHTS_INTENTS and share >= max(sure_enough, doubt)), None)


def _told(form: Form, tracker: Tracker) -> list[EventType]:
    """An emergency told in answer to "what happened?" is what happened."""
    asked = asked_field(form, tracker)
    if asked is None or not asked.takes_questions:
        return []
    values = hearing.answer(form, asked, tracker.latest_message, may_be_free_text=True)
    return [SlotSet(slot, value) for slot, value in values.items()]
