"""The pack's reporting units, with and without 街道."""

from __future__ import annotations

from collections.abc import Iterable

from bot.grammar import Found, fold

_ENDINGS = ("街道办事处", "街道办", "街道", "街", "镇", "乡", "县", "区", "市")
_SHORTEST = 2


def short_name(unit: str) -> str:
    """What people call a unit: 大坪 for 大坪街道."""
    for ending in _ENDINGS:
        if unit.endswith(ending) and len(unit) - len(ending) >= _SHORTEST:
            return unit[: -len(ending)]
    return unit


def find(text: str, units: Iterable[str]) -> list[Found]:
    """Every unit that `text` names, in the order of the text."""
    folded = fold(text)
    found = []
    for unit in units:
        short = short_name(unit)
        start = folded.find(short)
        while start >= 0:
            end = start + len(short)
            end += next((len(ending) for ending in _ENDINGS if folded.startswith(ending, end)), 0)
            found.append(Found(start, end, unit))
            start = folded.find(short, end)
    return sorted(found, key=lambda one: one.start)


def parse(text: str, units: Iterable[str]) -> str | None:
    """The one unit that `text` names; None when there is none, or more than one."""
    values = {found.value for found in find(text, units)}
    return values.pop() if len(values) == 1 else None
