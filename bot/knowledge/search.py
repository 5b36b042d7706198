"""Finding the entry that fits a question best, by meaning and by wording."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot import embedding
from bot.grammar import fold
from bot.knowledge.hit import Hit
from bot.knowledge.model import Entry

#: How much the wording weighs beside the meaning (measured in bench/, leave-one-out over the questions).
WORDING_WEIGHT = 0.5


class Index:
    """All questions of all entries, ready to be searched.

    Args:
        entries: from the knowledge files; their questions and titles are what is searched.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        lines = [(entry.id, text) for entry in entries for text in (entry.title, *entry.questions)]
        self._ids = [identifier for identifier, _ in lines]
        texts = [text for _, text in lines]
        vectors = embedding.embed_all(texts)
        self._mean = vectors.mean(axis=0)
        self._vectors = _unit(vectors - self._mean)
        self._wording = TfidfVectorizer(analyzer="char", preprocessor=fold, ngram_range=(1, 2), sublinear_tf=True)
        self._words = self._wording.fit_transform(texts)

    def search(self, text: str, most: int) -> list[Hit]:
        """The entries that fit `text` best, best first, at most `most`."""
        meaning = self._vectors @ _unit((embedding.embed(text) - self._mean).reshape(1, -1))[0]
        wording = (self._words @ self._wording.transform([text]).T).toarray()[:, 0]
        scores = (meaning + WORDING_WEIGHT * wording) / (1 + WORDING_WEIGHT)
        best: dict[str, float] = {}
        for row in np.argsort(-scores):
            best.setdefault(self._ids[row], float(scores[row]))
            if len(best) == most:
                break
        return [Hit(identifier, round(score, 3)) for identifier, score in best.items()]


def _unit(vectors: embedding.Vectors) -> embedding.Vectors:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
