"""Pay as registers and people write it: 4000-5000元/月, 200元/天, 4千到5千."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.grammar import fold

Period = Literal["month", "day", "hour"]

_TIMES = {"": 1, "k": 1000, "千": 1000, "w": 10000, "万": 10000}
_NUMBER = r"(\d+(?:\.\d+)?)(k|w|千|万)?"
_AMOUNT = re.compile(rf"{_NUMBER}(?:元|块钱|块)?(?:[-~—–至到]+{_NUMBER})?(?:元|块钱|块)?(以上|起|\+)?")
_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    ("hour", re.compile(r"小时|钟头|时薪|/时|/h")),
    ("day", re.compile(r"天|日")),
    ("month", re.compile(r"月")),
)
_USUAL: Period = "month"
#: What somebody may be paid at all, in yuan; anything else is a slip of the pen or another period.
_POSSIBLE: dict[Period, tuple[int, int]] = {"month": (500, 200_000), "day": (30, 5_000), "hour": (5, 1_000)}
PERIOD_NAMES: dict[Period, str] = {"month": "月", "day": "天", "hour": "小时"}


@dataclass(frozen=True)
class Pay:
    """What is paid in yuan for each `period`; `high` is None for "and more"."""

    low: int
    high: int | None
    period: Period

    def __str__(self) -> str:
        """As it is written: 4000-5000元/月."""
        span = f"{self.low}" if self.high in (None, self.low) else f"{self.low}-{self.high}"
        return f"{span}元/{PERIOD_NAMES[self.period]}{'以上' if self.high is None else ''}"


def parse(text: str) -> Pay | None:
    """The pay that `text` is about; None when it names none, or none that can be.

    Without a period, an amount that can be a month's pay and no day's is a month's.
    """
    plain = re.sub(r"[\s,，]", "", fold(text))
    found = _AMOUNT.search(plain)
    if found is None:
        return None
    first, first_times, second, second_times, open_end = found.groups()
    low = _yuan(first, first_times or second_times)
    high = _yuan(second, second_times or first_times) if second else None if open_end else low
    period = next((name for name, sign in _PERIODS if sign.search(plain)), _USUAL)
    least, most = _POSSIBLE[period]
    if not least <= low <= (high or low) <= most:
        return None
    return Pay(low, high, period)


def _yuan(number: str, times: str | None) -> int:
    return round(float(number) * _TIMES[times or ""])
