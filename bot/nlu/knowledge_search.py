"""The knowledge entries that fit a message, found once in the pipeline and handed to the actions."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import load
from bot.knowledge.hit import KNOWLEDGE
from bot.knowledge.search import Index
from bot.nlu.component import Untrained, is_settled

#: Enough that, after a topic and a day are chosen, something is left.
MOST_HITS = 24


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class KnowledgeSearch(Untrained):
    """Searches the knowledge files as they are when the model is loaded: a new entry needs no training."""

    def __init__(self) -> None:
        self._index = Index(load.entries())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what was found to each message's output."""
        for message in messages:
            text = message.get(TEXT)
            is_question = text and not text.startswith("/") and not is_settled(message)
            hits = self._index.search(text, MOST_HITS) if is_question else []
            message.set(KNOWLEDGE, [hit.as_dict() for hit in hits], add_to_output=True)
        return messages
