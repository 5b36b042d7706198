"""`/staff/report/submissions`: what was submitted, opened and printed again exactly, and what changed since."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.errors import UserError
from bot.records import audit, database, snapshots
from bot.records.snapshots import ReportSnapshot
from bot.report import check, frozen
from bot.report.formats import FORMATS
from bot.report.table import StatisticsTable
from bot.web.staff import guard, pages, report_choice, report_files
from bot.web.staff.refusals import Refusal
from bot.web.staff.report_choice import Choice, Counted
from bot.web.staff.report_page import annex

router = APIRouter()

_PATH = "/staff/report/submissions"


@router.post(_PATH)
def freeze(request: Request, who: guard.Statistics, form: guard.Posted) -> Response:
    """Keep the table as it is now: its numbers, the rules, who submits it."""
    choice = report_choice.chosen(form.get("unit", ""), form.get("as_of", ""))
    with report_choice.counted(choice, writing=True) as counted:
        built = check.with_remarks(counted.built, counted.findings())
        _refuse_the_same(counted)
        by = f"{who.account.name}（{who.account.login}）"
        kept = frozen.freeze(counted.session, built, by, clock.now())
        audit.note(counted.session, who.account.id, "report.freeze", f"submission:{kept.id}", clock.now())
    return pages.done(request, f"{_PATH}/{kept.id}")


def _refuse_the_same(counted: Counted) -> None:
    """A button that was pressed twice submits once."""
    built = counted.built
    last = snapshots.last_of(counted.session, built.campaign, built.one_unit, built.window.as_of)
    if last is None or (last.rules, last.as_of) != (built.rules, built.window.as_of):
        return
    before = frozen.opened(last)
    if (before.rows, before.total) == (built.rows, built.total):
        raise Refusal(409, f"和第{last.id}号报送一模一样，不用再报一次。")


@router.get(f"{_PATH}/{{number}}")
def show(request: Request, number: int, who: guard.Statistics) -> Response:
    """A submission as it was sent, and how the numbers of the same days are now."""
    with database.writing() as session:
        kept = _submission(session, number)
        audit.note(session, who.account.id, "report.look", f"submission:{number}", clock.now())
    built = frozen.opened(kept)
    return pages.page(
        request,
        who,
        "staff/report_submission.html",
        kept=kept,
        files=[name for name in report_files.TABLE_FORMATS if name in FORMATS],
        **annex(built),
        **_since(kept, built),
    )


@router.get(f"{_PATH}/{{number}}/table.{{format}}")
def file(request: Request, number: int, format: str, who: guard.Statistics) -> Response:
    """A submission as a file, with the numbers and the words it had."""
    if format not in FORMATS:
        raise Refusal(404, f"没有 {format[:8]} 这种格式；可用的有 {'、'.join(FORMATS)}。")
    with database.reading() as session:
        kept = _submission(session, number)
    report_files.note_export(who, f"submission:{number} table.{format}")
    return report_files.sent(FORMATS[format](frozen.opened(kept)), f"submission-{number}.{format}", format)


def _submission(session: Session, number: int) -> ReportSnapshot:
    try:
        kept = snapshots.get(session, number)
    except UserError:
        kept = None
    if kept is None or kept.campaign != load.current().id:
        raise Refusal(404, f"没有第{number}号报送。")
    return kept


def _since(kept: ReportSnapshot, before: StatisticsTable) -> dict[str, Any]:
    """What differs now, and which records were written since; None where it cannot be counted any more."""
    try:
        with report_choice.counted(Choice(kept.unit, kept.as_of)) as counted:
            return {
                "other_rules": counted.built.rules != kept.rules,
                "changes": frozen.changes(before, counted.built),
                "reasons": list(frozen.reasons(counted.session, kept)),
            }
    except Refusal as refused:
        return {"gone": refused.text}
