"""What the commands about the table share: the records opened, the table counted, the file written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.errors import UserError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.campaign.model import Pack
    from bot.report.table import StatisticsTable


@contextmanager
def reading(writing: bool = False) -> Iterator[Session]:
    """A session on the records there are; of the demonstration, when that is all there is and nothing is written.

    Raises:
        UserError: nothing has been recorded yet.
    """
    from bot import settings
    from bot.records import database

    if not writing:
        settings.use_demonstration_if_alone()
    database.must_exist()
    with database.writing() if writing else database.reading() as session:
        yield session


@contextmanager
def counted(
    campaign: str | None, unit: str | None, as_of: date | None, checked: bool = False, writing: bool = False
) -> Iterator[tuple[Session, Pack, StatisticsTable]]:
    """The table of a campaign, with the session that it was counted in.

    Args:
        campaign: id of the pack; None for the one that is running.
        unit: only this unit's row.
        as_of: the last day that counts.
        checked: whether its remarks are worked out.
        writing: whether the session writes.

    Raises:
        UserError: the campaign has no table, or something asked for does not exist.
    """
    from bot import clock, settings
    from bot.campaign import load
    from bot.report import check as checks
    from bot.report import table

    with reading(writing) as session:
        pack = load.load(campaign or settings.get().campaign)
        built = table.build(session, pack, clock.today(), unit, as_of)
        if checked:
            found = checks.run(session, table.scope_of(pack, clock.today(), as_of), built)
            built = checks.with_remarks(built, found)
        yield session, pack, built


@contextmanager
def opened(out: str) -> Iterator[BinaryIO]:
    """The file to write to, line by line; `-` is the screen.

    Raises:
        UserError: it cannot be written there.
    """
    if out == "-":
        yield sys.stdout.buffer
        return
    try:
        with Path(out).open("wb") as stream:
            yield stream
    except OSError as error:
        raise UserError(f"--out：写不了 {out}（{error.strerror}），请换一个位置") from None
    print(f"已写入 {out}", file=sys.stderr)


def write(out: str, content: bytes) -> None:
    """Write a whole file, or to the screen.

    Raises:
        UserError: it cannot be written there.
    """
    with opened(out) as stream:
        stream.write(content)
