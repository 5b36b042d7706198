"""The one rule about interruptions: after a silence, after answers in vain, at a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.chat import ChatAction
from actions.dialogue import Chat, TakeData
from actions.fallback import Fallback, TalkToHuman
from actions.fields import POVERTY_ALLEVIATED
from actions.forms import SKIPPED
from actions.help_request import OpenHelpRequest
from actions.job_intention import OpenJobIntention
from actions.registrations import JOB_INTENTION

SLOTS = {"consent": "yes", "kind_of_work": "保安", "requested_slot": "unit"}


def act(
    action: ChatAction,
    text: str,
    intent: str,
    slots: dict[str, Any],
    idle: float = 0,
    entities: Sequence[dict[str, Any]] = (),
    form: str | None = "job_intention_form",
) -> tuple[list, list]:
    latest = {
        "text": text,
        "intent": {"name": intent},
        "intent_ranking": [],
        "entities": list(entities),
        "metadata": {"idle_seconds": idle},
    }
    loop = {"name": form} if form else {}
    tracker = Tracker("x", {**SLOTS, **slots}, latest, [], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    return [message["text"] for message in dispatcher.messages], events


def follow_up(events: list[dict[str, Any]]) -> str | None:
    return next((event["name"] for event in events if event["event"] == "followup"), None)


def test_after_a_long_silence_the_form_asks_whether_to_go_on() -> None:
    said, events = act(Chat(), "你好", "greet", {}, idle=3600)
    assert said[1] == "您上次的求职登记还没填完（第2步，共6步）。已经有：工种保安。接着填吗？"
    assert follow_up(events) == "action_listen"


def test_after_a_short_one_it_goes_on() -> None:
    said, events = act(Chat(), "你好", "greet", {}, idle=60)
    assert len(said) == 1
    assert follow_up(events) == "job_intention_form"


def test_an_answer_is_taken_however_long_it_took() -> None:
    said, events = act(TakeData(), "大坪街道", "inform", {}, idle=3600)
    assert said == []
    assert {"event": "slot", "timestamp": None, "name": "unit", "value": "大坪街道"} in events


@pytest.mark.parametrize("action", [Fallback(), TakeData()])
def test_the_third_answer_in_vain_gets_a_way_out(action: ChatAction) -> None:
    said, events = act(action, "嗯哼哼", "nlu_fallback", {"misses": "unit:1"})
    assert said == ["没有找到这个街道。请点下面的街道，不在里面就点“别的地方”。"]
    assert {"event": "slot", "timestamp": None, "name": "misses", "value": "unit:2"} in events
    said, events = act(action, "嗯哼哼", "nlu_fallback", {"misses": "unit:2"})
    assert said == ["对不起，“街道”我几次都没看懂。也可以找人工帮您填，或者先不填了。"]
    assert follow_up(events) == "action_listen"


def test_misses_are_counted_for_one_question_only() -> None:
    said, _ = act(Fallback(), "嗯哼哼", "nlu_fallback", {"misses": "kind_of_work:2"})
    assert said == ["没有找到这个街道。请点下面的街道，不在里面就点“别的地方”。"]


def test_a_goodbye_sets_the_form_aside_once() -> None:
    said, events = act(Chat(), "再见", "goodbye", {})
    assert said == [
        "再见！刚才的没有登记，什么都没有保存，不会有人联系您。想再办，说“登记找工作”就行。",
    ]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert {"event": "slot", "timestamp": None, "name": "kind_of_work", "value": None} in events
    assert follow_up(events) == "action_listen"


def test_what_only_sounds_like_a_goodbye_is_an_answer_or_asked_back() -> None:
    said, events = act(Chat(), "那就这样子嘛", "goodbye", {})
    assert said == ["是要先放一放吗？"]
    assert follow_up(events) == "action_listen"
    entities = [{"entity": "unit", "value": "大坪街道", "start": 0, "end": 2}]
    said, events = act(Chat(), "大坪走了", "goodbye", {}, entities=entities)
    assert said == []
    assert {"event": "slot", "timestamp": None, "name": "unit", "value": "大坪街道"} in events


@pytest.mark.parametrize("payload", ["/request_help", '/request_help{"urgent": "yes"}'])
def test_yes_takes_the_one_thing_that_was_offered(payload: str) -> None:
    def answered(buttons: list[dict[str, str]]) -> list[dict[str, Any]]:
        events = [{"event": "user"}, {"event": "bot", "data": {"buttons": buttons}}, {"event": "user"}]
        latest = {"text": "要得", "intent": {"name": "affirm"}, "intent_ranking": [], "entities": [], "metadata": {}}
        tracker = Tracker("x", {}, latest, events, False, None, {}, "action_listen")
        done = asyncio.run(Chat().run(CollectingDispatcher(), tracker, {}))
        return done + asyncio.run(OpenHelpRequest().run(CollectingDispatcher(), tracker, {}))

    call_me = {"title": "记下来", "payload": payload}
    taken = answered([call_me])
    assert follow_up(taken) == "action_open_help_request"
    assert [event["value"] for event in taken if event.get("name") == "urgent"][-1] == (
        "yes" if "urgent" in payload else None
    )
    assert follow_up(answered([call_me, {"title": "别的", "payload": "/deny"}])) == "help_request_form"
    assert follow_up(answered([])) == "help_request_form"


def test_data_by_itself_opens_what_it_is_for() -> None:
    welders = [
        {"entity": "kind_of_work", "value": "焊工", "start": 3, "end": 5},
        {"entity": "headcount", "value": "2", "start": 1, "end": 3},
    ]
    _, events = act(TakeData(), "缺两个电焊的", "inform", {}, entities=welders, form=None)
    assert follow_up(events) == "action_open_vacancy"
    said, events = act(TakeData(), "电焊", "inform", {}, entities=welders[:1], form=None)
    assert said == ["您是想找工作、招人，还是想问事情？"]


def test_a_question_lets_go_of_a_look_at_an_old_registration() -> None:
    slots = {"requested_slot": "receipt"}
    said, events = act(TalkToHuman(), "我要人工", "talk_to_human", slots, form="find_record_form")
    assert "已经帮您找工作人员了" in said[0]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert follow_up(events) == "action_listen"


def test_where_leaving_out_is_an_answer_not_to_tell_is_no_goodbye() -> None:
    said, events = act(Chat(), "不说了", "goodbye", {"requested_slot": "gender"})
    assert said == []
    assert {"event": "slot", "timestamp": None, "name": "gender", "value": SKIPPED} in events


def test_a_refusal_closes_the_form_and_forgets_everything() -> None:
    said, events = act(Chat(), "不同意", "deny", {"consent": None, "requested_slot": "consent"})
    assert said == ["好，不登记，什么都不保存。\n问问题照样可以，您接着问。"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert {event["name"] for event in events if event["event"] == "slot" and event["value"] is None} >= set(SLOTS)
    assert follow_up(events) == "action_listen"


def test_what_forbids_to_register_closes_the_form_and_stays_known() -> None:
    said, events = act(
        TakeData(), "我15岁", "inform", {}, entities=[{"entity": "age", "value": "15", "start": 1, "end": 4}]
    )
    assert [text.split("：")[0] for text in said] == ["15岁还不能登记找工作"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
    assert [event["value"] for event in events if event.get("name") == "age"][-1] == "15"
    assert follow_up(events) == "action_listen"


@pytest.mark.parametrize(
    ("text", "slots", "wanted"),
    [
        ("登记", {"age": "15"}, "age"),
        ("登记", {}, None),
        ("我不想读书了，找个活", {}, "age"),
        ("我大学毕业了", {}, None),
    ],
)
def test_who_may_be_too_young_is_asked_the_age(text: str, slots: dict[str, str], wanted: str | None) -> None:
    _, events = act(OpenJobIntention(), text, "register_job_intention", slots, form=None)
    assert follow_up(events) == "job_intention_form"
    assert [event["value"] for event in events if event.get("name") == "wanted"][-1] == wanted
    required = JOB_INTENTION.required({"wanted": wanted})
    assert required[:2] == ["consent", wanted or "kind_of_work"]


@pytest.mark.parametrize(
    ("text", "intent", "asked", "answer"),
    [
        ("工资要好多合适哦", "nlu_fallback", "unit", "这个我答不上来，不乱说；填完说“找人工”，工作人员跟您讲。"),
        ("脱贫户是啥子哦", "inform", "poverty_alleviated", POVERTY_ALLEVIATED.why + "不想说也行，说“不想说”就跳过。"),
    ],
)
def test_a_question_in_a_form_is_no_answer_in_vain(
    records: Path, text: str, intent: str, asked: str, answer: str
) -> None:
    group = {"entity": "group", "value": "poverty_alleviated", "start": 0, "end": 3}
    for action in (Fallback(), TakeData()):
        said, events = act(action, text, intent, {"requested_slot": asked}, entities=[group] if "脱贫" in text else [])
        assert said[0].startswith(answer)
        assert not {"misses", "group"} & {event.get("name") for event in events}
        assert follow_up(events) == "job_intention_form"


@pytest.mark.parametrize(("action", "intent"), [(Chat(), "thanks"), (Fallback(), "nlu_fallback")])
def test_thanks_and_a_goodbye_are_a_goodbye(action: ChatAction, intent: str) -> None:
    assert act(action, "好嘛，谢了哈，88", intent, {}, form=None)[0] == ["再见，祝您工作顺利！有事再来问我。"]
    said, events = act(action, "谢谢你，拜拜", intent, {})
    assert [text[:3] for text in said] == ["再见！"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events
