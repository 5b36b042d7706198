"""The nearest examples have an opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import embedding
from bot.nlu import opinions
from bot.nlu.component import settle
from bot.nlu.neighbours import Neighbours

EXAMPLES = [
    ("老板三个月没发工资了", "rights_unpaid_wages"),
    ("包工头欠我工钱", "rights_unpaid_wages"),
    ("招聘会在哪里开", "ask_job_fair_time_place"),
    ("这周末有招聘会吗", "ask_job_fair_time_place"),
    ("我不想活了", "urgent"),
]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Neighbours:
    monkeypatch.setattr(embedding.embed_all, "__defaults__", (tmp_path / "vectors.npz",))
    monkeypatch.setattr("bot.knowledge.load.entries", list)
    (tmp_path / "storage").mkdir()
    storage = LocalModelStorage.create(tmp_path / "storage")
    context = ExecutionContext(GraphSchema({}), node_name="neighbours")
    config = {**Neighbours.get_default_config(), "nearest": 2}
    data = TrainingData([Message({TEXT: text, INTENT: intent}) for text, intent in EXAMPLES])
    Neighbours.create(config, storage, Resource("neighbours"), context).train(data)
    return Neighbours.load(config, storage, Resource("neighbours"), context)


def shares(component: Neighbours, text: str) -> dict[str, float]:
    message = Message({TEXT: text})
    component.process([message])
    (opinion,) = opinions.of(message)
    assert opinion.weight == Neighbours.get_default_config()["weight"]
    assert opinion.silent_on == {"urgent"}
    return dict(opinion.shares)


def test_the_nearest_examples_have_the_say(loaded: Neighbours) -> None:
    assert shares(loaded, "老板欠起工资不发") == {"rights_unpaid_wages": pytest.approx(1.0)}
    assert shares(loaded, "招聘会在哪") == {"ask_job_fair_time_place": pytest.approx(1.0)}


def test_emergencies_are_not_guessed(loaded: Neighbours) -> None:
    assert "urgent" not in shares(loaded, "我不想活了")


def test_a_settled_message_needs_no_opinion(loaded: Neighbours) -> None:
    message = Message({TEXT: "你好"})
    settle(message)
    loaded.process([message])
    assert opinions.of(message) == []
