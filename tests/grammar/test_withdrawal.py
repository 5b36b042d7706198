"""What somebody wants done with what they left."""

from __future__ import annotations

import pytest

from bot.grammar import withdrawal


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我要撤回登记", "withdraw"),
        ("把我的登记撤了", "withdraw"),
        ("取消求职登记", "withdraw"),
        ("不要再给我打电话了", "withdraw"),
        ("人招满了，莫挂起了", "withdraw"),
        ("把我的信息刪掉", "erase"),
        ("我找到工作了，信息都删了嘛", "erase"),
        ("不想你们存着我的名字", "erase"),
        ("注销", "erase"),
        ("我的登记", None),
    ],
)
def test_withdrawn_or_erased(text: str, wanted: str | None) -> None:
    assert withdrawal.parse(text) == wanted
