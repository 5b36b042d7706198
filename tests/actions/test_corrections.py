"""What a message changes of what a form holds, whatever is being asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions import corrections, steps
from actions.registrations import HELP_REQUEST, JOB_INTENTION, VACANCY
from bot.campaign.load import load
from bot.grammar import age, phone, salary, units, work
from bot.grammar.places import find as find_places

HELD = {
    "kind_of_work": "保安",
    "unit": "解放碑街道",
    "person_name": "王测试",
    "phone": "+8613800000001",
    "salary": "4000元/月",
    "age": "45",
    "poverty_alleviated": "yes",
    "gender": "male",
}
UNITS = load("yuzhong-2022").unit_names


def heard(text: str, intent: str = "inform") -> dict[str, Any]:
    """A message with what the grammars find in it."""
    grammars = {
        "kind_of_work": work.find(text),
        "unit": units.find(text, UNITS),
        "phone": phone.find(text),
        "salary": salary.find(text),
        "place": find_places(text),
        "age": age.find(text, date(2022, 2, 15)),
    }
    entities = [
        {"entity": name, "value": one.value, "start": one.start, "end": one.end}
        for name, found in grammars.items()
        for one in found
    ]
    return {"text": text, "intent": {"name": intent}, "entities": entities}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("不当保安了，当厨师", {"kind_of_work": "厨师"}),
        ("我改主意了，不做保安，做保洁", {"kind_of_work": "保洁"}),
        ("保安不当了，换成扎灯笼", {"kind_of_work": "扎灯笼"}),
        ("把保安换成保洁", {"kind_of_work": "保洁"}),
        ("换成保洁嘛", {"kind_of_work": "保洁"}),
        ("不当保安了，随便", {"kind_of_work": "什么活都行"}),
        ("不当保安了", {"kind_of_work": None}),
        ("不是解放碑，是大坪", {"unit": "大坪街道"}),
        ("解放碑写错了，大坪街道", {"unit": "大坪街道"}),
        ("不叫王测试，叫李测试", {"person_name": "李测试"}),
        ("不是13800000001，是13800000002", {"phone": "+8613800000002"}),
        ("工资改成五千", {"salary": "5000元/月"}),
        ("工资不是四千，是五千", {"salary": "5000元/月"}),
        ("我不是45岁，是54岁", {"age": "54"}),
        ("名字写错了", {"person_name": None}),
        ("不是解放碑，是大坪，也不当保安，当保洁", {"kind_of_work": "保洁", "unit": "大坪街道"}),
    ],
)
@pytest.mark.parametrize("asked", ["phone", "gender", "confirmed"])
def test_a_correction_is_heard_at_any_question(asked: str, text: str, changes: dict[str, str | None]) -> None:
    field = JOB_INTENTION.field(asked)
    assert corrections.read(JOB_INTENTION, None if asked in changes else field, heard(text), HELD) == changes


@pytest.mark.parametrize(
    "text",
    [
        "不是解放碑户口可以登记吗",
        "保安工资多少",
        "不到四千我不干",
        "我想换一下工作",
        "不是",
        "不是脱贫户",
        "我当过保安",
        "李测试",
        "大坪",
        "13800000002",
        "招聘会改成哪天了",
        '/inform{"unit": "大坪街道"}',
    ],
)
def test_anything_else_changes_nothing(text: str) -> None:
    assert corrections.read(JOB_INTENTION, JOB_INTENTION.field("phone"), heard(text), HELD) == {}


VACANT = {"kind_of_work": "焊工", "headcount": "2", "requirements": "2月18日前到岗"}


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("要有焊工证，会氩弧焊", {"requirements": "2月18日前到岗；要有焊工证，会氩弧焊"}),
        ("三月一号前必须到岗", {"requirements": "2月18日前到岗；3月1日前到岗"}),
        ("包吃不包住", {"requirements": "2月18日前到岗；包吃不包住"}),
        ("不是两个，是三个", {"headcount": "3"}),
        ("对", {}),
        ("要得", {}),
        ("要改", {}),
        ("会不会有人来哦", {}),
    ],
)
def test_what_is_plainly_a_requirement_is_added(text: str, changes: dict[str, str | None]) -> None:
    for asked in ("phone", "confirmed"):
        assert corrections.read(VACANCY, VACANCY.field(asked), heard(text), VACANT) == changes


def test_at_the_summary_another_choice_is_a_change() -> None:
    slots = {"urgent": "yes", "unit": "大坪街道"}
    summary = HELP_REQUEST.field("confirmed")
    assert corrections.read(HELP_REQUEST, summary, heard("不急", "deny"), slots) == {"urgent": "no"}
    assert corrections.read(HELP_REQUEST, summary, heard("不对", "deny"), slots) == {}


def test_a_story_is_told_and_corrects_nothing() -> None:
    slots = {"unit": "解放碑街道", "phone": "+8613800000001"}
    told = heard("我不在解放碑住，老板电话也写错了，换成他老婆的名字")
    assert corrections.read(HELP_REQUEST, HELP_REQUEST.field("story"), told, slots) == {}
    assert corrections.read(VACANCY, VACANCY.field("place"), heard("不是大坪，是解放碑"), {"place": "大坪"}) == {}


def test_what_stands_there_now_is_said_in_half_a_sentence() -> None:
    changed = steps.changed(JOB_INTENTION, HELD, {"kind_of_work": "厨师", "phone": "+8613800000002"})
    assert changed.text == "好，改过来，工种是厨师，电话是138****0002。"
    assert steps.changed(JOB_INTENTION, {}, {"salary": "5000元/月"}).text == "好，记下了，工资是5000元/月。"
    assert steps.changed(JOB_INTENTION, HELD, {"person_name": None}).text == "好，这一项重新说。"
