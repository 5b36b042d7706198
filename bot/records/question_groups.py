"""Unanswered questions that mean the same, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot import embedding
from bot.records.unanswered import OpenQuestion
from bot.vectors import Vectors

#: Two questions stand together from this cosine on; a clerk sees what was put together, so it may be lower than
#: that for answering (bot/records/staff_answers.py).
TOGETHER = 0.915
#: So many of the most asked are compared; the first look at each costs 10 to 25 ms, then it is remembered.
MOST_COMPARED = 300


@dataclass(frozen=True)
class Group:
    """Questions of one meaning, the most asked first."""

    questions: list[OpenQuestion]

    @property
    def times(self) -> int:
        """How often any of them was asked."""
        return sum(question.times for question in self.questions)


def group(questions: Sequence[OpenQuestion]) -> list[Group]:
    """Groups, the most asked first. A question joins the group whose first question is nearest, if it is near."""
    firsts: list[Vectors] = []
    groups: list[list[OpenQuestion]] = []
    for question in sorted(questions, key=lambda one: -one.times)[:MOST_COMPARED]:
        meaning = embedding.embed(question.text)
        near = np.array(firsts) @ meaning if firsts else np.zeros(0)
        if near.size and near.max() >= TOGETHER:
            groups[int(near.argmax())].append(question)
        else:
            firsts.append(meaning)
            groups.append([question])
    return sorted((Group(members) for members in groups), key=lambda one: -one.times)
