"""The sheets behind the annex: records, checks before submission, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.report import definitions, evidence
from bot.report.formats.annex_sheet import BODY_FONT, HEAD_FONT
from bot.report.table import StatisticsTable

_WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
_LINE_HEIGHT = 15
#: How wide a character is in letters, with some letters among Chinese.
_LETTERS = 1.8
_HEAD = Font(name=HEAD_FONT, size=10, bold=True)
_BODY = Font(name=BODY_FONT, size=10)


def add(book: Workbook, table: StatisticsTable) -> None:
    """Add what is known: a frozen or rolled-up table has no records, an unchecked one no checks."""
    if table.opens:
        _records(book.create_sheet("依据"), table)
    if table.remarks is not None:
        _checks(book.create_sheet("报送前核对"), table, table.remarks)
    _definitions(book.create_sheet("统计口径"), table)


def _records(sheet: Worksheet, table: StatisticsTable) -> None:
    if evidence.too_many(table):
        _lines(sheet, ("依据",), (110,), [(evidence.TOO_MANY,)])
        return
    _lines(sheet, evidence.HEADINGS, (6, 40, 12, 10, 14, 17, 26, 22, 6), evidence.lines(table))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _checks(sheet: Worksheet, table: StatisticsTable, remarks: Sequence[str]) -> None:
    unit = table.one_unit or "全部单位"
    title = (f"{table.definition.title}　报送前核对（{unit}）",)
    found = [(text,) for text in remarks] or [("没有发现问题。",)]
    _lines(sheet, title, (110,), [(definitions.window_line(table),), *found])


def _definitions(sheet: Worksheet, table: StatisticsTable) -> None:
    _lines(sheet, definitions.HEADINGS, (6, 40, 6, 90), definitions.rows(table))
    last = len(table.definition.columns) + 2
    for place, text in enumerate((definitions.window_line(table), *definitions.RULES)):
        cell = sheet.cell(row=last + place, column=1, value=text)
        cell.font, cell.alignment = _BODY, _WRAPPED
        sheet.merge_cells(start_row=last + place, start_column=1, end_row=last + place, end_column=4)


def _styled(sheet: Worksheet, font: Font) -> StyleArray:
    """One style that many cells share: openpyxl would look it up for each of them, which takes most of the time."""
    pattern = Cell(sheet, row=1, column=1)
    pattern.font, pattern.alignment = font, _WRAPPED
    return pattern._style  # type: ignore[attr-defined]


def _lines(
    sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str | int | None]]
) -> None:
    """A plain list that prints as wide as a landscape page."""
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    head, body = (_styled(sheet, font) for font in (_HEAD, _BODY))
    for number, line in enumerate(sheet.iter_rows(), 1):
        for cell in line:
            cell._style = head if number == 1 else body  # type: ignore[union-attr]
            if cell.data_type == "f":
                cell.data_type = "s"
        texts = zip((str(cell.value or "") for cell in line), widths, strict=False)
        lines = max(ceil(_LETTERS * len(text) / width) for text, width in texts)
        sheet.row_dimensions[number].height = _LINE_HEIGHT * max(lines, 1)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
