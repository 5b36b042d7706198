"""The table as a workbook: the annex first, then what it rests on."""

from __future__ import annotations

import io

from openpyxl import Workbook

from bot.report.formats import annex_sheet, side_sheets
from bot.report.table import StatisticsTable


def render(table: StatisticsTable) -> bytes:
    """The workbook: 统计表 as the annex prints it, 依据, 报送前核对, 统计口径."""
    book = Workbook()
    annex_sheet.draw(book.worksheets[0], table)
    side_sheets.add(book, table)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
