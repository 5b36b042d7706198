"""Job intentions: the work people are looking for, each with a receipt number."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records import identity, outbox
from bot.records.models import Conversation, JobIntention, Person
from bot.records.services import ServiceDone, record

KIND = "job_intention"
REGISTERED = "job_intention.registered"


@dataclass(frozen=True)
class JobIntentionGiven:
    """What a person gave. `phone` is in E.164 form; `draft_id` was set when the form opened."""

    draft_id: str
    kind_of_work: str
    unit: str | None
    name: str
    phone: str


def new_receipt(session: Session) -> str:
    """A receipt number that is free: eight random digits, easy to read out on the phone."""
    while True:
        number = f"{secrets.randbelow(10**8):08d}"
        if session.execute(select(JobIntention.id).filter_by(receipt=number)).first() is None:
            return number


def save(
    session: Session,
    campaign: str,
    conversation: Conversation,
    given: JobIntentionGiven,
    at: datetime,
    clerk: str | None = None,
) -> str:
    """Write a job intention down, with its person, its service and what the platform is told.

    Returns:
        The receipt number; for a draft that was saved before, the number it got then.
    """
    before = session.execute(select(JobIntention).filter_by(draft_id=given.draft_id)).scalar_one_or_none()
    if before is not None:
        return str(before.receipt)
    person = identity.introduce(session, session.get(Person, conversation.person_id), given.name, given.phone, at)
    person.unit = given.unit or person.unit
    conversation.person_id = person.id
    receipt = new_receipt(session)
    session.add(
        JobIntention(
            draft_id=given.draft_id,
            receipt=receipt,
            campaign=campaign,
            person_id=person.id,
            conversation_id=conversation.id,
            unit=given.unit,
            kind_of_work=given.kind_of_work,
            created_at=at,
        )
    )
    record(
        session,
        ServiceDone(
            campaign=campaign,
            person_id=person.id,
            kind=KIND,
            topic=KIND,
            unit=given.unit,
            channel=conversation.channel,
            clerk=clerk,
            occurred_at=at,
            source_key=f"draft:{given.draft_id}:{KIND}",
        ),
    )
    told = {
        "id": given.draft_id,
        "receipt": receipt,
        "campaign": campaign,
        "unit": given.unit,
        "channel": conversation.channel,
        "name": given.name,
        "phone": given.phone,
        "kind_of_work": given.kind_of_work,
    }
    outbox.put(session, REGISTERED, f"{outbox_subject(given.draft_id)}:registered", told, at)
    return receipt


def outbox_subject(draft_id: str) -> str:
    """Under which the outbox keeps what concerns one job intention."""
    return f"{KIND}:{draft_id}"
