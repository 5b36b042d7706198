"""The one course that fits best and can still be joined."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.matching import courses
from bot.matching.wish import Wish
from bot.records import database
from tests.matching.offers import NOW, TODAY, course

WISH = Wish("厨师", "大坪街道")
FREE_NEARBY = "同工种 · 就在大坪街道 · 免费"


def test_work_then_place_then_price_then_the_next_to_start(records: Path) -> None:
    """Each course that comes is better than all before it."""
    coming = (
        ("凉菜班", "凉菜师", {"unit": "大坪街道", "fee": "免费"}, "相近工种：凉菜师 · 就在大坪街道 · 免费"),
        ("解放碑班", "厨师", {"unit": "解放碑街道", "fee": "免费"}, "同工种 · 同区（解放碑街道） · 免费"),
        ("收费班", "厨师", {"unit": "大坪街道", "fee": "800元"}, "同工种 · 就在大坪街道"),
        ("补贴班", "厨师", {"unit": "大坪街道", "subsidised": True}, "同工种 · 就在大坪街道 · 有补贴"),
        ("三月班", "厨师", {"unit": "大坪街道", "fee": "免费", "starts_on": date(2022, 3, 1)}, FREE_NEARBY),
        ("二月班", "厨师", {"unit": "大坪街道", "fee": "免费", "starts_on": date(2022, 2, 20)}, FREE_NEARBY),
    )
    with database.writing() as session:
        for title, kind, values, why in coming:
            course(session, title, kind, **values)
            best = courses.best(session, WISH, TODAY)
            assert best is not None
            assert (best.course.title, best.why) == (title, why)


def test_a_course_that_cannot_be_joined_is_not_given(records: Path) -> None:
    with database.writing() as session:
        course(session, "报名已过", "厨师", valid_until=date(2022, 2, 14), starts_on=date(2022, 3, 1))
        course(session, "已开课", "厨师", starts_on=date(2022, 2, 14), ends_on=date(2022, 3, 1))
        course(session, "下架", "厨师", gone_at=NOW)
        assert courses.best(session, WISH, TODAY) is None
        course(session, "今天截止", "厨师", valid_until=TODAY)
        found = courses.best(session, WISH, TODAY)
        assert found is not None
        assert found.course.title == "今天截止"


def test_no_course_of_other_work(records: Path) -> None:
    with database.writing() as session:
        course(session, "电工班", "电工")
        assert courses.best(session, WISH, TODAY) is None
