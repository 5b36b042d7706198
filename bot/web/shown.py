"""How text and times look on the page: template filters. static/line.js does the same for what comes later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

#: After so long a silence the time is written above the next line.
_SILENCE = timedelta(minutes=5)

_LINK = re.compile(r"https?://[^\s，。；）]+|/privacy\b|[0-9][0-9-]*[0-9]")
_STEPS = re.compile(r"([0-9]+)[^0-9]+([0-9]+)")

#: What makes a number an amount: 120元 is no emergency number.
_COUNTED = "元块天个人年月日"


def install(environment: Environment, numbers: Iterable[str]) -> None:
    """Add the filters to a template environment.

    Args:
        environment: the environment.
        numbers: the telephone numbers that are written as links.
    """
    environment.filters.update(linked=partial(linked, frozenset(numbers)), day=day, steps=steps)
    environment.tests["after_silence"] = is_after_silence


def linked(numbers: frozenset[str], text: str) -> Markup:
    """Text with its addresses and known telephone numbers as links; everything else stays text."""
    shown, done = Markup(), 0
    for found in _LINK.finditer(text):
        link = _link(numbers, found.group(), text[found.end() : found.end() + 1])
        if link:
            shown += Markup("{}{}").format(text[done : found.start()], link)
            done = found.end()
    return shown + Markup("{}").format(text[done:])


def _link(numbers: frozenset[str], word: str, following: str) -> Markup | None:
    if word.startswith(("http", "/")):
        return Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>').format(word)
    if word in numbers and not (following and following in _COUNTED):
        return Markup('<a href="tel:{0}">{0}</a>').format(word)
    return None


def day(at: str) -> str:
    """When a line was written, as the page says it: `2月15日 周二 09:05`."""
    moment = datetime.fromisoformat(at)
    return f"{moment.month}月{moment.day}日 周{'一二三四五六日'[moment.weekday()]} {moment:%H:%M}"


def steps(progress: str) -> tuple[int, int] | None:
    """Step and number of steps of `第2步，共5步`; None where it does not say them."""
    found = _STEPS.search(progress)
    return (int(found[1]), int(found[2])) if found else None


def is_after_silence(line: dict[str, Any], before: dict[str, Any] | None) -> bool:
    """Whether the time is written above a line: it is the first, or comes long after the one before."""
    return before is None or datetime.fromisoformat(line["at"]) - datetime.fromisoformat(before["at"]) >= _SILENCE
