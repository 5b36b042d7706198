"""Which services a table counts: from the first moment of the window to the end of the as-of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.campaign.model import Pack
from bot.clock import BEIJING


@dataclass(frozen=True)
class Window:
    """Whole days in Beijing.

    Attributes:
        first: the first day that counts (填报说明 2: the actual start where it was earlier).
        last: the last day of the campaign (填报说明 3: every figure is cut there).
        as_of: the last day this table looks at, inclusive.
    """

    first: date
    last: date
    as_of: date

    @property
    def begin(self) -> datetime:
        """The first moment that counts."""
        return datetime.combine(self.first, time(), BEIJING)

    @property
    def end(self) -> datetime:
        """The first moment that counts no more."""
        return datetime.combine(min(self.last, self.as_of) + timedelta(days=1), time(), BEIJING)


def window_of(pack: Pack, today: date, as_of: date | None = None) -> Window:
    """The window of a pack's table.

    Args:
        pack: the campaign.
        today: the day in Beijing.
        as_of: the day asked for; by default the earlier of today and the window's last day.
    """
    first = min(pack.period.start, pack.actual_start or pack.period.start)
    return Window(first=first, last=pack.period.end, as_of=as_of or min(today, pack.period.end))
