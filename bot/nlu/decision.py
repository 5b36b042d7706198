"""From guesses to one intent: the classifier's ranking, corrected by what the knowledge search found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot import clock
from bot.knowledge import choose
from bot.knowledge.hit import KNOWLEDGE, Hit, read_hits
from bot.nlu.component import Untrained

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
URGENT = "urgent"

#: How much an entry that fits speaks for its topic; entries below the base say nothing.
HIT_WEIGHT, HIT_BASE = 10.0, 0.1

#: An entry that fits so well is about labour, whatever the classifier says.
SURELY_OURS = 0.3

#: Without one of the phrases, an emergency must be nearly certain: a false alarm frightens people.
URGENT_AT_LEAST = 0.85

#: Below this nothing is understood.
UNDERSTOOD_AT_LEAST = 0.3

Guess = tuple[str, float]


def decide(guesses: Sequence[Guess], hits: Sequence[Hit], topics: dict[str, str]) -> list[Guess]:
    """The guesses in their final order and weight; `nlu_fallback` first when nothing is understood.

    Args:
        guesses: intents and probabilities, most likely first.
        hits: knowledge entries found for the message, best first.
        topics: each entry that may be said today → its intent.
    """
    guesses = [guess for guess in guesses if guess[0] != URGENT or guess[1] >= URGENT_AT_LEAST]
    if not guesses:
        return [(FALLBACK, UNDERSTOOD_AT_LEAST)]
    best: dict[str, float] = {}
    for hit in hits:
        if hit.entry_id in topics:
            best.setdefault(topics[hit.entry_id], hit.score)
    if guesses[0][0] == OUT_OF_SCOPE and max(best.values(), default=0.0) < SURELY_OURS:
        return list(guesses)
    ours = [guess for guess in guesses if guess[0] != OUT_OF_SCOPE]
    weights = {
        name: probability * math.exp(HIT_WEIGHT * max(0.0, best.get(name, 0.0) - HIT_BASE))
        for name, probability in ours
    }
    doubt = 1.0 - sum(probability for _, probability in ours)
    total = sum(weights.values()) + doubt
    ranked = sorted(((name, weight / total) for name, weight in weights.items()), key=lambda guess: -guess[1])
    if ranked[0][1] < UNDERSTOOD_AT_LEAST:
        return [(FALLBACK, UNDERSTOOD_AT_LEAST), *ranked]
    return ranked


def topics_on(day: date) -> dict[str, str]:
    """The entries that may be said on `day` → their intents."""
    return {entry.id: entry.topic for entry in choose.in_force(day).values()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(Untrained, IntentClassifier):
    """Puts the final intent and ranking in the place of the classifier's; the order is `decide`'s."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message that the classifier has ranked."""
        topics = topics_on(clock.today())
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if not ranking:
                continue
            guesses = [(guess[INTENT_NAME_KEY], guess[PREDICTED_CONFIDENCE_KEY]) for guess in ranking]
            hits = read_hits(message.get(KNOWLEDGE))
            final = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(weight)}
                for name, weight in decide(guesses, hits, topics)
            ]
            message.set(INTENT, final[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, final, add_to_output=True)
        return messages
