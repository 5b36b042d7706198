"""Which phase of a window a day is in, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.campaign.model import Period

PhaseName = Literal["before", "during", "last_day", "after"]


@dataclass(frozen=True)
class Phase:
    """Where a day lies in a window.

    Attributes:
        name: before, during, last_day or after.
        days: whole days until the start (before) or until the last day (during); else 0.
        period: the window itself.
    """

    name: PhaseName
    days: int
    period: Period

    @property
    def is_open(self) -> bool:
        """Whether the window includes the day."""
        return self.name in ("during", "last_day")

    def sentence(self, what: str) -> str:
        """One sentence about `what` (活动, 线上招聘会). A notice that gives only months gets no days."""
        start, end = self._spoken(self.period.start), self._spoken(self.period.end)
        if self.name == "before":
            left = "" if self.period.by_month else f"，还有{self.days}天"
            return f"{what}还没有开始，{start}开始{left}。"
        if self.name == "during":
            left = "" if self.period.by_month else f"，还有{self.days}天"
            return f"{what}正在进行，到{end}止{left}。"
        if self.name == "last_day":
            return f"{what}正在进行，今天{end}是最后一天。"
        return f"{what}已于{end}结束。"

    def _spoken(self, day: date) -> str:
        return f"{day.year}年{day.month}月" if self.period.by_month else f"{day.year}年{day.month}月{day.day}日"


def phase_of(period: Period, day: date) -> Phase:
    """The phase of `period` that `day` (in Beijing) is in."""
    if day < period.start:
        return Phase("before", (period.start - day).days, period)
    if day > period.end:
        return Phase("after", 0, period)
    if day == period.end and not period.by_month:
        return Phase("last_day", 0, period)
    return Phase("during", (period.end - day).days, period)
