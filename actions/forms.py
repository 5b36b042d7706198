"""Forms as data: which fields, how each is asked and read. What all forms share stands here once."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.grammar import without
from bot.reply import Button, Reply

DRAFT_SLOT = "draft_id"


@dataclass(frozen=True)
class Field:
    """One thing a form asks for.

    Attributes:
        slot: the slot, named like the entity that fills it.
        label: what the person is told is asked for.
        ask: the question.
        again: what is said when the answer could not be read.
        exact: reads a message that is this value and nothing else.
        loose: reads an answer to the question in the person's own words.
        accepts: whether a value from elsewhere (an entity, a button) may stand in the slot.
        choices: the values to offer as buttons.
    """

    slot: str
    label: str
    ask: str
    again: str
    exact: Callable[[str], str | None]
    loose: Callable[[str], str | None]
    accepts: Callable[[str], bool]
    choices: Callable[[], list[str]] = list


@dataclass(frozen=True)
class Form:
    """A Rasa form: its name in domain.yml and its fields in the order of asking."""

    name: str
    fields: tuple[Field, ...]

    def field(self, slot: str | None) -> Field | None:
        """The field that fills `slot`."""
        return next((field for field in self.fields if field.slot == slot), None)

    def read_entities(self, entities: list[dict[str, Any]]) -> dict[str, str]:
        """What a message says by itself, whatever was asked. Two different values for one slot are none."""
        values: dict[str, set[str]] = {}
        for entity in entities:
            field = self.field(entity["entity"])
            if field is not None and field.accepts(str(entity["value"])):
                values.setdefault(entity["entity"], set()).add(str(entity["value"]))
        return {slot: next(iter(found)) for slot, found in values.items() if len(found) == 1}

    def read_answer(self, tracker: Tracker, may_be_free_text: bool) -> dict[str, str]:
        """What a message in the middle of the form fills.

        Args:
            tracker: with the form active and a slot asked for.
            may_be_free_text: False for a message that was understood as a question: then only one
                that is the asked value and nothing else is taken as the answer.
        """
        asked = self.field(tracker.get_slot(REQUESTED_SLOT))
        text = tracker.latest_message.get("text") or ""
        if not may_be_free_text:
            exact = asked.exact(text) if asked else None
            return {asked.slot: exact} if asked and exact else {}
        entities = tracker.latest_message.get("entities") or []
        values = self.read_entities(entities)
        if asked is not None and asked.slot not in values:
            spans = [(entity["start"], entity["end"]) for entity in entities if entity.get("start") is not None]
            free = asked.loose(without(text, spans).strip(" ，,。.、;；"))
            if free is not None:
                values[asked.slot] = free
        return values

    def empty(self) -> list[EventType]:
        """The events that forget everything the form holds: on opening, on cancelling and after saving."""
        return [SlotSet(slot, None) for slot in (*(field.slot for field in self.fields), DRAFT_SLOT)]

    def close(self) -> list[EventType]:
        """The events that leave the form and keep nothing."""
        return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), *self.empty()]


class FormValidation(FormValidationAction, ABC):
    """Reads the message that opened a form; later messages come through `ChatAction`."""

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form this action reads for."""

    def name(self) -> str:
        """Rasa's name for the validation of a form."""
        return f"validate_{self.form.name}"

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Fill what the message already says, so that it is not asked again."""
        values = self.form.read_entities(tracker.latest_message.get("entities") or [])
        return [SlotSet(slot, value) for slot, value in values.items()]


class AskField(Action, ABC):
    """Asks for one field, with buttons where there are few values."""

    @property
    @abstractmethod
    def field(self) -> Field:
        """The field that is asked for."""

    def name(self) -> str:
        """Rasa's name for the action that asks for a slot."""
        return f"action_ask_{self.field.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Put the question."""
        buttons = [
            Button(value, f"/inform{json.dumps({self.field.slot: value}, ensure_ascii=False)}")
            for value in self.field.choices()
        ]
        Turn.of(tracker).say(dispatcher, Reply(self.field.ask, buttons))
        return []
