"""Finding the entry that fits a question best: by the questions it answers and by what it says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
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
        asked = [(row, text) for row, entry in enumerate(entries) for text in entry.asked]
        questions = [text for _, text in asked]
        texts = [entry.told for entry in entries]
        self._owner = np.array([row for row, _ in asked])
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
        order = np.argsort(-questions)
        total = np.zeros(len(self._ids), np.float32)
        taken = np.zeros(len(self._ids), np.int64)
        for row in order:
            owner = self._owner[row]
            if taken[owner] < _NEAREST:
                taken[owner] += 1
                total[owner] += questions[row]
        return total / _NEAREST


def _unit(vectors: Vectors) -> Vectors:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
