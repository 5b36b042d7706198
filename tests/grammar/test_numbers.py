"""Numbers in the many ways people write them, and texts in which there is none."""

from __future__ import annotations

import pytest

from bot.grammar import numbers
from bot.grammar.numbers import Number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3800", 3800, None),
        ("３０００", 3000, None),
        ("4,500", 4500, None),
        ("三千八", 3800, None),
        ("三千零八", 3008, None),
        ("三千八百", 3800, None),
        ("四千五", 4500, None),
        ("三百五", 350, None),
        ("一百零五", 105, None),
        ("一百一十五", 115, None),
        ("二十五", 25, None),
        ("十", 10, None),
        ("一万二", 12000, None),
        ("一万二千五", 12500, None),
        ("一万零五十", 10050, None),
        ("两万三千零五", 23005, None),
        ("十五万", 150000, None),
        ("一亿", 100000000, None),
        ("兩千", 2000, None),
        ("两仟", 2000, None),
        ("1万2", 12000, None),
        ("1万2千", 12000, None),
        ("1万2000", 12000, None),
        ("1.2万", 12000, None),
        ("1w2", 12000, None),
        ("3千5", 3500, None),
        ("3千8百", 3800, None),
        ("5k", 5000, None),
        ("4.5K", 4500, None),
        ("5K-8K", 5000, 8000),
        ("5-8k", 5000, 8000),
        ("5k～8k", 5000, 8000),
        ("1.5-2万", 15000, 20000),
        ("4到5千", 4000, 5000),
        ("三到五千", 3000, 5000),
        ("8千-1万", 8000, 10000),
        ("800到1千", 800, 1000),
        ("4000到5000", 4000, 5000),
        ("4000-5000", 4000, 5000),
        ("4000元-5000", 4000, 5000),
        ("四千块到五千", 4000, 5000),
        ("六千至八千", 6000, 8000),
        ("五六千", 5000, 6000),
        ("四五千", 4000, 5000),
        ("两三百", 200, 300),
        ("二三十", 20, 30),
        ("一两", 1, 2),
        ("三五", 3, 5),
        ("十七八", 17, 18),
        ("三十七八", 37, 38),
        ("一百五六", 150, 160),
        ("四千五六百", 4500, 4600),
        ("两千多", 2000, None),
        ("5000多", 5000, None),
        ("三十几", 30, None),
        ("四十好几", 40, None),
        ("一万出头", 10000, None),
        ("千把", 1000, None),
        ("百多", 100, None),
        ("俩", 2, None),
    ],
)
def test_a_number_is_read(text: str, low: int, high: int | None) -> None:
    assert numbers.parse(text) == Number(0, len(text), low, high)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("想要３千５左右", [("３千５", 3500, None)]),
        ("三千二一个月", [("三千二", 3200, None)]),
        ("三百八一天", [("三百八", 380, None)]),
        ("三千1个月", [("三千", 3000, None), ("1", 1, None)]),
        ("二十一天", [("二十一", 21, None)]),
        ("十来个人", [("十来", 10, None)]),
        ("三千来重庆", [("三千", 3000, None)]),
        ("保安-3人", [("3", 3, None)]),
        ("女，39，3500", [("39", 39, None), ("3500", 3500, None)]),
        ("五千到手", [("五千", 5000, None)]),
        ("18岁到45岁", [("18岁到45", 18, 45)]),
        ("保底6000~8000元", [("6000~8000", 6000, 8000)]),
    ],
)
def test_a_number_has_its_place(text: str, found: list[tuple[str, int, int | None]]) -> None:
    assert [(text[one.start : one.end], one.low, one.high) for one in numbers.find(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "多少钱",
        "等一下",
        "一起去",
        "一般都可以",
        "一定来",
        "万一下雨",
        "千万不要",
        "十分感谢",
        "交五险",
        "四川来的",
        "七星岗",
        "两路口",
        "九龙坡",
        "第三次来",
        "周五来",
        "星期三",
        "礼拜二",
        "初八过后",
        "几千块",
        "好几百",
        "几十个",
        "上千人",
        "唯一的",
        "-3",
        "50%",
        "1/3",
        "8:30",
        "8:30-17:30",
        "2022-02-15",
        "2022.2.15",
        "5000-4000",
        "138-0000-0000",
        "幺三八零零零零零零零零",
        "二零二二年",
        "一二三四",
        "a2证",
        "4S店",
        "5km",
    ],
)
def test_no_number_is_found(text: str) -> None:
    assert numbers.find(text) == []


@pytest.mark.parametrize("text", ["", "四千块", "3和5", "我要4000"])
def test_a_text_that_is_more_than_a_number(text: str) -> None:
    assert numbers.parse(text) is None
