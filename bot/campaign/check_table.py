"""The proof that each column of a statistics table is filled from the right place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from bot.campaign.activity_kinds import ACTIVITY_KINDS, ActivityKind, Outcome
from bot.campaign.model import Pack
from bot.campaign.table_model import Column, Table


class Problem(NamedTuple):
    """What is wrong with a pack: where, and the cure."""

    key: str
    cure: str


def column_problems(pack: Pack) -> Iterator[Problem]:
    """What is wrong with how the columns are filled: nothing fills one, or something that does not fit its heading."""
    if pack.table is None:
        return
    if pack.preparation_start and pack.preparation_start > pack.period.start:
        yield Problem("preparation_start", "晚于活动开始日期，请改正或删去")
    if pack.actual_start and pack.actual_start > pack.period.start:
        yield Problem("actual_start", "晚于活动开始日期：按填报说明，只有提前开始的才写")
    for column in pack.table.columns:
        key = f"table.columns.{column.no - 1}"
        if not (column.counts or column.outcome or column.where or column.activities):
            yield Problem(key, "没有写由什么填：counts、outcome、where 或 activities")
        for code in column.activities:
            for cure in _misplaced(pack.table, column, ACTIVITY_KINDS[code]):
                yield Problem(f"{key}.activities", cure)
    yield from _each_once(pack.table)


def _misplaced(table: Table, column: Column, kind: ActivityKind) -> Iterator[str]:
    """Why a kind of entry does not belong into a column, by the column's own words and its total's."""
    if kind.measure != column.unit:
        yield f"{kind.code} 的单位是{kind.measure}，这一列的是{column.unit}"
    heading = column.label or column.group
    if not any(word in heading for word in kind.words):
        yield f"{kind.code}（{kind.name}）和这一列的表头“{heading}”对不上"
    if kind.part_of is None:
        if column.subset_of is not None:
            yield f"{kind.code} 是总数，不能写在其中列"
        return
    total = table.columns[column.subset_of - 1] if column.subset_of else None
    if total is None or kind.part_of not in total.activities:
        yield f"{kind.code} 是 {kind.part_of} 的其中数，{kind.part_of} 要写在它的总数列"
    if kind.attribute != column.where:
        yield f"{kind.code} 和这一列的 where 对不上"


def _each_once(table: Table) -> Iterator[Problem]:
    """Every kind of entry and every outcome stands in one column: in none it would be lost, in two counted twice."""
    outcomes = [column.outcome for column in table.columns]
    for outcome in get_args(Outcome):
        if outcomes.count(outcome) > 1:
            yield Problem("table.columns", f"outcome: {outcome} 写在了两列")
    places = [code for column in table.columns for code in column.activities]
    for code, kind in ACTIVITY_KINDS.items():
        if places.count(code) != 1:
            where = "没有一列写着" if code not in places else "不止一列写着"
            yield Problem("table.columns", f"{where} activities: {code}（{kind.name}）")
