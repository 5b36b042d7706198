"""Receipt numbers and the last four digits of a phone, as people type or speak them."""

from __future__ import annotations

import re

from bot.grammar import fold

LENGTH = 8
LAST_DIGITS = 4

_SPOKEN = str.maketrans("零一二三四五六七八九幺洞两〇", "01234567891020")
_GAPS = re.compile(r"(?<=\d)[\s\-.,，、。]+(?=\d)")
_RUN = re.compile(r"\d+")


def parse(text: str) -> str | None:
    """The receipt number in `text`: the one run of eight digits, gaps apart."""
    return _one_run(text, LENGTH)


def spaced(receipt: str) -> str:
    """A receipt number as it is shown and read out: `1234 5678`."""
    return f"{receipt[:4]} {receipt[4:]}"


def parse_last_four(text: str) -> str | None:
    """The last four digits that `text` gives: four digits, or a whole mobile number."""
    return _one_run(text, LAST_DIGITS) or (_one_run(text, 11) or "")[-LAST_DIGITS:] or None


def _one_run(text: str, length: int) -> str | None:
    digits = _GAPS.sub("", fold(text).translate(_SPOKEN))
    runs = [run for run in _RUN.findall(digits) if len(run) == length]
    return runs[0] if len(runs) == 1 else None
