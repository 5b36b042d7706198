"""Reading the knowledge files, once a process."""

from __future__ import annotations

from functools import lru_cache

from bot import settings, yamlfile
from bot.errors import UserError
from bot.knowledge.model import Entries, Hotline, Hotlines, UrgentTopics

KNOWLEDGE = settings.ROOT / "data" / "knowledge"


@lru_cache(maxsize=1)
def rights() -> Entries:
    """The law, by topic."""
    return yamlfile.parse(Entries, KNOWLEDGE / "rights.yml")


@lru_cache(maxsize=1)
def urgent() -> UrgentTopics:
    """The emergencies."""
    return yamlfile.parse(UrgentTopics, KNOWLEDGE / "urgent.yml")


@lru_cache(maxsize=1)
def hotlines() -> list[Hotline]:
    """The national numbers."""
    return yamlfile.parse(Hotlines, KNOWLEDGE / "hotlines.yml").hotlines


def hotline(identifier: str) -> Hotline:
    """One national number by its id.

    Raises:
        UserError: hotlines.yml has no such id.
    """
    for line in hotlines():
        if line.id == identifier:
            return line
    raise UserError(f"data/knowledge/hotlines.yml：缺 id: {identifier} 这一条，请补上")
