"""Checks before a submission: what a signature should wait for, each with the records it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session

from bot.campaign.table_model import Column
from bot.records import snapshots
from bot.records.activities import Activity, counting
from bot.records.identity import PHONE
from bot.records.models import Person, PersonKey, Service
from bot.records.register import REGISTER
from bot.report import frozen, known
from bot.report.heads import HEADS, head_of
from bot.report.persons import persons
from bot.report.scope import UNASSIGNED, Scope
from bot.report.table import StatisticsTable

#: So many records are named with a finding; all of them are in the ledger or on the page that it names.
NAMED = 20

ERROR = "error"
NOTICE = "notice"


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    Attributes:
        code: which check.
        level: ERROR where the table must not go out like this; NOTICE where somebody should look.
        text: what it is and what to do, one line.
        count: how many records it means.
        records: the first of them: `服务12`, `人员7`, `活动记录3`, or the name of a row.
    """

    code: str
    level: str
    text: str
    count: int
    records: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The finding with its records, on one line."""
        sign = "错误" if self.level == ERROR else "提醒"
        more = "……" if self.count > len(self.records) else ""
        return f"【{sign}】{self.text}" + (f"（{'、'.join(self.records)}{more}）" if self.records else "")


def run(session: Session, scope: Scope, built: StatisticsTable) -> list[Finding]:
    """Check a table before it is submitted.

    Args:
        session: the session it was counted in.
        scope: what it was counted over.
        built: the table, of all units or of one.

    Returns:
        Errors first; empty when nothing was found.
    """
    found = [
        *_parts_over_total(built),
        *_fallen(session, built),
        *_unknown_attributes(session, scope, built),
        *_outside(session, scope),
        *_shared_phones(session),
        *_nameless_lines(session),
        *_unassigned(built),
        *_empty_units(built),
        *_entries_without_unit(session, scope),
        *_by_session_only(session, scope, built),
    ]
    return sorted(found, key=lambda one: one.level != ERROR)


def _parts_over_total(built: StatisticsTable) -> Iterator[Finding]:
    """其中 ≤ 总数, in every row: persons are subsets by themselves, entries of the log need not be."""
    for column in built.definition.columns:
        if column.subset_of is None:
            continue
        total = built.definition.columns[column.subset_of - 1]
        for row in (*built.rows, built.total):
            part, whole = row.cells[column.no - 1], row.cells[total.no - 1]
            if part.number > whole.number:
                records = [f"活动记录{one.id}" for one in part.records() if one.source == "activity"]
                yield Finding(
                    "part_over_total",
                    ERROR,
                    f"{row.unit}：第{column.no}列（{column.label}）{part.number} 大于第{total.no}列的 {whole.number}，"
                    "请核对活动记录",
                    len(records),
                    tuple(records[:NAMED]),
                )


def _fallen(session: Session, built: StatisticsTable) -> Iterator[Finding]:
    """A total that is smaller than at the last submission: numbers of a campaign only grow."""
    last = snapshots.last_of(session, built.campaign, built.one_unit)
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


def _unknown_attributes(session: Session, scope: Scope, built: StatisticsTable) -> Iterator[Finding]:
    for column in scope.table.columns:
        if column.where is None:
            continue
        total = scope.person_column(column)
        assert total is not None
        found = persons(scope, total)
        told = found.c.gender if column.where == "female" else found.c.poverty_alleviated
        unknown = select(found.c.head).where(told.is_(None), _rows_of(built, found.c.unit)).order_by(found.c.head)
        what = "性别" if column.where == "female" else "是否脱贫人口"
        yield from _of_persons(
            session,
            "unknown_attribute",
            f"第{total.no}列有人不知道{what}，算在总数里，没有算进第{column.no}列，请补问",
            unknown,
        )


def _rows_of(built: StatisticsTable, unit: Any) -> Any:
    if built.one_unit is None:
        return true()
    return unit.is_(None) if built.one_unit == UNASSIGNED else unit == built.one_unit


def _of_persons(session: Session, code: str, text: str, heads: Any, level: str = NOTICE) -> Iterator[Finding]:
    """A finding of the persons that a selection of ids gives, unless there are none."""
    count = session.execute(select(func.count()).select_from(heads.order_by(None).subquery())).scalar_one()
    if count:
        named = session.execute(heads.limit(NAMED)).scalars()
        yield Finding(code, level, f"{text}：{count}人", count, tuple(f"人员{one}" for one in named))


def _outside(session: Session, scope: Scope) -> Iterator[Finding]:
    """Services and entries of the campaign that lie outside its window: a mistyped year, or not counted rightly."""
    columns = [column for column in scope.table.columns if column.counts]
    kinds = {kind for column in columns if column.counts for kind in column.counts.kinds}
    begin, end = scope.window.begin(columns[0]), scope.window.end
    mine = and_(Service.campaign == scope.campaign, Service.voided_at.is_(None), Service.kind.in_(kinds))
    early, late = and_(mine, Service.occurred_at < begin), and_(mine, Service.occurred_at >= end)
    for condition, when in ((early, f"早于{scope.window.first}"), (late, f"晚于{scope.window.end_day}")):
        yield from _records(session, "outside", f"服务{when}，没有统计", "服务", select(Service.id).where(condition))
    for column in scope.table.columns:
        entries = and_(Activity.campaign == scope.campaign, Activity.kind.in_(column.activities), counting())
        first, last = scope.window.first_day(column), scope.window.end_day
        outside = select(Activity.id).where(entries, or_(Activity.day < first, Activity.day > last))
        if column.activities:
            text = f"第{column.no}列的活动记录不在{first}至{last}，没有统计"
            yield from _records(session, "outside", text, "活动记录", outside)


def _records(session: Session, code: str, text: str, kind: str, numbers: Any) -> Iterator[Finding]:
    count = session.execute(select(func.count()).select_from(numbers.subquery())).scalar_one()
    if count:
        named = session.execute(numbers.order_by(numbers.selected_columns[0]).limit(NAMED)).scalars()
        yield Finding(code, NOTICE, f"{text}：{count}条", count, tuple(f"{kind}{one}" for one in named))


def _shared_phones(session: Session) -> Iterator[Finding]:
    """One phone, two names: two persons by the rule, unless somebody mistyped a name."""
    head = head_of(PersonKey.person_id)
    keys = PersonKey.__table__.outerjoin(HEADS, HEADS.c.person_id == PersonKey.person_id)
    shared = (
        select(PersonKey.digest)
        .select_from(keys)
        .where(PersonKey.kind == PHONE)
        .group_by(PersonKey.digest)
        .having(func.count(head.distinct()) > 1)
    )
    people = select(head.label("head")).select_from(keys).where(PersonKey.kind == PHONE, PersonKey.digest.in_(shared))
    yield from _of_persons(
        session,
        "shared_phone",
        "同一个电话有不同的姓名，按规则算不同的人；是同一个人的请合并",
        people.distinct().order_by("head"),
    )


def _nameless_lines(session: Session) -> Iterator[Finding]:
    """Lines of a register with neither name nor phone: each counts as a person of its own."""
    lines = (
        select(Person.id)
        .join(PersonKey, PersonKey.person_id == Person.id)
        .where(PersonKey.kind == REGISTER, Person.name.is_(None), Person.phone.is_(None))
        .order_by(Person.id)
    )
    yield from _of_persons(session, "nameless", "台账里没有姓名也没有电话，一行算一个人，请尽量补全", lines)


def _unassigned(built: StatisticsTable) -> Iterator[Finding]:
    row = next((one for one in built.rows if one.unit == UNASSIGNED), None)
    if row is not None and any(row.numbers):
        columns = [f"第{number}列{cell.number}" for number, cell in enumerate(row.cells, 1) if cell.number]
        yield Finding("unassigned", NOTICE, "有记录不知道属于哪个街道，在未归属一行", len(columns), tuple(columns))


def _empty_units(built: StatisticsTable) -> Iterator[Finding]:
    empty = tuple(row.unit for row in built.rows if not any(row.numbers))
    if empty:
        yield Finding("empty_unit", NOTICE, f"整行都是0的单位{len(empty)}个，请确认没有漏报", len(empty), empty)


def _entries_without_unit(session: Session, scope: Scope) -> Iterator[Finding]:
    nowhere = or_(Activity.unit.is_(None), Activity.unit.not_in(scope.units))
    entries = select(Activity.id).where(Activity.campaign == scope.campaign, counting(), nowhere)
    yield from _records(session, "entry_without_unit", "活动记录没有写街道", "活动记录", entries)


def _by_session_only(session: Session, scope: Scope, built: StatisticsTable) -> Iterator[Finding]:
    for column in scope.table.columns:
        if column.counts is None:
            continue
        number = anonymous(session, scope, column, built)
        persons_in = built.total.cells[column.no - 1].persons
        if number:
            share = number / persons_in
            text = f"第{column.no}列按人统计的{persons_in}人里，只凭网页会话认出的有{number}人（{share:.1%}）"
            yield Finding("session_only", NOTICE, text, number)


def anonymous(session: Session, scope: Scope, column: Column, built: StatisticsTable) -> int:
    """How many persons of a column, in the rows of a table, are known only by a web session."""
    found = known.by_session_only(session, scope, column)
    return found.get(built.one_unit, 0) if built.one_unit else sum(found.values())
