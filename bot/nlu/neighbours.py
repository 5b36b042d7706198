"""The nearest known sentences have a say beside the linear classifiers.

A line draws broad borders; rare turns of phrase lie near the few examples that have them.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from bot import embedding
from bot.grammar.normal import even
from bot.knowledge import load
from bot.nlu import opinions
from bot.nlu.component import Trained, is_settled
from bot.vectors import Vectors

_EXAMPLES, _VECTORS = "examples.json", "vectors.npy"

#: Emergencies are not guessed from neighbours: a false alarm frightens people.
_SILENT_ON = frozenset({"urgent"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Neighbours(Trained, IntentClassifier):
    """Thinks of a message what is said of the nearest examples.

    The examples are those of the training data and, as they are when the model is loaded, the questions
    of the knowledge files: a new entry needs no training.

    Config:
        nearest: how many examples have a say.
        sharpness: how much more a nearer one says than a farther one.
        wording: what common words weigh, meaning weighing 1.
        weight: how much this opinion has to say beside the others.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {"nearest": 20, "sharpness": 10.0, "wording": 0.8, "weight": 0.55}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._index: _Index | None = None

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Neighbours:
        """The trained component out of a model, with the knowledge files of today."""
        # Threads of numpy that wait for more work spin for a while, on a core that the embedding needs.
        threadpool_limits(limits=1, user_api="blas")
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / _EXAMPLES).read_text(encoding="utf-8"))
            vectors = np.load(folder / _VECTORS).astype(np.float32)
        known = set(kept["intents"])
        asked = [(text, entry.topic) for entry in load.entries() for text in entry.asked]
        asked = [(text, topic) for text, topic in asked if topic in known]
        texts = [even(text) for text, _ in asked]
        made._index = _Index(
            [*kept["texts"], *texts],
            [*kept["intents"], *(topic for _, topic in asked)],
            np.vstack([vectors, embedding.embed_all(texts)]),
            config,
        )
        return made

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the examples with their intents and embeddings."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT) not in _SILENT_ON]
        texts = [even(one.get(TEXT)) for one in examples]
        kept = {"texts": texts, "intents": [one.get(INTENT) for one in examples]}
        with self._storage.write_to(self._resource) as folder:
            (folder / _EXAMPLES).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            np.save(folder / _VECTORS, embedding.embed_all(texts).astype(np.float16))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: the features of the examples are others' work."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add an opinion to each message that has a text."""
        for message in messages:
            if self._index is not None and message.get(TEXT) and not is_settled(message):
                shares = self._index.shares(message.get(TEXT))
                opinions.add(message, opinions.Opinion(shares, self._config["weight"], _SILENT_ON))
        return messages


class _Index:
    """Known sentences, ready to be compared by meaning and by wording."""

    def __init__(self, texts: list[str], intents: list[str], vectors: Vectors, config: dict[str, Any]):
        self._config = config
        self._intents = intents
        self._mean = vectors.mean(axis=0)
        self._meanings = _unit(vectors - self._mean)
        self._vectorizer = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._words = self._vectorizer.fit_transform(texts)

    def shares(self, text: str) -> dict[str, float]:
        """The share of each intent among the nearest examples, in sum 1."""
        said = even(text)
        nearness = self._meanings @ _unit(embedding.embed(said) - self._mean)
        nearness = (
            nearness + self._config["wording"] * (self._words @ self._vectorizer.transform([said]).T).toarray()[:, 0]
        )
        count = min(self._config["nearest"], len(nearness))
        nearest = np.argpartition(-nearness, count - 1)[:count]
        weights = np.exp(self._config["sharpness"] * (nearness[nearest] - nearness[nearest].max()))
        found: dict[str, float] = {}
        for row, weight in zip(nearest, weights / weights.sum(), strict=True):
            found[self._intents[row]] = found.get(self._intents[row], 0.0) + float(weight)
        return found


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
