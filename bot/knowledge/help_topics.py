"""The kinds of help that can be asked for, from data/knowledge/help_topics.yml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold


class HelpTopic(Part):
    """One kind: its code in the records, its name, the words and the intents that show it."""

    code: str
    name: str
    words: list[str] = Field(min_items=1)
    intents: list[str] = []


class _HelpTopics(Part):
    topics: list[HelpTopic] = Field(min_items=1)


@lru_cache(maxsize=1)
def topics() -> list[HelpTopic]:
    """All kinds, in the order of the buttons."""
    return yamlfile.parse(_HelpTopics, settings.ROOT / "data" / "knowledge" / "help_topics.yml").topics


def name_of(code: str) -> str:
    """The name of a kind.

    Raises:
        KeyError: there is no such kind.
    """
    return {topic.code: topic.name for topic in topics()}[code]


def parse(text: str) -> str | None:
    """The one kind that `text` names; None when there is none, or more than one."""
    said = fold(text)
    found = [topic.code for topic in topics() if topic.name in said or any(word in said for word in topic.words)]
    return found[0] if len(found) == 1 else None


def behind(intents: Iterable[str]) -> str | None:
    """The kind of the first of `intents` that shows one."""
    kinds = {intent: topic.code for topic in topics() for intent in topic.intents}
    return next((kinds[intent] for intent in intents if intent in kinds), None)
