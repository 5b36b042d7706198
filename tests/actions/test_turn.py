"""What travels beside a reply: the desk is told what was understood, the other channels are not."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Turn
from bot.reply import Reply


def custom(channel: str, loop: dict[str, str]) -> object:
    latest = {"text": "登记", "intent": {"name": "register_job_intention"}, "entities": [], "metadata": {}}
    heard = {"event": "user", "input_channel": channel}
    tracker = Tracker("x", {}, latest, [heard], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    Turn.of(tracker).say(dispatcher, Reply("您同意吗？", source="通知"))
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


def test_a_kept_reply_does_not_hold_it() -> None:
    reply = Reply("好").with_beside({"intent": "greet", "form": "job_intention_form", "unknown": 1})
    assert (reply.intent, reply.form) == ("greet", "job_intention_form")
    assert {"intent", "form", "id"}.isdisjoint(reply.as_dict())
