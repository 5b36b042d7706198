"""Entities by grammar: what a message says of the person, found without training."""

from __future__ import annotations

from collections.abc import Callable

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
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
from bot.nlu.component import Untrained


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GrammarExtractor(Untrained, EntityExtractorMixin):
    """Finds phone, unit, kind_of_work and person_name.

    The units are those of the running campaign, read when the model is loaded: a new pack needs no training.
    """

    def __init__(self) -> None:
        unit_names = load.current().unit_names
        self._grammars: dict[str, Callable[[str], list[Found]]] = {
            "phone": phone.find,
            "unit": lambda text: units.find(text, unit_names),
            "kind_of_work": work.find,
            "person_name": names.find,
        }

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
