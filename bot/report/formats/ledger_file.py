"""The ledger as csv, written line by line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from bot.report.ledger import HEADINGS

#: What a spreadsheet takes for a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PART = 32 * 1024


def write(stream: BinaryIO, lines: Iterable[list[str | int]]) -> None:
    """Write headings and lines in UTF-8 with a byte order mark; text that looks like a formula gets a quote."""
    for part in parts(lines):
        stream.write(part)


def parts(lines: Iterable[list[str | int]]) -> Iterator[bytes]:
    """The same file piece by piece, as its lines are read."""
    text = io.StringIO()
    writer = csv.writer(text)
    yield codecs.BOM_UTF8
    for line in chain([HEADINGS], lines):
        writer.writerow([harmless(cell) for cell in line])
        if text.tell() >= _PART:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: str | int) -> str | int:
    """`cell` as no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
