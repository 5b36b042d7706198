"""Small grammars for what people write: phones, units, kinds of work, names. Pure functions on text."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """Something found in a text: characters `start` to `end` (exclusive) mean `value`."""

    start: int
    end: int
    value: str


def fold(text: str) -> str:
    """`text` with full-width characters and capitals folded, every character in its place."""
    folded = (unicodedata.normalize("NFKC", character).lower() for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))
