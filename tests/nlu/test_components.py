"""Our graph components: trained, saved, loaded again they do the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import embedding
from bot.nlu.certain import CertainIntents, certain_intent
from bot.nlu.char_features import CharFeaturizer
from bot.nlu.entities import GrammarExtractor
from bot.nlu.sentence_features import SentenceFeaturizer

TEXTS = ["招聘会什么时候开", "老板不发工资", "我要登记找工作", "在大坪找保安"]


@pytest.mark.parametrize("featurizer", [CharFeaturizer, SentenceFeaturizer])
def test_a_featurizer_is_the_same_after_loading(
    featurizer: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding.embed_all, "__defaults__", (tmp_path / "embeddings.npz",))
    (tmp_path / "storage").mkdir()
    storage = LocalModelStorage.create(tmp_path / "storage")
    context = ExecutionContext(GraphSchema({}), node_name="featurizer")
    resource = Resource("featurizer")
    config = {**featurizer.get_default_config(), "min_df": 1}
    examples = TrainingData([Message({TEXT: text, "intent": "greet"}) for text in TEXTS])
    trained = featurizer.create(config, storage, resource, context)
    trained.train(examples)
    loaded = featurizer.load(config, storage, resource, context)
    assert np.allclose(_features(trained), _features(loaded))
    assert _features(trained).any()


def _features(featurizer: Any) -> Any:
    message = Message({TEXT: "大坪的招聘会"})
    featurizer.process([message])
    (features,) = message.features
    return features.features.toarray() if features.is_sparse() else features.features


def test_long_questions_stay_apart(tmp_path: Path) -> None:
    """Rasa's own character features put a long Chinese question near any other; ours must not."""
    (tmp_path / "storage").mkdir()
    storage = LocalModelStorage.create(tmp_path / "storage")
    context = ExecutionContext(GraphSchema({}), node_name="featurizer")
    featurizer = CharFeaturizer.create(
        {**CharFeaturizer.get_default_config(), "min_df": 1}, storage, Resource("featurizer"), context
    )
    wages = "我在工地干了三个月，包工头一直拖到起不发工资，打电话也不接，我们十几个人都没拿到钱"
    leave = "我在厂里上班满两年了，今年一天年假都没有休过，找经理说，经理说我们厂没有这个规矩"
    featurizer.train(TrainingData([Message({TEXT: text}) for text in (wages, leave)]))
    vectors = []
    for text in (wages, leave, "包工头不发工资，我们三个月没拿到钱"):
        message = Message({TEXT: text})
        featurizer.process([message])
        vectors.append(message.features[0].features.toarray()[0])
    assert vectors[2] @ vectors[0] > 2 * (vectors[2] @ vectors[1])


def test_embeddings_are_kept_and_read_back(tmp_path: Path) -> None:
    cache = tmp_path / "embeddings.npz"
    first = embedding.embed_all(TEXTS, cache)
    assert first.shape == (len(TEXTS), embedding.DIMENSIONS)
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-3)
    embedding._model.cache_clear()
    again = embedding.embed_all([*reversed(TEXTS)], cache)
    assert np.array_equal(first, again[::-1])
    assert np.allclose(embedding.embed(TEXTS[0]), first[0], atol=1e-3)


@pytest.mark.parametrize(
    ("text", "entities", "intent"),
    [
        ("不想活了", [], "urgent"),
        ("要得！", [], "affirm"),
        ("算了。", [], "cancel"),
        ("88", [], "goodbye"),
        ("大坪", [{"start": 0, "end": 2}], "inform"),
        ("大坪街道，保安", [{"start": 0, "end": 4}, {"start": 5, "end": 7}], "inform"),
        ("大坪有招聘会吗", [{"start": 0, "end": 2}], None),
        ("大坪？", [{"start": 0, "end": 2}], None),
        ("我想在大坪找个保安", [{"start": 3, "end": 5}, {"start": 7, "end": 9}], None),
        ("线上招聘会怎么参加", [], None),
    ],
)
def test_what_needs_no_guess(text: str, entities: list[dict[str, int]], intent: str | None) -> None:
    assert certain_intent(text, entities) == intent


def test_a_certain_intent_keeps_the_classifiers_ranking_behind_it() -> None:
    guesses = [{"name": "rights_work_injury", "confidence": 0.6}, {"name": "greet", "confidence": 0.1}]
    message = Message({TEXT: "手被机器夹住了", "intent": guesses[0], "intent_ranking": guesses})
    CertainIntents().process([message])
    assert message.get("intent") == {"name": "urgent", "confidence": 1.0}
    assert message.get("intent_ranking") == [{"name": "urgent", "confidence": 1.0}, *guesses]


def test_units_are_those_of_the_running_campaign(use_settings: Callable[..., None], tmp_path: Path) -> None:
    assert _entities("我在大坪找保安") == {"unit": "大坪街道", "kind_of_work": "保安"}
    use_settings(CHUNFENG_CAMPAIGN="fujian-2023")
    assert _entities("我在大坪找保安") == {"kind_of_work": "保安"}


def _entities(text: str) -> dict[str, str]:
    message = Message({TEXT: text})
    GrammarExtractor().process([message])
    return {entity["entity"]: entity["value"] for entity in message.get("entities")}
