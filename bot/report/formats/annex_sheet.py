"""The sheet that goes up the chain: the annex, on one landscape A4 page."""

from __future__ import annotations

from itertools import groupby

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.campaign.table_model import Column, Table
from bot.report.table import StatisticsTable

SHEET = "统计表"
HEAD_FONT, BODY_FONT = "宋体", "仿宋"
TITLE_ROW, UNIT_ROW, GROUP_ROW, LABEL_ROW, NUMBER_ROW, FIRST_ROW = 1, 2, 3, 4, 5, 6
FIRST_COLUMN = 2

_TITLE = Font(name=HEAD_FONT, size=20, bold=True)
_HEAD = Font(name=HEAD_FONT, size=9)
_BODY = Font(name=BODY_FONT, size=11)
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")


def draw(sheet: Worksheet, table: StatisticsTable) -> None:
    """Draw the sheet 统计表: header with its merges, 总计, units, signatures, 填报说明."""
    sheet.title = SHEET
    width = len(table.definition.columns) + 1
    _heading(sheet, table, width)
    _header(sheet, table.definition)
    last = _body(sheet, table)
    _foot(sheet, table.definition, last + 1, width)
    _page(sheet, width, last + 1 + len(table.definition.notes) + 1)


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | int | None,
    alignment: Alignment,
    font: Font,
    box: bool,
) -> None:
    cell = sheet.cell(row=row, column=column, value=value)
    cell.alignment, cell.font = alignment, font
    if box:
        cell.border = _BOX


def _merge(sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _heading(sheet: Worksheet, table: StatisticsTable, width: int) -> None:
    words = table.definition
    _put(sheet, TITLE_ROW, 1, words.title, _CENTRED, _TITLE, box=False)
    _merge(sheet, TITLE_ROW, 1, TITLE_ROW, width)
    office = f"{words.row_label}：{table.one_unit}" if table.one_unit else words.row_label
    _put(sheet, UNIT_ROW, 1, office, _LEFT, _BODY, box=False)
    _merge(sheet, UNIT_ROW, 1, UNIT_ROW, 6)
    _put(sheet, UNIT_ROW, width - 3, words.unit_line, _RIGHT, _BODY, box=False)
    _merge(sheet, UNIT_ROW, width - 3, UNIT_ROW, width)


def _header(sheet: Worksheet, table: Table) -> None:
    """Group line, label line and number line.

    A column without a label stands over both lines. Labelled columns under a group of their own
    share its heading; 其中 columns leave blank the cell above each, as the annex does.
    """
    for row in (GROUP_ROW, LABEL_ROW, NUMBER_ROW):
        for number in range(len(table.columns) + 1):
            _put(sheet, row, 1 + number, None, _CENTRED, _HEAD, box=True)
    sheet.cell(row=NUMBER_ROW, column=1).value = "甲"
    _merge(sheet, GROUP_ROW, 1, LABEL_ROW, 1)
    for group, members in groupby(table.columns, key=lambda column: column.group):
        _group(sheet, group, list(members))
    for column in table.columns:
        at = FIRST_COLUMN + column.no - 1
        if column.label:
            sheet.cell(row=LABEL_ROW, column=at).value = column.label
        sheet.cell(row=NUMBER_ROW, column=at).value = column.no


def _group(sheet: Worksheet, group: str, columns: list[Column]) -> None:
    first = FIRST_COLUMN + columns[0].no - 1
    sheet.cell(row=GROUP_ROW, column=first).value = group
    if columns[0].label:
        _merge(sheet, GROUP_ROW, first, GROUP_ROW, first + len(columns) - 1)
        return
    _merge(sheet, GROUP_ROW, first, LABEL_ROW, first)


def _body(sheet: Worksheet, table: StatisticsTable) -> int:
    """总计 and the units. Returns the last row written."""
    row = FIRST_ROW
    for line in (table.total, *table.rows):
        _put(sheet, row, 1, line.unit, _CENTRED, _BODY, box=True)
        for index, number in enumerate(line.numbers):
            _put(sheet, row, FIRST_COLUMN + index, number, _CENTRED, _BODY, box=True)
        sheet.row_dimensions[row].height = 27
        row += 1
    return row - 1


def _foot(sheet: Worksheet, table: Table, row: int, width: int) -> None:
    for index, text in enumerate([table.signature, "填报说明：", *table.notes]):
        _put(sheet, row + index, 1, text, _LEFT, _BODY, box=False)
        _merge(sheet, row + index, 1, row + index, width)
        sheet.row_dimensions[row + index].height = 36 if index == 0 else 18


def _page(sheet: Worksheet, width: int, last: int) -> None:
    sheet.column_dimensions["A"].width = 12
    for number in range(FIRST_COLUMN, width + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 6.6
    sheet.row_dimensions[TITLE_ROW].height = 44
    sheet.row_dimensions[UNIT_ROW].height = 20
    sheet.row_dimensions[GROUP_ROW].height = 54
    sheet.row_dimensions[LABEL_ROW].height = 72
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_area = f"A1:{get_column_letter(width)}{last}"
