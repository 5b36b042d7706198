"""The ledger as csv, written line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from bot.report.ledger import HEADINGS

#: What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(stream: BinaryIO, lines: Iterable[list[str | int]]) -> None:
    """Write headings and lines in UTF-8 with a byte order mark; text that looks like a formula gets a quote."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        for line in lines:
            writer.writerow([harmless(cell) for cell in line])
    finally:
        text.detach()


def harmless(cell: str | int) -> str | int:
    """`cell` as no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
