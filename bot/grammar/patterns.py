"""Regular expressions that stand in files a clerk edits."""

from __future__ import annotations

import re


def a_pattern(phrase: str) -> str:
    """A regular expression, as a validator.

    Raises:
        ValueError: it is none; the message shows its beginning and the cure.
    """
    try:
        re.compile(phrase)
    except re.error as error:
        raise ValueError(f"“{phrase[:20]}…”不是正确的正则表达式（{error}），请检查括号") from None
    return phrase
