"""Finding the entry that fits a question best: by the questions it answers and by what it says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from bot import embedding
from bot.grammar.normal import even
from bot.knowledge.hit import Hit
from bot.knowledge.model import Entry
from bot.vectors import Vectors

#: What each sign weighs, found with bench/knowledge_search.py: the two nearest questions by meaning
#: and wording, the meaning of law and advice, the wording of law and advice.
QUESTIONS, WORDING_OF_QUESTIONS, MEANING_OF_TEXT, WORDING_OF_TEXT = 1.0, 0.5, 0.8, 1.3

_NEAREST = 2


class Index:
    """All entries, ready to be searched.

    Args:
        entries: from the knowledge files; their titles, questions, law and advice are searched.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._ids = [entry.id for entry in entries]
        questions = [text for entry in entries for text in entry.asked]
        texts = [entry.told for entry in entries]
        self._rows = _rows_of_each([len(entry.asked) for entry in entries])
        meanings = embedding.embed_all([even(text) for text in questions])
        self._mean = meanings.mean(axis=0)
        self._questions = _unit(meanings - self._mean)
        self._texts = _unit(embedding.embed_all([even(text) for text in texts]) - self._mean)
        self._wording = TfidfVectorizer(analyzer="char", preprocessor=even, ngram_range=(1, 2), sublinear_tf=True)
        self._wording.fit([*questions, *texts])
        self._words_of_questions = self._wording.transform(questions)
        self._words_of_texts = self._wording.transform(texts)

    def search(self, text: str, most: int) -> list[Hit]:
        """The entries that fit `text` best, best first, at most `most`."""
        meaning = _unit((embedding.embed(even(text)) - self._mean).reshape(1, -1))[0]
        words = self._wording.transform([text]).T
        questions = QUESTIONS * (self._questions @ meaning)
        questions += WORDING_OF_QUESTIONS * (self._words_of_questions @ words).toarray()[:, 0]
        score = self._nearest(questions / (QUESTIONS + WORDING_OF_QUESTIONS))
        score += MEANING_OF_TEXT * (self._texts @ meaning)
        score += WORDING_OF_TEXT * (self._words_of_texts @ words).toarray()[:, 0]
        score /= QUESTIONS + MEANING_OF_TEXT + WORDING_OF_TEXT
        best = np.argsort(-score)[:most]
        return [Hit(self._ids[row], round(float(score[row]), 3)) for row in best]

    def _nearest(self, questions: Vectors) -> Vectors:
        """For each entry, the mean of its nearest questions."""
        of_each = np.append(questions, -np.inf)[self._rows]
        return np.partition(of_each, -_NEAREST, axis=1)[:, -_NEAREST:].mean(axis=1)


def _rows_of_each(counts: Sequence[int]) -> NDArray[np.int64]:
    """For each entry the places of its questions, one entry's after another's; filled up with the place behind all."""
    rows = np.full((len(counts), max(counts, default=0)), sum(counts))
    first = 0
    for entry, count in enumerate(counts):
        rows[entry, :count] = np.arange(first, first + count)
        first += count
    return rows


def _unit(vectors: Vectors) -> Vectors:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
