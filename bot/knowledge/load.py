"""Reading the knowledge files, once a process."""

from __future__ import annotations

from functools import lru_cache

from bot import settings, yamlfile
from bot.errors import UserError
from bot.knowledge.model import Entries, Entry, Hotline, Hotlines, UrgentTopics

KNOWLEDGE = settings.ROOT / "data" / "knowledge"


@lru_cache(maxsize=1)
def files() -> list[Entries]:
    """The knowledge files: the law on labour rights, and the policies behind the campaign."""
    return [yamlfile.parse(Entries, KNOWLEDGE / name) for name in ("rights.yml", "services.yml")]


def entries() -> list[Entry]:
    """All entries, in force or not."""
    return [entry for file in files() for entry in file.entries]


@lru_cache(maxsize=1)
def services() -> dict[str, str]:
    """Each entry's id → the kind of service that answering from it is."""
    return {entry.id: file.kinds.get(entry.topic, file.service) for file in files() for entry in file.entries}


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
