"""Checks of the records that a table was counted from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.records.activities import Activity, counting
from bot.records.identity import PHONE
from bot.records.models import Person, PersonKey, Service
from bot.records.register import REGISTER
from bot.report.finding import ENTRY, PERSON, SERVICE, Finding, named, of_records
from bot.report.heads import HEADS, head_of
from bot.report.persons import counted_kind, persons
from bot.report.scope import TOTAL, UNASSIGNED, Scope
from bot.report.sql import in_row


def run(session: Session, scope: Scope, unit: str | None) -> Iterator[Finding]:
    """Check the records behind a table.

    Args:
        session: the session in which it was counted (bot.report.heads.refresh).
        scope: what it was counted over.
        unit: only this row's records; None for all.
    """
    row = unit or TOTAL
    yield from _unknown_attributes(session, scope, row)
    yield from _services_outside(session, scope, row)
    yield from _entries_outside(session, scope, row)
    yield from _shared_phones(session, scope, row)
    yield from _nameless_lines(session, scope, row)
    if row in (TOTAL, UNASSIGNED):
        yield from _entries_without_unit(session, scope)


def _unknown_attributes(session: Session, scope: Scope, row: str) -> Iterator[Finding]:
    parts = [column for column in scope.table.columns if column.where]
    for number in dict.fromkeys(part.subset_of or 0 for part in parts):
        found = persons(scope, scope.table.columns[number - 1])
        told = {"female": found.c.gender, "poverty_alleviated": found.c.poverty_alleviated}
        counts = (func.sum(case((told[what].is_(None), 1), else_=0)).label(what) for what in told)
        unknown = session.execute(select(*counts).where(in_row(scope, found.c.unit, row))).one()
        for part in parts:
            what = part.where or ""
            if part.subset_of == number and unknown[what]:
                heads = select(found.c.head).where(told[what].is_(None), in_row(scope, found.c.unit, row))
                asked = "性别" if what == "female" else "是否脱贫人口"
                text = f"第{number}列有人不知道{asked}，算在总数里，没有算进第{part.no}列，请补问"
                yield named(session, "unknown_attribute", text, PERSON, heads, unknown[what])


def _services_outside(session: Session, scope: Scope, row: str) -> Iterator[Finding]:
    """Services that would count but for their day: a mistyped year, or a window that is set wrongly."""
    counting_columns = [(column, column.counts) for column in scope.table.columns if column.counts]
    if not counting_columns:
        return
    begin, end = min(scope.window.begin(column) for column, _ in counting_columns), scope.window.end
    mine = and_(
        Service.campaign == scope.campaign,
        Service.voided_at.is_(None),
        or_(*(counted_kind(counts) for _, counts in counting_columns)),
        in_row(scope, Service.unit, row),
    )
    early, late = and_(mine, Service.occurred_at < begin), and_(mine, Service.occurred_at >= end)
    for condition, when in ((early, f"早于{scope.window.first}"), (late, f"晚于{scope.window.end_day}")):
        numbers = select(Service.id).where(condition)
        yield from of_records(session, "outside", f"服务{when}，没有统计", SERVICE, numbers)


def _entries_outside(session: Session, scope: Scope, row: str) -> Iterator[Finding]:
    for column in scope.table.columns:
        if not column.activities:
            continue
        first, last = scope.window.first_day(column), scope.window.end_day
        mine = and_(
            Activity.campaign == scope.campaign,
            Activity.kind.in_(column.activities),
            counting(),
            in_row(scope, Activity.unit, row),
        )
        is_unprepared = column.from_preparation and scope.window.prepared_from == scope.window.first
        cure = "；准备和宣传发动期间的要算，请管理员在活动包里写 preparation_start" if is_unprepared else ""
        early, late = f"早于{first}，没有统计{cure}", f"晚于{last}，没有统计"
        for condition, what in ((Activity.day < first, early), (Activity.day > last, late)):
            text = f"第{column.no}列的活动记录{what}"
            yield from of_records(session, "outside", text, ENTRY, select(Activity.id).where(mine, condition))


def _served(scope: Scope, row: str) -> Any:
    """The condition that a service was given in the campaign."""
    return and_(Service.campaign == scope.campaign, Service.voided_at.is_(None), in_row(scope, Service.unit, row))


def _shared_phones(session: Session, scope: Scope, row: str) -> Iterator[Finding]:
    """One phone, two names: two persons by the rule, unless somebody mistyped a name."""
    head = head_of(PersonKey.person_id)
    keys = (
        select(PersonKey.digest, head.label("head"))
        .select_from(PersonKey.__table__.outerjoin(HEADS, HEADS.c.person_id == PersonKey.person_id))
        .where(PersonKey.kind == PHONE)
        .distinct()
        .cte("keys")
    )
    several = select(keys.c.digest).group_by(keys.c.digest).having(func.count() > 1)
    served = _heads_served(scope, TOTAL)
    shared = (
        select(keys.c.digest)
        .where(keys.c.digest.in_(several), keys.c.head.in_(served))
        .group_by(keys.c.digest)
        .having(func.count() > 1)
    )
    here = select(keys.c.digest).where(keys.c.digest.in_(shared), keys.c.head.in_(_heads_served(scope, row)))
    people = select(keys.c.head).where(keys.c.digest.in_(here), keys.c.head.in_(served)).distinct()
    text = "同一个电话有不同的姓名，按规则算不同的人；是同一个人的请合并"
    yield from of_records(session, "shared_phone", text, PERSON, people)


def _heads_served(scope: Scope, row: str) -> Any:
    services = Service.__table__.outerjoin(HEADS, HEADS.c.person_id == Service.person_id)
    return select(head_of(Service.person_id)).select_from(services).where(_served(scope, row))


def _nameless_lines(session: Session, scope: Scope, row: str) -> Iterator[Finding]:
    """Lines of a register with neither name nor phone: each counts as a person of its own."""
    lines = (
        select(Person.id)
        .join(PersonKey, PersonKey.person_id == Person.id)
        .where(
            *(PersonKey.kind == REGISTER, Person.name.is_(None), Person.phone.is_(None)),
            exists().where(Service.person_id == Person.id, _served(scope, row)),
        )
    )
    yield from of_records(session, "nameless", "台账里没有姓名也没有电话，一行算一个人，请尽量补全", PERSON, lines)


def _entries_without_unit(session: Session, scope: Scope) -> Iterator[Finding]:
    nowhere = in_row(scope, Activity.unit, UNASSIGNED)
    entries = select(Activity.id).where(Activity.campaign == scope.campaign, counting(), nowhere)
    yield from of_records(session, "entry_without_unit", "活动记录没有写街道", ENTRY, entries)
