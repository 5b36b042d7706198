"""Which kinds of work are related, from data/knowledge/work_families.yml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part


class _Families(Part):
    families: dict[str, list[str]] = Field(min_items=1)


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    """Name of each family → the kinds of work in it."""
    return yamlfile.parse(_Families, settings.ROOT / "data" / "knowledge" / "work_families.yml").families


def families_of(kinds: Iterable[str]) -> list[str]:
    """The families that any of `kinds` is in, in the order of the file."""
    wanted = set(kinds)
    return [name for name, members in _families().items() if wanted.intersection(members)]


def related(kinds: Iterable[str]) -> set[str]:
    """The kinds of work in the same families, without `kinds` themselves."""
    own = set(kinds)
    return {member for name in families_of(own) for member in _families()[name]} - own
