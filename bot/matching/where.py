"""Where somebody wants to work, and whether something is there: a street, a place, or only how far."""

from __future__ import annotations

from typing import Any

from bot.campaign import load
from bot.grammar import places
from bot.matching.place_words import names_place
from bot.matching.wish import Wish

#: Distances that name no place of their own: near home, and anywhere.
_NOWHERE = (places.NEAR, places.ANYWHERE)
_SPOKEN = {places.IN_DISTRICT: "本区", places.IN_PROVINCE: "本省（市）", places.OTHER_PROVINCE: "外省"}


def wanted(wish: Wish) -> str | None:
    """The place that somebody asked for, as it is said back to them; the street where no other place was named."""
    if wish.place and wish.place not in _NOWHERE:
        return _SPOKEN.get(wish.place, wish.place)
    return wish.unit


def is_in_place(wish: Wish, row: Any) -> bool:
    """Whether a row is in the place, or as far away, as somebody wants beyond their street."""
    if not wish.place or wish.place in _NOWHERE:
        return False
    around = _places_of(row)
    if wish.place == places.IN_DISTRICT:
        return bool(row.unit)
    if wish.place in (places.IN_PROVINCE, places.OTHER_PROVINCE):
        return bool(around) and bool(around & _home()) == (wish.place == places.IN_PROVINCE)
    named = {found.value for found in places.find(wish.place)}
    return bool(named & around) or names_place(wish.place, row.unit, row.place)


def is_in_street(wish: Wish, row: Any) -> bool:
    """Whether a row is in the street somebody named."""
    if not wish.unit:
        return False
    return wish.unit == row.unit or (not row.unit and names_place(wish.unit, None, row.place))


def is_from_here(wish: Wish) -> bool:
    """Whether somebody wants to stay in the district, or at least lives there."""
    if wish.unit or wish.place in (places.NEAR, places.IN_DISTRICT, places.IN_PROVINCE):
        return True
    if wish.place in (None, places.ANYWHERE, places.OTHER_PROVINCE):
        return False
    named = {found.value for found in places.find(wish.place)}
    return not named or bool(named & _home())


def _places_of(row: Any) -> set[str]:
    """The places a row lies in, narrow and wide; a street of the pack lies where the campaign is."""
    named = {found.value for found in places.find(row.place or "")}
    wide = {place for name in named for place in places.wider(name)}
    return named | wide | (_home() if row.unit else set())


def _home() -> set[str]:
    """Where the campaign is: 重庆市 and 渝中区."""
    named = {found.value for found in places.find(load.current().place)}
    return named | {place for name in named for place in places.wider(name)}
