"""What needs no guess: emergencies, dialogue words, messages that are nothing but data."""

from __future__ import annotations

import re
from functools import lru_cache
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

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold
from bot.knowledge import urgent
from bot.nlu.component import Untrained

_NOT_WORDS = re.compile(r"[\W_]+")
_FILLER = re.compile(r"[我叫名字姓是在的住电话手机号码嘛哈呀啊哦吧了街道那边附近和]|[\W_]")


class _ExactWords(Part):
    exact_words: dict[str, list[str]]


@lru_cache(maxsize=1)
def _exact_words() -> dict[str, str]:
    words = yamlfile.parse(_ExactWords, settings.ROOT / "data" / "knowledge" / "exact_words.yml").exact_words
    return {_plain(word): intent for intent, listed in words.items() for word in listed}


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", fold(text))


def certain_intent(text: str, entities: list[dict[str, Any]]) -> str | None:
    """The intent of a message that leaves no doubt, or None.

    Args:
        text: what the person wrote.
        entities: what the grammars found in it, with `start` and `end`.
    """
    if urgent.find(text) is not None:
        return "urgent"
    word = _exact_words().get(_plain(text))
    if word is not None:
        return word
    if entities and _is_only_data(text, entities):
        return "inform"
    return None


def _is_only_data(text: str, entities: list[dict[str, Any]]) -> bool:
    kept = list(text)
    for entity in entities:
        start, end = entity[ENTITY_ATTRIBUTE_START], entity[ENTITY_ATTRIBUTE_END]
        kept[start:end] = [" "] * (end - start)
    rest = "".join(kept)
    return not re.search(r"[?？吗]", rest) and _FILLER.sub("", rest) == ""


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
