"""What a question about fairs names, and the short messages that go on with it: 周六呢, 大坪呢."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from bot.grammar import dates, groups, places, without

FAIRS = ("ask_job_fair_time_place", "ask_online_fair")

_NAMED = ("date", "unit", "place", "group")
#: What stands around a day, a street or a group in a message that asks for nothing else.
_AROUND = re.compile(
    r"[\W_]|[那呢嘛哈呀啊哦噻么吗的了去在]|有|没得?|还|这边|那边|附近|专场|专区|军人|人[员口]?|家庭|场次|招聘会|哪些|怎么样|咋样|啷个样|行不行|要得不"
)

#: A question about fairs that says it is a whole one and forgets the one before: 妇女专场招聘会有没得, but 妇女专场呢.
_FAIR = "招聘会"


@dataclass(frozen=True)
class FairsAsked:
    """The days, the place and the group that a question names; None for what it leaves open."""

    first: date | None = None
    last: date | None = None
    place: str | None = None
    zone: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is named."""
        return self == FairsAsked()

    def followed_by(self, later: FairsAsked) -> FairsAsked:
        """The question with what a later message names in place of it."""
        days = later if later.first or later.last else self
        return FairsAsked(days.first, days.last, later.place or self.place, later.zone or self.zone)


def read(text: str, entities: Sequence[dict[str, Any]], today: date) -> FairsAsked:
    """What a message names; days that are past are left out."""
    span = dates.parse(text, today)
    said = {str(one["entity"]): str(one["value"]) for one in entities}
    place = said.get("unit") or said.get("place")
    zone = next((f"{groups.all_groups()[one.value].name}专场" for one in groups.find(text)), None)
    asked = FairsAsked(place=None if place in places.REACH else place, zone=zone)
    if span is None:
        return asked
    return replace(asked, first=max(span.first, today), last=span.last)


def goes_on(tracker: Tracker, today: date) -> FairsAsked | None:
    """The question about fairs that the latest message goes on with, both together; None where it does not."""
    heard = [event.get("parse_data") or {} for event in tracker.events if event["event"] == "user"]
    later, begun = FairsAsked(), None
    for turns_ago, message in enumerate(reversed(heard)):
        text, entities = message.get("text") or "", message.get("entities") or []
        asked = read(text, entities, today)
        is_bare = _is_bare(text, entities) and not asked.is_open
        is_about_fairs = (message.get("intent") or {}).get("name") in FAIRS
        if is_about_fairs and (_FAIR in text or not is_bare):
            return asked.followed_by(later) if turns_ago else None
        if not is_bare:
            break
        later = asked.followed_by(later)
        if is_about_fairs and turns_ago:
            begun = later
    return begun


def _is_bare(text: str, entities: Sequence[dict[str, Any]]) -> bool:
    """Whether a message is nothing but a day, a street or a group."""
    spans = [(one["start"], one["end"]) for one in entities if one["entity"] in _NAMED and one.get("start") is not None]
    return bool(spans) and not _AROUND.sub("", without(text, spans))
