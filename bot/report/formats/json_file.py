"""The table as JSON, for other programs (the contract stands in docs/counting.md)."""

from __future__ import annotations

import json
from typing import Any

from bot.report.table import StatisticsTable


def render(table: StatisticsTable) -> bytes:
    """The table as UTF-8 JSON with `campaign`, `as_of`, `window`, `columns`, `rows` and `total`."""
    rows = ",\n".join(f"    {_line({'unit': row.unit, 'cells': row.numbers})}" for row in table.rows)
    window = {"from": table.window.first.isoformat(), "to": table.window.last.isoformat()}
    text = (
        "{\n"
        f'  "campaign": {_line(table.campaign)},\n'
        f'  "as_of": {_line(table.window.as_of.isoformat())},\n'
        f'  "window": {_line(window)},\n'
        f'  "columns": {_line([column.name for column in table.definition.columns])},\n'
        f'  "rows": [\n{rows}\n  ],\n'
        f'  "total": {_line(table.total.numbers)}\n'
        "}\n"
    )
    return text.encode("utf-8")


def _line(value: Any) -> str:
    """One value on one line: a row of the table is a line of the file."""
    return json.dumps(value, ensure_ascii=False)
