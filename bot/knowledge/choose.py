"""Which knowledge entry is said: by topic, by day, and by how well it fits the question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.knowledge import load
from bot.knowledge.hit import Hit
from bot.knowledge.model import Entry

#: From this score on, the entry is about the very case that was asked, and opens a topic's answer.
FITS = 0.13

#: A topic's opener is right more often than its words tell: most people ask in general.
OPENER_BONUS = 0.02

#: From this score on, an entry is worth offering as a button when nothing else is sure.
WORTH_OFFERING = 0.2

#: From this score on, an entry answers a question whose intent was not understood.
ANSWERS_ALONE = 0.3


def in_force(day: date) -> dict[str, Entry]:
    """The entries that may be said on `day`, by id."""
    return {entry.id: entry for entry in load.entries() if entry.is_in_force(day)}


def best_for(topic: str, hits: Sequence[Hit], day: date) -> Entry | None:
    """The entry that opens a topic's answer: the one that fits the question, else the topic's opener.

    Returns:
        None when nothing about the topic is in force on that day.
    """
    entries = in_force(day)
    opener = next((entry for entry in entries.values() if entry.topic == topic and entry.opener), None)
    scores = {
        hit.entry_id: hit.score + (OPENER_BONUS if entries[hit.entry_id].opener else 0.0)
        for hit in hits
        if hit.entry_id in entries and entries[hit.entry_id].topic == topic
    }
    best = max(scores, key=lambda identifier: scores[identifier], default=None)
    return entries[best] if best is not None and scores[best] >= FITS else opener


def cases_of(topic: str, hits: Sequence[Hit], day: date, most: int, without: str | None = None) -> list[Entry]:
    """The entries of a topic that come nearest to the question, to go on with."""
    entries = in_force(day)
    found = [entries[hit.entry_id] for hit in hits if hit.entry_id in entries and hit.score >= FITS]
    return [entry for entry in found if entry.topic == topic and entry.id != without][:most]


def fitting(hits: Sequence[Hit], day: date) -> list[Entry]:
    """The entries in force that are about the very case, best first."""
    entries = in_force(day)
    return [entries[hit.entry_id] for hit in hits if hit.entry_id in entries and hit.score >= FITS]


def worth_offering(hits: Sequence[Hit], day: date, most: int) -> list[Entry]:
    """The entries to offer when no intent is sure, best first."""
    entries = in_force(day)
    fitting = [hit for hit in hits if hit.entry_id in entries and hit.score >= WORTH_OFFERING]
    return [entries[hit.entry_id] for hit in fitting[:most]]


def answering_alone(hits: Sequence[Hit], day: date) -> Entry | None:
    """The entry that fits so well that no intent is needed."""
    entries = in_force(day)
    best = next((hit for hit in hits if hit.entry_id in entries), None)
    return entries[best.entry_id] if best is not None and best.score >= ANSWERS_ALONE else None
