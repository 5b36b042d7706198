"""Importing the activity log (活动记录): one row a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import Field, validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.campaign.activity_kinds import ACTIVITY_KINDS
from bot.grammar import fold
from bot.imports import fields
from bot.imports.importer import Register
from bot.imports.outcome import Outcome
from bot.imports.row import SheetRow
from bot.imports.sheet import Heading
from bot.records import activities
from bot.records.activities import Activity, Entry

HEADINGS = (
    Heading("number", "记录编号", ("编号",)),
    Heading("day", "日期", ("活动日期", "时间"), required=True),
    Heading("unit", "街道", ("单位", "所属街道", "填报单位")),
    Heading("kind", "活动种类", ("种类", "项目", "类别"), required=True),
    Heading("quantity", "数量", ("人数", "份数", "次数"), required=True),
    Heading("note", "备注", ("说明",)),
)
IMPORTED_BY = "import"
_MEASURES = (*{kind.measure for kind in ACTIVITY_KINDS.values()}, "场")
_CODES = {fold(kind.name): code for code, kind in ACTIVITY_KINDS.items()}


class ActivityRow(SheetRow):
    """One entry of the log."""

    day: date
    kind: str
    quantity: int
    note: str | None = Field(None, max_length=1000)

    _day = validator("day", pre=True, allow_reuse=True)(fields.day)

    @validator("kind", pre=True)
    def _kind(cls, text: str) -> str:
        found = _CODES.get(fold(text), text)
        if found not in ACTIVITY_KINDS:
            raise ValueError(f"不认识，可以写：{'、'.join(kind.name for kind in ACTIVITY_KINDS.values())}")
        return found

    @validator("quantity", pre=True)
    def _quantity(cls, text: str) -> int:
        digits = fold(text).replace(",", "")
        digits = digits[:-1] if digits.endswith(_MEASURES) else digits
        if not digits.isdecimal() or int(digits) > activities.MOST:
            raise ValueError(f"请写 0 到 {activities.MOST} 的整数")
        return int(digits)

    def owner(self) -> str:
        """The campaign and the unit, which number their entries by themselves."""
        return f"{self.campaign} {self.unit or ''}"


@dataclass(frozen=True)
class ActivityRegister(Register):
    """A row that changed since its last import corrects its entry, unless a clerk has changed the entry since.

    `entered_by` is the login of who imports; `only_unit` is the one unit whose rows they may bring, None for all.
    """

    entered_by: str = IMPORTED_BY
    only_unit: str | None = None

    def _given(self, filled: dict[str, str]) -> dict[str, str]:
        return {"unit": self.only_unit, **filled} if self.only_unit else filled

    def _objection(self, row: SheetRow) -> str:
        is_theirs = self.only_unit is None or row.unit == self.only_unit
        return "" if is_theirs else f"不是{self.only_unit}的，请交给那个街道导入"

    def _happened(self, row: Any) -> tuple[str, date]:
        return "日期", row.day

    def _store(self, session: Session, rows: list[Any], at: datetime, source_id: int | None, outcome: Outcome) -> None:
        keyed = {f"import:{row.key()}": row for row in rows}
        found = session.execute(select(Activity).where(Activity.source_key.in_(keyed))).scalars()
        there = {one.source_key: one for one in found}
        for key, row in keyed.items():
            entry = Entry(row.campaign, row.kind, row.day, row.quantity, row.unit, row.note)
            if key not in there:
                activities.enter(session, entry, self.entered_by, at, key)
                outcome.taken += 1
                continue
            present = activities.history(session, there[key].id)[-1]
            was_changed_by_hand = not present.source_key.startswith("import:")
            if activities.entry_of(present) == entry or was_changed_by_hand or present.voided_at:
                outcome.present += 1
            else:
                activities.correct(session, present.id, entry, self.entered_by, at, f"{key}:{present.id}")
                outcome.changed += 1


REGISTER = ActivityRegister("activities", "活动记录", Activity, ActivityRow, HEADINGS)
