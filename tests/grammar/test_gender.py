"""Whether the person is a man or a woman."""

from __future__ import annotations

import pytest

from bot.grammar.gender import gender


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("男", "male"),
        ("男的", "male"),
        ("男性。", "male"),
        ("是男的", "male"),
        ("我是男的", "male"),
        ("我是个男娃儿", "male"),
        ("先生", "male"),
        ("性别男", "male"),
        ("性别：男", "male"),
        ("王测试，男，45岁", "male"),
        ("男 45岁", "male"),
        ("本人男，想找保安", "male"),
        ("女", "female"),
        ("女的", "female"),
        ("女的哈", "female"),
        ("我是女的", "female"),
        ("我是個女娃兒", "female"),
        ("大姐", "female"),
        ("女士", "female"),
        ("妹儿", "female"),
        ("我是个宝妈", "female"),
        ("我是宝妈，想找离家近的", "female"),
        ("女，38岁，会做饭", "female"),
        ("我女的，四十五岁", "female"),
        ("李测试/女/30", "female"),
        ("我是一名女性", "female"),
    ],
)
def test_said_of_oneself(text: str, said: str) -> None:
    assert gender(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "老汉儿",
        "女儿",
        "我女儿想找工作",
        "我儿子",
        "男朋友",
        "男女不限",
        "男女都可以",
        "招女的不",
        "招不招男的",
        "要男的吗",
        "女的要不要",
        "女工有没有",
        "大姐你好",
        "先生你好，我想问",
        "我老公是男的",
        "他是男的",
        "我不是男的",
        "男，女都要",
        "女的五十岁能不能退休",
        "妇女节",
        "是",
        "保安",
        "男科医院",
        "我爸是男的，我妈是女的",
        "女士专场招聘会",
        "我男人在工地",
        "我女人没工作",
        "孙女",
        "招一个女,会电脑",
    ],
)
def test_not_said_of_oneself(text: str) -> None:
    assert gender(text) is None
