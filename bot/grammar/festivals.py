"""Festivals by their words, from data/knowledge/festivals.yml."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part


class Festival(Part):
    """A festival: its first day in the solar or the lunar calendar, and how many days it goes on."""

    name: str
    words: list[str] = Field(min_items=1)
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    days: int = Field(1, ge=1)
    lunar: bool = False


class _Festivals(Part):
    festivals: list[Festival] = Field(min_items=1)


@lru_cache(maxsize=1)
def by_word() -> dict[str, Festival]:
    """Each word for a festival → the festival."""
    listed = yamlfile.parse(_Festivals, settings.ROOT / "data" / "knowledge" / "festivals.yml").festivals
    return {word: festival for festival in listed for word in festival.words}
