"""The outbox: what the district's platform is to be told, written in the transaction that made it true."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Integer, String, case, select, update
from sqlalchemy.orm import Session

from bot import settings
from bot.records.models import Base
from bot.records.types import BeijingTime, EncryptedText

ERASED = "erased"

#: A subject, a colon, what happened to it; all of it fit for an HTTP header.
_KEY = re.compile(r"(?P<subject>[a-z_]+:[A-Za-z0-9_.-]+):[A-Za-z0-9_.-]+")


class Outbox(Base):
    """One event for the platform. It is waiting while `next_attempt_at` is set.

    `lease` marks who is sending it now; `next_attempt_at` is then when somebody else may try.
    `last_error` holds a status or the name of an error, nothing that was sent.
    """

    __tablename__ = "outbox"

    id = Column(Integer, primary_key=True)
    idempotency_key = Column(String(160), nullable=False, unique=True)
    subject = Column(String(128), nullable=False, index=True)
    event = Column(String(64), nullable=False)
    payload = Column(EncryptedText)
    created_at = Column(BeijingTime, nullable=False)
    attempts = Column(Integer, nullable=False)
    next_attempt_at = Column(BeijingTime, index=True)
    lease = Column(String(36))
    delivered_at = Column(BeijingTime)
    dead_at = Column(BeijingTime)
    last_error = Column(String(64))


def put(session: Session, event: str, key: str, payload: Mapping[str, object], at: datetime) -> bool:
    """Have the platform told, once the transaction of `session` is kept.

    Args:
        session: the writing session of what happened.
        event: what happened, such as `job_intention.registered` (docs/platform.md lists them).
        key: `<what>:<its id>:<what happened to it>`, such as `job_intention:<draft>:registered`. The
            same key is the same event; events with the same `<what>:<its id>` are sent in order.
        payload: what the platform gets as `data`; JSON.
        at: when it happened.

    Returns:
        Whether it was written: not when no platform is set, nor a second time.

    Raises:
        ValueError: the key has another form.
    """
    form = _KEY.fullmatch(key)
    if form is None:
        raise ValueError(f"not an idempotency key: {key}")
    if not settings.get().platform_url:
        return False
    if session.execute(select(Outbox.id).filter_by(idempotency_key=key)).first() is not None:
        return False
    session.add(
        Outbox(
            idempotency_key=key,
            subject=form["subject"],
            event=event,
            payload=json.dumps(payload, ensure_ascii=False),
            created_at=at,
            attempts=0,
            next_attempt_at=at,
        )
    )
    session.flush()
    return True


def erase(session: Session, subject: str, at: datetime) -> int:
    """Drop what has not been delivered about a subject, dead letters included, with its personal data.

    What is on its way just now may still arrive; until that is known, a later event of the subject waits.

    Args:
        session: a writing session.
        subject: the first two parts of the key, such as `job_intention:<draft>`.
        at: when it was asked for.

    Returns:
        How many events were dropped.
    """
    done = session.execute(
        update(Outbox)
        .where(Outbox.subject == subject, Outbox.payload.is_not(None))
        .values(
            payload=None,
            dead_at=at,
            last_error=ERASED,
            next_attempt_at=case((Outbox.lease.is_not(None), Outbox.next_attempt_at), else_=None),
        )
        .execution_options(synchronize_session="fetch")
    )
    return int(done.rowcount)
