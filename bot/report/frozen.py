"""Freezing a submission, opening it again exactly, and saying what changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.campaign.table_model import Table
from bot.records import snapshots
from bot.records.activities import Activity
from bot.records.audit import Audit
from bot.records.followups import FollowUp
from bot.records.models import JobIntention, PersonLink, Service
from bot.records.snapshots import ReportSnapshot
from bot.report.scope import TOTAL
from bot.report.table import Cell, Row, StatisticsTable
from bot.report.window import Window


@dataclass(frozen=True)
class Change:
    """A cell that differs from the submission."""

    row: str
    column: str
    before: int
    after: int

    def __str__(self) -> str:
        """The change on one line."""
        return f"{self.row}　{self.column}：{self.before} → {self.after}（{self.after - self.before:+d}）"


def freeze(session: Session, built: StatisticsTable, by: str, at: datetime) -> ReportSnapshot:
    """Keep a table as it is submitted.

    Args:
        session: the writing session that it was counted in, so that nothing comes between.
        built: the table.
        by: who submits it.
        at: when.
    """
    last = session.execute(select(func.max(Service.id))).scalar_one() or 0
    window = built.window
    return snapshots.add(
        session, built.campaign, built.one_unit, window.as_of, built.rules, _content(built), last, by, at
    )


def _content(built: StatisticsTable) -> dict[str, Any]:
    window = built.window
    return {
        "definition": built.definition.dict(),
        "window": [day.isoformat() for day in (window.first, window.last, window.as_of, window.prepared_from)],
        "rows": [[row.unit, _cells(row)] for row in built.rows],
        "total": _cells(built.total),
        "topics": dict(built.topics),
        "remarks": None if built.remarks is None else list(built.remarks),
    }


def _cells(row: Row) -> list[list[int]]:
    return [[cell.persons, cell.unnamed] for cell in row.cells]


def opened(frozen: ReportSnapshot) -> StatisticsTable:
    """The table of a submission, exactly as it was; its cells open to no records."""
    content = frozen.content
    first, last, as_of, prepared_from = (date.fromisoformat(day) for day in content["window"])

    def row(name: str, cells: list[list[int]]) -> Row:
        return Row(name, [Cell(persons, unnamed) for persons, unnamed in cells])

    return StatisticsTable(
        campaign=frozen.campaign,
        definition=Table.parse_obj(content["definition"]),
        window=Window(first, last, as_of, prepared_from),
        rows=[row(name, cells) for name, cells in content["rows"]],
        total=row(TOTAL, content["total"]),
        one_unit=frozen.unit,
        topics=content["topics"],
        rules=frozen.rules,
        remarks=None if content["remarks"] is None else tuple(content["remarks"]),
    )


def changes(before: StatisticsTable, after: StatisticsTable) -> list[Change]:
    """The cells that differ, 总计 first. A row or column that stands in one table only is all zero in the other."""
    old, new = _by_name(before), _by_name(after)
    columns = dict.fromkeys(column.name for one in (after, before) for column in one.definition.columns)
    return [
        Change(unit, name, was, now)
        for unit in dict.fromkeys([*new, *old])
        for name in columns
        if (was := old.get(unit, {}).get(name, 0)) != (now := new.get(unit, {}).get(name, 0))
    ]


def _by_name(built: StatisticsTable) -> dict[str, dict[str, int]]:
    names = [column.name for column in built.definition.columns]
    return {row.unit: dict(zip(names, row.numbers, strict=True)) for row in (built.total, *built.rows)}


def reasons(session: Session, frozen: ReportSnapshot) -> Iterator[str]:
    """What was written down since a submission and may have changed it, one line a kind, with the records."""
    at, campaign = frozen.made_at, frozen.campaign
    mine = Service.campaign == campaign
    yield from _listed(session, "新记的服务", select(Service.id).where(mine, Service.id > frozen.last_service_id))
    yield from _listed(session, "作废的服务", select(Service.id).where(mine, Service.voided_at > at))
    log = Activity.campaign == campaign
    yield from _listed(session, "新记或更正的活动记录", select(Activity.id).where(log, Activity.entered_at > at))
    yield from _listed(session, "作废的活动记录", select(Activity.id).where(log, Activity.voided_at > at))
    since = or_(FollowUp.entered_at > at, FollowUp.voided_at > at)
    follow_ups = select(FollowUp.id).join(JobIntention, JobIntention.id == FollowUp.job_intention_id)
    yield from _listed(session, "新记或作废的回访", follow_ups.where(since, JobIntention.campaign == campaign))
    numbers = func.substr(Audit.record, len("person:") + 1)
    told = select(numbers).where(Audit.action == "person.change", Audit.at > at).distinct()
    yield from _listed(session, "改过信息的人员", told)
    linked = or_(PersonLink.created_at > at, PersonLink.undone_at > at)
    yield from _listed(session, "新合并或拆开的人员", select(PersonLink.id).where(linked))


_SHOWN = 10


def _listed(session: Session, what: str, numbers: Any) -> Iterator[str]:
    count = session.execute(select(func.count()).select_from(numbers.subquery())).scalar_one()
    if count:
        first = session.execute(numbers.order_by(numbers.selected_columns[0]).limit(_SHOWN)).scalars()
        more = "……" if count > _SHOWN else ""
        yield f"{what}{count}条：{'、'.join(map(str, first))}{more}"
