"""Rasa's actions behind the forms: deciding what is asked next, asking, opening, saving."""

from __future__ import annotations

import json
import uuid
from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.types import DomainDict

from actions import hearing
from actions.chat import LISTEN, ChatAction, active_form, was_pending
from actions.forms import DRAFT_SLOT, WANTED_SLOT, Field, Form
from actions.registrations import FORMS
from actions.turn import Turn
from bot.reply import Button, Reply


class _FormValidation(FormValidationAction, ABC):
    """Tells Rasa which slots a form still needs. It fills none.

    Messages are read by `ChatAction`: Rasa then rejects the form for a message that fills nothing, and
    the rules decide, so that an emergency or a question is heard even when it names a street.
    """

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form this action decides for."""

    def name(self) -> str:
        """Rasa's name for the validation of a form."""
        return f"validate_{self.form.name}"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
    ) -> list[str]:
        """What is to be asked, by what is known."""
        return self.form.required(tracker.slots)

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Nothing: see the class."""
        return []


class _AskField(Action, ABC):
    """Asks for one field, with buttons where there are few values."""

    @property
    @abstractmethod
    def slot(self) -> str:
        """The slot that is asked for."""

    def name(self) -> str:
        """Rasa's name for the action that asks for a slot."""
        return f"action_ask_{self.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Put the question of the form that is open."""
        form = active_form(tracker)
        field = form.field(self.slot) if form else None
        if form is not None and field is not None:
            progress = form.progress(tracker.slots, self.slot)
            text = form.question(field, tracker.slots, is_again=was_pending(tracker, self.slot))
            Turn.of(tracker).say(dispatcher, Reply(text, _choices(field), progress=progress))
        return []


def _choices(field: Field) -> list[Button]:
    buttons = [
        Button(title, f"/inform{json.dumps({field.slot: value}, ensure_ascii=False)}")
        for title, value in field.choices().items()
    ]
    return [*buttons, Button(field.left_out_title, "/skip")] if field.is_optional else buttons


def _actions_of_the_forms() -> list[type[Action]]:
    """One validation a form and one question a slot; rasa-sdk finds actions by their class."""
    validations = [type(f"Validate_{name}", (_FormValidation,), {"form": form}) for name, form in FORMS.items()]
    slots = dict.fromkeys(field.slot for form in FORMS.values() for field in form.fields)
    return [*validations, *(type(f"Ask_{slot}", (_AskField,), {"slot": slot}) for slot in slots)]


FORM_ACTIONS = tuple(_actions_of_the_forms())


class OpenForm(ChatAction, ABC):
    """Opens a form empty, whoever used it before; one that is open already reads the message instead."""

    may_be_free_text = True
    takes_extras = True

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form that is opened."""

    def first_values(self, turn: Turn, tracker: Tracker) -> dict[str, str]:
        """What the opening message already says."""
        said = hearing.said(self.form, tracker.latest_message)
        return {slot: value for slot, value in said.items() if self.form.takes(slot, extras=True)}

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Open, or ask whether to leave another registration for this one; a look at an old one is just left."""
        if form is None or form.holds_nothing or next(tracker.get_latest_entity_values("switch"), None):
            return self._open(turn, tracker)
        if form is self.form:
            return self.could_not_read(turn, form, dispatcher, tracker)
        switch = Button(f"换成{self.form.title}", f"/{turn.intent}{json.dumps({'switch': 'yes'})}")
        question = f"{form.title}还没填完。要放下它，先做{self.form.title}吗？"
        turn.say(dispatcher, Reply(question, [switch, Button(f"接着填{form.title}", "/resume")]))
        return [LISTEN]

    def _open(self, turn: Turn, tracker: Tracker) -> list[EventType]:
        """Forget what any form holds, give the draft its id, keep what the message says; ask what forbade it before."""
        values = self.first_values(turn, tracker)
        refused = active_form(tracker) is None and next(filter(tracker.get_slot, self.form.refuses), None)
        forgotten = [event for form in FORMS.values() for event in form.empty()]
        return [
            ActiveLoop(None),
            *forgotten,
            SlotSet(DRAFT_SLOT, str(uuid.uuid4())),
            *(SlotSet(slot, value) for slot, value in values.items()),
            *([SlotSet(WANTED_SLOT, refused)] if refused and refused not in values else []),
            FollowupAction(self.form.name),
        ]
