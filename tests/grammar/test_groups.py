"""Groups that the notices name: named, denied, told of oneself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.grammar import groups


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("我是脱贫户", ["poverty_alleviated"]),
        ("脫貧人口", ["poverty_alleviated"]),
        ("我们家是建档立卡的", ["poverty_alleviated"]),
        ("以前是贫困户", ["poverty_alleviated"]),
        ("返贫监测户", ["poverty_monitored"]),
        ("农村低收入家庭", ["rural_low_income"]),
        ("农村户口", ["rural_labour"]),
        ("我是农民工", ["migrant_worker"]),
        ("返乡回来找活", ["migrant_worker"]),
        ("因疫情回不去了", ["stranded_worker"]),
        ("外来务工人员", ["non_local_worker"]),
        ("外地来打工的", ["non_local_worker"]),
        ("退役军人", ["veteran"]),
        ("我当过兵", ["veteran"]),
        ("刚退伍", ["veteran"]),
        ("残疾人", ["disabled"]),
        ("手有残疾", ["disabled"]),
        ("聋哑人", ["disabled"]),
        ("零就业家庭", ["zero_employment_family"]),
        ("屋头没得一个人上班", ["zero_employment_family"]),
        ("應屆畢業生", ["graduate"]),
        ("我今年毕业", ["graduate"]),
        ("失业一年多了", ["long_unemployed", "unemployed"]),
        ("下岗了", ["unemployed"]),
        ("我没得工作了", ["unemployed"]),
        ("4050人员", ["older_worker"]),
        ("年纪大了", ["older_worker"]),
        ("吃低保的", ["minimum_living"]),
        ("就业困难人员", ["hard_to_employ"]),
        ("打鱼的上岸了", ["fisher"]),
        ("困难职工", ["hardship_worker"]),
        ("易地搬迁过来的", ["relocated"]),
        ("宝妈", ["woman"]),
        ("妈妈岗", ["woman"]),
        ("刑满释放", ["released"]),
        ("坐过牢", ["released"]),
        ("残疾人有啥政策", ["disabled"]),
        ("是不是脱贫户都可以", ["poverty_alleviated"]),
        ("有没有残疾人岗位", ["disabled"]),
        ("我残疾没有工作", ["disabled", "unemployed"]),
        ("退役军人，低保户", ["veteran", "minimum_living"]),
    ],
)
def test_groups_that_are_named(text: str, codes: list[str]) -> None:
    assert sorted(one.value for one in groups.find(text)) == sorted(codes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不是脱贫户",
        "我又不是脱贫人口",
        "我家不算脱贫户",
        "没得残疾",
        "我没有残疾",
        "沒有殘疾證",
        "又不是退役的",
        "没当过兵",
        "我不是农民工",
        "没吃低保",
        "没得低保",
        "低保没有",
        "残疾证没得",
        "脱贫户不是",
        "没有失业",
        "未下岗",
        "没坐过牢",
        "没有案底",
        "无残疾",
        "不属于就业困难人员",
        "不是啥子残疾人",
        "登一下岗位",
        "退役军人事务局电话",
        "残疾人联合会",
        "妇女节放假吗",
        "妇女联合会",
        "失业保险金怎么领",
        "返乡车票",
        "孕妇建卡",
        "我要找保安的工作",
        "三八妇女节",
    ],
)
def test_groups_that_are_denied_or_only_look_so(text: str) -> None:
    assert groups.find(text) == []


def test_a_group_has_its_place() -> None:
    (found,) = groups.find("我係退役軍人哈")
    assert (found.start, found.end, found.value) == (2, 4, "veteran")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我是脱贫户", True),
        ("脱贫户", True),
        ("是脱贫户", True),
        ("脱贫人口。", True),
        ("我们家是建档立卡的", True),
        ("屋头是贫困户", True),
        ("我係脫貧戶", True),
        ("不是脱贫户", False),
        ("我不是贫困户", False),
        ("不属于脱贫人口", False),
        ("我家不是建档立卡", False),
        ("脱贫户不是", False),
        ("", None),
        ("是", None),
        ("脱贫户有啥政策", None),
        ("我是不是脱贫户", None),
        ("是脱贫户吗", None),
        ("脱贫户算不算", None),
        ("他是脱贫户", None),
        ("我邻居是脱贫户", None),
        ("我们公司招了脱贫户", None),
        ("脱贫户优先", None),
        ("返贫监测户", None),
        ("我是农民工", None),
    ],
)
def test_whether_somebody_is_poverty_alleviated(text: str, told: bool | None) -> None:
    assert groups.poverty_alleviated(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("是", True),
        ("是的", True),
        ("不是", False),
        ("没得", False),
        ("不是贫困户", False),
        ("不晓得", None),
        ("", None),
    ],
)
def test_the_answer_when_asked(text: str, told: bool | None) -> None:
    assert groups.poverty_answer(text) is told


def test_the_file_names_each_group_once() -> None:
    listed = groups._listed().groups
    assert len(listed) == len(groups.all_groups()) == 21
    assert {group.code for group in listed if group.sensitive} == {"disabled", "released"}


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(ValidationError, match="不是正确的正则表达式"):
        groups.Group(code="x", name="x", notice="x", words=["(开"])
