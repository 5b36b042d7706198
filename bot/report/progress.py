"""One plain line for 随时报送: what has been done so far."""

from __future__ import annotations

import re

from bot.report.table import StatisticsTable

#: What a heading ends with beyond the thing itself.
_COUNT_WORD = re.compile(r"(人数|份数|次数|条数|数量|数)$")


def line(table: StatisticsTable) -> str:
    """`截至…，累计…`, with the total of every column that is not zero, the 其中 in brackets."""
    numbers = table.total.numbers
    said = []
    for column in table.definition.columns:
        if column.subset_of is not None or not numbers[column.no - 1]:
            continue
        parts = [
            f"{_thing(part.label.removeprefix('其中：'))}{numbers[part.no - 1]}{part.unit}"
            for part in table.definition.columns
            if part.subset_of == column.no and numbers[part.no - 1]
        ]
        brackets = f"（其中{'、'.join(parts)}）" if parts else ""
        said.append(f"{_thing(column.label or column.group)}{numbers[column.no - 1]}{column.unit}{brackets}")
    until = f"截至{table.window.end_day.month}月{table.window.end_day.day}日，"
    return f"{until}{table.one_unit or ''}累计{'，'.join(said)}。" if said else f"{until}还没有记录。"


def _thing(heading: str) -> str:
    return _COUNT_WORD.sub("", heading)
