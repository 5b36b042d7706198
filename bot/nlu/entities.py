"""Entities by grammar: what a message says of the person, found without training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.campaign import load
from bot.grammar import Found, names, phone, units, work


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GrammarExtractor(GraphComponent, EntityExtractorMixin):
    """Finds phone, unit, kind_of_work and person_name. The units are those of the running campaign."""

    def __init__(self, unit_names: list[str]) -> None:
        self._grammars: dict[str, Callable[[str], list[Found]]] = {
            "phone": phone.find,
            "unit": lambda text: units.find(text, unit_names),
            "kind_of_work": work.find,
            "person_name": names.find,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GrammarExtractor:
        """A component with the units of the running campaign: a new pack needs no training."""
        return cls(load.current().unit_names)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what the grammars find to each message's entities."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: entity,
                    ENTITY_ATTRIBUTE_START: one.start,
                    ENTITY_ATTRIBUTE_END: one.end,
                    ENTITY_ATTRIBUTE_VALUE: one.value,
                }
                for entity, grammar in self._grammars.items()
                for one in grammar(text)
            ]
            self.add_extractor_name(found)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
