"""What our components share: Rasa's ways to make one, and when a message needs no more work."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

_SETTLED = "settled"


def settle(message: Message) -> None:
    """Mark a message whose intent is plain and for which nothing is looked up: no more features, no search."""
    message.set(_SETTLED, True)


def is_settled(message: Message) -> bool:
    """Whether nothing more is to be found out about a message."""
    return bool(message.get(_SETTLED))


class Untrained(GraphComponent):
    """A component that keeps nothing in the model: it is made anew from the files when a model is loaded."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Untrained:
        """A component as Rasa asks for it; what it needs, it reads by itself."""
        return cls()


class Trained(GraphComponent):
    """A component that keeps in the model what it learned from the training data."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Trained:
        """A new component that has learned nothing yet."""
        return cls(config, model_storage, resource)
