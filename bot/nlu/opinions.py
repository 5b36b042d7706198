"""Several opinions of a message's intent, put together by `bot/nlu/decision.py`.

Wording, meaning and nearest examples are wrong about different messages: each alone is worse than all
together (docs/understanding.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasa.shared.nlu.training_data.message import Message

from bot.understanding import Guess

_OPINIONS = "opinions"

#: What an opinion gives to an intent that it does not name, so that the others can still bring it.
_LEAST_SHARE = 1e-4


@dataclass(frozen=True)
class Opinion:
    """What one component thinks of a message.

    Attributes:
        shares: intent → share, in sum 1.
        weight: how much it has to say beside the others.
        silent_on: intents that it knows nothing about.
    """

    shares: Mapping[str, float]
    weight: float
    silent_on: frozenset[str] = frozenset()


def add(message: Message, opinion: Opinion) -> None:
    """Keep an opinion with its message."""
    message.set(_OPINIONS, [*of(message), opinion])


def of(message: Message) -> list[Opinion]:
    """All opinions of a message so far."""
    return list(message.get(_OPINIONS) or [])


def together(opinions: Sequence[Opinion]) -> list[Guess]:
    """All opinions as one: their weighted geometric mean in sum 1, most likely first.

    The weights are taken in proportion. An intent that somebody is silent on has the share that the others give it.
    """
    names = {name for opinion in opinions for name in opinion.shares}
    apart = {name for opinion in opinions for name in opinion.silent_on} & names
    speaking = [opinion for opinion in opinions if not opinion.silent_on]
    aside = {name: share for name, share in _mean(speaking, names).items() if name in apart}
    rest = 1.0 - sum(aside.values())
    mixed = {name: rest * share for name, share in _mean(opinions, names - apart).items()}
    return sorted({**mixed, **aside}.items(), key=lambda guess: -guess[1])


def _mean(opinions: Sequence[Opinion], names: set[str]) -> dict[str, float]:
    loudness = sum(one.weight for one in opinions)
    logs = {
        name: sum(one.weight / loudness * math.log(max(one.shares.get(name, 0.0), _LEAST_SHARE)) for one in opinions)
        for name in names
    }
    highest = max(logs.values(), default=0.0)
    weights = {name: math.exp(value - highest) for name, value in logs.items()}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
