"""Danger, injury, thoughts of suicide: the number comes first, whatever else is going on.

The phrases are a safety net in front of the trained model, not a replacement for it: the intent
`urgent` is trained as well. The front door uses the same net when the engine is down.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.grammar import exact_words
from bot.knowledge import load
from bot.knowledge.model import UrgentKind, UrgentTopic
from bot.reply import Reply


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[UrgentTopic, re.Pattern[str], re.Pattern[str] | None]]:
    return [
        (topic, re.compile("|".join(topic.phrases)), re.compile("|".join(topic.unless)) if topic.unless else None)
        for topic in load.urgent().topics
    ]


def find(text: str) -> UrgentKind | None:
    """The emergency that a message speaks of, or None. Spaces and punctuation do not hide it."""
    plain = exact_words.plain(text)
    for topic, phrases, unless in _patterns():
        if phrases.search(unless.sub("", plain) if unless else plain):
            return topic.kind
    return None


def reply(kind: UrgentKind | None, day: date, spoken: bool = False) -> Reply:
    """What is said at once on `day`: for one kind, or in general when the kind is not known."""
    topics = load.urgent()
    answers = next((topic.answers for topic in topics.topics if topic.kind == kind), topics.general)
    answer = next((answer for answer in answers if answer.is_in_force(day)), answers[0])
    return Reply(text=answer.spoken if spoken else answer.text, source=answer.source)
