"""Service records: what was done for whom. A retry adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.kinds import category_of
from bot.records.models import Service


@dataclass(frozen=True)
class ServiceDone:
    """One service as it is written down.

    Attributes:
        campaign: id of the pack.
        person_id: whom it was done for.
        kind: one of bot.campaign.kinds; the category follows from it.
        topic: what it was about (`free_training`, `unpaid_wages`, …).
        unit: the clerk's or the register's unit, else the street the person gave, else None.
        channel: web, hotline, import, …
        occurred_at: when the person's message was received.
        source_key: what makes a retry harmless, such as `msg:17:policy_consultation:startup_support`.
    """

    campaign: str
    person_id: int
    kind: str
    topic: str
    channel: str
    occurred_at: datetime
    source_key: str
    unit: str | None = None
    clerk: str | None = None


def record(session: Session, done: ServiceDone) -> bool:
    """Write a service down, unless its `source_key` is there already.

    Args:
        session: a writing session; being the only writer, it cannot be overtaken between look and insert
            on SQLite, and on PostgreSQL the unique key makes the whole transaction fail.
        done: the service.

    Returns:
        Whether it was new.
    """
    if session.execute(select(Service.id).filter_by(source_key=done.source_key)).first() is not None:
        return False
    session.add(
        Service(
            campaign=done.campaign,
            person_id=done.person_id,
            category=category_of(done.kind),
            kind=done.kind,
            topic=done.topic,
            unit=done.unit,
            channel=done.channel,
            clerk=done.clerk,
            occurred_at=done.occurred_at,
            source_key=done.source_key,
        )
    )
    session.flush()
    return True
