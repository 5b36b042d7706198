"""Putting records right: an attribute, a service that was none, two records of one human. All of it can be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.records import identity
from bot.records.models import Person, PersonLink, Service

BY_HAND = "by_hand"


@dataclass(frozen=True)
class Attributes:
    """What the table asks of a person: gender male, female or None; 脱贫人口 yes, no or None for unknown."""

    gender: str | None
    poverty_alleviated: bool | None

    @classmethod
    def of(cls, person: Person) -> Attributes:
        """What is recorded now."""
        return cls(person.gender, person.poverty_alleviated)


class ChangedMeanwhile(Exception):
    """Somebody else was quicker; `now` is what is recorded."""

    def __init__(self, now: Attributes) -> None:
        super().__init__()
        self.now = now


def correct(session: Session, person: Person, seen: Attributes, wanted: Attributes) -> None:
    """Change what is recorded of a person.

    Args:
        session: a writing session, in which `person` was read.
        person: whom.
        seen: what stood on the page that is being corrected.
        wanted: what is right.

    Raises:
        ChangedMeanwhile: the record is not as it was seen any more; nothing is changed.
    """
    now = Attributes.of(person)
    if now != seen:
        raise ChangedMeanwhile(now)
    person.gender = wanted.gender
    person.poverty_alleviated = wanted.poverty_alleviated
    session.flush()


def void(service: Service, reason: str, at: datetime) -> bool:
    """Let a service count no more. Returns whether it did until now: a voided one keeps its first reason."""
    if service.voided_at is not None:
        return False
    service.voided_at = at
    service.void_reason = reason
    return True


def merge(session: Session, person_id: int, other_id: int, at: datetime) -> bool:
    """Say that two records are one human, the newer linked into the older. Returns False when that is known."""
    links = identity.active_links(session)
    one, other = identity.canonical(person_id, links), identity.canonical(other_id, links)
    if one == other:
        return False
    older, newer = sorted((one, other))
    session.add(PersonLink(person_id=newer, into_id=older, reason=BY_HAND, created_at=at))
    session.flush()
    return True


def unmerge(link: PersonLink, at: datetime) -> None:
    """Say that they are two after all: a phone does not join them again."""
    link.undone_at = link.undone_at or at
