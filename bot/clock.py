"""What time it is in Beijing. The only place that reads the time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot import settings

BEIJING = ZoneInfo("Asia/Shanghai")


@lru_cache(maxsize=1)
def offset() -> timedelta:
    """How far this process's clock is from the real one; zero without a demonstration clock."""
    current = settings.get()
    if current.clock_offset is not None:
        return timedelta(seconds=current.clock_offset)
    if current.now is None:
        return timedelta(0)
    return in_beijing(current.now) - datetime.now(BEIJING)


def in_beijing(moment: datetime) -> datetime:
    """`moment` with the Beijing zone; a time without a zone is taken as Beijing time."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=BEIJING)
    return moment.astimezone(BEIJING)


def now() -> datetime:
    """The present moment, with the Asia/Shanghai zone."""
    shift = offset()  # first: it takes the time as well, and the clock must not stand before where it was set
    return datetime.now(BEIJING) + shift


def today() -> date:
    """The present day in Beijing."""
    return now().date()


def is_demonstration() -> bool:
    """Whether the clock was set for a demonstration; every page then says so."""
    current = settings.get()
    return current.now is not None
