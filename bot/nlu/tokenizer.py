"""Words by jieba with our terms, in half of jieba's memory: much of its dictionary is words nobody writes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.settings import ROOT


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class WordTokenizer(Tokenizer):
    """Cuts a message into words; the dictionaries are read when the model is loaded.

    Config:
        terms: folder with our own words, in jieba's format, from the root of the project.
        rarest: jieba's own words that its corpus has less often than this are left out.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The configuration where config.yml says nothing."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "terms": "data/jieba",
            "rarest": 5,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._jieba = _jieba(config["rarest"], ROOT / config["terms"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WordTokenizer:
        """A component as Rasa asks for it."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one of a message's texts."""
        words = self._jieba.tokenize(message.get(attribute))
        return self._apply_token_pattern([Token(word, start) for word, start, _ in words])


def _jieba(rarest: int, terms: Path) -> Any:
    """A tokenizer of its own: the one that `import jieba` makes loads all of the dictionary."""
    with jieba.get_module_res(jieba.DEFAULT_DICT_NAME) as file:
        frequent = b"".join(line for line in file if int(line.split()[1]) >= rarest)
    made = jieba.Tokenizer()
    made.FREQ, made.total = made.gen_pfdict(io.BytesIO(frequent))
    made.initialized = True
    for path in sorted(terms.glob("*.txt")):
        made.load_userdict(str(path))
    return made
