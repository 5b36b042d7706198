"""The nearest examples beside the classifier."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import embedding
from bot.nlu.neighbours import Neighbours, together

EXAMPLES = [
    ("老板三个月没发工资了", "rights_unpaid_wages"),
    ("包工头欠我工钱", "rights_unpaid_wages"),
    ("招聘会在哪里开", "ask_job_fair_time_place"),
    ("这周末有招聘会吗", "ask_job_fair_time_place"),
    ("我不想活了", "urgent"),
]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neighbours:
    monkeypatch.setattr(embedding.embed_all, "__defaults__", (tmp_path / "embeddings.npz",))
    monkeypatch.setattr("bot.knowledge.load.entries", list)
    (tmp_path / "storage").mkdir()
    storage = LocalModelStorage.create(tmp_path / "storage")
    context = ExecutionContext(GraphSchema({}), node_name="neighbours")
    config = {**Neighbours.get_default_config(), "nearest": 2}
    data = TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in EXAMPLES])
    Neighbours.create(config, storage, Resource("neighbours"), context).train(data)
    return Neighbours.load(config, storage, Resource("neighbours"), context)


def ranked(component: Neighbours, text: str, guesses: dict[str, float]) -> list[tuple[str, float]]:
    ranking = [{"name": name, "confidence": share} for name, share in guesses.items()]
    message = Message({TEXT: text, INTENT_RANKING_KEY: ranking})
    component.process([message])
    assert message.get(INTENT) == message.get(INTENT_RANKING_KEY)[0]
    return [(one["name"], one["confidence"]) for one in message.get(INTENT_RANKING_KEY)]


def test_a_near_example_overrules_a_weak_guess(loaded: Neighbours) -> None:
    guesses = {"ask_job_fair_time_place": 0.6, "rights_unpaid_wages": 0.4}
    assert ranked(loaded, "老板欠起工资不发", guesses)[0][0] == "rights_unpaid_wages"
    assert ranked(loaded, "招聘会在哪", guesses)[0][0] == "ask_job_fair_time_place"


def test_emergencies_keep_their_share(loaded: Neighbours) -> None:
    shares = dict(ranked(loaded, "我不想活了", {"urgent": 0.7, "rights_unpaid_wages": 0.3}))
    assert shares["urgent"] == pytest.approx(0.7)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_a_message_without_a_ranking_stays_as_it_is(loaded: Neighbours) -> None:
    message = Message({TEXT: "你好"})
    loaded.process([message])
    assert message.get(INTENT_RANKING_KEY) is None


def test_two_opinions_weigh_equally() -> None:
    assert together({"a": 0.5, "b": 0.5}, {"a": 0.999}, 0.5)[0] == ("a", pytest.approx(0.969, abs=1e-3))
    assert together({"a": 0.9, "b": 0.1}, {}, 0.0) == [("a", pytest.approx(0.9)), ("b", pytest.approx(0.1))]
