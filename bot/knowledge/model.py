"""What the knowledge files hold. Every entry names its law and the day it is in force from."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, validator

from bot.campaign.intents import known_intent
from bot.campaign.kinds import known_kind
from bot.campaign.model import Part
from bot.grammar.patterns import a_pattern

UrgentKind = Literal["suicide", "injury", "fire", "danger", "stranded", "group_unpaid"]


class InForce(Part):
    """Something that may be said only on certain days, both ends included."""

    valid_from: date
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether it may be said on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Entry(InForce):
    """One point of law: what it says, what to do, what to keep, until when, who helps."""

    id: str
    topic: str
    title: str
    opener: bool = False
    questions: list[str] = Field(min_items=3)
    law: str
    act: str
    evidence: str | None = None
    deadline: str | None = None
    helper: str
    spoken: str
    citations: list[str] = Field(min_items=1)

    _known_topic = validator("topic", allow_reuse=True)(known_intent)

    @property
    def asked(self) -> tuple[str, ...]:
        """In what words people ask for it."""
        return (self.title, *self.questions)

    @property
    def told(self) -> str:
        """What it says, to be searched."""
        return self.law + self.act


class Entries(Part):
    """A knowledge file: entries, and the kind of service that answering from it is; `kinds` by topic."""

    service: str
    kinds: dict[str, str] = {}
    entries: list[Entry]

    _known_kind = validator("service", "kinds", each_item=True, allow_reuse=True)(known_kind)

    @validator("entries")
    def _unique_ids(cls, entries: list[Entry]) -> list[Entry]:
        ids = [entry.id for entry in entries]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"id 写了两次：{'、'.join(twice)}")
        return entries


class Hotline(InForce):
    """A national number and what it is for."""

    id: str
    number: str
    name: str
    source: str


class Hotlines(Part):
    """The national numbers."""

    hotlines: list[Hotline]


class UrgentAnswer(InForce):
    """What is said at once; the numbers in it may change with the day."""

    text: str
    spoken: str
    source: str


class UrgentTopic(Part):
    """One kind of emergency and what is said.

    Attributes:
        phrases: what shows it.
        unless: what only looks like it.
        over: with these in the message it is over, and somebody asks what follows from it.
    """

    kind: UrgentKind
    phrases: list[str] = Field(min_items=1)
    unless: list[str] = []
    over: list[str] = []
    answers: list[UrgentAnswer] = Field(min_items=1)

    _patterns = validator("phrases", "unless", "over", each_item=True, allow_reuse=True)(a_pattern)


class UrgentTopics(Part):
    """The emergencies, most pressing first.

    Attributes:
        general: what is said when the kind is not known.
        still: with these in the message nothing is over yet.
        topics: the kinds.
    """

    general: list[UrgentAnswer] = Field(min_items=1)
    still: list[str] = Field(min_items=1)
    topics: list[UrgentTopic]

    _patterns = validator("still", each_item=True, allow_reuse=True)(a_pattern)
