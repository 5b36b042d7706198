"""What stands in one cell, as a value or as a reason that repeats nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from bot import clock
from bot.imports import fields

UNITS = ["大坪街道", "解放碑街道"]


@pytest.mark.parametrize(
    "text", ["2022-02-15", "2022/2/15", "2022.2.15", "2022年2月15日", "２０２２-02-15", "2022-02-15 09:30"]
)
def test_days(text: str) -> None:
    assert fields.day(text) == date(2022, 2, 15)


@pytest.mark.parametrize("text", ["2022-02-15 09:30", "2022-02-15T09:30:00", "2022/2/15 9:30", "2022年2月15日9点30分"])
def test_moments(text: str) -> None:
    assert fields.moment(text, default=time()) == clock.in_beijing(datetime(2022, 2, 15, 9, 30))


def test_a_day_alone_and_a_time_alone() -> None:
    on = date(2022, 2, 15)
    assert fields.moment("2022-02-15", default=fields.END_OF_DAY) == clock.in_beijing(datetime(2022, 2, 15, 23, 59))
    assert fields.moment("12:00", default=time(), on=on) == clock.in_beijing(datetime(2022, 2, 15, 12))


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (fields.day, "2022-02-30", "没有这一天，请对照日历改正"),
        (fields.day, "十五号", "看不懂，请写成 2022-02-15"),
        (lambda text: fields.moment(text, time()), "2022-02-15 25:00", "没有这个钟点，请改正"),
        (lambda text: fields.moment(text, time()), "12:00", "看不懂，请写成 2022-02-15 09:30"),
        (fields.phone, "1380000000a", "不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着"),
        (fields.phone, "13800000000abc", "不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着"),
        (fields.phone, "138", "不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着"),
        (lambda text: fields.unit(text, UNITS), "大平街道", "不在这次活动的街道名单里，请写全称，不知道就空着"),
        (fields.yes_or_no, "也许", "请写 是 或 否，不知道就空着"),
    ],
)
def test_what_cannot_be_says_why(read: Callable[[str], object], text: str, reason: str) -> None:
    with pytest.raises(ValueError) as raised:
        read(text)
    assert str(raised.value) == reason


def test_phones_in_one_form() -> None:
    assert fields.phone("138 0000-0000") == fields.phone("+86 13800000000") == "+8613800000000"
    assert fields.phone("（023）00000000") == "+862300000000"


def test_units_with_and_without_their_ending() -> None:
    assert fields.unit("大坪", UNITS) == fields.unit("大坪街道", UNITS) == "大坪街道"
    assert fields.unit("某某镇", []) == "某某镇"


def test_lists_and_answers() -> None:
    assert fields.several("退役军人、农民工，退役军人 / 残疾人") == ["退役军人", "农民工", "残疾人"]
    assert (fields.yes_or_no("是"), fields.yes_or_no("无")) == (True, False)
