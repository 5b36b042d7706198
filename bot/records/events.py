"""What the district's platform is told of a registration (docs/platform.md)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.records import outbox
from bot.records.models import Conversation, HelpRequest, JobIntention, Person, Registration, Vacancy

#: The columns of each kind that are told beside what all registrations share.
_OWN = {
    JobIntention: ("kind_of_work", "place", "pay", "start", "age", "groups"),
    HelpRequest: ("topic", "urgent", "story"),
    Vacancy: ("company", "kind_of_work", "headcount", "pay", "place", "requirements"),
}


def subject(left: Registration) -> str:
    """Under which the outbox keeps what concerns one registration; its draft, since a receipt opens it."""
    return f"{left.kind}:{left.draft_id}"


def registered(session: Session, left: Registration, person: Person, conversation: Conversation) -> None:
    """Tell that a registration was left."""
    told = {
        "id": left.draft_id,
        "receipt": left.receipt,
        "campaign": left.campaign,
        "unit": left.unit,
        "channel": conversation.channel,
        "name": person.name,
        "phone": left.phone,
        **{column: getattr(left, column) for column in _OWN[type(left)]},
    }
    outbox.put(session, f"{left.kind}.registered", f"{subject(left)}:registered", told, left.created_at)


def withdrawn(session: Session, left: Registration, at: datetime) -> None:
    """Tell that a registration was taken back; what was not sent of it is not sent any more."""
    _no_more(session, left, "withdrawn", at)


def erased(session: Session, left: Registration, at: datetime) -> None:
    """Tell that the platform must erase a registration as well."""
    _no_more(session, left, "erased", at)


def _no_more(session: Session, left: Registration, what: str, at: datetime) -> None:
    outbox.erase(session, subject(left), at)
    outbox.put(session, f"{left.kind}.{what}", f"{subject(left)}:{what}", {"id": left.draft_id}, at)
