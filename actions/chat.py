"""What every answer to a message shares: a form that is open is served first and gone on with after."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT
from rasa_sdk.types import DomainDict

from actions import corrections, hearing, on_offer, steps
from actions.consent import MAY_BE_SENSITIVE, without_sensitive
from actions.forms import CONFIRMED_SLOT, CONSENT_SLOT, MISSES_SLOT, NO, SENSITIVE_SLOT, WANTED_SLOT, Field, Form
from actions.recording import record_answer
from actions.registrations import FORMS
from actions.turn import Turn
from bot.reply import ASKED_BACK, Reply

LISTEN = FollowupAction("action_listen")

#: So many failed answers to one question, then a way out is offered.
MOST_MISSES = 3


def active_form(tracker: Tracker) -> Form | None:
    """The form that is open, if any."""
    return FORMS.get((tracker.active_loop or {}).get("name") or "")


def was_pending(tracker: Tracker, slot: str) -> bool:
    """Whether a slot was asked for already before the latest message."""
    turns = [place for place, event in enumerate(tracker.events) if event["event"] == "user"]
    before = tracker.events[: turns[-1]] if turns else []
    asked = (event["value"] for event in reversed(before) if event.get("name") == REQUESTED_SLOT)
    return next(asked, None) == slot


def asked_field(form: Form | None, tracker: Tracker) -> Field | None:
    """The field that was asked for last."""
    return form.field(tracker.get_slot(REQUESTED_SLOT)) if form else None


def _opens_form(event: EventType) -> bool:
    return event["event"] == "followup" and event["name"] in FORMS


class ChatAction(Action, ABC):
    """Answers a message; in the middle of a form, the form then goes on where it was.

    The one rule about interruptions, in place of a rule for each form and intent: a message that
    fills the field that was asked for fills it; any other is answered, and the field asked again.
    """

    #: Whether the message may be the asked value in free words; a question may not.
    may_be_free_text = False

    #: Whether it leaves a look at an old registration behind: who asks something else has let go of it.
    leaves_lookup = False

    #: Whether what nobody asked for is taken as well (a wage, a day): not out of a message that was not understood.
    takes_extras = False

    @abstractmethod
    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say something. `form` is the one that is open; its buttons are left to the form."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Fill, or respond; then go on with the form, unless what it would hold forbids to register."""
        events = await self._hear(dispatcher, tracker)
        form = next((FORMS[event["name"]] for event in events if _opens_form(event)), None)
        slots = {**tracker.slots, **{event["name"]: event["value"] for event in events if event["event"] == "slot"}}
        refused = form.refusal(slots) if form is not None else None
        if form is None:
            return events
        if refused is None:
            needed = form.needed(slots, Turn.of(tracker).text)
            return [*events, SlotSet(WANTED_SLOT, needed)] if needed else events
        slot, reply = refused
        Turn.of(tracker).say(dispatcher, reply)
        return [*form.close(), SlotSet(slot, slots[slot]), LISTEN]

    async def _hear(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        turn, form = Turn.of(tracker), active_form(tracker)
        if form is None:
            goes_on = await self._goes_on_about_fairs(turn, dispatcher, tracker)
            return [] if goes_on else await self.respond(turn, None, dispatcher, tracker)
        asked = asked_field(form, tracker)
        changes = corrections.read(form, asked, tracker.latest_message, tracker.slots)
        if changes:
            turn.say(dispatcher, steps.changed(form, tracker.slots, changes))
            return [*steps.change(changes), FollowupAction(form.name)]
        values = self._values(form, asked, tracker)
        is_answered = asked is not None and asked.slot in values
        if not is_answered and await self._goes_on_about_fairs(turn, dispatcher, tracker):
            return [FollowupAction(form.name)]
        if values:
            said = []
            told = asked is not None and asked.answers_questions and values.get(asked.slot) != asked.left_out
            if told and not self.may_be_free_text:
                said = await self.respond(turn, form, dispatcher, tracker)
            return [*said, *self._fill(form, values, turn, dispatcher, tracker)]
        if self.leaves_lookup and form.holds_nothing:
            return [*form.close(), *await self.respond(turn, None, dispatcher, tracker), LISTEN]
        events = await self.respond(turn, form, dispatcher, tracker)
        if any(event["event"] == "followup" for event in events):
            return events
        if turn.was_away:
            turn.say(dispatcher, steps.go_on(form, tracker.slots, tracker.get_slot(REQUESTED_SLOT)))
            return [*events, LISTEN]
        return [*events, FollowupAction(form.name)]

    def _values(self, form: Form, asked: Field | None, tracker: Tracker) -> dict[str, str]:
        """What a message fills: the asked field, others that are asked for, and what else it states."""
        text = tracker.latest_message.get("text") or ""
        read = hearing.answer(form, asked, tracker.latest_message, self.may_be_free_text)
        extras = self.takes_extras and any(character.isalpha() for character in text) and not hearing.asks(text)
        mine = asked.slot if asked is not None else None
        return {slot: value for slot, value in read.items() if slot == mine or form.takes(slot, extras)}

    async def _goes_on_about_fairs(self, turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
        """Whether a message goes on with a question about fairs; then it is answered."""
        more = await asyncio.to_thread(on_offer.go_on, turn, tracker)
        if more is None:
            return False
        for reply in more.replies:
            turn.say(dispatcher, reply)
        await record_answer(turn, more.service, dispatcher)
        return True

    def could_not_read(
        self, turn: Turn, form: Form, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """An answer that could not be read: said again; after some times, a way out is offered instead."""
        asked = asked_field(form, tracker)
        if asked is None:
            return []
        if hearing.surely_asks(turn.text):
            is_about_it = any(word in turn.text for word in (asked.label, *asked.also_called))
            turn.say(dispatcher, steps.why(asked) if is_about_it else steps.cannot_say())
            return []
        slot, _, times = str(tracker.get_slot(MISSES_SLOT) or "").partition(":")
        misses = int(times) + 1 if slot == asked.slot else 1
        counted = SlotSet(MISSES_SLOT, f"{asked.slot}:{misses}")
        if misses < MOST_MISSES:
            turn.say(dispatcher, Reply(asked.again, outcome=ASKED_BACK))
            return [counted]
        turn.say(dispatcher, steps.way_out(asked))
        return [SlotSet(MISSES_SLOT, None), LISTEN]

    def _fill(
        self, form: Form, values: dict[str, str], turn: Turn, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Take what was said; three answers are no data but decide how the form goes on."""
        if values.get(CONSENT_SLOT) == NO:
            turn.say(dispatcher, steps.refused())
            return [*form.close(), LISTEN]
        if values.get(CONFIRMED_SLOT) == NO:
            turn.say(dispatcher, steps.what_to_change(form, tracker.slots))
            return [LISTEN]
        heard = steps.heard(form, tracker.slots, values)
        if heard and form.refusal({**tracker.slots, **values}) is None:
            turn.say(dispatcher, Reply(heard))
        filled: dict[str, str | None] = dict(values)
        if values.get(SENSITIVE_SLOT) == NO:
            turn.say(dispatcher, Reply("好，这部分不保存。"))
            filled |= without_sensitive(tracker.slots)
        elif any(slot in MAY_BE_SENSITIVE for slot in values):
            filled[SENSITIVE_SLOT] = None
        return [
            *(SlotSet(slot, value) for slot, value in filled.items()),
            SlotSet(MISSES_SLOT, None),
            FollowupAction(form.name),
        ]
