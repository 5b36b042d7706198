"""The table as CSV that a Chinese Excel opens rightly: UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io

from bot.report.table import StatisticsTable


def render(table: StatisticsTable) -> bytes:
    """One header line, 总计, then one line a unit."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([table.definition.row_label, *(column.name for column in table.definition.columns)])
    for row in (table.total, *table.rows):
        writer.writerow([row.unit, *row.numbers])
    return text.getvalue().encode("utf-8-sig")
