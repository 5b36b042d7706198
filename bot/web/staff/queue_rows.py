"""The lines of the queue: enough to tell one matter from another, and no more."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import clock
from bot.grammar import exact_words
from bot.records import database, last_words, queue, queue_list, staff
from bot.records.models import Conversation, HelpRequest, Person, Registration, Vacancy
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.web.staff import pages, shown

_LONGEST_GLIMPSE = 32
#: So many lines are looked through for one that says more than 找人工 or 好的.
_LINES = 4
#: A telephone, an identity card, a bank card, also with spaces in it.
_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")


@dataclass(frozen=True)
class Row:
    """One line of the queue: the name masked, of what was written the beginning.

    Attributes:
        kind: what the matter is about, where that is known.
        glimpse: the last thing that the person said about it.
    """

    id: int
    reason: str
    kind: str
    glimpse: str
    urgent: bool
    since: datetime
    due_at: datetime | None
    unit: str | None
    name: str
    holder: str | None
    is_mine: bool


def rows(account: Account) -> list[Row]:
    """The queue as this account sees it."""
    at = clock.now()
    with database.reading() as session:
        waiting = queue_list.waiting(session, account)
        chats = {str(entry.conversation_id) for entry in waiting if queue.is_chat(entry)}
        said = last_words.of_people(session, chats, _LINES)
        names = staff.names(session)
        return [_row(session, entry, said, names, account, at) for entry in waiting]


def etag(found: Sequence[Row]) -> str:
    """Changes with the rows."""
    return f'"{hashlib.sha256(repr(found).encode()).hexdigest()[:32]}"'


def person_of(session: Session, entry: QueueEntry) -> Person:
    """Whom an entry is about."""
    if entry.person_id is not None:
        return session.get(Person, entry.person_id)
    return session.get(Person, session.get(Conversation, entry.conversation_id).person_id)


def glimpse(text: str) -> str:
    """The beginning of what somebody wrote, on one line, without numbers that lead to them."""
    plain = _NUMBER.sub("****", " ".join(text.split()))
    return plain if len(plain) <= _LONGEST_GLIMPSE else f"{plain[:_LONGEST_GLIMPSE]}…"


def _row(
    session: Session,
    entry: QueueEntry,
    said: dict[str, list[str]],
    names: dict[int, str],
    account: Account,
    at: datetime,
) -> Row:
    held_by = queue.holder(entry, at)
    left = session.get(Registration, entry.registration_id) if entry.registration_id else None
    kind, text = _matter(left) if left else ("", entry.note or _telling(said.get(str(entry.conversation_id), [])))
    return Row(
        id=entry.id,
        reason=queue.REASONS[entry.reason],
        kind=kind,
        glimpse=glimpse(text),
        urgent=entry.urgent,
        since=entry.created_at,
        due_at=entry.due_at,
        unit=entry.unit,
        name=pages.masked_name(person_of(session, entry).name),
        holder=names.get(held_by or 0),
        is_mine=held_by == account.id,
    )


def _matter(left: Registration) -> tuple[str, str]:
    """What a registration is about: its kind, and what was told."""
    if isinstance(left, HelpRequest):
        return shown.help_topic(left), left.story or ""
    if isinstance(left, Vacancy):
        return left.kind_of_work or "", left.company or ""
    return "", ""


def _telling(lines: Sequence[str]) -> str:
    """The newest line that is more than a word of the dialogue; else the newest."""
    known = exact_words.words()
    telling = (line for line in lines if exact_words.plain(line) not in known)
    return next(telling, lines[0] if lines else "")
