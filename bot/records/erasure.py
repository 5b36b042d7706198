"""Erasing a person: their data and the keys to find them go, the anonymous count stays.

《个人信息保护法》第四十七条: what is no longer needed, or what consent was taken back for, is deleted. What was
done for the person stays as a number (docs/counting.md): services keep their row, which leads to nobody.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.orm import Session

from bot.records import calls, conversations, events, queue
from bot.records.followups import FollowUp
from bot.records.models import (
    Conversation,
    HelpRequest,
    JobIntention,
    Message,
    Person,
    PersonKey,
    Registration,
    RegistrationNote,
    Service,
    Unanswered,
    Vacancy,
)
from bot.records.openings import Recommendation
from bot.records.registrations import ERASED

_DETAILS = {
    JobIntention: ("kind_of_work", "place", "pay", "start", "age", "groups"),
    HelpRequest: ("story",),
    Vacancy: ("company", "kind_of_work", "pay", "place", "requirements"),
}
_NOTHING = '{"text": ""}'


def erase(session: Session, person_id: int, at: datetime) -> None:
    """Erase what is kept of one person.

    Gender, 脱贫人口 and street stay with the nameless record: columns that were reported keep their numbers.
    The person's conversations are marked: their events in Rasa's store go next (bot/tracker_events.py).
    """
    person = session.get(Person, person_id)
    person.name = person.phone = None
    session.execute(delete(PersonKey).where(PersonKey.person_id == person_id))
    _forget_notes(session, person_id)
    session.execute(delete(Recommendation).where(Recommendation.person_id == person_id))
    before: dict[str, datetime] = {}
    registrations = select(Registration).filter_by(person_id=person_id).order_by(Registration.id)
    for registration in session.execute(registrations).scalars():
        if registration.conversation_id:
            before[registration.conversation_id] = registration.created_at
        _empty(session, registration, at)
    mine = select(Conversation).filter_by(person_id=person_id)
    present = list(session.execute(mine).scalars())
    for talk in present:
        talk.session_digest = None
        _erase_messages(session, talk.id, at)
    for identifier, last in before.items():
        _erase_messages(session, identifier, last)
    touched = {*(talk.id for talk in present), *before}
    queue.forget(session, person_id, touched, at)
    calls.forget(session, touched)
    marked = update(Conversation).where(Conversation.id.in_(touched)).values(erased_at=at)
    session.execute(marked.execution_options(synchronize_session=False))


def _forget_notes(session: Session, person_id: int) -> None:
    """Empty what clerks wrote about services and follow-ups of a person; that they were voided stays."""
    services = update(Service).where(Service.person_id == person_id).values(note=None, void_reason=None)
    theirs = select(Registration.id).where(Registration.person_id == person_id)
    follow_ups = update(FollowUp).where(FollowUp.job_intention_id.in_(theirs)).values(void_reason=None)
    for emptied in (services, follow_ups):
        session.execute(emptied.execution_options(synchronize_session=False))


def _empty(session: Session, registration: Registration, at: datetime) -> None:
    events.erased(session, registration, at)
    for column in _DETAILS[type(registration)]:
        setattr(registration, column, None)
    registration.phone = None
    registration.receipt = f"-{registration.id}"
    registration.state = ERASED
    registration.changed_at = at
    session.execute(delete(RegistrationNote).where(RegistrationNote.registration_id == registration.id))


def _erase_messages(session: Session, conversation_id: str, until: datetime) -> None:
    """Empty the lines of a conversation up to a moment, and the questions kept from them.

    Somebody else may have gone on talking on the same device: their lines stay.
    """
    lines = select(Message.id).where(Message.conversation_id == conversation_id, Message.created_at <= until)
    questions = delete(Unanswered).where(Unanswered.message_id.in_(lines))
    session.execute(questions.execution_options(synchronize_session=False))
    answered = case((Message.status == conversations.WAITING, conversations.ANSWERED), else_=Message.status)
    session.execute(
        update(Message)
        .where(Message.conversation_id == conversation_id, Message.created_at <= until)
        .values(content=_NOTHING, status=answered)
        .execution_options(synchronize_session=False)
    )
