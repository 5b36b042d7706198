"""The tables. Changes go through a migration in bot/records/migrations."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeMeta, registry

from bot.records.types import BeijingTime, EncryptedText

_registry = registry()

_IS_WAITING = text("status = 'waiting'")


class Base(metaclass=DeclarativeMeta):
    """What all tables share."""

    __abstract__ = True
    registry = _registry
    metadata = _registry.metadata
    __init__ = _registry.constructor


class Meta(Base):
    """Facts about the database itself: `key_check` tells whether a key is the one it was written with."""

    __tablename__ = "meta"

    name = Column(String(32), primary_key=True)
    value = Column(String(128), nullable=False)


class Person(Base):
    """Somebody served. Gender, 脱贫人口 and the unit they live in stay unknown (null) until told."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("gender IN ('male', 'female')", name="gender_known"),)

    id = Column(Integer, primary_key=True)
    name = Column(EncryptedText)
    phone = Column(EncryptedText)
    gender = Column(String(6))
    poverty_alleviated = Column(Boolean)
    unit = Column(String(64))
    created_at = Column(BeijingTime, nullable=False)


class PersonKey(Base):
    """A keyed digest by which a person is found again. Two persons may share a phone."""

    __tablename__ = "person_key"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "digest", name="once_per_person"),
        Index("ix_person_key_digest", "kind", "digest"),
    )

    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"), nullable=False)
    kind = Column(String(16), nullable=False)
    digest = Column(String(64), nullable=False)


class PersonLink(Base):
    """`person_id` is the same human as `into_id`. Counting follows links; undoing one sets `undone_at`."""

    __tablename__ = "person_link"

    id = Column(Integer, primary_key=True)
    person_id = Column(ForeignKey("person.id"), nullable=False, index=True)
    into_id = Column(ForeignKey("person.id"), nullable=False, index=True)
    reason = Column(String(32), nullable=False)
    created_at = Column(BeijingTime, nullable=False)
    undone_at = Column(BeijingTime)


class Conversation(Base):
    """One talk on one channel, and who is talking now. `id` is Rasa's sender.

    `erased_at`: when the person asked for it; set until Rasa's own record of the talk is gone as well.
    """

    __tablename__ = "conversation"

    id = Column(String(36), primary_key=True)
    channel = Column(String(16), nullable=False)
    session_digest = Column(String(64), unique=True)
    person_id = Column(ForeignKey("person.id"), nullable=False)
    created_at = Column(BeijingTime, nullable=False)
    erased_at = Column(BeijingTime)


