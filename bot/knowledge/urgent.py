"""Danger, injury, thoughts of suicide: the number comes first, whatever else is going on.

The phrases are a safety net in front of the trained model, not a replacement for it: the intent
`urgent` is trained as well. The front door uses the same net when the engine is down.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.grammar import exact_words
from bot.knowledge import load
from bot.knowledge.model import UrgentKind
from bot.reply import Reply


class _Net(NamedTuple):
    """One kind of emergency, ready to be searched for."""

    kind: UrgentKind
    phrases: re.Pattern[str]
    unless: re.Pattern[str]
    over: re.Pattern[str]


@lru_cache(maxsize=1)
def _nets() -> tuple[list[_Net], re.Pattern[str]]:
    """All kinds, most pressing first, and what shows that it is not over yet."""
    known = load.urgent()
    topics = known.topics
    nets = [_Net(one.kind, _any_of(one.phrases), _any_of(one.unless), _any_of(one.over)) for one in topics]
    return nets, _any_of(known.still)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    """A pattern that matches where one of `patterns` does; nowhere for none."""
    return re.compile("|".join(patterns) or r"(?!)")


def find(text: str) -> UrgentKind | None:
    """The emergency that a message speaks of, or None. Spaces and punctuation do not hide it.

    Who asks what an old injury is worth is told the law and not to call an ambulance; in doubt it is an emergency.
    """
    plain = exact_words.plain(text)
    nets, still = _nets()
    for net in nets:
        is_over = net.over.search(plain) and not still.search(plain)
        if not is_over and net.phrases.search(net.unless.sub("", plain)):
            return net.kind
    return None


def reply(kind: UrgentKind | None, day: date, spoken: bool = False) -> Reply:
    """What is said at once on `day`: for one kind, or in general when the kind is not known."""
    topics = load.urgent()
    answers = next((topic.answers for topic in topics.topics if topic.kind == kind), topics.general)
    answer = next((answer for answer in answers if answer.is_in_force(day)), answers[0])
    return Reply(text=answer.spoken if spoken else answer.text, source=answer.source)
