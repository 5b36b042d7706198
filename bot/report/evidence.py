"""What lies behind a whole table, line by line, for sheets and pages; without names or phones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.campaign.activity_kinds import ACTIVITY_KINDS, OUTCOME_NAMES
from bot.campaign.kinds import KIND_NAMES
from bot.campaign.table_model import Column
from bot.report.finding import ENTRY, SERVICE
from bot.report.table import Cell, StatisticsTable

#: With more persons than this a file would not open at once any more; the ledger has them all.
MOST_PERSONS = 5_000
TOO_MANY = "人太多，这里不逐条列出；全部记录请用 python -m bot report ledger 导出台账。"
HEADINGS = ("列", "列名", "街道", "人员编号", "记录", "时间", "内容", "事项", "计入")
_SOURCES = {"service": SERVICE, "follow_up": "回访", "activity": ENTRY}
_NAMES = {
    "service": KIND_NAMES,
    "follow_up": OUTCOME_NAMES,
    "activity": {code: kind.name for code, kind in ACTIVITY_KINDS.items()},
}


class Line(NamedTuple):
    """One record behind a cell, as HEADINGS has it; the person's number, and no more of them."""

    column: int
    name: str
    row: str
    person: int | None
    record: str
    when: str
    what: str
    topic: str
    quantity: int | None


def too_many(table: StatisticsTable) -> bool:
    """Whether the lines are too many to list."""
    return max((cell.persons for cell in table.total.cells), default=0) > MOST_PERSONS


def lines(table: StatisticsTable) -> Iterator[Line]:
    """The records behind every column, while the session that the table was counted in is open."""
    for column, cell in zip(table.definition.columns, table.total.cells, strict=True):
        yield from of_cell(table, column, cell)


def of_cell(table: StatisticsTable, column: Column, cell: Cell) -> Iterator[Line]:
    """The records behind one cell, or behind the total of a column, in the same way.

    A person adds 1 with their first record in a column; their further records there add nothing.
    """
    before: int | None = None
    for one in cell.records():
        again = one.person is not None and one.person == before
        before = one.person
        yield Line(
            column.no,
            column.name,
            one.row,
            one.person,
            f"{_SOURCES[one.source]}{one.id}",
            f"{one.when:%Y-%m-%d %H:%M}" if one.source == "service" else f"{one.when:%Y-%m-%d}",
            _NAMES[one.source][one.what],
            table.topics.get(one.topic, one.topic),
            None if again else one.quantity,
        )
