"""What stands in one cell, as a value. Each function raises ValueError with a reason for the clerk.

No reason repeats the cell: it may hold a telephone number or a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from bot import clock
from bot.grammar import fold, units
from bot.grammar import phone as phones

_DAY = r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_TIME = r"(\d{1,2})[:点时](\d{1,2})?分?(?::\d{1,2})?"
_DAY_ONLY = re.compile(_DAY)
_TIME_ONLY = re.compile(_TIME)
_DAY_AND_TIME = re.compile(rf"{_DAY}[t\s]*{_TIME}")
_PHONE = re.compile(r"[+\d()\-\s]+")
_BRACKETS = re.compile(r"[()]")
_BETWEEN = re.compile(r"[、,，;；/|\n]+")
_YES, _NO = ("是", "有", "1", "true", "yes"), ("否", "无", "没有", "0", "false", "no")

END_OF_DAY = time(23, 59)
#: An earlier day is a year that lost its first digits; a day so long after the campaign and today is a wrong year.
_EARLIEST, _LATER = date(2000, 1, 1), timedelta(days=366)


def day(text: str) -> date:
    """A day: 2022-02-15, 2022/2/15, 2022.2.15, with 年月日, or the day of a moment."""
    folded = fold(text)
    found = _DAY_ONLY.fullmatch(folded) or _DAY_AND_TIME.fullmatch(folded)
    if found is None:
        raise ValueError("看不懂，请写成 2022-02-15")
    return _date(found)


def moment(text: str, default: time, on: date | None = None) -> datetime:
    """A moment in Beijing.

    Args:
        text: a day and a time, or a day alone, or, when `on` is given, a time alone.
        default: the time of a day alone.
        on: the day of a time alone.
    """
    folded = fold(text)
    if found := _DAY_ONLY.fullmatch(folded):
        return clock.in_beijing(datetime.combine(_date(found), default))
    if found := _DAY_AND_TIME.fullmatch(folded):
        return clock.in_beijing(datetime.combine(_date(found), _time(*found.groups()[3:])))
    if on is not None and (found := _TIME_ONLY.fullmatch(folded)):
        return clock.in_beijing(datetime.combine(on, _time(*found.groups())))
    raise ValueError("看不懂，请写成 2022-02-15 09:30")


def objection_to_day(heading: str, happened: date, last: date) -> str:
    """Why a day cannot be meant; "" where it can.

    Args:
        heading: of the column.
        happened: the day.
        last: the later of today and the campaign's last day.
    """
    if happened > last + _LATER:
        return f"{heading}太晚了，请核对年份"
    return f"{heading}太早了，请核对年份" if happened < _EARLIEST else ""


def _date(found: re.Match[str]) -> date:
    try:
        return date(*map(int, found.groups()[:3]))
    except ValueError:
        raise ValueError("没有这一天，请对照日历改正") from None


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise ValueError("没有这个钟点，请改正") from None


def phone(text: str) -> str:
    """A telephone number in E.164 form, with nothing else in the cell."""
    plain = fold(text)
    number = phones.parse(_BRACKETS.sub(" ", plain)) if _PHONE.fullmatch(plain) else None
    if number is None:
        raise ValueError("不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着")
    return number


def unit(text: str, known: Collection[str]) -> str:
    """One of the pack's units, with or without 街道; of a pack without units, the words as they stand."""
    if not known or text in known:
        return text
    plain = fold(text)
    found = [name for name in known if plain in (fold(name), fold(units.short_name(name)))]
    if not found:
        raise ValueError("不在这次活动的街道名单里，请写全称，不知道就空着")
    return found[0]


def yes_or_no(text: str) -> bool:
    """是 or 否."""
    plain = fold(text)
    if plain not in (*_YES, *_NO):
        raise ValueError("请写 是 或 否，不知道就空着")
    return plain in _YES


def several(text: str) -> list[str]:
    """A list in one cell: 退役军人、农民工."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))
