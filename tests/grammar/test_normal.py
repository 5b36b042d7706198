"""What people write, made even; and folding, which keeps every character in its place."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from bot.grammar import fold, names, units
from bot.grammar.normal import normal
from bot.settings import ROOT


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        ("我要找工作", "我要找工作"),
        ("１３８００００００００", "13800000000"),
        ("请问，在吗？", "请问,在吗?"),
        ("ＯＫ", "OK"),
        ("我想請問後天的招聘會", "我想请问后天的招聘会"),
        ("頭髮剪了就發財", "头发剪了就发财"),
        ("打掃乾淨", "打扫干净"),
        ("哈哈哈哈哈", "哈哈"),
        ("好好", "好好"),
        ("okkkkkk", "okk"),
        ("www.huibo.com", "www.huibo.com"),
        ("！！！！", "!"),
        ("在不在？？？", "在不在?"),
        ("真的？！？！？！", "真的?!"),
        ("等等……", "等等."),
        ("~~~~", "~"),
        ("____", "_"),
        ("😂😂😂笑死", "😂笑死"),
        ("👍🏽👍🏽", "👍"),
        ("❤️❤️", "❤"),
        ("电\u200b话\ufeff", "电话"),
        ("软\u00ad连字", "软连字"),
        ("  我  要\t登记\n\n谢谢 ", "我 要 登记 谢谢"),
        ("我\u3000要", "我 要"),
        ("坏\ud83d了", "坏了"),
        ("空\x00字", "空字"),
        ("工资 4000000 元", "工资 4000000 元"),
        ("①保安", "1保安"),
        ("12333", "12333"),
    ],
)
def test_made_even(text: str, made: str) -> None:
    assert normal(text) == made
    assert normal(made) == made


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("兩路口", "两路口"),
        ("ＡＢＣ１２", "abc12"),
        ("電\u200b話", "电\u200b话"),
        ("㎡", "㎡"),
        ("坏\ud83d了", "坏\ud83d了"),
        ("什麼時候", "什么时候"),
    ],
)
def test_folding_keeps_every_place(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(folded) == len(text)


def test_folding_keeps_every_place_of_every_han_character() -> None:
    every = "".join(map(chr, range(0x3400, 0xA000)))
    assert len(fold(every)) == len(every)


def test_grammars_read_traditional_characters() -> None:
    assert units.parse("我住兩路口街道", ["两路口街道", "大坪街道"]) == "两路口街道"


@pytest.mark.parametrize("name", ["陳測試", "王乾坤", "李昇", "张乾"])
def test_a_name_keeps_its_characters(name: str) -> None:
    assert names.parse(name) == name
    (found,) = names.find(f"我叫{name}")
    assert found.value == name


def test_forty_characters_take_less_than_a_tenth_of_a_millisecond() -> None:
    text = "我想請問一下這個活動什麼時候開始，後天還有嗎？？？哈哈哈哈謝謝你們啦，麻煩了"
    normal(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.0001


def _seconds(text: str) -> float:
    start = time.perf_counter()
    for _ in range(200):
        normal(text)
    return (time.perf_counter() - start) / 200


def test_no_table_is_read_at_import() -> None:
    code = (
        "import sys, opencc\n"
        "opencc.OpenCC.__init__ = lambda *_: sys.exit('read at import')\n"
        "import bot.grammar.normal, bot.grammar.names"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
