"""What is not understood: admitted, offered, or kept for the clerks."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import Fallback
from bot import clock
from bot.records import conversations, database, unanswered

AT = clock.in_beijing(datetime(2022, 2, 15, 9))


@pytest.fixture
def asked(records: Path) -> tuple[str, int]:
    """A stored message: its conversation and its number."""
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", AT)
        message = conversations.receive(session, conversation, "1", {"text": "量子"}, AT)
        return conversation.id, message.id


def respond(asked: tuple[str, int], **latest: Any) -> list[dict[str, Any]]:
    conversation_id, message_id = asked
    message = {
        "text": "量子",
        "intent": {"name": "nlu_fallback"},
        "intent_ranking": [],
        "entities": [],
        "metadata": {"message_id": message_id, "received_at": AT.isoformat()},
        **latest,
    }
    events = [{"event": "user", "input_channel": "web", "text": "量子", "parse_data": message}]
    tracker = Tracker(conversation_id, {}, message, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(Fallback().run(dispatcher, tracker, {}))
    return dispatcher.messages


def kept() -> list[unanswered.OpenQuestion]:
    with database.reading() as session:
        return unanswered.open_questions(session, "yuzhong-2022")


def test_what_nothing_fits_is_admitted_and_kept_once(asked: tuple[str, int]) -> None:
    for _ in range(2):
        (said,) = respond(asked)
        assert "我答不上来" in said["text"]
        assert "12333" in said["text"]
        assert said["custom"]["outcome"] == "unanswered"
    (question,) = kept()
    assert (question.text, question.times, question.channels, question.last_at) == ("量子", 1, ["web"], AT)


def test_the_three_best_are_offered(asked: tuple[str, int]) -> None:
    guesses = [("ask_local_jobs", 0.2), ("greet", 0.15), ("rights_contract", 0.12), ("ask_online_fair", 0.01)]
    (said,) = respond(
        asked,
        intent_ranking=[{"name": name, "confidence": confidence} for name, confidence in guesses],
        knowledge=[{"id": "wages_payment_order", "score": 0.25}, {"id": "wages_iou", "score": 0.1}],
    )
    assert [button["title"] for button in said["buttons"]] == [
        "向法院要支付令",
        "就近的工作",
        "劳动合同",
        "都不是，找人工",
    ]
    assert said["custom"]["outcome"] == "asked_back"
    assert kept() == []


def test_an_entry_that_fits_very_well_answers_alone(asked: tuple[str, int]) -> None:
    (said,) = respond(asked, knowledge=[{"id": "wages_payment_order", "score": 0.5}])
    assert "支付令" in said["text"]
    assert "outcome" not in said["custom"]
    assert kept() == []


@pytest.mark.parametrize(
    ("doubt", "right", "fits", "is_kept"),
    [
        (0.82, 0.13, 0.12, True),  # 合伙接的活，合伙人把钱拿走了
        (0.77, 0.04, 0.23, True),  # 暂住登记在哪里办
        (0.99, 0.01, 0.24, False),  # 骑车被别人的车撞了
        (0.93, 0.02, 0.18, False),  # 骂人的话
    ],
)
def test_what_is_none_of_its_business_is_said_and_kept_only_where_the_gate_doubted(
    asked: tuple[str, int], doubt: float, right: float, fits: float, is_kept: bool
) -> None:
    guesses = [("out_of_scope", doubt), ("rights_unpaid_wages", right), ("greet", 0.02)]
    for _ in range(2):
        (said,) = respond(
            asked,
            intent={"name": "out_of_scope"},
            intent_ranking=[{"name": name, "confidence": confidence} for name, confidence in guesses],
            knowledge=[{"id": "wages_iou", "score": fits}],
        )
        assert "不归春风行动管" in said["text"]
        assert said["custom"]["outcome"] == "rejected"
    assert [question.times for question in kept()] == ([1] if is_kept else [])
