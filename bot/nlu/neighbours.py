"""The nearest known sentences have a say beside the linear classifier.

A line draws broad borders; rare turns of phrase lie near the few examples that have them. Measured on
real questions (docs/understanding.md): each alone is worse than both together.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot import embedding
from bot.grammar.normal import even
from bot.knowledge import load

_FILE = "examples.json"

#: The share of an intent that no neighbour has, so that the classifier alone can still bring it.
_LEAST_SHARE = 1e-3
#: Emergencies are not guessed from neighbours: a false alarm frightens people.
_NO_NEIGHBOURS = ("urgent",)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Neighbours(IntentClassifier, GraphComponent):
    """Weighs the classifier's ranking with the intents of the nearest examples.

    The examples are those of the training data and, as they are when the model is loaded, the questions
    of the knowledge files: a new entry needs no training.

    Config:
        nearest: how many examples have a say.
        sharpness: how much more a nearer one says than a farther one.
        wording: what common words weigh, meaning weighing 1.
        share: what the neighbours weigh in the end, from 0 to 1.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {"nearest": 10, "sharpness": 10.0, "wording": 0.8, "share": 0.5}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._index: _Index | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Neighbours:
        """A new, untrained component."""
        return cls(config, model_storage, resource)

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
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        known = set(kept["intents"])
        asked = [(text, entry.topic) for entry in load.entries() for text in (entry.title, *entry.questions)]
        asked = [(text, topic) for text, topic in asked if topic in known]
        made._index = _Index([*zip(kept["texts"], kept["intents"], strict=True), *asked], config)
        return made

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the examples with their intents."""
        examples = [one for one in training_data.intent_examples if one.get(INTENT) not in _NO_NEIGHBOURS]
        kept = {
            "texts": [one.get(TEXT) for one in examples if one.get(TEXT)],
            "intents": [one.get(INTENT) for one in examples if one.get(TEXT)],
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: the features of the examples are others' work."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh each message's ranking; a message without text keeps its own."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if self._index is None or not ranking or not message.get(TEXT):
                continue
            shares = self._index.shares(message.get(TEXT))
            guesses = {one[INTENT_NAME_KEY]: one[PREDICTED_CONFIDENCE_KEY] for one in ranking}
            final = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: weight}
                for name, weight in together(guesses, shares, self._config["share"])
            ]
            message.set(INTENT, final[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, final, add_to_output=True)
        return messages


def together(guesses: dict[str, float], shares: dict[str, float], weight: float) -> list[tuple[str, float]]:
    """Two opinions as one: their weighted geometric mean, most likely first, in sum 1."""
    mixed = {
        name: max(guess, 1e-6) ** (1 - weight) * (shares.get(name, 0.0) + _LEAST_SHARE) ** weight
        for name, guess in guesses.items()
        if name not in _NO_NEIGHBOURS
    }
    apart = {name: guess for name, guess in guesses.items() if name in _NO_NEIGHBOURS}
    rest = 1.0 - sum(apart.values())
    total = sum(mixed.values())
    final = {**{name: rest * share / total for name, share in mixed.items()}, **apart}
    return sorted(final.items(), key=lambda one: -one[1])


class _Index:
    """Known sentences, ready to be compared by meaning and by wording."""

    def __init__(self, examples: list[tuple[str, str]], config: dict[str, Any]) -> None:
        self._config = config
        texts = [even(text) for text, _ in examples]
        self._intents = [intent for _, intent in examples]
        vectors = embedding.embed_all(texts)
        self._mean = vectors.mean(axis=0)
        self._meanings = _unit(vectors - self._mean)
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
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
