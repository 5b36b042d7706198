"""Reading csv as it comes out of Excel, WPS and databases: UTF-8 with or without BOM, UTF-16, GBK, GB18030."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.errors import UserError
from bot.imports.raw import FORMULA, RawFile, RawRow, tidy
from bot.yamlfile import shown

_CHUNK = 1 << 16
_DELIMITERS = (",", "\t", ";")
_SAMPLE_LINES = 5
_FORMULA_SIGN = "="
#: Bytes that no text holds: everything below the space except tab, line ends and form feed.
_BINARY = bytes(set(range(32)) - set(b"\t\n\r\f"))
#: GB18030 holds all of GBK and GB2312.
_ENCODINGS = ("utf-8-sig", "gb18030")
#: Chinese stands above these in Unicode. A lone 女 in GBK reads as UTF-8 too, as a letter among these.
_TWO_BYTE_LETTERS = ("\x80", "\u07ff")


@contextmanager
def open_csv(path: Path) -> Iterator[RawFile]:
    """The rows of a csv file, separated by comma, tab or semicolon.

    Raises:
        UserError: the file is not text in one of the encodings.
    """
    encoding, lines = _examine(path)
    with path.open(encoding=encoding, newline="") as file:
        yield RawFile(total=lines, rows=_rows(file, _delimiter(file)))


def _examine(path: Path) -> tuple[str, int]:
    """The encoding of a file and how many lines it has, found by reading all of it once."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16", _count_lines(file)
        file.seek(0)
        if any(chunk.translate(None, _BINARY) != chunk for chunk in iter(lambda: file.read(_CHUNK), b"")):
            raise UserError(f"{shown(path)}：不是表格，请用 .xlsx 或 .csv 文件")
        lines = _count_lines(file)
        for encoding in _ENCODINGS:
            if _decodes(file, encoding):
                return encoding, lines
    raise UserError(f"{shown(path)}：文字编码认不出来，请另存为 UTF-8 编码的 csv 或 .xlsx")


def _count_lines(file: BinaryIO) -> int:
    file.seek(0)
    return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    highest = ""
    try:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            highest = max(highest, max(decoder.decode(chunk), default=""))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    least, most = _TWO_BYTE_LETTERS
    return not least <= highest <= most


def _delimiter(file: TextIO) -> str:
    """The separator that the first lines use most; the file stands at its start again."""
    first = "".join(islice(file, _SAMPLE_LINES))
    file.seek(0)
    return max(_DELIMITERS, key=first.count)


def _rows(file: TextIO, delimiter: str) -> Iterator[RawRow]:
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [tidy(cell) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            until = f"到第{reader.line_num}行" if reader.line_num > line else ""
            yield RawRow(line, [], broken=f"双引号没有配对，从这里{until}读不了")
            continue
        if any(cells):
            yield RawRow(line, cells, {at: FORMULA for at, cell in enumerate(cells) if cell.startswith(_FORMULA_SIGN)})
