"""What the caller's words fill in at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.web.staff import desk_fill


@pytest.fixture(autouse=True)
def _day(use_settings: Callable[..., None]) -> None:
    use_settings(CHUNFENG_NOW="2022-02-15T09:00")


@pytest.mark.parametrize(
    ("said", "pay"),
    [
        ("四千块左右", "4000元/月"),
        ("五六千", "5000-6000元/月"),
        ("200一天", "200元/天"),
        ("时薪18", "18元/小时"),
        ("工资面议", "面议"),
        ("老板欠我四千块", None),
    ],
)
def test_pay_as_the_grammar_understands_it(said: str, pay: str | None) -> None:
    assert desk_fill.suggest(said, "inform").get("pay") == pay


@pytest.mark.parametrize(
    ("said", "intent", "filled"),
    [
        (
            "我叫张三，想找保安的活，四千块左右，住大坪，电话13800000001",
            "register_job_intention",
            {"name": "张三", "kind_of_work": "保安", "pay": "4000元/月", "unit": "大坪街道", "phone": "13800000001"},
        ),
        (
            "我45岁，女的，退役军人，下周能上班，想去外省",
            "inform",
            {"age": "45", "gender": "female", "groups": "退役军人", "start": "2月21日到2月27日", "place": "外省"},
        ),
        ("我住大坪，招聘会在哪里", "ask_job_fair_time_place", {"unit": "大坪街道"}),
        ("我家是脱贫户", "inform", {"poverty_alleviated": "yes"}),
        (
            "我们是示例物业公司，招3个保安，四千五，在大坪正街",
            "post_vacancy",
            {
                "company": "示例物业公司",
                "headcount": "3",
                "kind_of_work": "保安",
                "pay": "4500元/月",
                "unit": "大坪街道",
                "place": "大坪街道",
            },
        ),
        (
            "老板三个月没发工资了，今天就要人来管",
            "request_help",
            {"topic": "rights", "story": "老板三个月没发工资了，今天就要人来管", "urgent": "yes"},
        ),
        ("工资没有发", "rights_unpaid_wages", {"topic": "rights"}),
    ],
)
def test_what_is_said_without_doubt(said: str, intent: str, filled: dict[str, str]) -> None:
    assert desk_fill.suggest(said, intent) == filled


@pytest.mark.parametrize(("said", "intent"), [("明天天气怎么样", "out_of_scope"), ("不想去外省", "deny")])
def test_a_day_or_a_place_is_the_callers_only_where_they_tell_a_wish(said: str, intent: str) -> None:
    assert desk_fill.suggest(said, intent) == {}


@pytest.mark.parametrize(
    "question",
    ["残疾人有啥补贴", "2月18号的招聘会在哪", "大坪有没有招聘会", "去外省打工有没有车", "保安和保洁都在招吗"],
)
def test_a_question_tells_nothing_of_the_caller(question: str) -> None:
    assert desk_fill.suggest(question, "ask_job_fair_time_place") == {}
