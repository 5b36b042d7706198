"""Emergencies: the net catches them, and does not catch what only sounds like one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.knowledge import urgent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我不想活了", "suicide"),
        ("活 着 没 意 思", "suicide"),
        ("讨不到钱我就从塔吊上跳下去", "suicide"),
        ("想一死了之", "suicide"),
        ("我无想欲活矣", "suicide"),
        ("阮真正活袂落去矣", "suicide"),
        ("昨晚我割腕了", "suicide"),
        ("工友从脚手架上摔下来了", "injury"),
        ("他手被机器绞住了！", "injury"),
        ("师傅触电了怎么办", "injury"),
        ("流了好多血", "injury"),
        ("人晕倒在地上喊不醒", "injury"),
        ("我受伤了", "injury"),
        ("老板拿刀要砍我", "danger"),
        ("我们被关在厂里出不去", "danger"),
        ("宿舍着火了", "fire"),
        ("煤气味好大", "fire"),
        ("我喝了敌敌畏", "suicide"),
        ("手被机器绞了", "injury"),
        ("手指被切了", "injury"),
        ("机器把手压了", "injury"),
        ("脑壳流血", "injury"),
        ("被车撞了", "injury"),
        ("流血不止", "injury"),
        ("生无可恋", "suicide"),
        ("真的撑不下去了", "suicide"),
        ("吃了安眠药", "suicide"),
        ("被人跟踪", "danger"),
        ("13800000000救命", "danger"),
        ("胸口好痛喘不上气", "injury"),
        ("我被骗进传销了", "danger"),
        ("大门锁了不准我们走", "danger"),
        ("有人打我", "danger"),
        ("传销窝点把我困起了", "danger"),
        ("我被打了，救命", "danger"),
        ("着火了救命", "fire"),
        ("羊水破了", "injury"),
        ("娃儿走丢了", "danger"),
        ("我们二十几个人的工资都没发，老板跑了", "group_unpaid"),
        ("工地上十几个人工资没拿到，要去堵门", "group_unpaid"),
        ("我们五个人的工资都没发", "group_unpaid"),
        ("回不了家，困在火车站身上一分钱没得", "stranded"),
        ("滞留在隔离酒店出不来", "stranded"),
    ],
)
def test_an_emergency_is_found(text: str, kind: str) -> None:
    assert urgent.find(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "今天累死了",
        "工资低得要死",
        "笑死我了",
        "把钱打我卡上",
        "打我电话",
        "去年在工地摔断腿，老板不赔",
        "上下班路上车祸算不算工伤",
        "活动还有多久",
        "不想干了想辞职",
        "高空作业有没有补贴",
        "煤气费可以报销吗",
        "吃感冒药影响上班吗",
        "在家带小孩出不去，网上能找工作吗",
        "今年生意火热",
        "血汗钱讨不回来",
        "跳槽要赔钱吗",
        "我要找电工的活",
        "不想活动筋骨，想找坐着的",
        "冬天无欲活做，转来厝里",
        "消防证怎么考",
    ],
)
def test_what_only_sounds_like_one_is_not(text: str) -> None:
    assert urgent.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "手杆遭机器绞了，去年子的事，现在赔不赔",
        "从架子高头落下来腰杆摔断了，住院钱都是自己垫的，找哪个赔",
        "上班路上被车撞了算不算工伤",
        "宿舍失火把我东西烧了，厂里要赔吗",
        "隧道塌方人没了，项目部喊先签字再打款，该签不",
        "当初被骗进传销，后来跑出来了，骗的钱还要得到不",
        "公司撑不下去了，会不会裁员",
        "梦见着火是什么预兆",
        "失业金账户要绑哪个卡",
        "失业金好多号打，我等起交房租",
        "招绑钢筋的，工地急要十五个",
        "输出到外省以后还有人跟踪服务吗",
        "保险买了两年自杀赔不赔",
    ],
)
def test_what_is_over_and_asks_what_follows_is_a_question_of_law(text: str) -> None:
    assert urgent.find(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("手被机器卷进去了，现在还没出来，老板说不赔", "injury"),
        ("刚才架子上掉下来了，流血不止，算工伤吗", "injury"),
        ("宿舍着火了正在烧，保险赔不赔", "fire"),
        ("去年欠我钱的人现在带刀来堵门", "danger"),
        ("老板不赔钱我就去跳楼", "suicide"),
        ("塌方了，人还埋在里面，项目部不管", "injury"),
    ],
)
def test_what_goes_on_is_an_emergency_whatever_else_is_asked(text: str, kind: str) -> None:
    assert urgent.find(text) == kind


def test_the_psychological_line_is_named_only_since_it_exists() -> None:
    assert "12356" not in urgent.reply("suicide", date(2022, 2, 15)).text
    assert "12345" in urgent.reply("suicide", date(2025, 4, 30)).text
    assert "12356" in urgent.reply("suicide", date(2025, 5, 1)).text


def test_an_emergency_of_unknown_kind_gets_every_number() -> None:
    said = urgent.reply(None, date(2026, 1, 1)).text
    assert all(number in said for number in ("110", "120", "12356"))


def test_fire_and_people_underneath_get_119() -> None:
    assert "119" in urgent.reply("fire", date(2022, 2, 15)).text
    assert "119" in urgent.reply("injury", date(2022, 2, 15)).text


def test_nobody_is_told_to_go_in() -> None:
    said = urgent.reply("injury", date(2022, 2, 15)).text + urgent.reply("fire", date(2022, 2, 15)).text
    assert "不要下去救" in said
    assert "不要自己进去" in said


def test_every_number_in_an_emergency_is_a_national_one() -> None:
    import re

    from bot.knowledge import load

    known = {line.number for line in load.hotlines()}
    for topic in load.urgent().topics:
        for answer in topic.answers:
            assert set(re.findall(r"\d{3,}", answer.text + answer.spoken)) <= known


@pytest.mark.parametrize(
    "text", ["救命稻草", "救命钱都没得了，老板不发工资", "保安要不要打人", "水的着火点", "我们公司有三百个人，工资不错"]
)
def test_words_of_an_emergency_in_other_company(text: str) -> None:
    assert urgent.find(text) is None
