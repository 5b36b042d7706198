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
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot import embedding
from bot.nlu import opinions
from bot.nlu.certain import Certain, CertainIntents, certain_intent
from bot.nlu.char_features import CharFeaturizer
from bot.nlu.component import is_settled
from bot.nlu.entities import GrammarExtractor
from bot.nlu.linear import LinearClassifier, MeaningClassifier, WordingClassifier
from bot.nlu.sentence_features import SentenceFeaturizer
from bot.nlu.tokenizer import WordTokenizer

TEXTS = ["招聘会什么时候开", "老板不发工资", "我要登记找工作", "在大坪找保安"]
EXAMPLES = [
    ("招聘会什么时候开", "ask_job_fair_time_place"),
    ("下一场招聘会在哪天", "ask_job_fair_time_place"),
    ("老板不发工资", "rights_unpaid_wages"),
    ("包工头拖起工资不给", "rights_unpaid_wages"),
    ("你好啊", "greet"),
    ("您好，在吗", "greet"),
]
CONTEXT = ExecutionContext(GraphSchema({}), node_name="component")


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    (tmp_path / "storage").mkdir()
    return LocalModelStorage.create(tmp_path / "storage")


@pytest.mark.parametrize("featurizer", [CharFeaturizer, SentenceFeaturizer])
def test_a_featurizer_is_the_same_after_loading(
    featurizer: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding.embed_all, "__defaults__", (tmp_path / "vectors.npz",))
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
    cache = tmp_path / "vectors.npz"
    first = embedding.embed_all(TEXTS, cache)
    assert first.shape == (len(TEXTS), embedding.DIMENSIONS)
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-3)
    embedding._model.cache_clear()
    again = embedding.embed_all([*reversed(TEXTS)], cache)
    assert np.array_equal(first, again[::-1])
    assert np.allclose(embedding.embed(TEXTS[0]), first[0], atol=1e-3)


@pytest.mark.parametrize(
    ("text", "entities", "certain"),
    [
        ("不想活了", [], Certain("urgent", is_all=False)),
        ("要得！", [], Certain("affirm", is_all=True)),
        ("算了。", [], Certain("cancel", is_all=True)),
        ("算了，我问下工资", [], Certain("cancel", is_all=False)),
        ("88", [], Certain("goodbye", is_all=True)),
        ("-3", [], Certain("inform", is_all=True)),
        ("大坪", [{"start": 0, "end": 2}], Certain("inform", is_all=False)),
        ("大坪街道，保安", [{"start": 0, "end": 4}, {"start": 5, "end": 7}], Certain("inform", is_all=False)),
        ("大坪有招聘会吗", [{"start": 0, "end": 2}], None),
        ("大坪？", [{"start": 0, "end": 2}], None),
        ("我想在大坪找个保安", [{"start": 3, "end": 5}, {"start": 7, "end": 9}], None),
        ("线上招聘会怎么参加", [], None),
    ],
)
def test_what_needs_no_guess(text: str, entities: list[dict[str, int]], certain: Certain | None) -> None:
    assert certain_intent(text, entities) == certain


def test_a_settled_message_gets_no_features_and_no_search(storage: LocalModelStorage) -> None:
    message = Message({TEXT: "要得"})
    CertainIntents().process([message])
    CharFeaturizer.create(CharFeaturizer.get_default_config(), storage, Resource("a"), CONTEXT).process([message])
    SentenceFeaturizer.create(SentenceFeaturizer.get_default_config(), storage, Resource("b"), CONTEXT).process(
        [message]
    )
    assert message.features == []
    assert message.get("intent") == {"name": "affirm", "confidence": 1.0}


@pytest.mark.parametrize("classifier", [WordingClassifier, MeaningClassifier])
def test_a_classifier_is_the_same_after_loading(classifier: type[LinearClassifier], storage: LocalModelStorage) -> None:
    config, resource = classifier.get_default_config(), Resource("classifier")
    examples = TrainingData([_seen(text, intent) for text, intent in EXAMPLES])
    trained = classifier.create(config, storage, resource, CONTEXT)
    trained.train(examples)
    first, again = (
        classifier.load(config, storage, resource, CONTEXT),
        classifier.load(config, storage, resource, CONTEXT),
    )
    assert _opinion(first, "包工头不给工资") == _opinion(again, "包工头不给工资")
    opinion = _opinion(first, "包工头不给工资")
    assert opinion.weight == config["weight"]
    assert sum(opinion.shares.values()) == pytest.approx(1.0)
    assert max(opinion.shares, key=lambda name: opinion.shares[name]) == "rights_unpaid_wages"
    assert _opinion(first, "哪天有招聘会").shares["ask_job_fair_time_place"] > 0.5


def _seen(text: str, intent: str | None = None) -> Message:
    """A message with the features that the pipeline would give it."""
    words = np.zeros((1, 512))
    for character in text:
        words[0, ord(character) % 512] = 1.0
    message = Message({TEXT: text, "intent": intent} if intent else {TEXT: text})
    message.add_features(Features(csr_matrix(words), FEATURE_TYPE_SENTENCE, TEXT, "words"))
    message.add_features(Features(embedding.embed(text).reshape(1, -1), FEATURE_TYPE_SENTENCE, TEXT, "meaning"))
    return message


def _opinion(classifier: LinearClassifier, text: str) -> opinions.Opinion:
    message = _seen(text)
    classifier.process([message])
    (opinion,) = opinions.of(message)
    return opinion


def test_words_are_cut_with_our_terms() -> None:
    tokenizer = WordTokenizer({**WordTokenizer.get_default_config()})
    words = [token.text for token in tokenizer.tokenize(Message({TEXT: "春风行动有哪些公益性岗位"}), TEXT)]
    assert words == ["春风行动", "有", "哪些", "公益性岗位"]


def test_units_are_those_of_the_running_campaign(use_settings: Callable[..., None], tmp_path: Path) -> None:
    assert _entities("我在大坪找保安") == {"unit": "大坪街道", "kind_of_work": "保安"}
    use_settings(CHUNFENG_CAMPAIGN="fujian-2023")
    assert _entities("我在大坪找保安") == {"kind_of_work": "保安"}


def _entities(text: str) -> dict[str, str]:
    message = Message({TEXT: text})
    GrammarExtractor().process([message])
    return {entity["entity"]: entity["value"] for entity in message.get("entities")}


def test_plain_words_save_the_embedding_unless_a_law_is_looked_up(storage: LocalModelStorage) -> None:
    config, resource = {**WordingClassifier.get_default_config(), "sure": 0.5}, Resource("classifier")
    WordingClassifier.create(config, storage, resource, CONTEXT).train(
        TrainingData([_seen(text, intent) for text, intent in EXAMPLES])
    )
    loaded = WordingClassifier.load(config, storage, resource, CONTEXT)
    for text, settled in (("招聘会什么时候开", True), ("老板不发工资", False), ("嗯嗯", False)):
        message = _seen(text)
        loaded.process([message])
        assert is_settled(message) == settled, text
