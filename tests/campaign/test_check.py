"""Packs that are right, and broken ones: each names file, key and cure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.campaign.check import check, spoken_problems
from bot.campaign.load import CAMPAIGNS, pack_ids
from bot.knowledge import load as knowledge

HOTLINES = frozenset(line.number for line in knowledge.hotlines())

Break = Callable[[str, str], list[str]]


@pytest.mark.parametrize("campaign", pack_ids())
def test_every_pack_is_right(campaign: str) -> None:
    assert check(CAMPAIGNS / f"{campaign}.yml", HOTLINES) == []


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """Check the Yuzhong pack with one piece of its text replaced."""

    def check_with(old: str, new: str) -> list[str]:
        shutil.copytree(CAMPAIGNS / "notices", tmp_path / "notices", dirs_exist_ok=True)
        text = (CAMPAIGNS / "yuzhong-2022.yml").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "yuzhong-2022.yml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check(path, HOTLINES)

    return check_with


@pytest.mark.parametrize(
    ("old", "new", "key", "cure"),
    [
        ("start: 2022-01-21", "start: 2022-13-21", "period.start", "日期不对"),
        ("start: 2022-01-21", "start: 21.1.2022", "period.start", "日期不对"),
        ("end: 2022-03-31", "end: 2021-03-31", "period", "end 早于 start"),
        ("  ask_online_fair:\n    title", "  ask_onlin_fair:\n    title", "answers.ask_onlin_fair", "没有这个意图"),
        ("next: [ask_campaign_time,", "next: [ask_campain_time,", "answers.ask_campaign_info.next.0", "没有 ask_camp"),
        ("至少1次职业指导、3个", "至少2次职业指导、3个", "answers.ask_career_guidance", "数字 2次 不在通知里"),
        ('phone: "63557834"', 'phone: "63557835"', "contacts.0.phone", "不一样"),
        ("  posts: 3\n", "  posts: 4\n", "service_131.posts", "与 quote 里写的不一样"),
        ("提供至少1次职业指导", "提供一次职业指导", "answers.ask_career_guidance.sources.0.quote", "通知里找不到"),
        ("url: https://www.huibo.com/cq/", "url: https://huibo.example/", "fairs.0.url", "不一样"),
        ("window: online", "window: offline", "answers.ask_online_fair.window", "没有这个时间段"),
        ("service: startup_guidance", "service: startup", "answers.ask_startup_support.service", "没有 startup"),
        (
            "true\n    department: 区人力",
            "true\n    department: 区公",
            "ask_difficulty_recognition.department",
            "contacts",
        ),
        ("  - 重庆市渝中区民政局", "  - 重庆市渝中区公安局", "issuers.2", "通知里找不到"),
        ("title: 渝中区2022年春风行动", "title: 待填", "title", "还是“待填”"),
        ("63708797，说明您的情况", "63708798，说明您的情况", "answers.ask_social_assistance", "63708798"),
        ("subset_of: 6, where: female", "subset_of: 7, where: female", "table.columns", "不是总数列"),
        ("no: 21", "no: 22", "table.columns", "列号"),
        ("activities: [leaflets], from", "activities: [], from", "table.columns.0", "没有写由什么填"),
        ("activities: [leaflets], from", "activities: [], from", "table.columns", "没有一列写着 activities: leaflets"),
        ("activities: [companies]", "activities: [posts]", "table.columns.2.activities", "posts 的单位是条"),
        ("activities: [trainings]", "activities: [rights_services]", "table.columns.8.activities", "对不上"),
        ("activities: [trainings]", "activities: [trainings, leaflets]", "table.columns", "不止一列写着"),
        (
            "activities: [services_female]",
            "activities: [employed_in_district_female]",
            "columns.7.activities",
            "总数列",
        ),
        ("activities: [services_female]", "activities: [services_poverty_alleviated]", "columns.7", "where 对不上"),
        ("outcome: employed_in_province,", "outcome: employed_in_district,", "table.columns", "写在了两列"),
        ("outcome: employed_in_province,", "outcome: employed,", "table.columns.15.outcome", "只能是"),
        ("subset_of: 9, activities: [st", "subset_of: 9, where: female, activities: [st", "table", "没有按人统计"),
        ("theme:\n", "preparation_start: 2022-01-22\ntheme:\n", "preparation_start", "晚于活动开始日期"),
        ("theme:\n", "themes:\n", "theme", "缺这一项"),
        ("window: period\n    written: |", "windows: period\n    written: |", "windows", "没有这个键"),
        ("notice: notices/yuzhong", "notice: notices/yuzhon", "notice", "没有 "),
        ("id: yuzhong-2022", "id: yuzhong-2023", "id", "与文件名"),
        ("    spoken: 活动从", "    spoken: （活动从", "answers.ask_campaign_time.spoken", "不要有括号"),
    ],
)
def test_a_broken_pack_names_key_and_cure(broken: Break, old: str, new: str, key: str, cure: str) -> None:
    found = broken(old, new)
    assert any("yuzhong-2022.yml：" in line and key in line and cure in line for line in found), found
    assert all("\n" not in line for line in found)


def test_a_broken_file_names_its_line(broken: Break) -> None:
    (line,) = broken("title: 渝中区2022年春风行动", "title: [渝中区")
    assert "不是正确的 YAML" in line
    assert "第" in line


def test_a_missing_answer_is_named(broken: Break) -> None:
    text = "  ask_unemployment_insurance:\n    title: 失业保险金\n    not_covered: true\n    department: 区人力社保局\n"
    assert any("answers.ask_unemployment_insurance：缺这个意图的回答" in line for line in broken(text, ""))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    (line,) = check(tmp_path / "nowhere.yml")
    assert "没有这个文件" in line


def test_what_cannot_be_read_aloud() -> None:
    assert list(spoken_problems("打12345问。")) == []
    assert list(spoken_problems("这一句话没有停顿所以工作人员在电话里一口气是无论如何也念不完的吧。")) != []
    assert list(spoken_problems("看 https://www.example.com 。")) != []
