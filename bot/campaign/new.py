"""A commented skeleton of a pack from a notice's text: `python -m bot campaign new`."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment

from bot.campaign.load import CAMPAIGNS
from bot.errors import UserError

_ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*-20\d\d$")
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])\s*[^。]{2,20}")
_DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?")
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}-)?\d{7,8}(?!\d)")
_URL = re.compile(r"https?://[A-Za-z0-9./_-]+")

#: What each question is called until the clerk finds a better name.
TITLES = {
    "ask_campaign_info": "活动介绍",
    "ask_campaign_time": "活动时间",
    "ask_service_targets": "我能不能参加",
    "ask_job_fair_time_place": "现场招聘会",
    "ask_online_fair": "线上招聘会",
    "ask_career_guidance": "职业指导",
    "ask_free_training": "技能培训",
    "ask_training_subsidy": "培训补贴",
    "ask_startup_support": "创业帮扶",
    "ask_public_welfare_post": "公益性岗位",
    "ask_difficulty_recognition": "就业困难人员认定",
    "ask_social_assistance": "社会救助",
    "ask_unemployment_insurance": "失业保险金",
    "ask_return_transport": "返乡返岗交通",
    "ask_childcare_care": "儿童关爱",
    "ask_stay_benefits": "留岗过年待遇",
    "ask_labor_export": "外出务工",
    "ask_local_jobs": "就近的工作",
    "ask_contact_department": "联系电话",
    "ask_employer_support": "企业用工帮扶",
}


def write_skeleton(identifier: str, notice: Path, folder: Path = CAMPAIGNS) -> Path:
    """Copy the notice into the packs' folder and write a skeleton beside it.

    Args:
        identifier: the new pack's id, a place and a year: `yuzhong-2023`.
        notice: the notice's text, UTF-8.
        folder: where the packs lie.

    Returns:
        The new file. Nothing that exists is overwritten.

    Raises:
        UserError: the id does not fit, the notice cannot be read, or the pack exists.
    """
    if not _ID.match(identifier):
        raise UserError(f"活动名 {identifier} 不合适：请用拼音加年份，例如 yuzhong-2023")
    pack_file, notice_file = folder / f"{identifier}.yml", folder / "notices" / f"{identifier}.txt"
    if pack_file.exists():
        raise UserError(f"{pack_file} 已经有了，不会覆盖；要重来请先把它移走")
    try:
        text = notice.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{notice}：读不了（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise UserError(f"{notice}：不是 UTF-8 编码，请另存为 UTF-8 的纯文本") from None
    if not text.strip():
        raise UserError(f"{notice}：是空的，请放入通知全文")
    notice_file.parent.mkdir(parents=True, exist_ok=True)
    if not notice_file.exists():
        notice_file.write_text(text, encoding="utf-8")
    pack_file.write_text(skeleton(identifier, notice_file.name, text), encoding="utf-8")
    return pack_file


def skeleton(identifier: str, notice_name: str, text: str) -> str:
    """The skeleton, with the headings, dates, phones and addresses that the notice holds as comments."""
    template = Path(__file__).with_name("skeleton.yml.j2").read_text(encoding="utf-8")
    headings = (_HEADING.match(line) for line in text.splitlines())
    return (
        Environment(autoescape=False, trim_blocks=True)
        .from_string(template)
        .render(
            id=identifier,
            notice=notice_name,
            headings=[found.group().strip() for found in headings if found],
            dates=_once(_DATE.findall(text)),
            phones=_once(_PHONE.findall(text)),
            urls=_once(_URL.findall(text)),
            intents=TITLES,
        )
        + "\n"
    )


def _once(found: list[str]) -> list[str]:
    return list(dict.fromkeys(found))