class Message(Base):
    """One message. A person's message has the sender's own `client_id`; an answer names it in `reply_to`.

    `staff_id` is set on what a clerk wrote (bot/records/staff.py; an account is never deleted).
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id", name="once_per_conversation"),
        Index("ix_message_conversation_id", "conversation_id"),
        Index("ix_message_waiting", "status", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
    )

    id = Column(Integer, primary_key=True)
    conversation_id = Column(ForeignKey("conversation.id"), nullable=False)
    client_id = Column(String(64))
    reply_to = Column(ForeignKey("message.id"), index=True)
    content = Column(EncryptedText, nullable=False)
    status = Column(String(16), nullable=False)
    staff_id = Column(Integer)
    created_at = Column(BeijingTime, nullable=False)


class Service(Base):
    """One thing done for one person. Never deleted: voided with a reason."""

    __tablename__ = "service"
    __table_args__ = (
        Index("ix_service_campaign_time", "campaign", "occurred_at"),
        # All that counting reads, person by person: the table is then worked out from the index alone.
        Index("ix_service_count", "campaign", "person_id", "occurred_at", "kind", "topic", "unit", "voided_at"),
    )

    id = Column(Integer, primary_key=True)
    campaign = Column(String(64), nullable=False)
    person_id = Column(ForeignKey("person.id"), nullable=False, index=True)
    category = Column(String(32), nullable=False)
    kind = Column(String(32), nullable=False)
    topic = Column(String(64), nullable=False)
    unit = Column(String(64))
    channel = Column(String(16), nullable=False)
    clerk = Column(String(64))
    occurred_at = Column(BeijingTime, nullable=False)
    source_key = Column(String(160), nullable=False, unique=True)
    note = Column(EncryptedText)
    voided_at = Column(BeijingTime)
    void_reason = Column(EncryptedText)


class Registration(Base):
    """Something a person left: what all kinds share. `draft_id` makes a repeated submission harmless.

    `state`: open, withdrawn by the person, closed by a clerk, or erased (nothing of the person is left).
    """

    __tablename__ = "registration"
    __table_args__ = (Index("ix_registration_queue", "campaign", "state", "urgent", "created_at"),)

    id = Column(Integer, primary_key=True)
    kind = Column(String(16), nullable=False)
    draft_id = Column(String(36), nullable=False, unique=True)
    receipt = Column(String(16), nullable=False, unique=True)
    campaign = Column(String(64), nullable=False)
    person_id = Column(ForeignKey("person.id"), nullable=False, index=True)
    conversation_id = Column(ForeignKey("conversation.id"))
    unit = Column(String(64))
    phone = Column(EncryptedText)
    state = Column(String(16), nullable=False)
    urgent = Column(Boolean, nullable=False)
    created_at = Column(BeijingTime, nullable=False)
    changed_at = Column(BeijingTime, nullable=False)

    __mapper_args__ = {"polymorphic_on": kind}


class JobIntention(Registration):
    """The work somebody is looking for. Pay, place, start, age and groups are kept as they were said."""

    __tablename__ = "job_intention"
    __mapper_args__ = {"polymorphic_identity": "job_intention"}

    id = Column(ForeignKey("registration.id"), primary_key=True)
    kind_of_work = Column(EncryptedText)
    place = Column(EncryptedText)
    pay = Column(EncryptedText)
    start = Column(EncryptedText)
    age = Column(EncryptedText)
    groups = Column(EncryptedText)


class HelpRequest(Registration):
    """A matter that a clerk must see to."""

    __tablename__ = "help_request"
    __mapper_args__ = {"polymorphic_identity": "help_request"}

    id = Column(ForeignKey("registration.id"), primary_key=True)
    topic = Column(String(16), nullable=False)
    story = Column(EncryptedText)


class Vacancy(Registration):
    """Work that an employer offers; published by a clerk, not by the engine."""

    __tablename__ = "vacancy"
    __mapper_args__ = {"polymorphic_identity": "vacancy"}

    id = Column(ForeignKey("registration.id"), primary_key=True)
    company = Column(EncryptedText)
    kind_of_work = Column(EncryptedText)
    headcount = Column(Integer)
    pay = Column(EncryptedText)
    place = Column(EncryptedText)
    requirements = Column(EncryptedText)


class RegistrationNote(Base):
    """What a person added to a registration later."""

    __tablename__ = "registration_note"

    id = Column(Integer, primary_key=True)
    registration_id = Column(ForeignKey("registration.id"), nullable=False, index=True)
    message_id = Column(ForeignKey("message.id"), unique=True)
    text = Column(EncryptedText, nullable=False)
    created_at = Column(BeijingTime, nullable=False)


class Consent(Base):
    """That a person agreed to `kind` (personal or sensitive), and to which wording of it."""

    __tablename__ = "consent"

    id = Column(Integer, primary_key=True)
    registration_id = Column(ForeignKey("registration.id"), nullable=False, index=True)
    kind = Column(String(16), nullable=False)
    wording = Column(String(16), nullable=False)
    given_at = Column(BeijingTime, nullable=False)


class FailedAccess(Base):
    """Wrong receipt numbers by one conversation, address or receipt (a digest): too many block it for a time."""

    __tablename__ = "failed_access"

    subject = Column(String(64), primary_key=True)
    failures = Column(Integer, nullable=False)
    last_at = Column(BeijingTime, nullable=False)


class Unanswered(Base):
    """A question that found no answer, kept for the clerks. Equal questions share a `digest`."""

    __tablename__ = "unanswered"

    id = Column(Integer, primary_key=True)
    message_id = Column(ForeignKey("message.id"), nullable=False, unique=True)
    campaign = Column(String(64), nullable=False)
    digest = Column(String(64), nullable=False, index=True)
    text = Column(EncryptedText, nullable=False)
    channel = Column(String(16), nullable=False)
    candidates = Column(EncryptedText, nullable=False)
    asked_at = Column(BeijingTime, nullable=False)
