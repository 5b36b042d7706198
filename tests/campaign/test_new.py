"""From a notice's text to a skeleton that the check guides through."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.campaign.check import check
from bot.campaign.intents import CAMPAIGN_INTENTS
from bot.campaign.load import CAMPAIGNS
from bot.campaign.new import TITLES, write_skeleton
from bot.errors import UserError

NOTICE = CAMPAIGNS / "notices" / "yuzhong-2022.txt"


def test_a_skeleton_names_what_the_notice_holds_and_what_is_left_to_do(tmp_path: Path) -> None:
    made = write_skeleton("yuzhong-2023", NOTICE, tmp_path)
    text = made.read_text(encoding="utf-8")
    assert "# 通知里的电话：63557834、63765804" in text
    assert "https://www.huibo.com/cq/" in text
    assert "#   （四）组织专场招聘活动" in text
    assert "2022年1月21日、3月31日" in text
    found = check(made)
    assert any("period.start：" in line for line in found)
    assert any("还是“待填”" in line for line in found) or any("日期" in line for line in found)


def test_a_filled_skeleton_is_right(tmp_path: Path) -> None:
    made = write_skeleton("yuzhong-2023", NOTICE, tmp_path)
    text = made.read_text(encoding="utf-8")
    theme, period = "春风送温暖 就业送真情", "2022年1月21日至3月31日"
    for old, new in [
        ("text: 待填\n  clause: 一", f"text: {theme}\n  clause: 一"),
        ("quote: 待填          #", f"quote: {theme} #"),
        ("start: 待填", "start: 2022-01-21"),
        ("end: 待填", "end: 2022-03-31"),
        ("text: 待填           #", f"text: {period} #"),
        ("quote: 待填\n", f"quote: {period}\n"),
    ]:
        assert old in text, old
        text = text.replace(old, new, 1)
    made.write_text(text, encoding="utf-8")
    left = [line.split("：")[1] for line in check(made)]
    assert left == ["title", "place", "document", "issuers.0", "answers"]
    for old, new in [
        ("title: 待填 ", "title: 春风行动 "),
        ("place: 待填 ", "place: 渝中区 "),
        ("document: 待填 ", "document: 通知 "),
        ("  - 待填", "  - 重庆市渝中区民政局"),
        ("    title: 活动时间\n    not_covered: true\n", ANSWER),
    ]:
        assert old in text, old
        text = text.replace(old, new, 1)
    made.write_text(text, encoding="utf-8")
    assert check(made) == []


ANSWER = """\
    title: 活动时间
    written: 活动时间是2022年1月21日到3月31日。
    spoken: 到3月31日结束。
    sources:
      - {clause: 二、活动时间, quote: 2022年1月21日至3月31日}
"""


def test_every_question_has_a_title() -> None:
    assert tuple(TITLES) == CAMPAIGN_INTENTS


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_skeleton("yuzhong-2023", NOTICE, tmp_path)
    with pytest.raises(UserError, match="不会覆盖"):
        write_skeleton("yuzhong-2023", NOTICE, tmp_path)


@pytest.mark.parametrize("identifier", ["渝中", "yuzhong", "../x-2023", "Yuzhong-2023", "yuzhong_2023"])
def test_an_unfit_name_is_refused(tmp_path: Path, identifier: str) -> None:
    with pytest.raises(UserError, match="拼音加年份"):
        write_skeleton(identifier, NOTICE, tmp_path)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "空的"), ("关于开展春风行动的通知".encode("gbk"), "UTF-8"), (None, "读不了")]
)
def test_a_notice_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    notice = tmp_path / "notice.txt"
    if content is not None:
        notice.write_bytes(content)
    with pytest.raises(UserError, match=said):
        write_skeleton("yuzhong-2023", notice, tmp_path)
