"""How often the search finds the entry that a question was written for, with that question left out.

Run: python -m bench.knowledge_search
Each entry's k-th question is taken out of the index and asked, for k = 1 … 5.
"""

from __future__ import annotations

from datetime import date

from bot.knowledge import choose
from bot.knowledge.model import Entry
from bot.knowledge.search import Index

DAY = date(2026, 11, 1)
ROUNDS = 5


def main() -> None:
    """Print the share of questions whose own entry is first, and among the first three, within its topic."""
    entries = list(choose.in_force(DAY).values())
    topics = {entry.id: entry.topic for entry in entries}
    first = three = right_topic = asked = 0
    for round_number in range(ROUNDS):
        index = Index([_without(entry, round_number) for entry in entries])
        for entry in entries:
            if round_number >= len(entry.questions):
                continue
            hits = [hit.entry_id for hit in index.search(entry.questions[round_number], len(entries))]
            in_topic = [identifier for identifier in hits if topics[identifier] == entry.topic]
            asked += 1
            first += in_topic[0] == entry.id
            three += entry.id in in_topic[:3]
            right_topic += topics[hits[0]] == entry.topic
    print(f"{asked} questions to {len(entries)} entries, each question left out of the index when asked")
    print(f"own entry first in its topic: {first / asked:.3f}; among the first three: {three / asked:.3f}")
    print(f"first hit of all in the right topic: {right_topic / asked:.3f}")


def _without(entry: Entry, number: int) -> Entry:
    kept = [question for place, question in enumerate(entry.questions) if place != number]
    return entry.copy(update={"questions": kept})


if __name__ == "__main__":
    main()
