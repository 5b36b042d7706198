"""Several opinions of a message's intent, put together by `bot/nlu/decision.py`.

Wording, meaning and nearest examples are wrong about different messages: each alone is worse than all
together (docs/understanding.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasa.shared.nlu.training_data.message import Message

from bot.understanding import OUT_OF_SCOPE, Guess

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
    """All opinions as one: intents and shares in sum 1, most likely first.

    Two questions, one after the other. Is it our business: the weighted mean of their log odds that it is
    out_of_scope. And which of ours: the weighted geometric mean of the others' shares. Asked at once, opinions that
    agree that it is ours but not on the intent would count as doubt. The weights are taken in proportion. An intent
    that somebody is silent on has the share that the others give it; an opinion without weight is not heard.
    """
    opinions = [opinion for opinion in opinions if opinion.weight > 0]
    names = {name for opinion in opinions for name in opinion.shares}
    apart = {name for opinion in opinions for name in opinion.silent_on} & names
    speaking = [opinion for opinion in opinions if not opinion.silent_on]
    aside = {name: share for name, share in _mean(speaking, names).items() if name in apart}
    rest = 1.0 - sum(aside.values())
    doubt = _doubt(opinions, apart) if OUT_OF_SCOPE in names else 0.0
    ours = _mean(opinions, names - apart - {OUT_OF_SCOPE})
    mixed = {name: rest * (1.0 - doubt) * share for name, share in ours.items()}
    if OUT_OF_SCOPE in names:
        mixed[OUT_OF_SCOPE] = rest * doubt if ours else rest
    return sorted({**mixed, **aside}.items(), key=lambda guess: -guess[1])


def _doubt(opinions: Sequence[Opinion], apart: set[str]) -> float:
    """How surely the opinions together think that it is none of our business, if it is nothing of what stands apart."""
    shares = [_doubt_of(one, apart) for one in opinions]
    loudness = sum(one.weight for one in opinions)
    odds = sum(
        one.weight / loudness * math.log(share / (1.0 - share)) for one, share in zip(opinions, shares, strict=True)
    )
    return 1.0 / (1.0 + math.exp(-odds))


def _doubt_of(opinion: Opinion, apart: set[str]) -> float:
    """One opinion's doubt, held where its odds are finite."""
    rest = 1.0 - sum(opinion.shares.get(name, 0.0) for name in apart)
    share = opinion.shares.get(OUT_OF_SCOPE, 0.0) / max(rest, _LEAST_SHARE)
    return min(max(share, _LEAST_SHARE), 1.0 - _LEAST_SHARE)


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
