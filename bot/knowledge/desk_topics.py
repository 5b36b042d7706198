"""The two letters by which a clerk on a call picks a topic, from data/knowledge/desk_topics.yml."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import validator

from bot import settings, yamlfile
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.campaign.model import Part
from bot.grammar import half_width

_LETTERS = re.compile(r"[a-z]{2}")
_CODE = re.compile(r"[a-z]{1,2}")
_MOST_CLOSE = 6


class _DeskTopics(Part):
    topics: dict[str, str]

    @validator("topics")
    def _one_for_each(cls, topics: dict[str, str]) -> dict[str, str]:
        intents = {*CAMPAIGN_INTENTS, *RIGHTS_INTENTS}
        if set(topics) != intents:
            raise ValueError(f"每个主题写一次，多了或少了：{'、'.join(sorted(set(topics) ^ intents))}")
        if not all(_LETTERS.fullmatch(letters) for letters in topics.values()):
            raise ValueError("每个主题写两个小写字母")
        if len(set(topics.values())) != len(topics):
            raise ValueError("有两个主题用了同样的字母")
        return topics


@lru_cache(maxsize=1)
def letters() -> dict[str, str]:
    """Each question intent → its two letters."""
    return yamlfile.parse(_DeskTopics, settings.ROOT / "data" / "knowledge" / "desk_topics.yml").topics


def intent_of(typed: str) -> str | None:
    """The intent whose letters were typed; None for anything else."""
    wanted = half_width(typed).strip()
    return next((intent for intent, given in letters().items() if given == wanted), None)


def is_code(typed: str) -> bool:
    """Whether a code was typed, right or wrong: nobody says one or two Latin letters and nothing else."""
    return _CODE.fullmatch(half_width(typed).strip()) is not None


def close_to(typed: str) -> list[str]:
    """The intents whose letters a mistyped code may have meant: those swapped first, then those with one right."""
    wanted = half_width(typed).strip()
    likely = {intent: _likeness(wanted, given) for intent, given in letters().items()}
    found = sorted((intent for intent in likely if likely[intent]), key=lambda intent: -likely[intent])
    return found[:_MOST_CLOSE]


def _likeness(wanted: str, given: str) -> int:
    """2 for swapped letters, 1 for one letter that stands in its place, 0 for neither."""
    if wanted == given[::-1]:
        return 2
    return int(any(one == other for one, other in zip(wanted, given, strict=False)))
