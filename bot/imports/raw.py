"""A row as it stands in a file, before anybody knows what its cells mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_WRITE_OUT = "请改成直接写的文字或数字"
FORMULA, WRONG_VALUE = f"是公式，{_WRITE_OUT}", f"是错误值，{_WRITE_OUT}"
MERGED = "和上面的格子合并了，请取消合并，每一行都填上"


@dataclass(frozen=True)
class RawRow:
    """One row that is not empty.

    Attributes:
        line: its number in the file, from 1.
        cells: the text of each cell.
        faults: what is wrong with a cell and what to do, by its place in the row, from 0.
        broken: what is wrong with the row as a whole; the cells then mean nothing.
    """

    line: int
    cells: list[str]
    faults: Mapping[int, str] = field(default_factory=dict)
    broken: str = ""


@dataclass(frozen=True)
class RawFile:
    """The rows of a file that is being read.

    Attributes:
        total: about how many rows there are, for a progress bar.
        rows: read one at a time, so that memory does not grow with the file.
    """

    total: int
    rows: Iterator[RawRow]


_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


def tidy(text: str) -> str:
    """`text` without the white space around it and without characters that nobody sees."""
    return text.translate(_INVISIBLE).strip()
