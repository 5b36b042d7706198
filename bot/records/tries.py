"""Wrong tries, counted by whom they came from: too many block that subject, longer each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.records import privacy
from bot.records.models import FailedAccess

#: Tries that lie so far apart are not counted together.
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """How many tries are heard.

    Attributes:
        most: so many failures block …
        first_block: … for so long, and each further one for twice as long as the one before …
        longest_block: … up to so long.
    """

    most: int
    first_block: timedelta
    longest_block: timedelta


def blocked_until(session: Session, limits: Mapping[str, Limit], at: datetime) -> datetime | None:
    """Until when no try of these subjects is heard; None when it is heard now.

    Args:
        session: a session.
        limits: each subject (`receipt 12345678`, `address …`) with its limit; kept as digests only.
        at: when the try is made.
    """
    ends = [
        _end_of_block(failed, limit)
        for subject, limit in limits.items()
        if (failed := session.get(FailedAccess, _key(subject))) is not None and failed.failures >= limit.most
    ]
    latest = max(ends, default=at)
    return latest if latest > at else None


def count(session: Session, subjects: Mapping[str, Limit], at: datetime) -> None:
    """Write a failed try of these subjects down."""
    for subject in subjects:
        failed = session.get(FailedAccess, _key(subject))
        if failed is None:
            session.add(FailedAccess(subject=_key(subject), failures=1, last_at=at))
        else:
            failed.failures = 1 if at - failed.last_at > FORGOTTEN_AFTER else failed.failures + 1
            failed.last_at = at


def take_back(session: Session, subject: str) -> None:
    """A try that was counted turned out to be right: it is one failure less."""
    failed = session.get(FailedAccess, _key(subject))
    if failed is not None:
        failed.failures = max(failed.failures - 1, 0)


def forget(session: Session, subject: str) -> None:
    """The subject has proved who it is: nothing is held against it any more."""
    session.execute(delete(FailedAccess).where(FailedAccess.subject == _key(subject)))


def _key(subject: str) -> str:
    return privacy.digest("access", subject)


def _end_of_block(failed: FailedAccess, limit: Limit) -> datetime:
    over = min(failed.failures - limit.most, 10)
    return failed.last_at + min(limit.first_block * 2**over, limit.longest_block)
