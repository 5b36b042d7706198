"""What needs no guess: emergencies, dialogue words, messages that are nothing but data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.grammar import exact_words, is_only
from bot.knowledge import urgent
from bot.nlu.component import Untrained, settle

#: 算了 at the beginning or the end of whatever else is said.
_STOPS = re.compile(r"^(算了|不登记了|不弄了|不办了)[，,。!！ ]|[，,。 ](算了|不登记了|不弄了|不办了)[。!！吧嘛]*$")

#: Digits and signs without a word say nothing but a value: -3, 12345, 1/2.
_ONLY_FIGURES = re.compile(r"(?=.*\d)[\d\W_]+")


@dataclass(frozen=True)
class Certain:
    """An intent that leaves no doubt.

    Attributes:
        intent: its name.
        is_all: whether the message says nothing besides; what a person wrote around a stop word or with an
            emergency still has a topic.
    """

    intent: str
    is_all: bool


def certain_intent(text: str, entities: list[dict[str, Any]]) -> Certain | None:
    """The intent of a message that leaves no doubt, or None.

    Args:
        text: what the person wrote.
        entities: what the grammars found in it, with `start` and `end`.
    """
    if urgent.find(text) is not None:
        return Certain("urgent", is_all=False)
    word = exact_words.words().get(exact_words.plain(text))
    if word is not None:
        return Certain(word, is_all=True)
    if _STOPS.search(text):
        return Certain("cancel", is_all=False)
    if _ONLY_FIGURES.fullmatch(text):
        return Certain("inform", is_all=True)
    spans = [(entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]) for entity in entities]
    return Certain("inform", is_all=False) if is_only(text, spans) else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainIntents(Untrained, IntentClassifier):
    """Says what is certain before anything is guessed; `Decision` keeps it in front."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent where nothing is to be guessed."""
        for message in messages:
            certain = certain_intent(message.get(TEXT) or "", message.get(ENTITIES, []))
            if certain is None:
                continue
            intent = {INTENT_NAME_KEY: certain.intent, PREDICTED_CONFIDENCE_KEY: 1.0}
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
            if certain.is_all:
                settle(message)
        return messages
