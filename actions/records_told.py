"""How registrations are told to who left them, with what can be done with each."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.grammar import receipts
from bot.grammar.withdrawal import Wanted
from bot.knowledge import help_topics
from bot.matching import service131
from bot.records import registrations
from bot.records.models import HelpRequest, JobIntention, Registration, Vacancy
from bot.reply import Button, Reply

TITLES = {"job_intention": "求职登记", "help_request": "求助登记", "vacancy": "招工登记"}
STATES = {"open": "正在办", "withdrawn": "已撤回", "closed": "已办结"}

#: The steps that are asked back before they are taken.
ASKED_BACK: dict[str, Wanted] = {"withdraw": "withdraw", "erase": "erase"}


def shown(session: Session, row: Registration) -> Reply:
    """One registration: what it is, where it stands, what can be done with it."""
    state = f"{row.created_at.month}月{row.created_at.day}日登记，{STATES[row.state]}"
    lines = [f"{TITLES[row.kind]}（回执号 {receipts.spaced(row.receipt)}）", state, *_details(session, row)]
    notes = [f"补充：{note.text}" for note in registrations.notes(session, row)]
    if row.state != registrations.OPEN:
        return Reply("\n".join([*lines, *notes]), [_button("删除我的信息", "erase", row)])
    buttons = [
        _button(title, step, row) for title, step in (("补充", "add"), ("撤回", "withdraw"), ("删除我的信息", "erase"))
    ]
    return Reply("\n".join([*lines, *notes]), buttons)


def which(wanted: Wanted, rows: Sequence[Registration]) -> Reply | Registration:
    """The one registration that somebody wants withdrawn or erased, or the question which one.

    Args:
        wanted: what is to be done.
        rows: what they may see, newest first; not empty.
    """
    if wanted == "withdraw":
        still_open = [row for row in rows if row.state == registrations.OPEN]
        if not still_open:
            return Reply(f"您的{TITLES[rows[0].kind]}{STATES[rows[0].state]}，不会再有人为这件事联系您。")
        rows = still_open
    elif len({row.person_id for row in rows}) == 1:
        rows = rows[:1]  # erasing takes the person with all that is theirs
    if len(rows) == 1:
        return rows[0]
    choices = [_button(f"{TITLES[row.kind]} {receipts.spaced(row.receipt)}", wanted, row) for row in rows]
    return Reply(f"您有{len(rows)}个登记，要{'删除' if wanted == 'erase' else '撤回'}哪一个？", choices)


def ask_back(session: Session, wanted: Wanted, row: Registration) -> Reply:
    """Whether it is surely to be withdrawn, or the person with all that is theirs erased."""
    if wanted == "erase":
        sure = [_button("确定删除", "erase_yes", row), Button("不删了", "/resume")]
        return Reply(
            "要删的是您留下的全部：姓名、电话、登记和说过的话，删了找不回来。\n"
            "已经统计过的人次留着，但只剩一个没有名字的数。确定吗？",
            sure,
        )
    what = "，".join([f"{TITLES[row.kind]}（回执号 {receipts.spaced(row.receipt)}）", *_details(session, row)[:2]])
    sure = [_button("确定撤回", "withdraw_yes", row), Button("不撤了", "/resume")]
    return Reply(f"要撤回的是：{what}。\n撤回以后，不再有人为这件事联系您。确定吗？", sure)


def _details(session: Session, row: Registration) -> list[str]:
    street = [f"街道：{row.unit}"] if row.unit else []
    if isinstance(row, JobIntention):
        missing = service131.state(session, row.person_id, row.campaign).missing
        return [f"想做：{row.kind_of_work}", *street, *([missing] if missing else [])]
    if isinstance(row, HelpRequest):
        urgent = ["已标“很急”"] if row.urgent else []
        return [f"哪方面：{help_topics.name_of(row.topic)}", *street, *urgent]
    if isinstance(row, Vacancy):
        return [f"{row.company}：{row.kind_of_work}{row.headcount}人"]
    return []


def _button(title: str, step: str, row: Registration) -> Button:
    payload = json.dumps({"do": step, "receipt": row.receipt})
    return Button(title, f"/check_my_request{payload}")
