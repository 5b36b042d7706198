"""When somebody answers: office hours, Chinese holidays and make-up working days, in Beijing time."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar

from bot import clock, settings

log = logging.getLogger(__name__)

_WEEKDAYS = "一二三四五六日"
#: No run of days off is longer; a search ends here when the settings leave no working day at all.
_FURTHEST_DAYS = 60


def is_open(now: datetime) -> bool:
    """Whether a clerk is there at a moment."""
    moment = clock.in_beijing(now)
    return is_working_day(moment.date()) and any(begin <= moment.time() < end for begin, end in _spans())


def next_opening(now: datetime) -> datetime | None:
    """When a clerk is there again: `now` itself within office hours; None when no day of the next two months works."""
    moment = clock.in_beijing(now)
    if is_open(moment):
        return moment
    for days in range(_FURTHEST_DAYS):
        day = moment.date() + timedelta(days=days)
        if not is_working_day(day):
            continue
        for begin, _ in _spans():
            opening = datetime.combine(day, begin, clock.BEIJING)
            if opening > moment:
                return opening
    return None


def when_answered(now: datetime) -> str:
    """The sentence that tells a person when somebody will answer."""
    moment = clock.in_beijing(now)
    if is_open(moment):
        return "工作人员在线，会尽快回您。"
    opening = next_opening(moment)
    if opening is None:
        return "现在没有工作人员在线，上班以后会回您。"
    return f"现在是下班时间，工作人员{_day_name(opening.date(), moment.date())}{opening:%H:%M}上班后回您。"


def is_working_day(day: date) -> bool:
    """Whether clerks work on a day.

    The settings come first, then chinese-calendar; where neither knows the year, weekdays are taken as working
    days, and the log says so once.
    """
    current = settings.get()
    if day.isoformat() in _days(current.holidays):
        return False
    if day.isoformat() in _days(current.workdays):
        return True
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        if not any(known.startswith(f"{day.year}-") for known in _days(current.holidays)):
            _warn_of(day.year)
        return day.weekday() < 5


@lru_cache(maxsize=16)
def _warn_of(year: int) -> None:
    log.warning(
        "%s 年怎么放假还不知道，按周一到周五上班算；请按放假通知设置 CHUNFENG_HOLIDAYS 和 CHUNFENG_WORKDAYS",
        year,
    )


def _days(listed: str) -> frozenset[str]:
    return frozenset(listed.split(",")) if listed else frozenset()


def _spans() -> list[tuple[time, time]]:
    """Beginning and end of each stretch of the working day."""
    pairs = [span.split("-") for span in settings.get().office_hours.split(",")]
    return [(time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in pairs]


def _day_name(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead < 2:
        return ("今天", "明天")[ahead]
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"
