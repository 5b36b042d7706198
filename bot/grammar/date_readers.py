"""How each form of a date is read, once its pattern in `bot.grammar.date_forms` has matched.

A reader takes its match, today, and the day before which the span must not have ended; it
returns None for a day that does not exist (2月31号) or is past (这周一 on a Wednesday).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.grammar import festivals, lunar
from bot.grammar.spans import Span

ONES = "一二三四五六七八九"
_NUMERALS = {
    tens + one: number * 10 + ONES.find(one) + 1 if one else number * 10
    for tens, number in (("", 0), ("十", 1), ("二十", 2), ("廿", 2), ("三十", 3))
    for one in ("", *ONES)
    if tens + one
}
#: 月初, 月中 and 月底 as spans of days; the last one goes to the end of the month.
_PARTS = {
    "初": (1, 7),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (25, 31),
    "末": (25, 31),
}
_WEEKDAYS = {**{day: number for number, day in enumerate("一二三四五六日")}, "天": 6}
_DAYS_AHEAD = {"今": 0, "明": 1, "后": 2, "大后": 3}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def number(written: str) -> int:
    """A number from 1 to 39 in digits or characters."""
    return int(written) if written.isdigit() else _NUMERALS[written]


def _group(match: re.Match[str], name: str) -> str | None:
    """What a group matched; None also where the form has no such group."""
    return match.groupdict().get(name)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(first: date | None, days: int = 1) -> Span | None:
    return Span(first, first + timedelta(days=days - 1)) if first else None


def _month(year: int, month: int, part: str | None = None) -> Span | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    begin, end = _PARTS[part] if part else (1, last)
    return Span(date(year, month, begin), date(year, month, min(end, last)))


def _first(candidates: Iterable[Span | None], since: date) -> Span | None:
    return next((span for span in candidates if span and (span.last or span.first) >= since), None)


def _months(since: date) -> Iterable[tuple[int, int]]:
    return (divmod(since.year * 12 + since.month - 1 + ahead, 12) for ahead in range(3))


def not_meant(match: re.Match[str], today: date, since: date) -> Span | None:
    """Last year's and every week's days: they are passed over, so that no part of them is read."""
    return None


def full_date(match: re.Match[str], today: date, since: date) -> Span | None:
    """2022-02-18."""
    return _days(_date(int(match["year"]), int(match["month"]), int(match["day"])))


def month_day(match: re.Match[str], today: date, since: date) -> Span | None:
    """2月18号, 三月份, 3月底, with or without a year."""
    month, day = number(match["month"]), _group(match, "day")

    def in_year(year: int) -> Span | None:
        if day:
            return _days(_date(year, month, number(day)))
        return _month(year, month, _group(match, "part"))

    if match["year"]:
        return in_year(int(match["year"]) % 100 + 2000)
    if match["said_year"]:
        return in_year(today.year + ("今明后").index(match["said_year"][0]))
    return _first(map(in_year, (since.year, since.year + 1)), since)


def dotted(match: re.Match[str], today: date, since: date) -> Span | None:
    """2.18 and 2/18."""
    month, day = int(match["month"]), int(match["day"])
    return _first((_days(_date(year, month, day)) for year in (since.year, since.year + 1)), since)


def lunar_date(match: re.Match[str], today: date, since: date) -> Span | None:
    """正月十五, 二月初二, 腊月."""
    named, day = match["named"], match["day"]
    month = _LUNAR_MONTHS.get(named) or number(named)

    def in_year(year: int) -> Span | None:
        return _days(lunar.solar(year, month, number(day))) if day else Span(*lunar.month(year, month))

    return _first(map(in_year, (since.year - 1, since.year, since.year + 1)), since) if 1 <= month <= 12 else None


def lunar_day(match: re.Match[str], today: date, since: date) -> Span | None:
    """初八: the next one; 大年初八: of the first month."""
    if match["new_year"]:
        days = (lunar.solar(year, 1, number(match["day"])) for year in (since.year, since.year + 1))
        return _first(map(_days, days), since)
    return _days(lunar.next_day(number(match["day"]), since))


def new_years_eve(match: re.Match[str], today: date, since: date) -> Span | None:
    """除夕."""
    new_years = (lunar.month(year, 1)[0] for year in (since.year, since.year + 1))
    return _first((_days(first - timedelta(days=1)) for first in new_years), since)


def after_new_year(match: re.Match[str], today: date, since: date) -> Span | None:
    """过完年 is from the day after 正月十五 on, when the feast is over."""
    starts = (lunar.solar(year, 1, 16) for year in (since.year, since.year + 1))
    return next((Span(start, None) for start in starts if start and start >= since), None)


def week(match: re.Match[str], today: date, since: date) -> Span | None:
    """下周三, 周末, 本周."""
    said, day = _group(match, "rel") or "", match["day"]
    monday = since - timedelta(days=since.weekday()) + timedelta(weeks=said.count("下"))
    if day is None:
        return Span(monday, monday + timedelta(days=6))
    if day == "末":
        return Span(monday + timedelta(days=5), monday + timedelta(days=6))
    weekday = _WEEKDAYS[day]
    found = monday + timedelta(days=weekday)
    if found < since:
        return None if said else _days(found + timedelta(weeks=1))
    return _days(found)


def day_ahead(match: re.Match[str], today: date, since: date) -> Span | None:
    """今天, 明天, 后天, 大后天."""
    return _days(today + timedelta(days=_DAYS_AHEAD[match["day"] or match["near"]]))


def this_month(match: re.Match[str], today: date, since: date) -> Span | None:
    """月底, 下个月, 下个月初."""
    said = _group(match, "rel") or ""
    months = list(_months(since))[said.count("下") :]
    if said:
        months = months[:1]
    return _first((_month(year, month + 1, match["part"]) for year, month in months), since)


def day_of_month(match: re.Match[str], today: date, since: date) -> Span | None:
    """18号, 18到20号, 28号到3号."""
    last = number(match["day"])
    begin = number(match["begin"]) if match["begin"] else last
    for year, month in _months(since):
        last_year, last_month = divmod(year * 12 + month + (last < begin), 12)
        first, end = _date(year, month + 1, begin), _date(last_year, last_month + 1, last)
        if first and end and since <= end:
            return Span(first, end)
    return None


def from_now(match: re.Match[str], today: date, since: date) -> Span | None:
    """现在, 马上, 随时."""
    return Span(today, None)


def festival(match: re.Match[str], today: date, since: date) -> Span | None:
    """国庆, 元宵: as data/knowledge/festivals.yml has it."""
    feast = festivals.by_word()[match["festival"]]
    on = lunar.solar if feast.lunar else _date
    years = (since.year, since.year + 1)
    return _first((_days(on(year, feast.month, feast.day), feast.days) for year in years), since)
