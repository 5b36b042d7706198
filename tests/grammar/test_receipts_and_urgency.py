"""Receipt numbers, last four digits, and whether a matter is urgent."""

from __future__ import annotations

import pytest

from bot.grammar import receipts, urgency


@pytest.mark.parametrize(
    "text",
    ["12345678", "1234 5678", "回执号1234-5678", "１２３４５６７８", "一二三四五六七八", "幺二三四 五六七八，谢谢"],
)
def test_a_receipt_is_read(text: str) -> None:
    assert receipts.parse(text) == "12345678"


@pytest.mark.parametrize(
    "text", ["", "1234567", "123456789", "13800000001", "12345678 或 87654321", "忘了", "2022年2月"]
)
def test_no_receipt_is_read(text: str) -> None:
    assert receipts.parse(text) is None


@pytest.mark.parametrize("text", ["0051", "后四位是0051", "零零五一", "13800000051", "洞洞五幺"])
def test_the_last_four_digits_are_read(text: str) -> None:
    assert receipts.parse_last_four(text) == "0051"


@pytest.mark.parametrize("text", ["", "005", "00510", "忘了", "0051或0052"])
def test_no_last_four_digits_are_read(text: str) -> None:
    assert receipts.parse_last_four(text) is None


def test_a_receipt_is_read_out_in_two_groups() -> None:
    assert receipts.spaced("12345678") == "1234 5678"


@pytest.mark.parametrize("text", ["很急", "急得很", "马上", "今天就要", "等不得了", "赶紧嘛", "救命"])
def test_it_is_urgent(text: str) -> None:
    assert urgency.parse(text) == "yes"


@pytest.mark.parametrize("text", ["不急", "不是很急", "不怎么急", "慢慢来", "没得好急", "过几天也行", "不着急"])
def test_it_is_not_urgent(text: str) -> None:
    assert urgency.parse(text) == "no"


@pytest.mark.parametrize("text", ["", "不晓得", "你说呢", "大坪"])
def test_it_is_not_said(text: str) -> None:
    assert urgency.parse(text) is None
