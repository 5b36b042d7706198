"""Which table a page or a file is about: the unit and the day in its address, and counting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import Request
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.model import Pack
from bot.errors import UserError
from bot.records import database
from bot.report import check, table
from bot.report.finding import Finding
from bot.report.scope import Scope
from bot.report.table import StatisticsTable
from bot.web.staff.refusals import Refusal


@dataclass(frozen=True)
class Choice:
    """What was chosen: one row's name, None for all; the last day that counts, None for today."""

    unit: str | None = None
    as_of: date | None = None

    def link(self, path: str, **more: object) -> str:
        """An address with this choice in it."""
        chosen = {"unit": self.unit, "as_of": self.as_of, **more}
        query = urlencode({name: value for name, value in chosen.items() if value is not None})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Counted:
    """A table as it was counted now, with the session that its cells are opened in."""

    session: Session
    pack: Pack
    scope: Scope
    built: StatisticsTable

    def findings(self) -> list[Finding]:
        """What the checks before submission find."""
        return check.run(self.session, self.scope, self.built)


def read(request: Request) -> Choice:
    """The choice in an address.

    Raises:
        Refusal: the day is none.
    """
    return chosen(request.query_params.get("unit", ""), request.query_params.get("as_of", ""))


def chosen(unit: str, as_of: str) -> Choice:
    """The choice in two fields.

    Raises:
        Refusal: the day is none.
    """
    try:
        return Choice(unit.strip() or None, date.fromisoformat(as_of.strip()) if as_of.strip() else None)
    except ValueError:
        raise Refusal(422, "日期请写成 2022-02-15。") from None


@contextmanager
def counted(choice: Choice, writing: bool = False) -> Iterator[Counted]:
    """The table that was chosen, of the campaign that is running.

    Args:
        choice: the unit and the day.
        writing: whether the session writes.

    Raises:
        Refusal: the notice has no table, or no such unit.
    """
    pack = load.current()
    with database.writing() if writing else database.reading() as session:
        try:
            scope = table.scope_of(pack, clock.today(), choice.as_of)
            built = table.build(session, pack, clock.today(), choice.unit, choice.as_of)
        except UserError as error:
            raise Refusal(404, f"{str(error).removeprefix('--unit：')}。") from None
        yield Counted(session, pack, scope, built)
