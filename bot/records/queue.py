"""The clerks' queue: what waits for a person, who has taken it, and how it ended.

A chat that a clerk has taken is theirs: the assistant is silent there until it is given back or closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, or_, select, update
from sqlalchemy.orm import Session

from bot import settings
from bot.records.models import Base, Conversation, Person
from bot.records.staff import Staff
from bot.records.types import BeijingTime, EncryptedText

ASKED, LOST, URGENT, WAITING = "asked", "lost", "urgent", "waiting"
HELP_REQUEST, VACANCY, CALLBACK = "help_request", "vacancy", "callback"

#: Under which a call back waits, before the call.
CALL_KEY = "call:"

#: Why something waits → its name.
REASONS = {
    URGENT: "紧急",
    ASKED: "要找人工",
    LOST: "两次没听懂",
    WAITING: "系统没答上",
    HELP_REQUEST: "求助登记",
    CALLBACK: "约好回电",
    VACANCY: "招工待核实",
}
#: Of two reasons for one chat, the one that comes first here stays.
_CHAT_REASONS = (URGENT, ASKED, LOST, WAITING)

#: How it ended → its name.
OUTCOMES = {
    "solved": "解决了",
    "promised": "答应去办",
    "referred": "转给别的部门",
    "unreachable": "联系不上",
    "checked": "核实属实",
    "untrue": "核实不属实",
}
OUTCOMES_OF_VACANCY = ("checked", "untrue", "unreachable")
OUTCOMES_OF_OTHERS = ("solved", "promised", "referred", "unreachable")
#: Endings that stand in no list: the assistant goes on; or nobody ended it.
GIVEN_BACK, WITHDRAWN, ERASED = "given_back", "withdrawn", "erased"


class QueueEntry(Base):
    """One thing that waits. `open_key` is set while it is open: one chat, registration or call waits once.

    A claim holds while `seen_at` is fresh (the setting CLAIM_MINUTES): who leaves gives back what they took.
    """

    __tablename__ = "queue_entry"

    id = Column(Integer, primary_key=True)
    reason = Column(String(16), nullable=False)
    open_key = Column(String(64), unique=True)
    conversation_id = Column(ForeignKey("conversation.id"), index=True)
    registration_id = Column(ForeignKey("registration.id"), index=True)
    person_id = Column(ForeignKey("person.id"), index=True)
    unit = Column(String(64))
    urgent = Column(Boolean, nullable=False)
    note = Column(EncryptedText)
    created_at = Column(BeijingTime, nullable=False)
    due_at = Column(BeijingTime)
    claimed_by = Column(ForeignKey(Staff.id))
    claimed_at = Column(BeijingTime)
    seen_at = Column(BeijingTime)
    closed_at = Column(BeijingTime)
    closed_by = Column(ForeignKey(Staff.id))
    outcome = Column(String(16))
    department = Column(String(64))


def ask_for_person(session: Session, conversation: Conversation, reason: str, urgent: bool, at: datetime) -> QueueEntry:
    """Let a chat wait for a clerk, once: asked for again, it keeps its place, and the graver reason stays.

    Args:
        session: a writing session.
        conversation: the chat.
        reason: ASKED, LOST, URGENT or WAITING.
        urgent: whether it comes before all that is not.
        at: since when it waits.

    Raises:
        ValueError: the reason is none of these.
    """
    rank = _CHAT_REASONS.index(reason)
    entry = open_chat(session, str(conversation.id))
    if entry is None:
        entry = QueueEntry(
            reason=reason,
            open_key=chat_key(str(conversation.id)),
            conversation_id=conversation.id,
            unit=session.get(Person, conversation.person_id).unit,
            urgent=False,
            created_at=at,
        )
        session.add(entry)
    elif rank < _CHAT_REASONS.index(entry.reason):
        entry.reason = reason
    entry.urgent = entry.urgent or urgent
    session.flush()
    return entry


def call_back(
    session: Session, call_id: str, person_id: int, unit: str | None, note: str, due_at: datetime | None, at: datetime
) -> QueueEntry:
    """Let a call that was promised wait for its time.

    Args:
        session: a writing session.
        call_id: the call in which it was promised.
        person_id: who is called.
        unit: whose clerks see it; None for all.
        note: what it is about.
        due_at: when it was promised for; None for soon.
        at: when it was promised.
    """
    entry = QueueEntry(
        reason=CALLBACK,
        open_key=f"{CALL_KEY}{call_id}",
        person_id=person_id,
        unit=unit,
        urgent=False,
        note=note or None,
        created_at=at,
        due_at=due_at,
    )
    session.add(entry)
    session.flush()
    return entry


def chat_key(conversation_id: str) -> str:
    """Under which a chat waits."""
    return f"chat:{conversation_id}"


def open_chat(session: Session, conversation_id: str) -> QueueEntry | None:
    """The open entry of a chat."""
    return session.execute(select(QueueEntry).filter_by(open_key=chat_key(conversation_id))).scalar_one_or_none()


def belongs_to(session: Session, conversation_id: str, unit: str) -> None:
    """Whoever writes in a chat that waits for anybody turned out to be of a unit: its clerks see to it."""
    entry = open_chat(session, conversation_id)
    if entry is not None and entry.unit is None:
        entry.unit = unit


def is_chat(entry: QueueEntry) -> bool:
    """Whether taking the entry makes the assistant silent."""
    return entry.reason in _CHAT_REASONS


def holder(entry: QueueEntry, at: datetime) -> int | None:
    """Who has taken an open entry; None once they left."""
    is_held = entry.open_key is not None and entry.claimed_by is not None and entry.seen_at >= _stale(at)
    return entry.claimed_by if is_held else None


def talking(session: Session, conversation_id: str, at: datetime) -> QueueEntry | None:
    """The entry of a chat in which a clerk is talking now; None where the assistant is."""
    entry = open_chat(session, conversation_id)
    return entry if entry is not None and holder(entry, at) is not None else None


def claim(session: Session, entry_id: int, staff_id: int, at: datetime) -> bool:
    """Take an open entry: of two at once, one wins. Returns whether it is theirs now."""
    taken = session.execute(
        update(QueueEntry)
        .where(
            QueueEntry.id == entry_id,
            QueueEntry.open_key.is_not(None),
            or_(QueueEntry.claimed_by.is_(None), QueueEntry.claimed_by == staff_id, QueueEntry.seen_at < _stale(at)),
        )
        .values(claimed_by=staff_id, claimed_at=at, seen_at=at)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return bool(taken.rowcount)


def hold(entry: QueueEntry, staff_id: int, at: datetime) -> None:
    """Who has taken an entry is still there; nothing for anybody else."""
    if holder(entry, at) == staff_id:
        entry.seen_at = at


def release(session: Session, staff_id: int, entry_id: int | None = None) -> None:
    """Give back an entry, or all that somebody has taken."""
    mine = update(QueueEntry).where(QueueEntry.claimed_by == staff_id, QueueEntry.open_key.is_not(None))
    if entry_id is not None:
        mine = mine.where(QueueEntry.id == entry_id)
    freed = mine.values(claimed_by=None, claimed_at=None, seen_at=None)
    session.execute(freed.execution_options(synchronize_session=False))
    session.expire_all()


def close(entry: QueueEntry, staff_id: int | None, outcome: str, department: str | None, at: datetime) -> None:
    """End an entry.

    Args:
        entry: an open one.
        staff_id: who ends it; None where nobody did.
        outcome: one of OUTCOMES, GIVEN_BACK, WITHDRAWN or ERASED.
        department: where it was referred to.
        at: when.
    """
    entry.open_key = None
    entry.closed_at = at
    entry.closed_by = staff_id
    entry.outcome = outcome
    entry.department = department


def forget(session: Session, person_id: int, conversation_ids: Iterable[str], at: datetime) -> None:
    """Empty what the queue says of a person who is erased, and end what waits for them."""
    theirs = or_(QueueEntry.person_id == person_id, QueueEntry.conversation_id.in_(list(conversation_ids)))
    for entry in session.execute(select(QueueEntry).where(theirs)).scalars():
        entry.note = None
        if entry.open_key is not None:
            close(entry, None, ERASED, None, at)


def _stale(at: datetime) -> datetime:
    return at - timedelta(minutes=settings.get().claim_minutes)
