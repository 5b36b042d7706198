"""Linear classifiers: one reads how a message is worded, one what it means.

Rasa's own LogisticRegressionClassifier takes all features at once; two that are asked apart and put
together understood more real questions, and learn in seconds (docs/understanding.md).
"""

from __future__ import annotations

from abc import abstractmethod
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
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression, SGDClassifier

from bot.knowledge import load
from bot.nlu import opinions
from bot.nlu.component import Trained, settle
from bot.understanding import OUT_OF_SCOPE, URGENT

_FILE = "linear.npz"


class LinearClassifier(Trained, IntentClassifier):
    """One weight for each feature and intent.

    Config:
        weight: how much its opinion has to say beside the others.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._intents: list[str] = []
        self._weights = np.zeros((0, 0), np.float32)
        self._bias = np.zeros(0, np.float32)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearClassifier:
        """The trained component out of a model."""
        made = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as kept:
            made._intents = kept["intents"].tolist()
            made._weights, made._bias = kept["weights"], kept["bias"]
        return made

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the weights from the examples and their features."""
        examples = [one for one in training_data.intent_examples if self._features(one) is not None]
        learned = self._learn([self._features(one) for one in examples], [one.get(INTENT) for one in examples])
        with self._storage.write_to(self._resource) as folder:
            np.savez(
                folder / _FILE,
                intents=np.array(learned.classes_, dtype=str),
                weights=learned.coef_.T.astype(np.float32),
                bias=learned.intercept_.astype(np.float32),
            )
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: what the examples mean is known."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add an opinion to each message that has features."""
        for message in messages:
            features = self._features(message)
            if features is not None and self._intents:
                shares = self._shares(self._scores(features) + self._bias).tolist()
                named = dict(zip(self._intents, shares, strict=True))
                opinions.add(message, opinions.Opinion(named, self._config["weight"]))
                if self._is_enough(named):
                    settle(message)
        return messages

    def _is_enough(self, shares: dict[str, float]) -> bool:
        """Whether nobody else need be asked."""
        return False

    @abstractmethod
    def _features(self, message: Message) -> Any:
        """The row of features that this classifier reads; None where a message has none."""

    def _scores(self, features: Any) -> Any:
        """The weighted sums of one row."""
        return (features @ self._weights)[0].astype(np.float64)

    @abstractmethod
    def _learn(self, rows: list[Any], intents: list[str]) -> Any:
        """A fitted scikit-learn classifier with `classes_`, `coef_` and `intercept_`."""

    @abstractmethod
    def _shares(self, scores: Any) -> Any:
        """One share for each intent, in sum 1, from the weighted sums."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class WordingClassifier(LinearClassifier):
    """Reads the character n-grams: what only some intents' people say.

    Where its words leave no doubt, nothing is looked up and nobody is sent away, the embedding is saved, which costs
    most of the time.

    Config:
        alpha: how strongly large weights are held back.
        sharpness: how much more a likelier intent gets; each was learned against all others, which is too mild.
        sure: from this share on nobody else is asked.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._asks_others = {URGENT, OUT_OF_SCOPE, *(entry.topic for entry in load.entries())}

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {"weight": 0.27, "alpha": 3e-5, "sharpness": 2.0, "sure": 0.95}

    def _features(self, message: Message) -> Any:
        _, sentence = message.get_sparse_features(TEXT)
        return None if sentence is None else sentence.features.tocsr()

    def _scores(self, features: Any) -> Any:
        """Of the weights only those of the few n-grams that are there: scipy would first copy all of them."""
        return features.data @ self._weights[features.indices]

    def _learn(self, rows: list[Any], intents: list[str]) -> Any:
        learner = SGDClassifier(loss="log_loss", alpha=self._config["alpha"], max_iter=15, tol=None, random_state=0)
        return learner.fit(vstack(rows, format="csr"), intents)

    def _shares(self, scores: Any) -> Any:
        likelihoods = (1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))) ** self._config["sharpness"]
        return likelihoods / likelihoods.sum()

    def _is_enough(self, shares: dict[str, float]) -> bool:
        best = max(shares, key=lambda name: shares[name])
        return shares[best] >= self._config["sure"] and best not in self._asks_others


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(LinearClassifier):
    """Reads the sentence embedding: what is meant, in whatever words.

    Config:
        scale: factor on the embedding, whose numbers are small; the larger, the sharper.
        iterations: most steps of the training; more learn the examples by heart.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {"weight": 0.18, "scale": 10.0, "iterations": 40}

    def _features(self, message: Message) -> Any:
        _, sentence = message.get_dense_features(TEXT)
        return None if sentence is None else sentence.features * self._config["scale"]

    def _learn(self, rows: list[Any], intents: list[str]) -> Any:
        learner = LogisticRegression(max_iter=self._config["iterations"])
        return learner.fit(np.vstack(rows), intents)

    def _shares(self, scores: Any) -> Any:
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()
