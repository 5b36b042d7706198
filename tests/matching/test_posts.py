"""Which posts fit, in which order, and why."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.grammar import pay
from bot.matching import offers, posts
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
            ("同区少钱", "同工种 · 同区（解放碑街道） · 月薪最多3500，比想要的少"),
            ("远处", "同工种 · 月薪够4000"),
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


def test_a_place_far_away_is_no_reason_for_a_post_nearby(records: Path) -> None:
    with database.writing() as session:
        post(session, "近处", unit="上清寺街道")
        post(session, "自己街道", unit="大坪街道")
        post(session, "厂里", place="广东省东莞市示例路1号")
        post(session, "外地", place="四川省成都市示例路2号")
        assert said(session, Wish("保安", place="广东省"), limit=4) == [
            ("厂里", "同工种 · 就在广东省东莞市示例路1号"),
            ("近处", "同工种"),
            ("自己街道", "同工种"),
            ("外地", "同工种"),
        ]
        assert said(session, Wish("保安", "大坪街道", "东莞市"), limit=3) == [
            ("厂里", "同工种 · 就在广东省东莞市示例路1号"),
            ("自己街道", "同工种 · 就在大坪街道"),
            ("近处", "同工种 · 同区（上清寺街道）"),
        ]
        assert said(session, Wish("保安", place="佛山市"), limit=1) == [("近处", "同工种")]


@pytest.mark.parametrize(
    ("place", "first", "why"),
    [
        ("外省", "厂里", "同工种 · 就在广东省东莞市示例路1号"),
        ("省内", "江北", "同工种 · 就在重庆市江北区示例路3号"),
        ("区内", "近处", "同工种 · 就在上清寺街道"),
        ("渝中区", "近处", "同工种 · 就在上清寺街道"),
        ("近", "近处", "同工种 · 同区（上清寺街道）"),
        ("都行", "江北", "同工种"),
    ],
)
def test_how_far_somebody_would_go(records: Path, place: str, first: str, why: str) -> None:
    with database.writing() as session:
        post(session, "江北", place="重庆市江北区示例路3号")
        post(session, "厂里", place="广东省东莞市示例路1号")
        post(session, "近处", unit="上清寺街道")
        assert said(session, Wish("保安", place=place), limit=1) == [(first, why)]


def test_in_the_wanted_district_the_own_street_comes_first_between_equals(records: Path) -> None:
    paid = {"pay_low": 4000, "pay_high": 4000, "pay_period": "month"}
    with database.writing() as session:
        post(session, "别处", unit="解放碑街道", **paid)
        post(session, "自家街道", unit="大坪街道", **paid)
        post(session, "别处多给", unit="上清寺街道", pay_low=4500, pay_high=5000, pay_period="month")
        wish = Wish("保安", "大坪街道", "渝中区", pay.parse("4500元/月"))
        assert [title for title, _ in said(session, wish)] == ["别处多给", "自家街道", "别处"]


def test_a_place_without_posts_is_said_before_the_near_ones(records: Path) -> None:
    with database.writing() as session:
        post(session, "近处", unit="上清寺街道")
        for wish, lead in [
            (Wish("保安", place="广东省"), "实话跟您说，广东省的岗位眼下没有登记到。近处的有："),
            (Wish("保安", "大坪街道", "外省"), "实话跟您说，外省的岗位眼下没有登记到。近处的有："),
            (Wish("保安", "大坪街道"), "岗位（大坪街道眼下没有，这些在近处）："),
            (Wish("保安", "上清寺街道"), "岗位："),
            (Wish("保安", place="都行"), "岗位："),
            (Wish("保安"), "岗位："),
        ]:
            assert offers.posts("岗位：", wish, posts.best(session, wish, TODAY)).lead == lead


def test_any_work_shows_different_kinds_by_place_and_pay(records: Path) -> None:
    month = {"pay_period": "month"}
    with database.writing() as session:
        post(session, "远保洁", "保洁", unit="解放碑街道", pay_low=3000, pay_high=3000, **month)
        post(session, "保安一", "保安", unit="大坪街道", pay_low=3000, pay_high=3500, **month)
        post(session, "保安二", "保安", unit="大坪街道", pay_low=4000, pay_high=4500, **month)
        post(session, "剪纸", "剪纸", unit="大坪街道")
        wish = Wish("什么活都行", "大坪街道", pay=pay.parse("4000元/月"))
        assert said(session, wish, limit=5) == [
            ("保安二", "不挑工种 · 就在大坪街道 · 月薪够4000"),
            ("剪纸", "不挑工种 · 就在大坪街道 · 工资面议"),
            ("远保洁", "不挑工种 · 同区（解放碑街道） · 月薪最多3000，比想要的少"),
        ]


def test_posts_meant_for_the_person_s_group_come_first(records: Path) -> None:
    with database.writing() as session:
        post(session, "一般")
        post(session, "专岗", groups=["退役军人专区"])
        assert said(session, Wish("保安", groups=("退役军人",))) == [
            ("专岗", "同工种 · 面向退役军人"),
            ("一般", "同工种"),
        ]
        post(session, "妈妈岗", groups=["女性"])
        assert said(session, Wish("保安", groups=("妇女",)), limit=1) == [("妈妈岗", "同工种 · 面向妇女")]


@pytest.mark.parametrize(("hours", "found"), [(-1, ["保安"]), (0, [])])
def test_only_what_came_after_a_moment(records: Path, hours: int, found: list[str]) -> None:
    with database.writing() as session:
        post(session)
        after = NOW + timedelta(hours=hours)
        assert [fit.post.title for fit in posts.best(session, Wish("保安"), TODAY, imported_after=after)] == found
