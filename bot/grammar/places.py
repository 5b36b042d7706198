"""Where somebody wants to work, beyond the pack's reporting units: from data/knowledge/places.yml.

A value is a place's full name (江北区, 福州市, 广东省) or, where only the distance is said, one of the
codes in `REACH`. Where somebody comes from (老家巫溪的) or does not want to go is not found.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field, validator

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import Found, fold, without
from bot.grammar.exact_words import plain
from bot.grammar.negation import is_denied
from bot.grammar.patterns import a_pattern

#: Near home; within the district or county; within the province; beyond it; anywhere.
NEAR, IN_DISTRICT, IN_PROVINCE, OTHER_PROVINCE, ANYWHERE = REACH = ("近", "区内", "省内", "外省", "都行")
_ENDINGS = "省市区县"
_SHORTEST = 2


class _CameFrom(Part):
    before: list[str]
    after: list[str]


class _Places(Part):
    provinces: list[str] = Field(min_items=1)
    within: dict[str, list[str]]
    regions: dict[str, list[str]]
    others: dict[str, list[str]]
    full_name_only: list[str]
    unless: list[str]
    not_before: list[str]
    came_from: _CameFrom
    reach: dict[str, list[str]]
    answers_anywhere: list[str]

    @validator("reach")
    def _patterns(cls, reach: dict[str, list[str]]) -> dict[str, list[str]]:
        for some in reach.values():
            for phrase in some:
                a_pattern(phrase)
        return reach

    def names(self) -> list[str]:
        """Every full name."""
        return [*self.provinces, *(name for names in self.within.values() for name in names), *self.regions]


@lru_cache(maxsize=1)
def _places() -> _Places:
    return yamlfile.parse(_Places, settings.ROOT / "data" / "knowledge" / "places.yml")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Every word for a place → its full name."""
    places = _places()
    words = {name: name for name in places.names()}
    for name in places.names():
        if name[-1] in _ENDINGS and len(name) > _SHORTEST and name not in places.full_name_only:
            words.setdefault(name[:-1], name)
    for listed in (places.others, places.regions):
        words.update({word: name for name, some in listed.items() for word in some})
    return words


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What looks like a place and is none, the places, and what must not stand before or after one."""
    places = _places()
    longest_first = "|".join(sorted(map(re.escape, _words()), key=len, reverse=True))
    return (
        re.compile("|".join(map(re.escape, places.unless))),
        re.compile(longest_first),
        re.compile(f"(?:{'|'.join(map(re.escape, places.came_from.before))})$"),
        re.compile("|".join(map(re.escape, [*places.not_before, *places.came_from.after]))),
    )


@lru_cache(maxsize=1)
def _reach() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile("|".join(some)), code) for code, some in _places().reach.items()]


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    """Each place below a province → the place that it lies in."""
    return {name: wider for wider, names in _places().within.items() for name in names}


def wider(place: str) -> list[str]:
    """The places that `place` lies in, the nearest first: 晋江市 → 泉州市, 福建省; empty for other text."""
    above = []
    while place in _parents():
        place = _parents()[place]
        above.append(place)
    return above


def find(text: str) -> list[Found]:
    """Every place and every distance that `text` wishes for, in the order of the text."""
    folded = fold(text)
    found = [*_found_reach(folded)]
    rest = without(folded, [(one.start, one.end) for one in found])
    return sorted([*found, *_found_places(rest)], key=lambda one: one.start)


def parse(text: str) -> str | None:
    """The one place or distance that `text` wishes for; None when there is none, or more than one.

    A place beside one that it lies in is one place: 重庆江北. As a whole answer 都行 is anywhere.
    """
    if plain(text) in _places().answers_anywhere:
        return ANYWHERE
    values = {found.value for found in find(text)}
    narrow = values.difference(*map(wider, values))
    return narrow.pop() if len(narrow) == 1 else None


def _found_reach(folded: str) -> list[Found]:
    found: list[Found] = []
    rest = folded
    for pattern, code in _reach():
        hits = [hit.span() for hit in pattern.finditer(rest)]
        rest = without(rest, hits)
        found.extend(Found(start, end, code) for start, end in hits if not is_denied(folded, start, end))
    return found


def _found_places(folded: str) -> list[Found]:
    unless, places, before, after = _patterns()
    rest = without(folded, [hit.span() for hit in unless.finditer(folded)])
    return [
        Found(hit.start(), hit.end(), _words()[hit.group()])
        for hit in places.finditer(rest)
        if not (before.search(rest, 0, hit.start()) or after.match(rest, hit.end()))
        and not is_denied(rest, hit.start(), hit.end())
    ]
