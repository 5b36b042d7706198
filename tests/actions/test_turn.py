"""What travels beside a reply: the desk is told what was understood, the other channels are not."""

from __future__ import annotations

import asyncio

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.recording import record_answer
from actions.turn import Turn
from bot.knowledge.answers import Done
from bot.reply import Reply

DONE = Done("job_fair_information", "job_fair_time_place")


def turn_on(channel: str, loop: dict[str, str] | None = None) -> Turn:
    latest = {"text": "登记", "intent": {"name": "register_job_intention"}, "entities": [], "metadata": {}}
    heard = {"event": "user", "input_channel": channel}
    return Turn.of(Tracker("x", {}, latest, [heard], False, None, loop or {}, "action_listen"))


def custom(channel: str, loop: dict[str, str]) -> object:
    dispatcher = CollectingDispatcher()
    turn_on(channel, loop).say(dispatcher, Reply("您同意吗？", source="通知"))
    return dispatcher.messages[0]["custom"]


@pytest.mark.parametrize(
    ("channel", "loop", "told"),
    [
        ("hotline", {"name": "job_intention_form"}, {"intent": "register_job_intention", "form": "job_intention_form"}),
        ("hotline", {}, {"intent": "register_job_intention"}),
        ("web", {"name": "job_intention_form"}, {}),
    ],
)
def test_the_desk_is_told_what_was_understood(channel: str, loop: dict[str, str], told: dict[str, str]) -> None:
    assert custom(channel, loop) == {"source": "通知", **told}


@pytest.mark.parametrize(("channel", "told"), [("hotline", [DONE]), ("cmdline", [])])
def test_the_desk_is_told_what_the_answer_is_and_records_nothing(channel: str, told: list[Done]) -> None:
    turn, dispatcher = turn_on(channel), CollectingDispatcher()
    asyncio.run(record_answer(turn, DONE, dispatcher))
    asyncio.run(record_answer(turn, None, dispatcher))
    assert [Done(**message["custom"]["service"]) for message in dispatcher.messages] == told


def test_a_kept_reply_does_not_hold_it() -> None:
    service = {"kind": "policy_consultation", "topic": "service_targets"}
    beside = {"intent": "greet", "form": "job_intention_form", "service": service, "unknown": 1}
    reply = Reply("好").with_beside(beside)
    assert (reply.intent, reply.form, reply.service) == ("greet", "job_intention_form", service)
    assert {"intent", "form", "service", "id"}.isdisjoint(reply.as_dict())
