"""The outbox as a queue: who sends which event when, and what has become of it.

A claim moves `next_attempt_at` to the end of a lease: no transaction is open while an event is sent, and
what a process left behind when it died is due again after the lease.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.delivery.platform import Outcome, Verdict
from bot.records.outbox import Outbox

#: Longer than the client ever waits for an answer.
LEASE = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: With these waits nearly three days: a platform that is down over a weekend loses nothing.
MOST_ATTEMPTS = 75


@dataclass(frozen=True)
class Claimed:
    """An event that this process sends now."""

    id: int
    lease: str
    idempotency_key: str
    event: str
    happened_at: datetime
    data: dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """A dead letter, without what stands in it."""

    id: int
    event: str
    created_at: datetime
    dead_at: datetime
    attempts: int
    last_error: str


@dataclass(frozen=True)
class State:
    """How the outbox stands.

    Attributes:
        waiting: events to be sent.
        failing: those of them that were tried in vain at least once.
        oldest: when the oldest waiting event happened.
        last_error: what went wrong with the oldest failing event.
        delivered: events the platform has taken.
        letters: the dead letters, oldest first.
    """

    waiting: int
    failing: int
    oldest: datetime | None
    last_error: str | None
    delivered: int
    letters: list[Letter]


def claim(session: Session, now: datetime) -> Claimed | None:
    """Take the oldest event that is due, so that nobody else sends it before the lease ends.

    An event waits for the earlier ones of its subject, except for dead letters. Two processes cannot claim
    the same row: on SQLite only one of them writes, on PostgreSQL the other skips the locked row.
    """
    earlier = aliased(Outbox)
    comes_first = select(earlier.id).where(
        earlier.subject == Outbox.subject,
        earlier.id < Outbox.id,
        or_(
            and_(earlier.next_attempt_at.is_not(None), earlier.dead_at.is_(None)),
            earlier.next_attempt_at > now,  # erased while it was on its way
        ),
    )
    row = session.execute(
        select(Outbox)
        .where(Outbox.next_attempt_at <= now, Outbox.dead_at.is_(None), ~comes_first.exists())
        .order_by(Outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Outbox)
    ).scalar_one_or_none()
    if row is None:
        return None
    row.lease = str(uuid.uuid4())
    row.next_attempt_at = now + LEASE
    row.attempts += 1
    return Claimed(row.id, row.lease, row.idempotency_key, row.event, row.created_at, json.loads(row.payload))


def settle(session: Session, claimed: Claimed, outcome: Outcome, now: datetime) -> None:
    """Write down what became of a claimed event.

    What was delivered loses its payload, whoever holds the lease by now. A failure counts only for the
    holder of the lease; what was erased meanwhile is not tried again.
    """
    row = session.get(Outbox, claimed.id, with_for_update=True, populate_existing=True)
    if outcome.verdict is Verdict.DELIVERED:
        row.delivered_at = row.delivered_at or now
        row.payload = row.lease = row.next_attempt_at = row.dead_at = row.last_error = None
    elif row.lease == claimed.lease:
        row.lease = None
        if row.dead_at is not None:
            row.next_attempt_at = None
        elif outcome.verdict is Verdict.REFUSED or row.attempts >= MOST_ATTEMPTS:
            row.dead_at, row.next_attempt_at, row.last_error = now, None, outcome.said
        else:
            asked = min(outcome.wait or timedelta(0), LONGEST_WAIT)
            row.next_attempt_at, row.last_error = now + max(wait_after(row.attempts), asked), outcome.said
            if asked:
                _leave_alone(session, now + asked)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts in vain: twice as long each time, up to LONGEST_WAIT."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 16), LONGEST_WAIT)


def _leave_alone(session: Session, until: datetime) -> None:
    """Retry-After is about the platform, not about one event: everything that waits keeps to it."""
    session.execute(
        update(Outbox)
        .where(Outbox.next_attempt_at < until, Outbox.dead_at.is_(None))
        .values(next_attempt_at=until)
        .execution_options(synchronize_session=False)
    )


def state(session: Session) -> State:
    """How the outbox stands now."""
    waiting = select(Outbox).where(Outbox.next_attempt_at.is_not(None), Outbox.dead_at.is_(None)).subquery()
    count, oldest = session.execute(select(func.count(), func.min(waiting.c.created_at))).one()
    failing = select(waiting.c.last_error).where(waiting.c.last_error.is_not(None)).order_by(waiting.c.id)
    errors = list(session.execute(failing).scalars())
    delivered = select(func.count()).select_from(Outbox).where(Outbox.delivered_at.is_not(None))
    return State(
        waiting=count,
        failing=len(errors),
        oldest=oldest,
        last_error=errors[0] if errors else None,
        delivered=session.execute(delivered).scalar_one(),
        letters=_letters(session),
    )


def _letters(session: Session) -> list[Letter]:
    rows = session.execute(
        select(Outbox.id, Outbox.event, Outbox.created_at, Outbox.dead_at, Outbox.attempts, Outbox.last_error)
        .where(Outbox.dead_at.is_not(None), Outbox.payload.is_not(None))
        .order_by(Outbox.id)
    )
    return [Letter(*row) for row in rows]


def retry(session: Session, now: datetime, letter_id: int | None = None) -> int:
    """Make one dead letter, or all of them, wait to be sent again, with all attempts before them.

    What was erased is no longer a letter and stays unsent.

    Returns:
        How many letters there were.
    """
    letters = update(Outbox).where(Outbox.dead_at.is_not(None), Outbox.payload.is_not(None))
    if letter_id is not None:
        letters = letters.where(Outbox.id == letter_id)
    done = session.execute(
        letters.values(dead_at=None, attempts=0, next_attempt_at=now, last_error=None).execution_options(
            synchronize_session=False
        )
    )
    return int(done.rowcount)
