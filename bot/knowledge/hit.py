"""What a search found: the one thing that the pipeline and the actions share about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

#: Where the hits stand in a message's output and so in `tracker.latest_message`, best first.
KNOWLEDGE = "knowledge"


@dataclass(frozen=True)
class Hit:
    """An entry that may answer a question, and how well it fits: 0 is not at all, 1 is the same words."""

    entry_id: str
    score: float

    def as_dict(self) -> dict[str, Any]:
        """The hit as it travels from the pipeline to the actions."""
        return {"id": self.entry_id, "score": self.score}


def read_hits(found: Iterable[dict[str, Any]] | None) -> list[Hit]:
    """The hits behind `as_dict`; none where nothing was searched."""
    return [Hit(one["id"], one["score"]) for one in found or ()]
