"""Dialogue words that are the whole message: they need no guess."""

from __future__ import annotations

import re
from functools import lru_cache

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold

_NOT_WORDS = re.compile(r"[\W_]+")


class _ExactWords(Part):
    exact_words: dict[str, list[str]]


def plain(text: str) -> str:
    """`text` folded, without spaces and punctuation."""
    return _NOT_WORDS.sub("", fold(text))


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Each word of data/knowledge/exact_words.yml → its intent."""
    listed = yamlfile.parse(_ExactWords, settings.ROOT / "data" / "knowledge" / "exact_words.yml").exact_words
    return {plain(word): intent for intent, some in listed.items() for word in some}
