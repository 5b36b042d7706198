"""Pay as registers and people write it."""

from __future__ import annotations

import pytest

from bot.grammar.pay import Pay, parse


@pytest.mark.parametrize(
    ("text", "pay", "shown"),
    [
        ("4000-5000元/月", Pay(4000, 5000, "month"), "4000-5000元/月"),
        ("４０００～５０００", Pay(4000, 5000, "month"), "4000-5000元/月"),
        ("月薪 4,500 元", Pay(4500, 4500, "month"), "4500元/月"),
        ("4-5千", Pay(4000, 5000, "month"), "4000-5000元/月"),
        ("4.5k—6k", Pay(4500, 6000, "month"), "4500-6000元/月"),
        ("5000以上", Pay(5000, None, "month"), "5000元/月以上"),
        ("1万起", Pay(10000, None, "month"), "10000元/月以上"),
        ("200元/天", Pay(200, 200, "day"), "200元/天"),
        ("日薪180到220块", Pay(180, 220, "day"), "180-220元/天"),
        ("25元/小时", Pay(25, 25, "hour"), "25元/小时"),
    ],
)
def test_pay_is_read_and_written(text: str, pay: Pay, shown: str) -> None:
    assert parse(text) == pay
    assert str(pay) == shown


@pytest.mark.parametrize("text", ["面议", "", "200", "99999999元/月", "5000-4000元/月", "3元/小时"])
def test_what_cannot_be_pay_is_none(text: str) -> None:
    assert parse(text) is None
