"""The meaning of a message: its sentence embedding as dense features."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import embedding
from bot.grammar.normal import even
from bot.nlu.component import is_settled
from bot.vectors import Vectors

_FILE = "mean.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """The embedding of the whole message, without the mean that all Chinese sentences share."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return DenseFeaturizer.get_default_config()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        name: str,
        mean: Vectors | None = None,
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._mean = np.zeros(embedding.DIMENSIONS, np.float32) if mean is None else mean

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """A new, untrained component."""
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeaturizer:
        """The trained component out of a model."""
        with model_storage.read_from(resource) as folder:
            mean = np.load(folder / _FILE)
        return cls(config, model_storage, resource, execution_context.node_name, mean)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the mean of the training examples."""
        texts = [even(example.get(TEXT)) for example in training_data.training_examples if example.get(TEXT)]
        self._mean = embedding.embed_all(texts).mean(axis=0)
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / _FILE, self._mean)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to every training example, all at once."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        vectors = embedding.embed_all([even(example.get(TEXT)) for example in examples])
        for example, vector in zip(examples, vectors, strict=True):
            self._add(example, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to messages."""
        for message in messages:
            if message.get(TEXT) and not is_settled(message):
                self._add(message, embedding.embed(even(message.get(TEXT))))
        return messages

    def _add(self, message: Message, vector: Vectors) -> None:
        sentence = (vector - self._mean).reshape(1, -1)
        self.add_features_to_message(None, sentence, TEXT, message)
