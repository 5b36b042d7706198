"""What people leave: job intentions, help requests and vacancies, each with a receipt number."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records import events, identity, queue
from bot.records.models import (
    Consent,
    Conversation,
    HelpRequest,
    JobIntention,
    Person,
    Registration,
    RegistrationNote,
    Vacancy,
)
from bot.records.services import ServiceDone, record

OPEN = "open"
WITHDRAWN = "withdrawn"
CLOSED = "closed"
ERASED = "erased"

#: A help request about one of these is public employment service; about the others it counts nowhere (the pack).
RIGHTS = "rights"


@dataclass(frozen=True)
class ConsentGiven:
    """What was agreed to: `personal` or `sensitive`, and the version of the wording that was read."""

    kind: str
    wording: str


@dataclass(frozen=True)
class Applicant:
    """Who leaves a registration, and how it came.

    Attributes:
        draft_id: set when the form opened; a second submission of the same draft changes nothing.
        phone: in E.164 form.
        name: None where it was not asked.
        unit: the street, one of the pack's units; None for another place.
        gender: "male", "female" or None for not said.
        poverty_alleviated: whether they are 脱贫人口; None for not said.
        urgent: whether a clerk must see to it first.
        consents: what was agreed to.
        clerk: who typed it in, at the desk.
    """

    draft_id: str
    phone: str
    name: str | None = None
    unit: str | None = None
    gender: str | None = None
    poverty_alleviated: bool | None = None
    urgent: bool = False
    consents: Sequence[ConsentGiven] = field(default_factory=tuple)
    clerk: str | None = None


def new_receipt(session: Session) -> str:
    """A receipt number that is free: eight random digits, easy to read out on the phone."""
    while True:
        number = f"{secrets.randbelow(10**8):08d}"
        if session.execute(select(Registration.id).filter_by(receipt=number)).first() is None:
            return number


def save(
    session: Session, campaign: str, conversation: Conversation, applicant: Applicant, left: Registration, at: datetime
) -> Registration:
    """Write a registration down, with its person, its consents, its service and what the platform is told.

    Args:
        session: a writing session.
        campaign: id of the pack.
        conversation: where it was left; it belongs to the applicant from now on.
        applicant: who left it.
        left: a new JobIntention, HelpRequest or Vacancy with its own columns filled.
        at: when the last message of it was received.

    Returns:
        The registration with its receipt; for a draft that was saved before, the one saved then.
    """
    before = session.execute(select(Registration).filter_by(draft_id=applicant.draft_id)).scalar_one_or_none()
    if before is not None:
        return before
    person = _introduce(session, conversation, applicant, at)
    left.draft_id = applicant.draft_id
    left.receipt = new_receipt(session)
    left.campaign = campaign
    left.person_id = person.id
    left.conversation_id = conversation.id
    left.unit = applicant.unit
    left.phone = applicant.phone
    left.state = OPEN
    left.urgent = applicant.urgent
    left.created_at = left.changed_at = at
    session.add(left)
    session.flush()
    for consent in applicant.consents:
        session.add(Consent(registration_id=left.id, kind=consent.kind, wording=consent.wording, given_at=at))
    kind, topic = service_of(left)
    record(
        session,
        ServiceDone(
            campaign=campaign,
            person_id=person.id,
            kind=kind,
            topic=topic,
            unit=applicant.unit,
            channel=conversation.channel,
            clerk=applicant.clerk,
            occurred_at=at,
            source_key=f"draft:{applicant.draft_id}:{kind}",
        ),
    )
    events.registered(session, left, person, conversation)
    return left


def _introduce(session: Session, conversation: Conversation, applicant: Applicant, at: datetime) -> Person:
    """The person behind the applicant, with what was told about them."""
    known = session.get(Person, conversation.person_id)
    person = identity.introduce(session, known, applicant.name, applicant.phone, at)
    person.unit = applicant.unit or person.unit
    person.gender = applicant.gender or person.gender
    if applicant.poverty_alleviated is not None:
        person.poverty_alleviated = applicant.poverty_alleviated
    conversation.person_id = person.id
    if person.unit is not None:
        queue.belongs_to(session, str(conversation.id), str(person.unit))
    return person


def service_of(left: Registration) -> tuple[str, str]:
    """The kind and topic of the service that taking a registration is (docs/counting.md)."""
    if isinstance(left, JobIntention):
        return "job_intention", "job_intention"
    if isinstance(left, Vacancy):
        return "employer_service", "vacancy"
    topic = str(left.topic) if isinstance(left, HelpRequest) else ""
    return ("rights_help_request" if topic == RIGHTS else "help_request"), topic


def left_in(session: Session, conversation: Conversation) -> list[Registration]:
    """What was left in a conversation by who is talking there now, newest first, without the erased."""
    rows = session.execute(
        select(Registration)
        .filter_by(conversation_id=conversation.id, person_id=conversation.person_id)
        .where(Registration.state != ERASED)
        .order_by(Registration.id.desc())
    )
    return list(rows.scalars())


def by_receipt(session: Session, receipt: str) -> Registration | None:
    """The registration with a receipt number, for who has proved that it is theirs (bot/records/access.py)."""
    return session.execute(select(Registration).filter_by(receipt=receipt)).scalar_one_or_none()


def notes(session: Session, registration: Registration) -> list[RegistrationNote]:
    """What was added to a registration, oldest first."""
    rows = select(RegistrationNote).filter_by(registration_id=registration.id).order_by(RegistrationNote.id)
    return list(session.execute(rows).scalars())


def add_note(session: Session, registration: Registration, message_id: int, text: str, at: datetime) -> None:
    """Add what a person says about a registration later, once for each message."""
    if session.execute(select(RegistrationNote.id).filter_by(message_id=message_id)).first() is None:
        session.add(RegistrationNote(registration_id=registration.id, message_id=message_id, text=text, created_at=at))
        registration.changed_at = at


def withdraw(session: Session, registration: Registration, at: datetime) -> None:
    """Take a registration back: nobody works on it any more; what was counted stays counted."""
    if registration.state == OPEN:
        registration.state = WITHDRAWN
        registration.changed_at = at
        events.withdrawn(session, registration, at)


def close(registration: Registration, at: datetime) -> None:
    """A clerk has seen to it."""
    if registration.state == OPEN:
        registration.state = CLOSED
        registration.changed_at = at
