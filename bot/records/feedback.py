"""What people thought: whether an answer was of use, and how the whole talk was. Once each; it may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import Session

from bot.records.conversations import FROM_CLERK, SENT
from bot.records.models import Base, Conversation, Message
from bot.records.types import BeijingTime

FEWEST_STARS, MOST_STARS = 1, 5


class Feedback(Base):
    """有用 or 没用, said of one answer."""

    __tablename__ = "feedback"

    message_id = Column(ForeignKey("message.id"), primary_key=True)
    useful = Column(Boolean, nullable=False)
    campaign = Column(String(64), nullable=False, index=True)
    given_at = Column(BeijingTime, nullable=False)


class Rating(Base):
    """One to five stars for a conversation."""

    __tablename__ = "rating"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="one_to_five"),)

    conversation_id = Column(ForeignKey("conversation.id"), primary_key=True)
    stars = Column(Integer, nullable=False)
    campaign = Column(String(64), nullable=False, index=True)
    given_at = Column(BeijingTime, nullable=False)


def vote(
    session: Session, conversation: Conversation, message_id: int, useful: bool, campaign: str, at: datetime
) -> bool:
    """Keep whether an answer was of use; said again, the last word counts.

    Returns:
        Whether there is such an answer in this conversation; if not, nothing is kept.
    """
    answer = select(Message.id).where(
        Message.id == message_id,
        Message.conversation_id == conversation.id,
        Message.status.in_((SENT, FROM_CLERK)),
    )
    if session.execute(answer).first() is None:
        return False
    session.merge(Feedback(message_id=message_id, useful=useful, campaign=campaign, given_at=at))
    return True


def votes(session: Session, message_ids: Iterable[int]) -> dict[int, bool]:
    """What was said of these answers; those nobody judged are left out."""
    said = select(Feedback.message_id, Feedback.useful).where(Feedback.message_id.in_(list(message_ids)))
    return {int(message_id): bool(useful) for message_id, useful in session.execute(said)}


def rate(session: Session, conversation: Conversation, stars: int, campaign: str, at: datetime) -> None:
    """Keep how the talk was, FEWEST_STARS to MOST_STARS; said again, the last word counts."""
    session.merge(Rating(conversation_id=conversation.id, stars=stars, campaign=campaign, given_at=at))


def stars_of(session: Session, conversation: Conversation) -> int | None:
    """How this talk was rated; None when it was not."""
    rated = session.get(Rating, conversation.id)
    return int(rated.stars) if rated else None
