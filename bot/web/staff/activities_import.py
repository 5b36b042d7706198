"""`/staff/activities/import`: a sheet of the activity log, brought from the page."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from bot import clock
from bot.campaign import load
from bot.errors import UserError
from bot.imports.activities import REGISTER
from bot.imports.outcome import Outcome
from bot.records import audit, database
from bot.web.staff import guard, pages
from bot.web.staff.activities_page import PATH
from bot.web.staff.refusals import Refusal

router = APIRouter()

_MOST_TOLD = 50


@router.post(f"{PATH}/import")
def take(who: guard.Reader, sheet: guard.Sheet) -> Response:
    """Take the good rows; the bad ones are named. A clerk brings the rows of their own unit."""
    account = who.account
    register = replace(REGISTER, entered_by=account.login, only_unit=None if account.sees_all_units else account.unit)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        path.write_bytes(sheet)
        try:
            outcome = register.import_file(path, load.current().id, clock.now())
        except UserError as error:
            raise Refusal(422, str(error).replace(str(path), "这个文件")) from None
    with database.writing() as session:
        audit.note(session, account.id, "activity.import", "", clock.now())
    return pages.data({"summary": f"{outcome.summary()}。", "rejected": _told(outcome), "took": outcome.accepted > 0})


def _told(outcome: Outcome) -> list[str]:
    told = [str(one) for one in outcome.named[:_MOST_TOLD]]
    more = len(outcome.named) - len(told)
    return [*told, *([f"还有{more}行，先改好上面的。"] if more else [])]
