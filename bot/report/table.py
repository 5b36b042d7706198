"""The statistics table of a campaign: every cell a set of persons, or a sum of entries, before it is a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.campaign.table_model import Table
from bot.campaign.topics import topic_names
from bot.errors import UserError
from bot.report import behind, entries, heads, rules
from bot.report.persons import tally
from bot.report.scope import TOTAL, UNASSIGNED, Scope
from bot.report.window import Window, window_of


def _no_records() -> Iterator[behind.Record]:
    """A frozen or rolled-up table knows its numbers only."""
    return iter(())


@dataclass(frozen=True)
class Cell:
    """A number: the persons in it, and the unnamed numbers of the log added last.

    Attributes:
        persons: how many persons.
        unnamed: the sum of the entries.
        records: opens the cell to the records behind it, while the session it was counted in is open.
    """

    persons: int = 0
    unnamed: int = 0
    records: Callable[[], Iterator[behind.Record]] = field(default=_no_records, compare=False, repr=False)

    @property
    def number(self) -> int:
        """What stands in the table."""
        return self.persons + self.unnamed


@dataclass(frozen=True)
class Row:
    """One reporting unit's cells, in the order of the columns."""

    unit: str
    cells: list[Cell]

    @property
    def numbers(self) -> list[int]:
        """The row as numbers."""
        return [cell.number for cell in self.cells]


@dataclass(frozen=True)
class StatisticsTable:
    """The table with all that the renderers need.

    Attributes:
        campaign: id of the pack.
        definition: the columns and the words around them.
        window: the days that count.
        rows: the units in pack order; 未归属 last and only when not all zero.
        total: their sum.
        one_unit: the unit, where the table is for one alone.
        topics: Chinese names of the topics of services.
        rules: digest of what decided the numbers (bot/report/rules.py).
        remarks: what the checks found, one line each; None where nobody checked (bot/report/check.py).
    """

    campaign: str
    definition: Table
    window: Window
    rows: list[Row]
    total: Row
    one_unit: str | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    rules: str = ""
    remarks: tuple[str, ...] | None = None

    @property
    def opens(self) -> bool:
        """Whether its cells open to records; those of a frozen or rolled-up table do not."""
        return self.total.cells[0].records is not _no_records


def scope_of(pack: Pack, today: date, as_of: date | None = None) -> Scope:
    """What the table of a campaign is counted over.

    Args:
        pack: the campaign.
        today: the day in Beijing.
        as_of: the last day that counts, inclusive; by default the earlier of today and the window's end.

    Raises:
        UserError: the notice has no table.
    """
    if pack.table is None:
        raise UserError(f"{pack.id}：此通知没有统计表")
    return Scope(pack.id, pack.table, window_of(pack, today, as_of), tuple(pack.unit_names), topic_names(pack))


def build(
    session: Session, pack: Pack, today: date, unit: str | None = None, as_of: date | None = None
) -> StatisticsTable:
    """Count the table of a campaign.

    Args:
        session: a reading session; it stays open while cells are opened.
        pack: the campaign.
        today: the day in Beijing.
        unit: only this unit's row, with a total equal to it.
        as_of: the last day that counts, inclusive; by default the earlier of today and the window's end.

    Raises:
        UserError: the notice has no table, or the pack has no such unit.
    """
    scope = scope_of(pack, today, as_of)
    if unit is not None and unit not in scope.rows:
        raise UserError(f"--unit：{pack.id} 没有“{unit}”这个单位；可用的有 {'、'.join(pack.unit_names)}")
    return assemble(scope, _count(session, scope), unit, partial(behind.records, session, scope))


def assemble(
    scope: Scope,
    numbers: dict[tuple[int, str], tuple[int, int]],
    unit: str | None = None,
    opened: Callable[..., Iterator[behind.Record]] | None = None,
) -> StatisticsTable:
    """Put counted numbers into rows.

    Args:
        scope: what was counted over.
        numbers: (number of a column, name of a row) → persons and unnamed number; what is missing is 0.
        unit: only this unit's row.
        opened: opens a cell, given its column and row.
    """
    columns = scope.table.columns

    def row(name: str, parts: Iterable[str]) -> Row:
        made = []
        for column in columns:
            found = [numbers.get((column.no, part), (0, 0)) for part in parts]
            cell = Cell(sum(persons for persons, _ in found), sum(unnamed for _, unnamed in found))
            opens = partial(opened, column, unit or name) if opened else _no_records
            made.append(Cell(cell.persons, cell.unnamed, opens))
        return Row(name, made)

    rows = [row(name, [name]) for name in scope.rows]
    if unit is None and not any(rows[-1].numbers):
        rows.pop()
    kept = [one for one in rows if unit in (None, one.unit)]
    total = row(TOTAL, [one.unit for one in kept])
    return StatisticsTable(
        scope.campaign, scope.table, scope.window, kept, total, unit, scope.topics, rules.digest(scope)
    )


def _count(session: Session, scope: Scope) -> dict[tuple[int, str], tuple[int, int]]:
    """(number of a column, name of a row) → persons and unnamed number."""
    heads.refresh(session)
    tallies: dict[int, dict[str, Any]] = {}
    for column in scope.table.columns:
        if column.counts or column.outcome:
            found = session.execute(tally(scope, column))
            tallies[column.no] = {one.unit or UNASSIGNED: one for one in found}
    numbers = {}
    for column in scope.table.columns:
        filled_by = scope.person_column(column)
        counted = tallies[filled_by.no] if filled_by else {}
        unnamed = entries.sums(session, scope, column)
        for name in {*counted, *unnamed}:
            of_row = counted.get(name)
            number = int(getattr(of_row, column.where or "persons")) if of_row else 0
            numbers[column.no, name] = (number, unnamed.get(name, 0))
    return numbers
