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

from bot import clock
from bot.campaign import load
from bot.grammar import (
    Found,
    age,
    company,
    dates,
    gender,
    groups,
    headcount,
    names,
    phone,
    places,
    salary,
    units,
    work,
)
from bot.nlu.component import Untrained

Grammar = Callable[[str], list[Found]]


def _grammars() -> dict[str, Grammar]:
    """Each entity → its grammar. Units are those of the running campaign, days are counted from today."""
    unit_names = load.current().unit_names
    return {
        "phone": phone.find,
        "unit": lambda text: units.find(text, unit_names),
        "kind_of_work": work.find,
        "person_name": names.find,
        "place": places.find,
        "salary": salary.find,
        "headcount": headcount.find,
        "date": _dates,
        "age": lambda text: age.find(text, clock.today()),
        "group": groups.find,
        "company": company.find,
        "gender": _whole(gender.gender),
        "poverty_alleviated": _whole(_poverty),
    }


def _dates(text: str) -> list[Found]:
    return [Found(one.start, one.end, one.value) for one in dates.find(text, clock.today())]


def _poverty(text: str) -> str | None:
    told = groups.poverty_alleviated(text)
    return None if told is None else "yes" if told else "no"


def _whole(read: Callable[[str], str | None]) -> Grammar:
    """What a text says of the person as a whole: it stands at no one place."""

    def find(text: str) -> list[Found]:
        value = read(text)
        return [] if value is None else [Found(0, 0, value)]

    return find


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GrammarExtractor(Untrained, EntityExtractorMixin):
    """Finds what a message says of the person; a new pack or word list needs no training."""

    def __init__(self) -> None:
        self._grammars = _grammars()

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
