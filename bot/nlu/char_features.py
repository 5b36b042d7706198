"""Character n-grams of the raw text.

Rasa's own CountVectorsFeaturizer counts the spaces that the tokenizer puts between Chinese tokens,
which ruins long questions; this one reads the text as it was written.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.grammar.normal import even
from bot.nlu.component import is_settled

_FILE = "char_features.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharFeaturizer(SparseFeaturizer, GraphComponent):
    """TF-IDF of character n-grams, as Rasa sparse features.

    Config:
        ngram_range: shortest and longest n-gram, in characters.
        min_df: an n-gram must stand in at least so many examples.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {**SparseFeaturizer.get_default_config(), "ngram_range": [1, 2], "min_df": 2}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check beyond what the vectorizer checks itself."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        name: str,
        vectorizer: TfidfVectorizer | None = None,
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._vectorizer = vectorizer or self._untrained(config)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharFeaturizer:
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
    ) -> CharFeaturizer:
        """The trained component out of a model."""
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        vectorizer = cls._untrained(config)
        vectorizer.vocabulary_ = kept["vocabulary"]
        vectorizer.idf_ = np.array(kept["idf"])
        return cls(config, model_storage, resource, execution_context.node_name, vectorizer)

    @staticmethod
    def _untrained(config: dict[str, Any]) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer="char",
            preprocessor=even,
            ngram_range=tuple(config["ngram_range"]),
            min_df=config["min_df"],
            sublinear_tf=True,
        )

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams and their weights from the training examples."""
        self._vectorizer.fit([example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)])
        kept = {
            "vocabulary": {gram: int(index) for gram, index in self._vectorizer.vocabulary_.items()},
            "idf": self._vectorizer.idf_.tolist(),
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to every training example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to messages: one row for the sentence, none for its tokens."""
        for message in messages:
            if message.get(TEXT) and not is_settled(message):
                sentence = self._vectorizer.transform([message.get(TEXT)])
                self.add_features_to_message(None, sentence.tocoo(), TEXT, message)
        return messages
