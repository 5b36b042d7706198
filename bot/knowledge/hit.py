"""What a search found: the one thing that the pipeline and the actions share about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """An entry that may answer a question, and how well it fits: 0 is not at all, 1 is the same words."""

    entry_id: str
    score: float
