"""Any register as rows of heading → text: csv or xlsx, one row at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from openpyxl.utils import get_column_letter

from bot.errors import UserError
from bot.grammar import fold
from bot.imports.csvfile import open_csv
from bot.imports.raw import RawRow
from bot.imports.xlsxfile import open_xlsx
from bot.yamlfile import shown

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DECORATION = str.maketrans("", "", " *\u3000\n\r\t")
#: Registers often begin with a title; the headings stand among the first so many rows.
_TITLE_ROWS = 5
#: Lines of a paper register are numbered; what stands below says nothing and is passed over.
_PASSED_OVER, _RUNNING_NUMBERS = "#", ("序号", "行号")


@dataclass(frozen=True)
class Heading:
    """A column that an import knows.

    Attributes:
        code: the name in the code, accepted as a heading.
        name: the Chinese heading, as documentation and messages write it.
        aliases: other Chinese headings for the same.
        required: whether a sheet without this column is refused.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False

    def words(self) -> Iterator[str]:
        """Everything this column may be called."""
        yield from (self.code, self.name, *self.aliases)


@dataclass(frozen=True)
class Row:
    """One row below the headings.

    Attributes:
        line: its number in the file, from 1.
        cells: code of each heading → text, tidied; "" for an empty cell.
        problem: why the row cannot be read, naming the cell (`C7 是公式…`); then `cells` is empty.
    """

    line: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """An open register: about how many rows (for a progress bar), and the rows, read one at a time."""

    total: int
    rows: Iterator[Row]


@contextmanager
def open_sheet(path: Path, headings: Sequence[Heading]) -> Iterator[Sheet]:
    """Open a register for reading. What a file is, its content says, not its name.

    Args:
        path: a csv (UTF-8 with or without BOM, UTF-16, GBK, GB18030) or an xlsx file.
        headings: the columns that may stand in it, in any order.

    Raises:
        UserError: no such file, not a sheet, or headings that are missing, unknown or written twice.
            A workbook that is damaged further down raises while its rows are read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLD_EXCEL))
    except FileNotFoundError:
        raise UserError(f"{shown(path)}：没有这个文件") from None
    except OSError as error:
        raise UserError(f"{shown(path)}：读不了（{error.strerror}）") from None
    if start == _OLD_EXCEL:
        raise UserError(f"{shown(path)}：是老式的 .xls，请用 Excel 或 WPS 打开后另存为 .xlsx")
    with open_xlsx(path) if zipfile.is_zipfile(path) else open_csv(path) as raw:
        top = list(islice(raw.rows, _TITLE_ROWS))
        at, columns = _find_headings(path, top, headings)
        yield Sheet(raw.total, _rows([*top[at + 1 :]], raw.rows, columns))


def _plain(heading: str) -> str:
    return fold(heading).translate(_DECORATION)


def _find_headings(path: Path, top: list[RawRow], headings: Sequence[Heading]) -> tuple[int, list[str]]:
    """Which of the first rows holds the headings, and the code of each of its columns ("" for a blank one).

    Raises:
        UserError: no row does, or one does not fit.
    """
    if not top:
        raise UserError(f"{shown(path)}：是空的，第一行要写表头：{_usable(headings)}")
    codes = {_plain(word): heading.code for heading in headings for word in heading.words()}
    codes.update(dict.fromkeys(_RUNNING_NUMBERS, _PASSED_OVER))
    found = [[codes.get(_plain(cell), "") for cell in row.cells] for row in top]
    at = max(range(len(top)), key=lambda place: len(set(found[place]) - {""}))
    columns, row = found[at], top[at]
    unknown = [cell for cell, code in zip(row.cells, columns, strict=True) if cell and not code]
    missing = [heading.name for heading in headings if heading.required and heading.code not in columns]
    twice = sorted({heading.name for heading in headings if columns.count(heading.code) > 1})
    faults = [
        f"{what}{''.join(f'“{name}”' for name in names)}"
        for what, names in (("缺", missing), ("不认识", unknown), ("写了两次", twice))
        if names
    ]
    if faults:
        raise UserError(f"{shown(path)}：第{row.line}行的表头{'，'.join(faults)}；可用的表头：{_usable(headings)}")
    return at, columns


def _usable(headings: Sequence[Heading]) -> str:
    return "、".join(heading.name for heading in headings)


def _rows(first: list[RawRow], rest: Iterator[RawRow], columns: list[str]) -> Iterator[Row]:
    for rows in (first, rest):
        for row in rows:
            problem = row.broken or _problem(row, columns)
            yield Row(row.line, {} if problem else _cells(row, columns), problem)


def _problem(row: RawRow, columns: list[str]) -> str:
    for at in range(max(len(row.cells), len(columns))):
        code = columns[at] if at < len(columns) else ""
        name = f"{get_column_letter(at + 1)}{row.line}"
        if at in row.faults and code != _PASSED_OVER:
            return f"{name} {row.faults[at]}"
        if not code and at < len(row.cells) and row.cells[at]:
            return f"{name} 上面没有表头（文字里有逗号的，整格要加双引号）"
    return ""


def _cells(row: RawRow, columns: list[str]) -> dict[str, str]:
    padded = [*row.cells, *[""] * (len(columns) - len(row.cells))]
    return {code: cell for code, cell in zip(columns, padded, strict=False) if code not in ("", _PASSED_OVER)}
