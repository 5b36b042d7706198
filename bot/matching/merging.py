"""The same fair from two sources is one fair."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from bot.grammar import fold

if TYPE_CHECKING:
    from bot.matching.fairs import FairHit

_ALIKE = 0.8
_NOT_A_WORD = re.compile(r"[\W_]+")


def merge(fairs: Iterable[FairHit]) -> list[FairHit]:
    """The fairs without doubles; the first of several stays and takes from the others what it does not say."""
    kept: list[FairHit] = []
    for fair in fairs:
        at = next((place for place, other in enumerate(kept) if _is_same(other, fair)), None)
        if at is None:
            kept.append(fair)
        else:
            kept[at] = _filled(kept[at], fair)
    return kept


def _is_same(one: FairHit, other: FairHit) -> bool:
    """Same day and similar title; two places, or morning and afternoon, are two fairs."""
    if one.online != other.online or one.starts_at.date() != other.starts_at.date():
        return False
    if one.starts_at > other.ends_at or other.starts_at > one.ends_at:
        return False
    if not one.online and (_differ(one.unit, other.unit) or _differ(one.place, other.place)):
        return False
    first, second = _plain(one.title), _plain(other.title)
    return first in second or second in first or SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _differ(one: str | None, other: str | None) -> bool:
    if not (one and other):
        return False
    first, second = _plain(one), _plain(other)
    return not (first in second or second in first)


def _plain(text: str) -> str:
    return _NOT_A_WORD.sub("", fold(text))


def _filled(kept: FairHit, other: FairHit) -> FairHit:
    return replace(
        kept,
        place=kept.place or other.place,
        unit=kept.unit or other.unit,
        zones=kept.zones or other.zones,
        url=kept.url or other.url,
        organiser=kept.organiser or other.organiser,
    )
