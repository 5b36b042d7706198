"""The table as a file: one module a format, each a function from the table to bytes."""

from __future__ import annotations

from collections.abc import Callable

from bot.report.formats import csv_file, html_file, json_file, xlsx_file
from bot.report.table import StatisticsTable

#: Name of each format → what writes it.
FORMATS: dict[str, Callable[[StatisticsTable], bytes]] = {
    "json": json_file.render,
    "csv": csv_file.render,
    "xlsx": xlsx_file.render,
    "html": html_file.render,
}
