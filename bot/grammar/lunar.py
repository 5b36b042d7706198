"""Days of the Chinese lunar calendar, from lunar-python (MIT)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from lunar_python import Lunar, LunarMonth, Solar


@lru_cache(maxsize=256)
def solar(year: int, month: int, day: int) -> date | None:
    """The date of a lunar day; None where that month has no such day. Leap months are not asked for."""
    if not (1 <= month <= 12 and 1 <= day <= LunarMonth.fromYm(year, month).getDayCount()):
        return None
    found = Lunar.fromYmd(year, month, day).getSolar()
    return date(found.getYear(), found.getMonth(), found.getDay())


@lru_cache(maxsize=64)
def month(year: int, number: int) -> tuple[date, date]:
    """The first and the last date of a lunar month, 1 to 12."""
    days = LunarMonth.fromYm(year, number).getDayCount()
    first = Lunar.fromYmd(year, number, 1).getSolar()
    begin = date(first.getYear(), first.getMonth(), first.getDay())
    return begin, begin + timedelta(days=days - 1)


def next_day(number: int, since: date) -> date:
    """The first date from `since` on that is day `number` (1 to 29) of a lunar month."""
    today = Solar.fromYmd(since.year, since.month, since.day).getLunar()
    ahead = number - today.getDay()
    if ahead < 0:
        ahead += LunarMonth.fromYm(today.getYear(), today.getMonth()).getDayCount()
    return since + timedelta(days=ahead)
