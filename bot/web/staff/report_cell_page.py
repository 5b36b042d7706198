"""`/staff/report/cell`: the records behind one cell of the table."""

from __future__ import annotations

from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.campaign.table_model import Column, Table
from bot.records import audit, database
from bot.report import evidence, ledger
from bot.report.masking import MASKS
from bot.report.scope import TOTAL
from bot.report.table import Cell, StatisticsTable
from bot.web.staff import guard, pages, paging, report_choice
from bot.web.staff.refusals import Refusal

router = APIRouter()


@router.get("/staff/report/cell")
def show(request: Request, who: guard.Statistics) -> Response:
    """A page of the records behind a cell, persons masked by role."""
    choice = report_choice.read(request)
    number, row = request.query_params.get("column", ""), request.query_params.get("row", TOTAL)
    with report_choice.counted(choice) as counted:
        column = _column(counted.built.definition, number)
        cell = _cell(counted.built, column, row)
        begin = paging.begin_of(request)
        lines = list(islice(evidence.of_cell(counted.built, column, cell), begin, begin + paging.PAGE + 1))
        persons = list({line.person for line in lines if line.person is not None})
        known = ledger.known(counted.session, persons, MASKS[who.account.role])
    with database.writing() as session:
        audit.note(session, who.account.id, "report.open", f"column:{column.no} {row}"[:64], clock.now())
    return pages.page(
        request,
        who,
        "staff/report_cell.html",
        choice=choice,
        column=column,
        row=row,
        cell=cell,
        lines=lines[: paging.PAGE],
        known=known,
        more=len(lines) > paging.PAGE,
        paging=paging.paging(request, begin + len(lines)),
    )


def _column(words: Table, number: str) -> Column:
    if number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= len(words.columns):
        return words.columns[int(number) - 1]
    raise Refusal(404, f"没有第{number[:3]}列。")


def _cell(built: StatisticsTable, column: Column, row: str) -> Cell:
    for one in (built.total, *built.rows):
        if one.unit == row:
            return one.cells[column.no - 1]
    raise Refusal(404, "表里没有这一行。")
