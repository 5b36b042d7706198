"""Rows as a CSV file that a Chinese Excel opens rightly, and in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

#: Full-width signs begin a formula as well where Chinese is typed.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LINE_STARTS = ("\t", "\r", "\n")


def safe(text: str) -> str:
    """A cell's text; one that a spreadsheet would work out as a formula gets an apostrophe before it."""
    is_formula = text.lstrip().startswith(_FORMULA) or text.startswith(_LINE_STARTS)
    return f"'{text}" if is_formula else text


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file: UTF-8 with a byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
