"""A few persons, services and entries, for tests of the table and what is made of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot import clock
from bot.records import activities, followups, identity
from bot.records.activities import Entry
from bot.records.models import JobIntention, Person
from bot.records.services import ServiceDone, record

CAMPAIGN = "yuzhong-2022"
DAY = date(2022, 2, 15)
MORNING = datetime(2022, 2, 15, 9)
AT = clock.in_beijing(MORNING)


def person(session: Session, **attributes: object) -> int:
    """Somebody, known by nothing."""
    made = Person(created_at=AT, **attributes)
    session.add(made)
    session.flush()
    return int(made.id)


def named(session: Session, name: str, phone: str, **attributes: object) -> int:
    """Somebody who gave name and phone."""
    who = identity.new_person(session, AT)
    for attribute, value in attributes.items():
        setattr(who, attribute, value)
    return int(identity.introduce(session, who, name, phone, AT).id)


def serve(
    session: Session,
    who: int,
    kind: str = "policy_consultation",
    topic: str = "startup_support",
    unit: str | None = None,
    at: datetime = MORNING,
) -> None:
    """Record a service for somebody."""
    moment = clock.in_beijing(at)
    key = f"test:{who}:{kind}:{topic}:{unit}:{moment.isoformat()}"
    record(session, ServiceDone(CAMPAIGN, who, kind, topic, "web", moment, key, unit))


def enter(session: Session, kind: str, quantity: int, unit: str | None = "大坪街道", day: date = DAY) -> None:
    """Write an entry into the activity log."""
    key = f"test:{kind}:{unit}:{day}:{quantity}"
    activities.enter(session, Entry(CAMPAIGN, kind, day, quantity, unit), "clerk", AT, key)


def follow_up(
    session: Session, who: int, outcome: str, day: date = DAY, unit: str | None = "大坪街道", draft: str = ""
) -> None:
    """Record what became of somebody's job intention."""
    key = f"{who}:{outcome}:{day}{draft}"[:36]
    left = JobIntention(draft_id=key, receipt=key[:16], campaign=CAMPAIGN, person_id=who, unit=unit)
    left.state, left.urgent, left.created_at, left.changed_at = "open", False, AT, AT
    session.add(left)
    session.flush()
    followups.record(
        session, followups.Found(left.id, outcome, day), "clerk", clock.in_beijing(datetime(2022, 12, 31)), key
    )
