"""The statistics table of a campaign: every cell a set of persons before it is a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from bot.campaign.model import Pack, Table
from bot.errors import UserError
from bot.records import identity
from bot.report.count import Served, attributes_of, persons_served, services_in
from bot.report.window import Window, window_of

UNASSIGNED = "未归属"
TOTAL = "总计"


@dataclass(frozen=True)
class Cell:
    """The persons behind a number, each with the ids of their service records."""

    persons: dict[int, list[int]]

    @property
    def number(self) -> int:
        """How many persons."""
        return len(self.persons)


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
    """The table with all that the renderers need."""

    campaign: str
    definition: Table
    window: Window
    rows: list[Row]
    total: Row


def build(
    session: Session, pack: Pack, today: date, unit: str | None = None, as_of: date | None = None
) -> StatisticsTable:
    """Count the table of a campaign.

    Args:
        session: a reading session.
        pack: the campaign.
        today: the day in Beijing.
        unit: only this unit's row, with a total equal to it.
        as_of: the last day that counts, inclusive; by default the earlier of today and the window's end.

    Raises:
        UserError: the notice has no table, or the pack has no such unit.
    """
    if pack.table is None:
        raise UserError(f"{pack.id}：此通知没有统计表")
    if unit is not None and unit not in (*pack.unit_names, UNASSIGNED):
        raise UserError(f"--unit：{pack.id} 没有“{unit}”这个单位；可用的有 {'、'.join(pack.unit_names)}")
    window = window_of(pack, today, as_of)
    persons = _columns(session, pack, pack.table, window)
    rows = [_row(name, persons) for name in pack.unit_names]
    unassigned = _row(UNASSIGNED, persons)
    if any(unassigned.numbers) or unit == UNASSIGNED:
        rows.append(unassigned)
    if unit is not None:
        rows = [row for row in rows if row.unit == unit]
    return StatisticsTable(pack.id, pack.table, window, rows, _sum(rows, len(pack.table.columns)))


def _columns(session: Session, pack: Pack, table: Table, window: Window) -> list[dict[int, Served]]:
    """For each column, the persons in it."""
    links = identity.active_links(session)
    services = services_in(session, pack.id, window, links)
    attributes = attributes_of(session, links)
    filled: dict[int, dict[int, Served]] = {}
    for column in sorted(table.columns, key=lambda column: column.subset_of is not None):
        if column.counts is not None:
            filled[column.no] = persons_served(services, column.counts, pack.unit_names)
        elif column.subset_of is not None:
            filled[column.no] = {
                person: served
                for person, served in filled[column.subset_of].items()
                if getattr(attributes[person], str(column.where))
            }
        else:
            filled[column.no] = {}
    return [filled[column.no] for column in table.columns]


def _row(unit: str, persons: list[dict[int, Served]]) -> Row:
    wanted = None if unit == UNASSIGNED else unit
    return Row(
        unit,
        [
            Cell({person: served.services for person, served in column.items() if served.unit == wanted})
            for column in persons
        ],
    )


def _sum(rows: list[Row], width: int) -> Row:
    """The sum of rows: each person stands in one row of a column, so the sets are disjoint."""
    cells = []
    for index in range(width):
        together: dict[int, list[int]] = {}
        for row in rows:
            together.update(row.cells[index].persons)
        cells.append(Cell(together))
    return Row(TOTAL, cells)
