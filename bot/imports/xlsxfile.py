"""Reading the first sheet of an .xlsx workbook, one row at a time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from bot.errors import UserError
from bot.imports.raw import FORMULA, MERGED, WRONG_VALUE, RawFile, RawRow, tidy
from bot.yamlfile import shown

#: A small archive can unpack to any size; no register of a district comes near this.
MOST_UNPACKED_BYTES = 1 << 30
_FAULTS = {"f": FORMULA, "e": WRONG_VALUE}
_MERGED_CELLS = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_CHUNK = 1 << 20
#: No tag of a merged cell is longer.
_LONGEST_TAG = 200
_BROKEN_FILE = (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, ParseError)


@contextmanager
def open_xlsx(path: Path) -> Iterator[RawFile]:
    """The rows of the first sheet that is not hidden.

    A formula is a fault even when Excel left its last value beside it.

    Raises:
        UserError: the file is no workbook, or unpacks to more than MOST_UNPACKED_BYTES.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise UserError(f"{shown(path)}：解开后太大，请分成几个文件再导入")
        # With data_only the cached value would hide that a cell is a formula.
        book = load_workbook(path, read_only=True, data_only=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
    except (*_BROKEN_FILE, StopIteration):
        raise _not_a_workbook(path) from None
    try:
        total = sheet.max_row or 0
        # Some programs write a dimension that is too small; openpyxl would stop there.
        sheet.reset_dimensions()
        yield RawFile(total=total, rows=_rows(path, sheet))
    finally:
        book.close()


def _not_a_workbook(path: Path) -> UserError:
    return UserError(f"{shown(path)}：不是 .xlsx 表格，或文件坏了；请用 Excel 或 WPS 打开后另存为 .xlsx")


def _rows(path: Path, sheet: Any) -> Iterator[RawRow]:
    try:
        covered = _Covered(sheet)
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            texts = [_text(cell.value) for cell in cells]
            merged = covered.cells(line)
            if any(texts):
                faults = {at: _FAULTS[cell.data_type] for at, cell in enumerate(cells) if _is_fault(cell)}
                yield RawRow(line, texts, {**faults, **merged})
    except _BROKEN_FILE:
        raise _not_a_workbook(path) from None


class _Covered:
    """The cells that belong to a merged one above, which alone has the text.

    openpyxl does not tell of them when it reads row by row, and they stand behind the rows in the file.
    """

    def __init__(self, sheet: Any) -> None:
        """Read the sheet once to its end."""
        found: list[Any] = []
        with sheet._get_source() as source:
            rest = b""
            while chunk := source.read(_CHUNK):
                text, done = rest + chunk, 0
                for tag in _MERGED_CELLS.finditer(text):
                    found.append(range_boundaries(tag.group(1).decode()))
                    done = tag.end()
                rest = text[max(done, len(text) - _LONGEST_TAG) :]
        self._below = sorted((top, bottom, left, right) for left, top, right, bottom in found if bottom > top)
        self._below.reverse()
        self._open: list[tuple[int, int, int, int]] = []

    def cells(self, line: int) -> dict[int, str]:
        """Place in the row → what is wrong; asked for one row after the other."""
        while self._below and self._below[-1][0] < line:
            self._open.append(self._below.pop())
        self._open = [one for one in self._open if one[1] >= line]
        return {at - 1: MERGED for _, _, left, right in self._open for at in range(left, right + 1)}


def _is_fault(cell: Any) -> bool:
    return cell.value is not None and cell.data_type in _FAULTS


def _text(value: Any) -> str:
    """A cell as a clerk would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return tidy(str(value))
