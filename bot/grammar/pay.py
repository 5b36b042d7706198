"""Pay as posts are compared by it: a salary by the month, day or hour, and whether more is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.grammar import fold, salary

Period = Literal["month", "day", "hour"]

PERIOD_NAMES: dict[Period, str] = {"month": "月", "day": "天", "hour": "小时"}
_MONTHS = 12
_AND_MORE = re.compile(r"以上|往上|起|不低于|至少|\+")


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
    """The pay that `text` is about, a year's as a twelfth; None for 面议, 计件, none at all, or more than one."""
    found = salary.parse(text)
    said = None if found is None else salary.Salary.from_text(found)
    if said is None or said.period == "piece":
        return None
    high = said.high if said.high is not None else None if _AND_MORE.search(fold(text)) else said.low
    if said.period == "year":
        return Pay(said.low // _MONTHS, high // _MONTHS if high is not None else None, "month")
    return Pay(said.low, high, said.period)
