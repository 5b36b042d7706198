"""What the records are that a finding names: enough to find them, masked for the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.activity_kinds import ACTIVITY_KINDS
from bot.campaign.kinds import KIND_NAMES
from bot.records.activities import Activity
from bot.records.models import Service
from bot.report import ledger
from bot.report.finding import ENTRY, PERSON, SERVICE, Finding
from bot.report.masking import Mask
from bot.report.scope import UNASSIGNED

_NUMBERED = re.compile(f"({PERSON}|{SERVICE}|{ENTRY})([0-9]+)")


@dataclass(frozen=True)
class Described:
    """One record of a finding: as it is named, what kind it is of, its number, and what it says.

    `kind` is PERSON, SERVICE or ENTRY; "" for what is no record (the name of a row, a changed cell).
    """

    name: str
    kind: str = ""
    number: int = 0
    says: str = ""


def describe(session: Session, finding: Finding, mask: Mask, topics: Mapping[str, str]) -> list[Described]:
    """The records that a finding names.

    Args:
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        finding: what a check found.
        mask: how much of a person the reader sees.
        topics: Chinese names of topics.
    """
    found = [_of(name) for name in finding.records]
    says = {
        PERSON: _persons(session, _numbers(found, PERSON), mask),
        SERVICE: dict(_services(session, _numbers(found, SERVICE), topics)),
        ENTRY: dict(_entries(session, _numbers(found, ENTRY))),
    }
    return [Described(one.name, one.kind, one.number, says.get(one.kind, {}).get(one.number, "")) for one in found]


def _of(name: str) -> Described:
    numbered = _NUMBERED.fullmatch(name)
    return Described(name, numbered[1], int(numbered[2])) if numbered else Described(name)


def _numbers(found: Sequence[Described], kind: str) -> list[int]:
    return [one.number for one in found if one.kind == kind]


def _persons(session: Session, numbers: list[int], mask: Mask) -> dict[int, str]:
    said = {}
    for number, one in ledger.known(session, numbers, mask).items():
        parts = (one.name, one.phone, f"性别{one.gender}", f"脱贫人口{one.poverty_alleviated}", f"认人：{one.by}")
        said[number] = "　".join(part for part in parts if part)
    return said


def _services(session: Session, numbers: list[int], topics: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for one in session.execute(select(Service).where(Service.id.in_(numbers))).scalars():
        when = f"{one.occurred_at:%Y-%m-%d %H:%M}"
        topic = topics.get(one.topic, one.topic)
        yield one.id, f"{when}　{KIND_NAMES[one.kind]}　{topic}　{one.unit or UNASSIGNED}　{PERSON}{one.person_id}"


def _entries(session: Session, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for one in session.execute(select(Activity).where(Activity.id.in_(numbers))).scalars():
        kind = ACTIVITY_KINDS[one.kind]
        yield one.id, f"{one.day}　{kind.name}{one.quantity}{kind.measure}　{one.unit or UNASSIGNED}"
