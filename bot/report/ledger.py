"""The ledger (台账): one row a counted person a column, with the records behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.activity_kinds import OUTCOME_NAMES
from bot.campaign.kinds import KIND_NAMES
from bot.campaign.table_model import Column
from bot.records.identity import WEB_SESSION
from bot.records.models import Person, PersonKey
from bot.report.behind import Record, records
from bot.report.heads import HEADS
from bot.report.masking import Mask
from bot.report.scope import TOTAL, Scope

#: Persons whose details are fetched at a time, so that memory does not grow with the ledger.
BATCH = 300
HEADINGS = (
    *("列", "列名", "街道", "人员编号", "姓名", "电话", "性别", "脱贫人口", "凭什么认人"),
    *("记录数", "最早", "最晚", "做了什么", "记录编号"),
)
UNKNOWN = "不详"
_GENDERS = {"female": "女", "male": "男"}
_POVERTY = {True: "是", False: "否"}


@dataclass(frozen=True)
class Known:
    """What is known of a person, masked for the reader."""

    name: str
    phone: str
    gender: str
    poverty_alleviated: str
    by: str


def rows(
    session: Session, scope: Scope, mask: Mask, row: str = TOTAL, columns: Iterable[Column] = ()
) -> Iterator[list[str | int]]:
    """The lines below HEADINGS, read as they are asked for.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        scope: what the table was counted over.
        mask: how much of a person the reader sees.
        row: only this row of the table; 总计 for all.
        columns: only these; all that count persons when none are given. The 其中 columns are not repeated:
            gender and 脱贫人口 stand in each line.
    """
    for column in columns or scope.table.columns:
        if column.counts is None and column.outcome is None:
            continue
        named = (one for one in records(session, scope, column, row) if one.person is not None)
        people = ((person, list(found)) for person, found in groupby(named, key=lambda one: one.person))
        while batch := list(islice(people, BATCH)):
            found_of = known(session, [person for person, _ in batch if person is not None], mask)
            for person, found in batch:
                yield _line(column, person or 0, found, found_of[person or 0])


def _line(column: Column, person: int, found: list[Record], known: Known) -> list[str | int]:
    names = dict.fromkeys(KIND_NAMES.get(one.what) or OUTCOME_NAMES[one.what] for one in found)
    moments = sorted(f"{one.when:%Y-%m-%d}" for one in found)
    source = "服务" if found[0].source == "service" else "回访"
    return [
        *(column.no, column.name, found[0].row, person),
        *(known.name, known.phone, known.gender, known.poverty_alleviated, known.by),
        *(len(found), moments[0], moments[-1], "、".join(names)),
        f"{source}{'、'.join(str(one.id) for one in found)}",
    ]


def known(session: Session, heads: list[int], mask: Mask) -> dict[int, Known]:
    """What the records of each person, linked ones included, say; the head's own first.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        heads: the persons, as bot.report.behind names them; no more than a batch.
        mask: how much of them the reader sees.
    """
    members: dict[int, list[Any]] = {head: [] for head in heads}
    linked = select(HEADS.c.head, HEADS.c.person_id).where(HEADS.c.head.in_(heads))
    head_by_member = {row.person_id: row.head for row in session.execute(linked)} | {head: head for head in heads}
    told = select(Person.id, Person.name, Person.phone, Person.gender, Person.poverty_alleviated)
    people = session.execute(told.where(Person.id.in_(head_by_member)))
    for person in sorted(people, key=lambda one: (one.id not in members, one.id)):
        members[head_by_member[person.id]].append(person)
    keys = select(PersonKey.person_id, PersonKey.kind).where(PersonKey.person_id.in_(head_by_member))
    kinds: dict[int, set[str]] = {head: set() for head in heads}
    for key in session.execute(keys):
        kinds[head_by_member[key.person_id]].add(key.kind)
    return {head: _masked(group, kinds[head], mask) for head, group in members.items()}


def _masked(group: list[Any], kinds: set[str], mask: Mask) -> Known:
    name = next((one.name for one in group if one.name), "")
    phone = next((one.phone for one in group if one.phone), "")
    gender = next((one.gender for one in group if one.gender), None)
    poverty = next((one.poverty_alleviated for one in group if one.poverty_alleviated is not None), None)
    return Known(
        mask.name(name),
        mask.phone(phone),
        UNKNOWN if gender is None else _GENDERS[gender],
        UNKNOWN if poverty is None else _POVERTY[poverty],
        _by(name, phone, kinds),
    )


def _by(name: str, phone: str, kinds: set[str]) -> str:
    if phone:
        return "电话"
    if name:
        return "街道和姓名"
    if kinds == {WEB_SESSION}:
        return "只有网页会话"
    return "台账的一行" if kinds else "没有留下身份信息，或已按本人要求删除"


def worklist(session: Session, scope: Scope, mask: Mask, row: str = TOTAL) -> Iterator[list[str | int]]:
    """The lines of the ledger whose gender or 脱贫人口 is unknown: whom to ask.

    Takes and gives the same as `rows`, for the columns that have 其中 columns by attribute.
    """
    totals = {column.subset_of for column in scope.table.columns if column.where}
    asked = [column for column in scope.table.columns if column.no in totals]
    at = [HEADINGS.index("性别"), HEADINGS.index("脱贫人口")]
    return (line for line in rows(session, scope, mask, row, asked) if any(line[place] == UNKNOWN for place in at))
