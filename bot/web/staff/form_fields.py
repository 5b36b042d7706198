"""Fields that several forms share."""

from __future__ import annotations

import re
from datetime import date

from bot import clock
from bot.web.staff import criteria
from bot.web.staff.guard import Form
from bot.web.staff.refusals import Refusal

LONGEST_REASON = 200
_DRAFT = re.compile(r"[0-9a-f-]{36}")


def source_key(form: Form) -> str:
    """What makes a form that is sent twice harmless: the `draft` that was set when the page was made.

    Raises:
        Refusal: the page did not set it.
    """
    draft = form.get("draft", "")
    if not _DRAFT.fullmatch(draft):
        raise Refusal(400, "表单读不了，请刷新页面再试。")
    return f"form:{draft}"


def reason(form: Form) -> str:
    """Why something is corrected or voided.

    Raises:
        Refusal: there is none, or it is too long.
    """
    given = form.get("reason", "").strip()
    if not 2 <= len(given) <= LONGEST_REASON:
        raise Refusal(422, f"请写原因，2到{LONGEST_REASON}个字。")
    return given


def past_day(form: Form) -> date:
    """A day on which something happened.

    Raises:
        Refusal: there is none, it cannot be read, or it has not come yet.
    """
    problems: list[str] = []
    day = criteria.day(form.get("day", "").strip(), problems)
    if day is None:
        raise Refusal(422, "".join(problems) or "请写哪一天。")
    if day > clock.today():
        raise Refusal(422, "这一天还没有到，请改正日期。")
    return day
