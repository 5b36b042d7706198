"""What is told of somebody's health, disability or minor age, and what is only asked about."""

from __future__ import annotations

import pytest

from bot.grammar import sensitive


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我有糖尿病", ["health"]),
        ("我高血壓，做不得重活", ["health"]),
        ("得了尘肺，矿早就关了", ["health"]),
        ("我老婆怀孕了", ["health"]),
        ("怀孕了，想找轻松点的", ["health"]),
        ("我怀起七个月了还喊我上夜班", ["health"]),
        ("手指断了，老板不赔", ["health"]),
        ("我在工地摔伤了", ["health"]),
        ("我腰杆痛", ["health"]),
        ("我身体不好", ["health"]),
        ("老汉儿住院了", ["health"]),
        ("他得了抑郁症", ["health"]),
        ("我请病假怎么算", ["health"]),
        ("我这个工伤怎么报", ["health"]),
        ("我媳妇休产假", ["health"]),
        ("体检查出乙肝，厂里不要我", ["health"]),
        ("我想问一下，我怀孕了能不能不上夜班", ["health"]),
        ("我是残疾人", ["disability"]),
        ("我有残疾证", ["disability"]),
        ("三级残疾", ["disability"]),
        ("残疾人 四级", ["disability"]),
        ("耳朵聋，能做手工", ["disability"]),
        ("我腿脚不方便", ["disability"]),
        ("腿脚有点残疾，还有没得资格", ["disability"]),
        ("我少了两根手指", ["disability"]),
        ("我弟弟坐轮椅", ["disability"]),
        ("我15岁", ["minor"]),
        ("十五岁", ["minor"]),
        ("我还没满十六岁", ["minor"]),
        ("我儿子十四岁不读书了", ["minor"]),
        ("娃儿才半岁", ["minor"]),
        ("我還在讀初中", ["minor"]),
        ("我未成年", ["minor"]),
        ("娃儿三个月大没人带", ["minor"]),
        ("我残疾，娃儿八岁，老婆生病", ["health", "disability", "minor"]),
        ("残疾人有啥补贴。我就是残疾人", ["disability"]),
    ],
)
def test_told_of_somebody(text: str, kinds: list[str]) -> None:
    assert sensitive.kinds(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "这个病假怎么算",
        "病假工资",
        "我想问一下病假怎么算",
        "请问产假有多少天",
        "工伤认定",
        "工伤保险怎么交",
        "怀孕了被辞退怎么办",
        "受伤了该怎么办",
        "残疾人有啥补贴",
        "残疾人专场招聘会",
        "有残疾证算不算就业困难",
        "我想问残疾人有什么政策",
        "残疾人开店免不免税",
        "没得残疾",
        "我没有残疾证",
        "我不是残疾人",
        "我没得病",
        "我没怀孕",
        "我有健康证",
        "我做过护工，照顾过病人",
        "我会照顾瘫痪老人",
        "我们公司招残疾人",
        "我身体健康",
        "我没手艺",
        "社保断了三个月",
        "我没得毛病",
        "有病吧你",
        "电话听不到你说啥",
        "我今年45岁",
        "我十八岁",
        "我16岁",
        "二十五岁",
        "16岁以下能不能进厂",
        "多少岁可以打工",
        "童工",
        "我初中毕业",
        "工龄十五年",
        "三个月没发工资",
        "我要找保安的工作",
    ],
)
def test_told_of_nobody(text: str) -> None:
    assert sensitive.kinds(text) == []


def test_the_codes_of_the_file() -> None:
    assert [kind.code for kind in sensitive._sensitive().kinds] == ["health", "disability", "minor"]
