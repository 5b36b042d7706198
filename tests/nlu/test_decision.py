"""From guesses to one intent."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.hit import Hit
from bot.nlu import opinions
from bot.nlu.certain import CertainIntents
from bot.nlu.decision import Decision, Guess, decide
from bot.nlu.opinions import Opinion

TOPICS = {"payment_order": "rights_unpaid_wages", "fines": "rights_other"}


def first(guesses: list[Guess], hits: list[Hit]) -> str:
    return decide(guesses, hits, TOPICS)[0][0]


@pytest.mark.parametrize(
    ("guesses", "hits", "intent"),
    [
        ([("greet", 0.9), ("thanks", 0.1)], [], "greet"),
        ([("greet", 0.3), ("thanks", 0.25), ("deny", 0.25), ("affirm", 0.2)], [], "nlu_fallback"),
        ([], [], "nlu_fallback"),
        ([("rights_other", 0.6), ("rights_unpaid_wages", 0.4)], [Hit("payment_order", 0.35)], "rights_unpaid_wages"),
        ([("rights_other", 0.95), ("rights_unpaid_wages", 0.05)], [Hit("payment_order", 0.2)], "rights_other"),
        ([("out_of_scope", 0.7), ("rights_other", 0.3)], [Hit("fines", 0.2)], "out_of_scope"),
        ([("out_of_scope", 0.5), ("rights_other", 0.5)], [], "nlu_fallback"),
        ([("out_of_scope", 0.7), ("rights_other", 0.3)], [Hit("fines", 0.9)], "out_of_scope"),
        ([("rights_other", 0.7), ("out_of_scope", 0.3)], [], "rights_other"),
        ([("rights_other", 0.7), ("greet", 0.3)], [Hit("not in force today", 0.9)], "rights_other"),
        ([("urgent", 0.7), ("rights_dismissal", 0.3)], [], "rights_dismissal"),
        ([("urgent", 0.9), ("rights_dismissal", 0.1)], [], "urgent"),
    ],
)
def test_the_final_intent(guesses: list[Guess], hits: list[Hit], intent: str) -> None:
    assert first(guesses, hits) == intent


def test_two_issues_stay_near_each_other() -> None:
    guesses = [("rights_unpaid_wages", 0.5), ("rights_other", 0.45), ("out_of_scope", 0.05)]
    ranked = decide(guesses, [], TOPICS)
    assert ranked == [
        ("rights_unpaid_wages", pytest.approx(0.5)),
        ("rights_other", pytest.approx(0.45)),
        ("out_of_scope", pytest.approx(0.05)),
    ]


def test_what_is_asked_back_keeps_its_ranking_behind_it() -> None:
    names = [name for name, _ in decide([("out_of_scope", 0.5), ("rights_other", 0.5)], [], TOPICS)]
    assert names[0] == "nlu_fallback"
    assert sorted(names[1:]) == ["out_of_scope", "rights_other"]


def test_what_is_certain_stands_before_what_was_guessed() -> None:
    message = Message({TEXT: "手被机器夹住了"})
    CertainIntents().process([message])
    opinions.add(message, Opinion({"rights_work_injury": 0.6, "urgent": 0.3, "greet": 0.1}, 1.0))
    Decision().process([message])
    assert message.get(INTENT) == {"name": "urgent", "confidence": 1.0}
    assert [(one["name"], round(one["confidence"], 2)) for one in message.get(INTENT_RANKING_KEY)] == [
        ("urgent", 1.0),
        ("rights_work_injury", 0.86),
        ("greet", 0.14),
        ("out_of_scope", 0.0),
    ]


def test_a_message_nobody_has_an_opinion_of_stays_as_it_is() -> None:
    message = Message({TEXT: "你好"})
    Decision().process([message])
    assert message.get(INTENT_RANKING_KEY) is None
