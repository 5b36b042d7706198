"""Phones, units, kinds of work and names in many written forms, and texts in which nothing is to be found."""

from __future__ import annotations

import pytest

from bot.campaign.load import load
from bot.grammar import is_only, names, phone, units, work

UNITS = load("yuzhong-2022").unit_names


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "138 0000 0000",
        "138-0000-0000",
        "１３８００００００００",
        "+86 13800000000",
        "86-13800000000",
        "我的电话是13800000000，谢谢",
        "电话13800000000",
        "13800000000或者138 0000 0000",
    ],
)
def test_a_phone_is_found(text: str) -> None:
    assert phone.parse(text) == "+8613800000000"


@pytest.mark.parametrize(
    "text",
    ["", "1380000", "12345", "138000000000000", "99999999999", "四千块", "13800000000和13900000000", "+1 202 555"],
)
def test_no_phone_is_found(text: str) -> None:
    assert phone.parse(text) is None


def test_a_landline_and_its_mask() -> None:
    assert phone.parse("023-63557834") == "+862363557834"
    assert phone.masked("+8613800000000") == "138****0000"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("大坪", "大坪街道"),
        ("大坪街道", "大坪街道"),
        ("大坪街道办事处", "大坪街道"),
        ("我住在解放碑那边", "解放碑街道"),
        ("石油路", "石油路街道"),
        ("两路口街", "两路口街道"),
        ("就大溪沟嘛", "大溪沟街道"),
    ],
)
def test_a_unit_is_found(text: str, unit: str) -> None:
    assert units.parse(text, UNITS) == unit


@pytest.mark.parametrize("text", ["", "街道", "江北", "大坪或者解放碑", "石桥铺"])
def test_no_unit_is_found(text: str) -> None:
    assert units.parse(text, UNITS) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("找个保安的活", ["保安"]),
        ("在大坪洗碗", ["洗碗工"]),
        ("会电焊，也做过厨师", ["焊工", "厨师"]),
        ("今天天气好", []),
        ("我要找工作", []),
    ],
)
def test_kinds_of_work(text: str, found: list[str]) -> None:
    assert [one.value for one in work.find(text)] == found


@pytest.mark.parametrize(
    ("text", "in_a_text", "as_answer"),
    [
        ("有活就干", True, True),
        ("啥子活路都可以", True, True),
        ("随便什么工作都行", True, True),
        ("我啥都干", True, True),
        ("工种不限嘛", True, True),
        ("只要有活路就行", True, False),
        ("随便", False, True),
        ("都行", False, True),
        ("啥都可以", False, True),
        ("随便嘛，都要得", False, True),
        ("没得要求", False, True),
        ("什么都可以问吗", False, False),
        ("不是什么活都干", False, False),
        ("工资随便", False, False),
        ("你们哪天都上班不", False, False),
    ],
)
def test_any_work(text: str, in_a_text: bool, as_answer: bool) -> None:
    assert [one.value for one in work.find(text)] == (["什么活都行"] if in_a_text else [])
    assert work.parse_any(text) == ("什么活都行" if as_answer else None)


def test_a_kind_that_is_named_comes_before_any() -> None:
    assert [one.value for one in work.find("保安，啥活都干")] == ["保安"]


@pytest.mark.parametrize(
    ("text", "free"), [("修表", "修表"), ("我想找个修表的工作", "修表"), ("扎灯笼都可以", "扎灯笼")]
)
def test_work_in_own_words(text: str, free: str) -> None:
    assert work.parse_free(text) == free


@pytest.mark.parametrize(
    "text", ["有啥子工作嘛", "多少钱一个月", "?", "1", "好", "这个嘛说来话长我以前在老家种地后来出来打工"]
)
def test_no_work_in_own_words(text: str) -> None:
    assert work.parse_free(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王测试", "王测试"),
        ("我叫王测试", "王测试"),
        ("姓名：李小样", "李小样"),
        ("叫赵六嘛", "赵六"),
        ("我是欧阳测试。", "欧阳测试"),
        ("买买提·测试", "买买提·测试"),
    ],
)
def test_a_name_is_read(text: str, name: str) -> None:
    assert names.parse(text) == name


@pytest.mark.parametrize(
    "text", ["", "怎么称呼", "谢谢", "安全吗", "时间", "保安", "我要登记", "王", "不告诉你", "今天天气不错"]
)
def test_no_name_is_read(text: str) -> None:
    assert names.parse(text) is None


def test_a_rare_surname_is_a_name_only_in_an_answer() -> None:
    assert names.parse("测试人") is None
    assert names.parse_answer("测试人") == "测试人"
    assert names.parse_answer("怎么称呼") is None


def test_an_introduced_name_has_its_place() -> None:
    (found,) = names.find("你好，我叫李测试，电话138")
    assert (found.start, found.end, found.value) == (5, 8, "李测试")


@pytest.mark.parametrize(
    ("text", "said", "is_all"),
    [
        ("五千以上噻", "五千以上", True),
        ("我住大坪那边哟", "大坪", True),
        ("大坪嘛，138 0000 0000", "大坪嘛，138 0000 0000", True),
        ("大坪呢", "大坪", False),
        ("五千以上有吗", "五千以上", False),
        ("五千以上的活路", "五千以上", False),
        ("五千以上", "", False),
    ],
)
def test_whether_a_message_is_nothing_but_data(text: str, said: str, is_all: bool) -> None:
    start = text.index(said)
    assert is_only(text, [(start, start + len(said))]) == is_all
