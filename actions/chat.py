"""What every answer to a message shares: a form that is open is served first and gone on with after."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.forms import Form
from actions.job_intention import JOB_INTENTION
from actions.turn import Turn

FORMS = {form.name: form for form in (JOB_INTENTION,)}


def active_form(tracker: Tracker) -> Form | None:
    """The form that is open, if any."""
    return FORMS.get((tracker.active_loop or {}).get("name") or "")


class ChatAction(Action, ABC):
    """Answers a message; in the middle of a form, the form then goes on where it was.

    The one rule about interruptions, in place of a rule for each form and intent: a message that
    fills the field that was asked for fills it; any other is answered, and the field asked again.
    """

    #: Whether the message may be the asked value in free words; a question may not.
    may_be_free_text = False

    @abstractmethod
    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say something. `form` is the one that is open; its buttons are left to the form."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Fill, or respond; then go on with the form."""
        form = active_form(tracker)
        if form is None:
            return await self.respond(Turn.of(tracker), None, dispatcher, tracker)
        values = form.read_answer(tracker, self.may_be_free_text)
        if values:
            return [*(SlotSet(slot, value) for slot, value in values.items()), FollowupAction(form.name)]
        return [*await self.respond(Turn.of(tracker), form, dispatcher, tracker), FollowupAction(form.name)]
