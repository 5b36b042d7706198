"""What a street gives its district to count together: persons as keyed digests, never names or phones.

The file is lines of JSON: first a header, then one line a person and column, and one a sum of the log; the last
is a seal over all before it, so that a file that was cut or edited is noticed. Whoever holds the district's key
can try phones against a digest, so the key stays with the streets and the district.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import settings
from bot.campaign.table_model import Column
from bot.errors import UserError
from bot.records import privacy
from bot.records.identity import plain_name
from bot.records.models import Person
from bot.report import entries, rules
from bot.report.behind import Record, records
from bot.report.heads import HEADS, TOLD
from bot.report.persons import deciding, told_of_person
from bot.report.scope import TOTAL, UNASSIGNED, Scope

FORMAT = "chunfeng-district-2"
SHORTEST_KEY = 32
_BATCH = 300


def keyed(*parts: str) -> str:
    """The digest of `parts` under the district's key.

    Raises:
        UserError: the setting is missing or too short.
    """
    made = seal()
    made.update(json.dumps(parts, ensure_ascii=False).encode())
    return made.hexdigest()


def seal() -> hmac.HMAC:
    """A digest under the district's key that goes on with each line of a file.

    Raises:
        UserError: the setting is missing or too short.
    """
    key = settings.get().district_key
    if key is None or len(key.get_secret_value()) < SHORTEST_KEY:
        raise UserError(f"请设置 CHUNFENG_DISTRICT_KEY：区里发的同一个密钥，至少{SHORTEST_KEY}个字符")
    return hmac.new(key.get_secret_value().encode(), digestmod=hashlib.sha256)


def write(stream: BinaryIO, session: Session, scope: Scope, row: str = TOTAL) -> None:
    """Write the file of a street.

    Args:
        stream: where to.
        session: a reading session in which the table was counted (bot.report.heads.refresh).
        scope: what the table was counted over.
        row: only this row; 总计 for all.
    """
    sealed = seal()
    for line in _lines(session, scope, row):
        written = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        sealed.update(written)
        stream.write(written)
    stream.write(json.dumps({"seal": sealed.hexdigest()}).encode() + b"\n")


def _lines(session: Session, scope: Scope, row: str) -> Iterator[dict[str, Any]]:
    covered = scope.rows if row == TOTAL else (row,)
    instance = privacy.digest("instance", "")
    yield {
        "format": FORMAT,
        "key": keyed("check"),
        "instance": keyed("instance", instance),
        "campaign": scope.campaign,
        "rules": rules.digest(scope),
        "as_of": scope.window.as_of.isoformat(),
        "rows": list(covered),
    }
    for column in scope.table.columns:
        if column.counts:
            yield from _served(session, scope, column, row, instance)
        for name, number in entries.sums(session, scope, column).items():
            if name in covered:
                yield {"column": column.no, "row": name, "unnamed": number}
    yield from _decided(session, scope, covered, instance)


def _served(session: Session, scope: Scope, column: Column, row: str, instance: str) -> Iterator[dict[str, Any]]:
    """One line a person: their row, and the moment that decided it."""
    found = (one for one in records(session, scope, column, row) if one.person is not None)
    people = ((person or 0, list(of_person)) for person, of_person in groupby(found, key=lambda one: one.person))
    while batch := dict(islice(people, _BATCH)):
        who = _who(session, list(batch), instance)
        known = _known(session, list(batch))
        for person, of_person in batch.items():
            first = _first(of_person)
            yield {
                "column": column.no,
                "row": first.row,
                "at": first.when.isoformat(),
                **who[person],
                **known[person],
            }


def _first(of_person: list[Record]) -> Record:
    """The service that decided the row: the first of its unit; without a known unit, the first."""
    return next((one for one in of_person if one.unit == one.row), of_person[0])


def _known(session: Session, heads: list[int]) -> dict[int, dict[str, Any]]:
    asked = select(Person.id, *told_of_person()).outerjoin(TOLD, TOLD.c.head == Person.id).where(Person.id.in_(heads))
    return {
        one.id: {"gender": one.gender, "poverty_alleviated": one.poverty_alleviated} for one in session.execute(asked)
    }


def _who(session: Session, heads: list[int], instance: str) -> dict[int, dict[str, Any]]:
    """Under which digests the persons are found: each phone with its name, and a number of this database's own."""
    linked = select(HEADS.c.person_id, HEADS.c.head).where(HEADS.c.head.in_(heads))
    head_by_member = {head: head for head in heads} | {one.person_id: one.head for one in session.execute(linked)}
    pairs: dict[int, set[tuple[str, str]]] = {head: set() for head in heads}
    people = select(Person.id, Person.name, Person.phone).where(Person.id.in_(head_by_member))
    for one in session.execute(people):
        if one.phone:
            name = plain_name(one.name or "")
            pairs[head_by_member[one.id]].add(
                (keyed("phone", one.phone), keyed("name", one.phone, name) if name else "")
            )
    return {head: {"person": keyed("person", instance, str(head)), "phones": sorted(pairs[head])} for head in heads}


def _decided(session: Session, scope: Scope, covered: tuple[str, ...], instance: str) -> Iterator[dict[str, Any]]:
    """One line a person whose job intention was followed up, whatever came of it: a later street may know more."""
    found = deciding(scope)
    rows = iter(session.execute(select(found).order_by(found.c.head)).all())
    while batch := list(islice(rows, _BATCH)):
        who = _who(session, [one.head for one in batch], instance)
        for one in batch:
            row = one.unit or UNASSIGNED
            if row in covered:
                yield {
                    "outcome": one.outcome,
                    "row": row,
                    "at": one.outcome_on.isoformat(),
                    **who[one.head],
                    "gender": one.gender,
                    "poverty_alleviated": one.poverty_alleviated,
                }
