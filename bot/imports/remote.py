"""Sheets on the web: fetched when they are due; an error leaves the last good rows as they are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import settings, yamlfile
from bot.errors import UserError
from bot.imports.download import Downloaded, checked, download
from bot.imports.importer import Progress
from bot.imports.outcome import Outcome
from bot.imports.registers import REGISTERS
from bot.records import database
from bot.records.openings import ImportSource

SHORTEST_INTERVAL = 5
_LONGEST_NOTE = 1000
_LISTED_ROWS = 5


@dataclass(frozen=True)
class Fetched:
    """What became of one source.

    Attributes:
        source_id: the source.
        outcome: what was imported; None when nothing has changed or nothing could be.
        error: why nothing could be imported, or "".
    """

    source_id: int
    outcome: Outcome | None = None
    error: str = ""


def add_source(session: Session, kind: str, url: str, every_minutes: int | None, campaign: str) -> int:
    """Remember a sheet on the web; an address that is known keeps its marks and gets the new interval.

    Args:
        session: a writing session.
        kind: posts, courses or fairs.
        url: http or https.
        every_minutes: how often to fetch it; None: only when asked for.
        campaign: id of the pack whose units the rows may name.

    Returns:
        The id of the source, for `fetch`.

    Raises:
        UserError: the address, the kind or the interval cannot be.
    """
    if kind not in REGISTERS:
        raise UserError(f"没有 {kind} 这种登记表；可用的有 {'、'.join(REGISTERS)}")
    if every_minutes is not None and every_minutes < SHORTEST_INTERVAL:
        raise UserError(f"--every：至少 {SHORTEST_INTERVAL} 分钟")
    known = session.execute(select(ImportSource).filter_by(url=checked(url))).scalar_one_or_none()
    if known is None:
        known = ImportSource(kind=kind, url=url, campaign=campaign)
        session.add(known)
    elif known.kind != kind or known.campaign != campaign:
        raise UserError(f"这个网址已登记为 {known.campaign} 的 {known.kind}，不能再登记成别的")
    known.every_minutes = every_minutes
    session.flush()
    return int(known.id)


def fetch_due(now: datetime) -> list[Fetched]:
    """Fetch every source that is due, one after the other. The error of one does not stop the next."""
    with database.reading() as session:
        sources = session.execute(select(ImportSource).order_by(ImportSource.id)).scalars().all()
    return [fetch(source.id, now) for source in sources if is_due(source, now)]


def is_due(source: ImportSource, now: datetime) -> bool:
    """Whether a source is to be fetched. A last time that lies ahead means that the clock was set back."""
    if source.every_minutes is None:
        return False
    if source.fetched_at is None or source.fetched_at > now:
        return True
    return bool(now - source.fetched_at >= timedelta(minutes=source.every_minutes))


def fetch(source_id: int, now: datetime, on_progress: Progress | None = None) -> Fetched:
    """Fetch one source now, and note how that went beside it."""
    with database.reading() as session:
        source = session.get(ImportSource, source_id)
    draft = last_good_copy(source).with_suffix(f".{os.getpid()}")
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        marks = download(source.url, draft, source.etag, source.last_modified)
        outcome = _take(source, draft, now, on_progress) if marks else None
    except UserError as error:
        # The clerk knows the address, not the file that was fetched into.
        said = str(error).removeprefix(f"{yamlfile.shown(draft)}：")
        _note(source_id, now, error=said[:_LONGEST_NOTE])
        return Fetched(source_id, error=said)
    finally:
        draft.unlink(missing_ok=True)
    _note(source_id, now, error=None, marks=marks, outcome=outcome)
    return Fetched(source_id, outcome)


def last_good_copy(source: ImportSource) -> Path:
    """Where the last sheet of a source that had good rows is kept, byte for byte."""
    return settings.get().data_dir / "imports" / f"{source.kind}-{source.id}"


def _take(source: ImportSource, draft: Path, now: datetime, on_progress: Progress | None) -> Outcome:
    """Import a fetched sheet; what it no longer lists is gone.

    Raises:
        UserError: it is no sheet, or none of its rows is good: then nothing is marked as gone.
    """
    register = REGISTERS[source.kind]
    outcome = register.import_file(draft, source.campaign, now, source.id, on_progress)
    if not outcome.accepted:
        raise UserError(f"没有一行是对的，原有的内容不变。{_rejected(outcome)}")
    with database.writing() as session:
        outcome.gone = register.retire(session, source.id, now)
    draft.replace(last_good_copy(source))
    return outcome


def _rejected(outcome: Outcome) -> str:
    """The first bad rows on one line, for whoever looks after the source."""
    return "；".join(map(str, outcome.rejected[:_LISTED_ROWS]))


def _note(
    source_id: int,
    now: datetime,
    error: str | None,
    marks: Downloaded | None = None,
    outcome: Outcome | None = None,
) -> None:
    """Note how a fetch went. Only a sheet that was taken moves the marks: a bad one is fetched again."""
    with database.writing() as session:
        source = session.get(ImportSource, source_id)
        source.fetched_at, source.last_error = now, error
        if marks and outcome:
            source.etag, source.last_modified, source.last_good_at = marks.etag, marks.last_modified, now
            source.bad_rows = _rejected(outcome)[:_LONGEST_NOTE] or None
