"""Which days a table counts: from the first day of the window to the end of the as-of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.campaign.model import Pack
from bot.campaign.table_model import Column
from bot.clock import BEIJING


@dataclass(frozen=True)
class Window:
    """Whole days in Beijing.

    Attributes:
        first: the first day that counts (填报说明 2: the actual start where it was earlier).
        last: the last day of the campaign (填报说明 3: every figure is cut there).
        as_of: the last day this table looks at, inclusive.
        prepared_from: the first day of preparation and publicity (填报说明 1); `first` where there was none.
    """

    first: date
    last: date
    as_of: date
    prepared_from: date

    @property
    def end_day(self) -> date:
        """The last day that counts; the eve of the first where the as-of day lies before it."""
        return max(min(self.last, self.as_of), self.prepared_from - timedelta(days=1))

    def first_day(self, column: Column) -> date:
        """The first day that counts in a column."""
        return self.prepared_from if column.from_preparation else self.first

    def begin(self, column: Column) -> datetime:
        """The first moment that counts in a column."""
        return datetime.combine(self.first_day(column), time(), BEIJING)

    @property
    def start(self) -> datetime:
        """The first moment of the window, preparation apart."""
        return datetime.combine(self.first, time(), BEIJING)

    @property
    def end(self) -> datetime:
        """The first moment that counts no more."""
        return datetime.combine(self.end_day + timedelta(days=1), time(), BEIJING)


def window_of(pack: Pack, today: date, as_of: date | None = None) -> Window:
    """The window of a pack's table.

    Args:
        pack: the campaign.
        today: the day in Beijing.
        as_of: the day asked for; by default the earlier of today and the window's last day.
    """
    first = min(pack.period.start, pack.actual_start or pack.period.start)
    return Window(
        first=first,
        last=pack.period.end,
        as_of=as_of or min(today, pack.period.end),
        prepared_from=min(first, pack.preparation_start or first),
    )
