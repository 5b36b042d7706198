"""Where somebody wants to work, and places that are only spoken of."""

from __future__ import annotations

import pytest

from bot.grammar import places


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("江北", "江北区"),
        ("渝北区", "渝北区"),
        ("想在沙坪壩找活", "沙坪坝区"),
        ("忠县", "忠县"),
        ("开县", "开州区"),
        ("石柱那边", "石柱土家族自治县"),
        ("秀山县", "秀山土家族苗族自治县"),
        ("重庆江北", "江北区"),
        ("重庆市", "重庆市"),
        ("主城", "重庆主城区"),
        ("長壽區", "长寿区"),
        ("晋江", "晋江市"),
        ("福建泉州晋江", "晋江市"),
        ("福州鼓楼", "鼓楼区"),
        ("福州市鼓楼区", "鼓楼区"),
        ("平潭岛", "平潭县"),
        ("我想去厦门", "厦门市"),
        ("武夷山", "武夷山市"),
        ("沙县", "沙县区"),
        ("去广东打工", "广东省"),
        ("内蒙", "内蒙古自治区"),
        ("有没有去新疆的", "新疆维吾尔自治区"),
        ("深圳", "深圳市"),
        ("成都都行", "成都市"),
        ("云南昆明", "昆明市"),
        ("长三角", "长江三角洲"),
        ("沿海一带", "沿海地区"),
        ("离家近点", "近"),
        ("离家近一点的", "近"),
        ("屋头附近", "近"),
        ("附近有没得厂", "近"),
        ("就近", "近"),
        ("家门口", "近"),
        ("莫走远了", "近"),
        ("不想出远门", "近"),
        ("区内", "区内"),
        ("就在区里头找", "区内"),
        ("本地", "区内"),
        ("不想出省", "省内"),
        ("外省不去", "省内"),
        ("不出重庆", "省内"),
        ("市内", "省内"),
        ("外省都行", "外省"),
        ("出省", "外省"),
        ("想去外地", "外省"),
        ("跨省也可以", "外省"),
        ("哪里都可以", "都行"),
        ("哪儿都行", "都行"),
        ("全国都行", "都行"),
        ("地點不限", "都行"),
        ("都行", "都行"),
        ("隨便！", "都行"),
    ],
)
def test_where_somebody_wants_to_work(text: str, value: str) -> None:
    assert places.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "社区",
        "小区里头",
        "社区内",
        "景区内",
        "江北社区",
        "大坪",
        "大坪附近",
        "健康长寿",
        "三元一个",
        "脾气平和",
        "价值连城",
        "我是重庆人",
        "重庆火锅",
        "北京时间九点",
        "上海路",
        "南京东路",
        "北京大学",
        "沙县小吃",
        "宁德时代",
        "合同安排",
        "优惠安装",
        "共同安全",
        "东西安全吗",
        "变成都可以",
        "三明治",
        "大连锁店",
        "临江门",
        "长江北岸",
        "老家巫溪的",
        "从浙江回来",
        "在广东打过工",
        "不去广东",
        "不想在江北",
        "除了渝中",
        "广东不去",
        "我没去过外省",
        "本地人",
        "外省人",
        "不要离家近的",
        "远不远",
        "哪儿也去不了",
        "省里的文件",
        "区里说不归他们管",
        "我要找工作",
    ],
)
def test_no_wish_is_heard(text: str) -> None:
    assert places.find(text) == []
    assert places.parse(text) is None


def test_wishes_have_their_places() -> None:
    found = places.find("我想在江北區或者屋頭附近")
    assert [(one.start, one.end, one.value) for one in found] == [(3, 6, "江北区"), (8, 12, "近")]
    assert places.parse("深圳或者东莞") is None


def test_what_a_place_lies_in() -> None:
    assert places.wider("晋江市") == ["泉州市", "福建省"]
    assert places.wider("江北区") == ["重庆市"]
    assert places.wider("重庆市") == places.wider("近") == []


def test_every_division_is_listed_once() -> None:
    listed = places._places()
    names = listed.names()
    counties = [name for city in listed.within["福建省"] for name in listed.within[city]]
    assert len(names) == len(set(names))
    assert (len(listed.provinces), len(listed.within["重庆市"])) == (34, 38)
    assert (len(listed.within["福建省"]), len(counties)) == (9, 84)
    assert set(listed.within) <= set(names)
    assert set(listed.others) | set(listed.full_name_only) <= set(names)
    assert tuple(sorted(listed.reach)) == tuple(sorted(places.REACH))


def test_every_place_is_found_by_its_full_name() -> None:
    for name in places._places().names():
        assert places.parse(name) == name
