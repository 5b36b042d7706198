"""What became of the rows of an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Rejected(NamedTuple):
    """A row that was not taken: its line in the file and why. The reason repeats nothing private."""

    line: int
    reason: str

    def __str__(self) -> str:
        """The row as it is listed."""
        return f"第{self.line}行：{self.reason}"


class Repeated(NamedTuple):
    """A row that says the same as one before it in the file: its line, and the line of the other."""

    line: int
    first: int

    def __str__(self) -> str:
        """The row as it is listed."""
        return f"第{self.line}行：和第{self.first}行一样，只算一次；不是同一次的，请在备注里写明再导"


class Ahead(NamedTuple):
    """A row that was taken though its day has not come: it counts from that day on."""

    line: int

    def __str__(self) -> str:
        """The row as it is listed."""
        return f"第{self.line}行：日期还没有到，先收下了，到那天才算；写错了请作废或改正"


@dataclass
class Outcome:
    """The counts of an import.

    Attributes:
        taken: rows that are new.
        changed: rows that were there under their own number and say something else now.
        present: rows that were there already, or stood twice in the file.
        gone: rows of earlier that a source on the web no longer has.
        rejected: the rows that were not taken.
        repeated: those of `present` that stood in the file before.
        ahead: right rows whose day has not come.
    """

    taken: int = 0
    changed: int = 0
    present: int = 0
    gone: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)

    @property
    def named(self) -> list[Rejected | Repeated | Ahead]:
        """The rows that somebody should look at, as they stand in the file."""
        return sorted([*self.rejected, *self.repeated, *self.ahead], key=lambda one: one.line)

    @property
    def accepted(self) -> int:
        """How many rows were right, whether new or not."""
        return self.taken + self.changed + self.present

    @property
    def failed(self) -> bool:
        """Whether rows were bad and nothing came of the others."""
        return bool(self.rejected) and self.taken + self.changed == 0

    def summary(self) -> str:
        """The counts on one line, in Chinese; the rejected rows are listed apart."""
        parts = [f"新增{self.taken}行", f"已有{self.present}行"]
        if self.changed:
            parts.append(f"更新{self.changed}行")
        if self.gone:
            parts.append(f"下架{self.gone}行")
        if self.rejected:
            parts.append(f"有错{len(self.rejected)}行（没有导入，改好后再导一次，不会重复）")
        return "，".join(parts)
