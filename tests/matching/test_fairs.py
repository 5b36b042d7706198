"""The calendar of fairs, and what it says when there is none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.load import Pack
from bot.matching import fairs, no_fair
from bot.records import database
from tests.matching.offers import NOW, fair

SATURDAY, SUNDAY = date(2022, 2, 19), date(2022, 2, 20)
ONLINE = "渝中·巫溪2022年“春风行动”线上招聘会"


def calendar(session: Session) -> None:
    fair(session, "菜园坝招聘会", (2, 12), place="菜园坝示例广场", unit="菜园坝街道")
    fair(session, "大坪招聘会", (2, 20), (14, 17), place="示例文化中心", unit="大坪街道")
    fair(session, "解放碑招聘会", (2, 19), place="解放碑示例广场", unit="解放碑街道", zones=["退役军人专区"])
    fair(session, "退役军人专场招聘会", (2, 26), place="示例礼堂", unit="上清寺街道")


def titles(session: Session, pack: Pack, now: datetime = NOW, **asked: Any) -> list[str]:
    return [hit.title for hit in fairs.upcoming(session, pack, now, **asked)]


def test_the_calendar_by_day_place_and_zone(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        calendar(session)
        assert titles(session, yuzhong) == ["解放碑招聘会", "大坪招聘会", "退役军人专场招聘会", ONLINE]
        assert titles(session, yuzhong, first=SATURDAY, last=SUNDAY) == ["解放碑招聘会", "大坪招聘会", ONLINE]
        assert titles(session, yuzhong, place="解放碑那边") == ["解放碑招聘会"]
        assert titles(session, yuzhong, place="大坪街道") == ["大坪招聘会"]
        assert titles(session, yuzhong, zone="老兵") == ["解放碑招聘会", "退役军人专场招聘会"]
        assert titles(session, yuzhong, zone="退役军人专场") == ["解放碑招聘会", "退役军人专场招聘会"]
        assert titles(session, yuzhong, first=SUNDAY, zone="退役军人") == ["退役军人专场招聘会"]
        assert titles(session, yuzhong, place="化龙桥") == []


def test_a_group_is_the_same_by_its_other_names(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        fair(session, "春风送岗", (3, 8), place="示例中心", zones=["女性专区"])
        fair(session, "宝妈专场招聘会", (3, 9), place="示例中心")
        fair(session, "综合招聘会", (3, 10), place="示例中心", zones=["农民工专区"])
        assert titles(session, yuzhong, zone="妇女专场") == ["春风送岗", "宝妈专场招聘会"]


def test_a_fair_is_on_until_its_last_minute(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        calendar(session)
        noon = clock.in_beijing(datetime(2022, 2, 19, 12))
        assert titles(session, yuzhong, noon, last=SATURDAY, place="解放碑") == ["解放碑招聘会"]
        assert titles(session, yuzhong, noon.replace(minute=1), last=SATURDAY, place="解放碑") == []


def test_the_fair_of_the_notice_is_online_in_its_window(records: Path, yuzhong: Pack) -> None:
    with database.reading() as session:
        (hit,) = fairs.upcoming(session, yuzhong, NOW)
        assert (hit.when, hit.where, hit.url, hit.source) == (
            "2月8日到3月31日",
            "汇博人才网",
            "https://www.huibo.com/cq/",
            "五（四）组织专场招聘活动",
        )
        assert titles(session, yuzhong, clock.in_beijing(datetime(2022, 3, 31, 23, 59))) == [ONLINE]
        assert titles(session, yuzhong, clock.in_beijing(datetime(2022, 4, 1))) == []


def test_one_fair_from_two_sources_is_one(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        fair(session, "渝中巫溪“春风行动”线上招聘会", (2, 8), (0, 23), online=True, organiser="示例主办单位")
        fair(session, "春风行动招聘会", (2, 19), place="示例广场")
        fair(session, "2022年春风行动招聘会", (2, 19), place="示例广场东侧", zones=["退役军人专区"], unit="大坪街道")
        fair(session, "春风行动招聘会", (2, 19), place="另一个体育馆")
        fair(session, "春风行动招聘会", (2, 19), (14, 17), place="示例广场")
        fair(session, "女性就业专场", (2, 19), place="示例广场")
        found = fairs.upcoming(session, yuzhong, NOW)
        assert [(hit.title, hit.place, hit.starts_at.hour) for hit in found] == [
            ("女性就业专场", "示例广场", 9),
            ("春风行动招聘会", "示例广场", 9),
            ("春风行动招聘会", "另一个体育馆", 9),
            ("春风行动招聘会", "示例广场", 14),
            (ONLINE, "汇博人才网", 0),
        ]
        assert (found[1].unit, found[1].zones) == ("大坪街道", ("退役军人专区",))
        assert found[4].organiser == "示例主办单位"


def test_other_campaigns_and_fairs_that_are_gone_are_not_listed(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        fair(session, "别处的", (2, 19), place="示例广场", campaign="fujian-2023")
        fair(session, "取消的", (2, 19), place="示例广场", gone_at=NOW)
        assert titles(session, yuzhong) == [ONLINE]


@pytest.mark.parametrize(
    ("hours", "when"),
    [((9, 12), "2月19日（周六）9:00到12:00"), ((0, 0), "2月19日（周六）0:00到0:00")],
)
def test_when_a_fair_is(records: Path, hours: tuple[int, int], when: str) -> None:
    with database.writing() as session:
        assert fairs._from_import(fair(session, "招聘会", (2, 19), hours, place="示例广场")).when == when


def hit(start: tuple[int, ...], end: tuple[int, ...], by_month: bool = False) -> fairs.FairHit:
    moments = [clock.in_beijing(datetime(2022, *moment)) for moment in (start, end)]
    return fairs.FairHit("招聘会", *moments, by_month=by_month)


def test_a_time_that_is_not_known_is_not_said() -> None:
    assert hit((2, 19), (2, 19, 23, 59)).when == "2月19日（周六）"
    assert hit((2, 19, 9, 30), (2, 19, 23, 59)).when == "2月19日（周六）9:30开始"
    assert hit((2, 1), (3, 31, 23, 59), by_month=True).when == "2022年2月到3月"
    assert hit((2, 19), (2, 19)).where == "地点待定"


NEXT = "2月19日（周六）9:00到12:00，解放碑招聘会，在解放碑示例广场。"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"place": "化龙桥"}, f"化龙桥没有登记到招聘会，下一场是{NEXT}"),
        (
            {"first": date(2022, 2, 15), "last": date(2022, 2, 15), "place": "解放碑"},
            f"今天解放碑没有登记到招聘会，下一场是{NEXT}",
        ),
        (
            {"first": date(2022, 2, 17), "last": date(2022, 2, 18), "place": "解放碑"},
            f"2月17日到2月18日解放碑没有登记到招聘会，下一场是{NEXT}",
        ),
        (
            {"first": SATURDAY, "last": SUNDAY, "place": "上清寺"},
            "这周末上清寺没有登记到招聘会，下一场是2月26日（周六）9:00到12:00，退役军人专场招聘会，在示例礼堂。",
        ),
        (
            {"first": date(2022, 2, 26), "last": date(2022, 2, 27), "place": "大坪"},
            "下周末大坪没有登记到招聘会，下一场是2月20日（周日）14:00到17:00，大坪招聘会，在示例文化中心。",
        ),
        (
            {"first": SUNDAY, "last": SUNDAY, "place": "大坪", "zone": "退役军人专场"},
            f"2月20日大坪退役军人专场没有登记到招聘会，下一场是{NEXT}",
        ),
        (
            {"first": date(2022, 3, 1), "zone": "残疾人专场"},
            "3月1日以后残疾人专场没有登记到招聘会，正在进行的有2月8日到3月31日，" + ONLINE + "，在汇博人才网。",
        ),
    ],
)
def test_when_there_is_none_the_next_one_is_named(
    records: Path, yuzhong: Pack, asked: dict[str, Any], said: str
) -> None:
    with database.writing() as session:
        calendar(session)
        assert fairs.upcoming(session, yuzhong, NOW, **asked) == []
        assert no_fair.sentence(session, yuzhong, NOW, **asked) == said


def test_after_the_last_one_it_says_so(records: Path, yuzhong: Pack) -> None:
    after = clock.in_beijing(datetime(2022, 4, 2))
    with database.writing() as session:
        calendar(session)
        assert no_fair.sentence(session, yuzhong, after) == f"最后一场（{ONLINE}）已于2022年3月31日结束。"


def test_without_any_fair_it_says_so(records: Path, yuzhong: Pack) -> None:
    with database.reading() as session:
        assert no_fair.sentence(session, yuzhong.copy(update={"fairs": []}), NOW) == "现在还没有登记到招聘会。"
