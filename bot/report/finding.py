"""What a check before submission found, with the records it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

#: So many records are named with a finding; all of them are in the ledger or on the page that it names.
NAMED = 20

ERROR = "error"
NOTICE = "notice"

#: What stands before the number of a named record.
PERSON, SERVICE, ENTRY = "人员", "服务", "活动记录"


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    Attributes:
        code: which check.
        level: ERROR where the table must not go out like this; NOTICE where somebody should look.
        text: what it is and what to do, one line.
        count: how many records it means.
        records: the first of them: `服务12`, `人员7`, `活动记录3`, or the name of a row.
    """

    code: str
    level: str
    text: str
    count: int
    records: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The finding with its records, on one line."""
        sign = "错误" if self.level == ERROR else "提醒"
        return f"【{sign}】{self.text}" + (f"（{'、'.join(self.records)}{self.more}）" if self.records else "")

    @property
    def more(self) -> str:
        """`……` where it means more records than it names."""
        return "……" if self.count > len(self.records) else ""


def of_records(session: Session, code: str, text: str, kind: str, numbers: Any) -> Iterator[Finding]:
    """A notice of the records that a selection of their numbers gives, unless there are none.

    Args:
        session: a reading session.
        code: which check.
        text: what it is and what to do.
        kind: PERSON, SERVICE or ENTRY.
        numbers: a selection of one column, each number once.
    """
    count = session.execute(select(func.count()).select_from(numbers.subquery())).scalar_one()
    if count:
        yield named(session, code, text, kind, numbers, count)


def named(session: Session, code: str, text: str, kind: str, numbers: Any, count: int) -> Finding:
    """The same, where it is known how many there are."""
    first = session.execute(numbers.order_by(numbers.selected_columns[0]).limit(NAMED)).scalars()
    measure = "人" if kind == PERSON else "条"
    return Finding(code, NOTICE, f"{text}：{count}{measure}", count, tuple(f"{kind}{one}" for one in first))
