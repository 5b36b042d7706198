"""Whether a matter is urgent, as people answer it."""

from __future__ import annotations

import re

from bot.grammar import fold

_NOT = re.compile(r"(不|没得?|莫得?)(是)?(很|太|好|怎么|咋个?|那么)?(急|着急|紧急|慌)|慢慢来|过几天|有空再|不赶")
_URGENT = re.compile(r"急|马上|立刻|立即|今天|现在|等不及|等不得|赶紧|赶快|快点|救命|火烧")


def parse(text: str) -> str | None:
    """`yes`, `no`, or None when the text tells neither."""
    said = fold(text)
    if _NOT.search(said):
        return "no"
    return "yes" if _URGENT.search(said) else None
