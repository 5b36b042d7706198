"""What needs no guess: emergencies, dialogue words, messages that are nothing but data."""

from __future__ import annotations

import re
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
from bot.nlu.component import Untrained

#: 算了 at the beginning or the end of whatever else is said.
_STOPS = re.compile(r"^(算了|不登记了|不弄了|不办了)[，,。!！ ]|[，,。 ](算了|不登记了|不弄了|不办了)[。!！吧嘛]*$")

#: Digits and signs without a word say nothing but a value: -3, 12345, 1/2.
_ONLY_FIGURES = re.compile(r"(?=.*\d)[\d\W_]+")


def certain_intent(text: str, entities: list[dict[str, Any]]) -> str | None:
    """The intent of a message that leaves no doubt, or None.

    Args:
        text: what the person wrote.
        entities: what the grammars found in it, with `start` and `end`.
    """
    if urgent.find(text) is not None:
        return "urgent"
    word = exact_words.words().get(exact_words.plain(text))
    if word is not None:
        return word
    if _STOPS.search(text):
        return "cancel"
    if _ONLY_FIGURES.fullmatch(text):
        return "inform"
    spans = [(entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]) for entity in entities]
    return "inform" if is_only(text, spans) else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class CertainIntents(Untrained, IntentClassifier):
    """Puts a certain intent before the trained ones; their ranking stays behind it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrule the classifier where nothing is to be guessed."""
        for message in messages:
            certain = certain_intent(message.get(TEXT) or "", message.get(ENTITIES, []))
            if certain is None:
                continue
            intent = {INTENT_NAME_KEY: certain, PREDICTED_CONFIDENCE_KEY: 1.0}
            guessed = [one for one in message.get(INTENT_RANKING_KEY, []) if one[INTENT_NAME_KEY] != certain]
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [intent, *guessed], add_to_output=True)
        return messages
