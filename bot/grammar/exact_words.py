"""Dialogue words that are the whole message: they need no guess."""

from __future__ import annotations

import re
from functools import lru_cache

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold

_CLAUSE_END = re.compile(r"[\s,，、。.!！;；~]+")
_NOT_WORDS = re.compile(r"[\W_]+")


class _ExactWords(Part):
    exact_words: dict[str, list[str]]


def plain(text: str) -> str:
    """`text` folded, without spaces and punctuation."""
    return _NOT_WORDS.sub("", fold(text))


def last(text: str) -> str | None:
    """The intent of the last clause, where that is nothing but a dialogue word: goodbye in 谢谢了，再见."""
    clauses = [plain(clause) for clause in _CLAUSE_END.split(fold(text))]
    return next((words().get(clause) for clause in reversed(clauses) if clause), None)


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Each word of data/knowledge/exact_words.yml → its intent."""
    listed = yamlfile.parse(_ExactWords, settings.ROOT / "data" / "knowledge" / "exact_words.yml").exact_words
    return {plain(word): intent for intent, some in listed.items() for word in some}
