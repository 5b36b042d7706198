"""From several opinions to one intent."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import opinions
from bot.nlu.component import Untrained
from bot.understanding import FALLBACK, URGENT, Guess, understand

#: Without one of the phrases, an emergency must be nearly certain: a false alarm frightens people.
URGENT_AT_LEAST = 0.85


def decide(guesses: Sequence[Guess]) -> list[Guess]:
    """The guesses in their final order; first what the assistant acts on.

    That is `nlu_fallback` where it must ask back, `out_of_scope` where it rejects, else the likeliest intent.

    Args:
        guesses: intents and shares, most likely first.
    """
    if guesses and guesses[0][0] == URGENT and guesses[0][1] >= URGENT_AT_LEAST:
        return list(guesses)
    ranked = _without_emergency(guesses)
    understood = understand(ranked)
    acted_on = FALLBACK if understood.outcome == "ask_back" else understood.intent
    share = dict(ranked).get(acted_on, 0.0)
    return [(acted_on, share), *(guess for guess in ranked if guess[0] != acted_on)]


def _without_emergency(guesses: Sequence[Guess]) -> list[Guess]:
    """The other guesses, in sum 1."""
    others = [guess for guess in guesses if guess[0] != URGENT]
    total = sum(share for _, share in others) or 1.0
    return [(name, share / total) for name, share in others]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decision(Untrained, IntentClassifier):
    """Puts the opinions together and decides; what is certain stays in front of what was guessed."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message that anybody has an opinion of."""
        for message in messages:
            heard = opinions.of(message)
            if not heard:
                continue
            guesses = opinions.together(heard)
            certain = message.get(INTENT) if message.get(INTENT_RANKING_KEY) else None
            if certain:
                first = (certain[INTENT_NAME_KEY], certain[PREDICTED_CONFIDENCE_KEY])
                final = [first, *(guess for guess in _without_emergency(guesses) if guess[0] != first[0])]
            else:
                final = decide(guesses)
            ranking = [{INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: float(share)} for name, share in final]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
