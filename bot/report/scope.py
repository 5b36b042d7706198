"""What one table is counted over, and what its rows are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.campaign.table_model import Column, Table
from bot.report.window import Window

UNASSIGNED = "未归属"
TOTAL = "总计"


@dataclass(frozen=True)
class Scope:
    """The campaign, its table, the days that count, and the reporting units.

    Any unit that is not one of `units` is as good as none. `topics` are the Chinese names of topics.
    """

    campaign: str
    table: Table
    window: Window
    units: tuple[str, ...]
    topics: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[str, ...]:
        """The names of the rows below 总计."""
        return (*self.units, UNASSIGNED)

    def person_column(self, column: Column) -> Column | None:
        """The column whose set of persons fills `column`: itself, its total, or None where no persons do."""
        if column.counts or column.outcome:
            return column
        if column.subset_of is not None and column.where is not None:
            return self.table.columns[column.subset_of - 1]
        return None
