"""The two letters by which a clerk on a call picks a topic, from data/knowledge/desk_topics.yml."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import validator

from bot import settings, yamlfile
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.campaign.model import Part

_LETTERS = re.compile(r"[a-z]{2}")


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
    wanted = typed.strip().lower()
    return next((intent for intent, given in letters().items() if given == wanted), None)
