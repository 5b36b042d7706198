"""Calls at the hotline desk: who called, how it ended, and what a clerk did today."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Column, ForeignKey, String, delete, func, select, update
from sqlalchemy.orm import Session

from bot.clock import BEIJING
from bot.records import identity, people, queue, registrations
from bot.records.models import Base, Conversation, Person, PersonKey, Registration, Service
from bot.records.staff import Account, Staff
from bot.records.types import BeijingTime, EncryptedText

CHANNEL = "hotline"
#: How a call ends → its name; the order is that of the keys 1 to 4.
OUTCOMES = {"solved": "解决了", "promised": "答应去办", "referred": "转给别的部门", "callback": "约好回电"}
#: No talk is longer: what is still open then was left open.
LONGEST = timedelta(hours=4)


class Call(Base):
    """One call; open while `ended_at` is null. `id` is that of its conversation, Rasa's sender.

    A call that nobody ended has no outcome.
    """

    __tablename__ = "call"

    id = Column(ForeignKey("conversation.id"), primary_key=True)
    staff_id = Column(ForeignKey(Staff.id), nullable=False, index=True)
    unit = Column(String(64))
    phone = Column(EncryptedText)
    started_at = Column(BeijingTime, nullable=False)
    ended_at = Column(BeijingTime)
    outcome = Column(String(16))
    department = Column(String(64))


@dataclass(frozen=True)
class Ending:
    """How a call ends.

    Attributes:
        outcome: one of OUTCOMES.
        department: where it was referred to.
        due_at: when a call back was promised for; None for soon.
        note: what the call back is about.
    """

    outcome: str
    department: str | None = None
    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Today:
    """What a clerk did today: calls that ended, and services on the phone."""

    calls: int
    services: int


def begin(session: Session, account: Account, at: datetime) -> Call:
    """Take a call: one call is one person until more is known.

    One that was left open before ends at its beginning.
    """
    left_open = update(Call).where(Call.staff_id == account.id, Call.ended_at.is_(None))
    session.execute(left_open.values(ended_at=Call.started_at).execution_options(synchronize_session=False))
    made = Conversation(
        id=str(uuid.uuid4()), channel=CHANNEL, person_id=identity.new_person(session, at).id, created_at=at
    )
    session.add(made)
    session.flush()
    call = Call(id=made.id, staff_id=account.id, unit=account.unit, started_at=at)
    session.add(call)
    session.flush()
    return call


def open_call(session: Session, staff_id: int, at: datetime) -> Call | None:
    """The call that somebody is on; the latest, should there be more. Yesterday's, left open, is nobody's any more."""
    rows = select(Call).filter_by(staff_id=staff_id)
    rows = rows.where(Call.ended_at.is_(None), Call.started_at > at - LONGEST)
    return session.execute(rows.order_by(Call.started_at.desc()).limit(1)).scalar_one_or_none()


def has_records(session: Session, call: Call) -> bool:
    """Whether a service or a registration was recorded in a call."""
    mine = Service.source_key.startswith(f"call:{call.id}:", autoescape=True)
    rows = (select(Service.id).where(mine), select(Registration.id).filter_by(conversation_id=call.id))
    return any(session.execute(found.limit(1)).first() is not None for found in rows)


def identify(session: Session, call: Call, account: Account, phone: str, at: datetime) -> None:
    """The caller's phone is known: it is the one person with it, or somebody new with it.

    Who came up before, by a mistyped number or by a receipt, is not given this number.

    Args:
        session: a writing session.
        call: an open call.
        account: who is on it; people of other units are not theirs to take for the caller.
        phone: in E.164 form.
        at: when.
    """
    call.phone = phone
    links = identity.active_links(session)
    heads = {identity.canonical(int(one.id), links) for one in people.by_phone(session, account, phone)}
    if len(heads) == 1 and people.is_visible(session, account, min(heads)):
        choose(session, call, min(heads))
        return
    person = session.get(Person, session.get(Conversation, call.id).person_id)
    if person.phone != phone and (person.phone is not None or person.name is not None):
        person = identity.new_person(session, at)
    choose(session, call, int(identity.introduce(session, person, None, phone, at).id))


def find(session: Session, call: Call, account: Account, receipt: str) -> bool:
    """The caller gave a receipt: they are the person of that registration. False where the account may not see it."""
    left = registrations.by_receipt(session, receipt)
    if left is None or not people.is_visible(session, account, int(left.person_id)):
        return False
    choose(session, call, int(left.person_id))
    return True


def forget_number(session: Session, call: Call, at: datetime) -> None:
    """The caller does not want their number kept: the call becomes that of somebody unknown.

    Who was known before the call, or has left a registration in it, keeps what was agreed to.
    """
    former = session.get(Person, session.get(Conversation, call.id).person_id)
    call.phone = None
    choose(session, call, int(identity.new_person(session, at).id))
    left = session.execute(select(Registration.id).filter_by(person_id=former.id)).first()
    if former.name is None and left is None and former.created_at >= call.started_at:
        former.phone = None
        keys = delete(PersonKey).where(PersonKey.person_id == former.id)
        session.execute(keys.execution_options(synchronize_session=False))


def begin_afresh(session: Session, call: Call, at: datetime) -> None:
    """Who was erased in the call is nobody any more; what was done for them so far stays theirs."""
    call.phone = None
    session.get(Conversation, call.id).person_id = identity.new_person(session, at).id
    session.flush()


def choose(session: Session, call: Call, person_id: int) -> None:
    """The caller is this person; what was done for them in the call is theirs."""
    session.get(Conversation, call.id).person_id = person_id
    mine = update(Service).where(Service.source_key.startswith(f"call:{call.id}:", autoescape=True))
    session.execute(mine.values(person_id=person_id).execution_options(synchronize_session=False))
    session.flush()


def end(session: Session, call: Call, ending: Ending, at: datetime) -> None:
    """End a call; a promised call back goes to the queue."""
    call.ended_at = at
    call.outcome = ending.outcome
    call.department = ending.department
    if ending.outcome == "callback":
        person_id = int(session.get(Conversation, call.id).person_id)
        queue.call_back(session, str(call.id), person_id, call.unit, ending.note, ending.due_at, at)


def number_of(session: Session, entry: queue.QueueEntry) -> str | None:
    """The number of the call in which a call back was promised, while it waits; None for what is no call back."""
    call = session.get(Call, (entry.open_key or "").removeprefix(queue.CALL_KEY))
    return call and call.phone


def earlier(session: Session, account: Account, persons: list[int], most: int) -> list[Call]:
    """The last ended calls of these persons that the account may see, newest first."""
    rows = (
        select(Call)
        .join(Conversation, Conversation.id == Call.id)
        .where(Conversation.person_id.in_(persons), Call.ended_at.is_not(None))
        .order_by(Call.ended_at.desc())
    )
    return [call for call in session.execute(rows).scalars() if account.sees(call.unit)][:most]


def today(session: Session, account: Account, at: datetime) -> Today:
    """What a clerk did since midnight."""
    midnight = datetime.combine(at.date(), time(), BEIJING)
    ended = select(func.count()).select_from(Call).where(Call.staff_id == account.id, Call.ended_at >= midnight)
    done = select(func.count()).select_from(Service)
    done = done.where(Service.clerk == account.login, Service.channel == CHANNEL, Service.occurred_at >= midnight)
    done = done.where(Service.voided_at.is_(None))
    return Today(int(session.execute(ended).scalar_one()), int(session.execute(done).scalar_one()))


def forget(session: Session, conversation_ids: Iterable[str]) -> None:
    """Drop the phone of who is erased."""
    theirs = update(Call).where(Call.id.in_(list(conversation_ids))).values(phone=None)
    session.execute(theirs.execution_options(synchronize_session=False))
