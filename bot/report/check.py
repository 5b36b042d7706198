"""Checks before a submission: what a signature should wait for, each with the records it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.table_model import Column
from bot.records import snapshots
from bot.report import check_records, frozen, known
from bot.report.finding import ENTRY, ERROR, NAMED, NOTICE, PERSON, Finding
from bot.report.scope import TOTAL, UNASSIGNED, Scope
from bot.report.table import StatisticsTable


def run(session: Session, scope: Scope, built: StatisticsTable) -> list[Finding]:
    """Check a table before it is submitted.

    Args:
        session: the session it was counted in.
        scope: what it was counted over.
        built: the table, of all units or of one; of one, only its records are looked at.

    Returns:
        Errors first; empty when nothing was found.
    """
    found = [
        *about_the_day(built),
        *_parts_over_total(built),
        *_fallen(session, built),
        *check_records.run(session, scope, built.one_unit),
        *_unassigned(built),
        *_empty_units(built),
        *_by_session_only(session, scope, built),
    ]
    return sorted(found, key=lambda one: one.level != ERROR)


def with_remarks(built: StatisticsTable, findings: Iterable[Finding]) -> StatisticsTable:
    """The table with what was found, for its files and its submission."""
    return replace(built, remarks=tuple(map(str, findings)))


def about_the_day(built: StatisticsTable) -> Iterator[Finding]:
    """A table that ends before it begins, or on a day that has not come."""
    window, today = built.window, clock.today()
    if window.as_of < window.prepared_from:
        text = f"统计到{window.as_of}，早于开始的{window.prepared_from}，所以都是0，请换一个日期"
        yield Finding("before_start", NOTICE, text, 0)
    elif window.end_day > today:
        text = f"统计到{window.end_day}，这一天还没有到（今天是{today}），以后的记录还会算进来"
        yield Finding("before_its_day", NOTICE, text, 0)


def _parts_over_total(built: StatisticsTable) -> Iterator[Finding]:
    """其中 ≤ 总数, in every row: persons are subsets by themselves, entries of the log need not be."""
    for column in built.definition.columns:
        if column.subset_of is None:
            continue
        total = built.definition.columns[column.subset_of - 1]
        for row in (*built.rows, built.total):
            part, whole = row.cells[column.no - 1], row.cells[total.no - 1]
            if part.number > whole.number:
                records = [f"{ENTRY}{one.id}" for one in part.records() if one.source == "activity"]
                yield Finding(
                    "part_over_total",
                    ERROR,
                    f"{row.unit}：第{column.no}列（{column.label}）{part.number} 大于第{total.no}列的 {whole.number}，"
                    "请核对活动记录",
                    len(records),
                    tuple(records[:NAMED]),
                )


def _fallen(session: Session, built: StatisticsTable) -> Iterator[Finding]:
    """A total that is smaller than at the last submission up to this day: numbers of a campaign only grow."""
    last = snapshots.last_of(session, built.campaign, built.one_unit, built.window.as_of)
    if last is None:
        return
    fallen = [one for one in frozen.changes(frozen.opened(last), built) if one.after < one.before]
    if fallen:
        yield Finding(
            "fallen",
            ERROR,
            f"比{last.as_of.isoformat()}的第{last.id}号报送少了，请说明原因",
            len(fallen),
            tuple(str(one) for one in fallen[:NAMED]),
        )


def _unassigned(built: StatisticsTable) -> Iterator[Finding]:
    row = next((one for one in built.rows if one.unit == UNASSIGNED), None)
    if row is not None and any(row.numbers):
        columns = [f"第{number}列{cell.number}" for number, cell in enumerate(row.cells, 1) if cell.number]
        yield Finding("unassigned", NOTICE, "有记录不知道属于哪个街道，在未归属一行", len(columns), tuple(columns))


def _empty_units(built: StatisticsTable) -> Iterator[Finding]:
    empty = tuple(row.unit for row in built.rows if not any(row.numbers))
    if empty:
        yield Finding("empty_unit", NOTICE, f"整行都是0的单位{len(empty)}个，请确认没有漏报", len(empty), empty)


def _by_session_only(session: Session, scope: Scope, built: StatisticsTable) -> Iterator[Finding]:
    for column in scope.table.columns:
        if column.counts is None:
            continue
        number = anonymous(session, scope, column, built)
        persons_in = built.total.cells[column.no - 1].persons
        if number:
            share = number / persons_in
            text = f"第{column.no}列按人统计的{persons_in}人里，只凭网页会话认出的有{number}人（{share:.1%}）"
            first = known.first_by_session_only(session, scope, column, built.one_unit or TOTAL, NAMED)
            yield Finding("session_only", NOTICE, text, number, tuple(f"{PERSON}{one}" for one in first))


def anonymous(session: Session, scope: Scope, column: Column, built: StatisticsTable) -> int:
    """How many persons of a column, in the rows of a table, are known only by a web session."""
    found = known.by_session_only(session, scope, column)
    return found.get(built.one_unit, 0) if built.one_unit else sum(found.values())
