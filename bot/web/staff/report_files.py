"""`/staff/report/table.xlsx` and the other files: the table in every format, the ledger, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from bot import clock
from bot.records import audit, database
from bot.records.sign_in import SignedIn
from bot.report import check, ledger, summary
from bot.report.formats import FORMATS, ledger_file
from bot.report.masking import MASKS
from bot.report.scope import TOTAL
from bot.web.staff import guard, pages, report_choice
from bot.web.staff.refusals import Refusal
from bot.web.staff.report_choice import Choice

router = APIRouter()

_WORD = "docx"
#: Each format of the table → how the page calls it.
TABLE_FORMATS = {
    "xlsx": "Excel（打印上报）",
    "csv": "CSV",
    "json": "JSON",
    "html": "网页",
    _WORD: "总结初稿（Word）",
}
_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    _WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: With checks in it.
_CHECKED = ("xlsx", "html")
_LISTS = {"ledger": ledger.rows, "worklist": ledger.worklist}


@router.get("/staff/report/table.{format}")
def table_file(request: Request, format: str, who: guard.Statistics) -> Response:
    """The table, or the draft of the summary, as a file."""
    if format not in TABLE_FORMATS:
        raise Refusal(404, f"没有 {format[:8]} 这种格式；可用的有 {'、'.join(TABLE_FORMATS)}。")
    choice = report_choice.read(request)
    with report_choice.counted(choice) as counted:
        if format == _WORD:
            content = summary.draft(counted.session, counted.pack, counted.built)
        else:
            built = counted.built
            built = check.with_remarks(built, counted.findings()) if format in _CHECKED else built
            content = FORMATS[format](built)
        name = f"{counted.pack.id}-{counted.built.window.as_of}.{format}"
    note_export(who, f"table.{format}")
    return sent(content, name, format)


@router.get("/staff/report/{what}.csv")
def list_file(request: Request, what: str, who: guard.Statistics) -> Response:
    """The ledger, or the worklist of whom to ask, masked by role; written as it is read."""
    if what not in _LISTS:
        raise Refusal(404, "没有这个文件。")
    choice = report_choice.read(request)
    with report_choice.counted(choice) as counted:
        name = f"{what}-{counted.pack.id}-{counted.built.window.as_of}.csv"
    note_export(who, f"{what}.csv")
    answer = StreamingResponse(_parts(what, choice, who.account.role), media_type=_MEDIA_TYPES["csv"])
    answer.headers.update(pages.download_headers(name))
    return answer


def _parts(what: str, choice: Choice, role: str) -> Iterator[bytes]:
    with report_choice.counted(choice) as counted:
        lines = _LISTS[what](counted.session, counted.scope, MASKS[role], choice.unit or TOTAL)
        yield from ledger_file.parts(lines)


def sent(content: bytes, name: str, format: str) -> Response:
    """A file of the table in one of the formats."""
    return pages.file(content, name, _MEDIA_TYPES[format])


def note_export(who: SignedIn, record: str) -> None:
    """Write into the log that something was exported."""
    with database.writing() as session:
        audit.note(session, who.account.id, "report.export", record, clock.now())
