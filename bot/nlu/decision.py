"""From several opinions to one intent, corrected by what the knowledge search found."""

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
from bot.nlu import opinions
from bot.nlu.component import Untrained
from bot.understanding import FALLBACK, OUT_OF_SCOPE, URGENT, Guess, understand

#: How much an entry that fits speaks for its topic; entries below the base say nothing.
HIT_WEIGHT, HIT_BASE = 8.0, 0.2

#: Without one of the phrases, an emergency must be nearly certain: a false alarm frightens people.
URGENT_AT_LEAST = 0.85


def decide(guesses: Sequence[Guess], hits: Sequence[Hit], topics: dict[str, str]) -> list[Guess]:
    """The guesses in their final order and weight; first what the assistant acts on.

    That is `nlu_fallback` where it must ask back, `out_of_scope` where it rejects, else the likeliest intent.

    Args:
        guesses: intents and shares, most likely first.
        hits: knowledge entries found for the message, best first.
        topics: each entry that may be said today → its intent.
    """
    if guesses and guesses[0][0] == URGENT and guesses[0][1] >= URGENT_AT_LEAST:
        return list(guesses)
    ranked = corrected(guesses, hits, topics)
    understood = understand(ranked)
    acted_on = FALLBACK if understood.outcome == "ask_back" else understood.intent
    share = dict(ranked).get(acted_on, 0.0)
    return [(acted_on, share), *(guess for guess in ranked if guess[0] != acted_on)]


def corrected(guesses: Sequence[Guess], hits: Sequence[Hit], topics: dict[str, str]) -> list[Guess]:
    """The guesses with what the knowledge says, in sum 1, without emergencies; out_of_scope keeps its share."""
    best: dict[str, float] = {}
    for hit in hits:
        if hit.entry_id in topics:
            best.setdefault(topics[hit.entry_id], hit.score)
    others = {name: share for name, share in guesses if name != URGENT}
    before = sum(others.values()) or 1.0
    doubt = others.pop(OUT_OF_SCOPE, 0.0) / before
    weights = {
        name: share * math.exp(HIT_WEIGHT * max(0.0, best.get(name, 0.0) - HIT_BASE)) for name, share in others.items()
    }
    total = sum(weights.values()) or 1.0
    ranked = [(name, (1.0 - doubt) * weight / total) for name, weight in weights.items()]
    return sorted([*ranked, (OUT_OF_SCOPE, doubt)], key=lambda guess: -guess[1])


def topics_on(day: date) -> dict[str, str]:
    """The entries that may be said on `day` → their intents."""
    return {entry.id: entry.topic for entry in choose.in_force(day).values()}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(Untrained, IntentClassifier):
    """Puts the opinions together and decides; what is certain stays in front of what was guessed."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message that anybody has an opinion of."""
        topics = topics_on(clock.today())
        for message in messages:
            heard = opinions.of(message)
            if not heard:
                continue
            guesses, hits = opinions.together(heard), read_hits(message.get(KNOWLEDGE))
            certain = message.get(INTENT) if message.get(INTENT_RANKING_KEY) else None
            if certain:
                first = (certain[INTENT_NAME_KEY], certain[PREDICTED_CONFIDENCE_KEY])
                final = [first, *(guess for guess in corrected(guesses, hits, topics) if guess[0] != first[0])]
            else:
                final = decide(guesses, hits, topics)
            ranking = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(share)} for name, share in final]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
