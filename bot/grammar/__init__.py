"""Small grammars for what people write: phones, units, kinds of work, names. Pure functions on text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.grammar.script import simplified_character

#: What stands around data without being a question: 我叫…，电话…，在…那边.
_FILLER = re.compile(r"[我叫名字姓是在的住电话手机号码嘛噻哈呀啊哦哟咯嘞吧了街道那边附近和]|[\W_]")
_QUESTION = re.compile(r"[?？吗]")


@dataclass(frozen=True)
class Found:
    """Something found in a text: characters `start` to `end` (exclusive) mean `value`."""

    start: int
    end: int
    value: str


def half_width(text: str) -> str:
    """`text` with full-width characters and capitals folded, every character in its place."""
    folded = (unicodedata.normalize("NFKC", character).lower() for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))


def fold(text: str) -> str:
    """`text` half-width, in small letters and simplified characters, every character in its place."""
    return "".join(map(simplified_character, half_width(text)))


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with the characters of each span (start, end exclusive) blanked out, the others in their places."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def is_only(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether `text` is nothing but the data in its spans, and no question about them."""
    rest = without(text, spans)
    return rest != text and not _QUESTION.search(rest) and _FILLER.sub("", rest) == ""
