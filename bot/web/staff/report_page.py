"""`/staff/report`: the statistics table live, what to check before it goes out, and how it came about."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.records import audit, database, queue, snapshots
from bot.report import check, curves, described, progress
from bot.report.figures.completion import completion
from bot.report.figures.shares import shares
from bot.report.figures.talks import OUTCOMES, opinions, outcomes
from bot.report.figures.waits import waits
from bot.report.formats.html_file import header
from bot.report.masking import MASKS
from bot.report.scope import TOTAL
from bot.report.table import StatisticsTable
from bot.web.staff import guard, pages, report_choice, report_files, shown
from bot.web.staff.report_choice import Choice, Counted

router = APIRouter()

PATH = "/staff/report"


@router.get(PATH)
def show(request: Request, who: guard.Statistics) -> Response:
    """The page."""
    choice = report_choice.read(request)
    with database.writing() as session:
        audit.note(session, who.account.id, "report.look", "", clock.now())
    with report_choice.counted(choice) as counted:
        values = {
            **annex(counted.built),
            **_checks(counted, who.account.role),
            **_figures(counted),
            "submissions": snapshots.all_of(counted.session, counted.pack.id),
            "progress": progress.line(counted.built),
            "units": counted.scope.rows,
            "files": report_files.TABLE_FORMATS,
        }
    return pages.page(request, who, "staff/report.html", **values)


def annex(built: StatisticsTable) -> dict[str, Any]:
    """What the annex on a page is drawn from; its links lead to the same day also tomorrow."""
    first, second = header(built.definition)
    return {"built": built, "first": first, "second": second, "choice": Choice(built.one_unit, built.window.as_of)}


def _checks(counted: Counted, role: str) -> dict[str, Any]:
    """What was found, each with its records; and how many persons are known by a web session only."""
    session, scope, built = counted.session, counted.scope, counted.built
    return {
        "findings": [(one, described.describe(session, one, MASKS[role], built.topics)) for one in counted.findings()],
        "by_session": {
            column.no: check.anonymous(session, scope, column, built) for column in scope.table.columns if column.counts
        },
    }


def _figures(counted: Counted) -> dict[str, Any]:
    session, scope, row = counted.session, counted.scope, counted.built.one_unit or TOTAL
    promised = counted.pack.service_131
    return {
        "curves": [
            (column, days, curves.weekly(days))
            for column, cell in zip(scope.table.columns, counted.built.total.cells, strict=True)
            if column.counts or (column.outcome and cell.number)
            for days in [curves.daily(session, scope, column, row)]
        ],
        "shares": shares(session, scope, row),
        "channels": shown.CHANNELS,
        "promised": promised,
        "completion": completion(session, scope, promised, row) if promised else None,
        "waits": waits(session, scope, row),
        "reasons": queue.REASONS,
        "outcomes": outcomes(session, scope, row),
        "outcome_names": OUTCOMES,
        "opinions": opinions(session, scope, row),
    }
