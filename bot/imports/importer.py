"""Taking a register into its table: the good rows in, the bad rows named, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.campaign import load
from bot.imports import fields
from bot.imports.outcome import Ahead, Outcome, Rejected, Repeated
from bot.imports.row import SheetRow, reasons
from bot.imports.sheet import Heading, Row, open_sheet
from bot.records import database

#: Rows in one transaction: short enough that other writers need not wait.
BATCH = 500

#: Called with the rows read so far and about how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Register:
    """A kind of sheet: its code and Chinese name, its table, how its rows are checked, its headings."""

    code: str
    name: str
    table: Any
    row: type[SheetRow]
    headings: tuple[Heading, ...]

    def import_file(
        self,
        path: Path,
        campaign: str,
        at: datetime,
        source_id: int | None = None,
        on_progress: Progress | None = None,
    ) -> Outcome:
        """Take the good rows of a file; a second time they are there already.

        Args:
            path: csv or xlsx.
            campaign: id of the pack whose units the rows may name.
            at: the moment of the import.
            source_id: the source on the web that the file came from.
            on_progress: told after every batch.

        Raises:
            UserError: the file is no sheet or its headings do not fit; nothing is written then. A file
                that is damaged further down has the rows before it taken.
        """
        outcome, given = Outcome(), {"campaign": campaign, "known_units": tuple(load.load(campaign).unit_names)}
        seen = _Seen()
        with open_sheet(path, self.headings) as sheet:
            done = 0
            while batch := list(islice(sheet.rows, BATCH)):
                good = [
                    row for line, row in self._checked(batch, given, at, outcome) if seen.admits(line, row, outcome)
                ]
                with database.writing() as session:
                    self._store(session, good, at, source_id, outcome)
                done += len(batch)
                if on_progress:
                    on_progress(done, max(done, sheet.total))
        return outcome

    def _checked(
        self, rows: list[Row], given: dict[str, Any], at: datetime, outcome: Outcome
    ) -> Iterator[tuple[int, SheetRow]]:
        """The rows that are right by themselves, with their lines."""
        for row in rows:
            if row.problem:
                outcome.rejected.append(Rejected(row.line, row.problem))
                continue
            filled = {code: text for code, text in row.cells.items() if text}
            try:
                parsed = self.row.parse_obj({**self._given(filled), **given})
            except ValidationError as error:
                outcome.rejected.append(Rejected(row.line, reasons(error, self.headings)))
                continue
            happened, today = self._happened(parsed), at.date()
            objection = self._objection(parsed)
            if happened and not objection:
                objection = fields.objection_to_day(*happened, max(today, load.load(parsed.campaign).period.end))
            if objection:
                outcome.rejected.append(Rejected(row.line, objection))
                continue
            if happened and happened[1] > today:
                outcome.ahead.append(Ahead(row.line))
            yield row.line, parsed

    def _given(self, filled: dict[str, str]) -> dict[str, str]:
        """The cells of a row, with what is known without them."""
        return filled

    def _objection(self, row: SheetRow) -> str:
        """Why a row that is right is refused all the same; "" where it is not."""
        return ""

    def _happened(self, row: Any) -> tuple[str, date] | None:
        """The day of a row that tells what has happened, and its heading; None where rows tell what will be."""
        return None

    def _store(
        self, session: Session, rows: list[SheetRow], at: datetime, source_id: int | None, outcome: Outcome
    ) -> None:
        keyed = {row.key(): row.columns() for row in rows}
        found = session.execute(select(self.table).where(self.table.source_key.in_(keyed))).scalars()
        there = {held.source_key: held for held in found}
        for key, columns in keyed.items():
            if key not in there:
                outcome.taken += 1
                session.add(
                    self.table(source_key=key, imported_at=at, seen_at=at, import_source_id=source_id, **columns)
                )
            elif _bring_up_to_date(there[key], columns, at, source_id):
                outcome.changed += 1
            else:
                outcome.present += 1

    def retire(self, session: Session, source_id: int, at: datetime) -> int:
        """Mark the rows of a source that its import at `at` no longer saw. Returns how many."""
        table = self.table
        unseen = update(table).where(table.import_source_id == source_id, table.gone_at.is_(None), table.seen_at != at)
        return int(session.execute(unseen.values(gone_at=at).execution_options(synchronize_session=False)).rowcount)


class _Seen:
    """The rows of a file so far: what stands in it twice is named, and taken once."""

    def __init__(self) -> None:
        # Half a digest each: of all that an import keeps in memory, only this grows with the file.
        self._lines: dict[bytes, int] = {}
        self._contents: dict[int, int] = {}

    def admits(self, line: int, row: SheetRow, outcome: Outcome) -> bool:
        """Whether a row is the first with its key; of another, `outcome` is told what it is."""
        first = self._lines.setdefault(bytes.fromhex(row.key())[:16], line)
        content = hash(str(row.said())) if row.number else 0
        if first == line:
            if row.number:
                self._contents[line] = content
            return True
        if self._contents.get(first, 0) == content:
            outcome.present += 1
            outcome.repeated.append(Repeated(line, first))
        else:
            outcome.rejected.append(Rejected(line, f"和第{first}行编号相同，内容不同，请改一个编号"))
        return False


def _bring_up_to_date(held: Any, columns: dict[str, Any], at: datetime, source_id: int | None) -> bool:
    """Whether a row of before says something else now, or is offered again."""
    differs = held.gone_at is not None or any(getattr(held, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(held, name, value)
    held.gone_at = None
    if source_id is not None:
        held.import_source_id, held.seen_at = source_id, at
    return differs
