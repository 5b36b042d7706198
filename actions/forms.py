"""Forms as data: which fields, how each is asked and read. What all forms share stands here once."""

from __future__ import annotations

import json
import re
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

#: Every action that opens a form is named so.
OPENING_PREFIX = "action_open_"

#: Words that name a field and are no part of its value: 李四，电话…
_FIELD_WORDS = re.compile(r"我的|名字|姓名|电话|手机|号码|街道是|工种|[:：]")
_NEW_VALUE = re.compile(r"(?:应该是|改成|改为|换成|不是.{1,8}是|是|叫)\s*([^是叫]+)$")


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
        also_called: other words for the label, in a correction.
    """

    slot: str
    label: str
    ask: str
    again: str
    exact: Callable[[str], str | None]
    loose: Callable[[str], str | None]
    accepts: Callable[[str], bool]
    choices: Callable[[], list[str]] = list
    also_called: tuple[str, ...] = ()


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
            rest = without(text, spans)
            free = asked.loose((_FIELD_WORDS.sub(" ", rest) if spans else rest).strip(" ，,。.、;；"))
            if free is not None:
                values[asked.slot] = free
        return values

    def read_correction(self, text: str) -> dict[str, str | None]:
        """What a correction changes: the named field's new value; None for a field to be asked again."""
        for field in self.fields:
            if any(word in text for word in (field.label, *field.also_called)):
                new = _NEW_VALUE.search(text)
                return {field.slot: field.loose(new.group(1).strip(" ，,。.了")) if new else None}
        return {}

    def empty(self) -> list[EventType]:
        """The events that forget everything the form holds: on opening, on cancelling and after saving."""
        return [SlotSet(slot, None) for slot in (*(field.slot for field in self.fields), DRAFT_SLOT)]

    def close(self) -> list[EventType]:
        """The events that leave the form and keep nothing."""
        return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), *self.empty()]


def _was_just_opened(tracker: Tracker) -> bool:
    """Whether the form was opened by the message that is being answered."""
    for event in reversed(tracker.events):
        if event["event"] == "action" and str(event["name"]).startswith(OPENING_PREFIX):
            return True
        if event["event"] == "user":
            return False
    return False


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
        """Fill what the opening message says, so that it is not asked again.

        For any later message nothing is filled here: Rasa then rejects the form, and the rules decide,
        so that an emergency or a question is heard even when it names a street (actions/chat.py).
        """
        if not _was_just_opened(tracker):
            return []
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
