"""Which posts fit, in which order, and why."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.grammar import pay
from bot.matching import posts
from bot.matching.wish import Wish
from bot.records import database
from tests.matching.offers import NOW, TODAY, post


def said(session: Session, wish: Wish, limit: int = 3) -> list[tuple[str, str]]:
    return [(fit.post.title, fit.why) for fit in posts.best(session, wish, TODAY, limit)]


def test_work_then_place_then_pay(records: Path) -> None:
    wish = Wish("保安", "大坪街道", pay=pay.parse("4000元/月"))
    month = {"pay_period": "month"}
    with database.writing() as session:
        post(session, "远处", place="某区示例路1号", pay_low=9000, pay_high=9000, **month)
        post(session, "同区少钱", unit="解放碑街道", pay_low=3000, pay_high=3500, **month)
        post(session, "就近少钱", unit="大坪街道", pay_low=3000, pay_high=3500, **month)
        post(session, "就近可能够", unit="大坪街道", pay_low=3500, pay_high=4500, **month)
        post(session, "就近够", unit="大坪街道", pay_low=4000, pay_high=5000, **month)
        post(session, "就近面议", unit="大坪街道")
        post(session, "就近日结", unit="大坪街道", pay_low=200, pay_high=200, pay_period="day")
        post(session, "巡逻", "巡逻员", unit="大坪街道", pay_low=9000, pay_high=9000, **month)
        assert said(session, wish, limit=8) == [
            ("就近够", "同工种 · 就在大坪街道 · 月薪够4000"),
            ("就近可能够", "同工种 · 就在大坪街道 · 月薪3500起，能到4000"),
            ("就近面议", "同工种 · 就在大坪街道 · 工资面议"),
            ("就近日结", "同工种 · 就在大坪街道 · 200元/天"),
            ("就近少钱", "同工种 · 就在大坪街道 · 月薪最多3500，比想要的少"),
            ("同区少钱", "同工种 · 在解放碑街道 · 月薪最多3500，比想要的少"),
            ("远处", "同工种 · 在某区示例路1号 · 月薪够4000"),
            ("巡逻", "相近工种：巡逻员 · 就在大坪街道 · 月薪够4000"),
        ]


def test_no_points_make_up_for_other_work_or_another_place(records: Path) -> None:
    wish = Wish("保安", "大坪街道", pay=pay.parse("4000元/月"), groups=("退役军人",))
    paid = {"pay_low": 9000, "pay_high": 9000, "pay_period": "month", "groups": ["退役军人"]}
    with database.writing() as session:
        post(session, "相近", "巡逻员", unit="大坪街道", **paid)
        post(session, "同区", unit="解放碑街道", **paid)
        post(session, "就近", unit="大坪街道", pay_low=2000, pay_high=2000, pay_period="month")
        assert [title for title, _ in said(session, wish)] == ["就近", "同区", "相近"]


def test_fewer_when_fewer_fit_and_never_other_work(records: Path) -> None:
    with database.writing() as session:
        post(session, "厨师", "厨师", unit="大坪街道")
        post(session, "保安", unit="大坪街道")
        assert [title for title, _ in said(session, Wish("保安", "大坪街道"))] == ["保安"]
        assert said(session, Wish("飞行员")) == []


def test_what_is_over_or_gone_is_never_given(records: Path) -> None:
    with database.writing() as session:
        post(session, "过期", valid_until=TODAY - timedelta(days=1))
        post(session, "下架", gone_at=NOW)
        post(session, "最后一天", valid_until=TODAY)
        post(session, "长期")
        assert {title for title, _ in said(session, Wish("保安"))} == {"最后一天", "长期"}


def test_related_work_only_where_too_little_of_the_same(records: Path) -> None:
    with database.writing() as session:
        for number in range(3):
            post(session, f"保安{number}")
        post(session, "巡逻员", "巡逻员")
        assert [why for _, why in said(session, Wish("保安"))] == ["同工种"] * 3
        assert [why for _, why in said(session, Wish("保安"), limit=5)] == ["同工种"] * 3 + ["相近工种：巡逻员"]


def test_the_same_post_written_twice_is_given_once(records: Path) -> None:
    with database.writing() as session:
        for until in (date(2022, 3, 1), date(2022, 3, 31)):
            post(session, "保安", company="示例公司", unit="大坪街道", valid_until=until)
        assert len(said(session, Wish("保安"))) == 1


def test_a_person_s_own_words_for_work_and_place(records: Path) -> None:
    with database.writing() as session:
        post(session, "小区门岗", "保安", unit="解放碑街道")
        post(session, "剪纸学徒", "剪纸", place="大坪示例路9号")
        assert said(session, Wish("看大门的", place="解放碑那边")) == [("小区门岗", "同工种 · 就在解放碑街道")]
        assert said(session, Wish("剪纸", "大坪街道")) == [("剪纸学徒", "同工种 · 就在大坪示例路9号")]
        assert said(session, Wish("保安或者剪纸")) == [("小区门岗", "同工种")]


def test_posts_meant_for_the_person_s_group_come_first(records: Path) -> None:
    with database.writing() as session:
        post(session, "一般")
        post(session, "专岗", groups=["退役军人专区"])
        assert said(session, Wish("保安", groups=("退役军人",))) == [
            ("专岗", "同工种 · 面向退役军人"),
            ("一般", "同工种"),
        ]


@pytest.mark.parametrize(("hours", "found"), [(-1, ["保安"]), (0, [])])
def test_only_what_came_after_a_moment(records: Path, hours: int, found: list[str]) -> None:
    with database.writing() as session:
        post(session)
        after = NOW + timedelta(hours=hours)
        assert [fit.post.title for fit in posts.best(session, Wish("保安"), TODAY, imported_after=after)] == found
