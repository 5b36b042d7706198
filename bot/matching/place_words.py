"""Whether a place somebody names is where something is."""

from __future__ import annotations

import re

from bot.grammar import fold, units

_NEARBY = re.compile(r"^在|(那边|这边|那里|附近|周边|一带|边上|旁边|这块|那块)+$")
_SHORTEST = 2


def names_place(wanted: str, unit: str | None, place: str | None) -> bool:
    """Whether `wanted`, a unit or a place in a person's words (解放碑那边), is the unit or stands in the place."""
    plain = _NEARBY.sub("", fold(wanted))
    short = units.short_name(plain)
    if len(short) < _SHORTEST:
        return False
    if unit and fold(units.short_name(unit)) in plain:
        return True
    return short in fold(place or "")
