"""What stands in the forms of the activity log, as entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot import clock
from bot.campaign.activity_kinds import ACTIVITY_KINDS, ActivityKind
from bot.campaign.model import Pack
from bot.records.activities import MOST, Entry
from bot.records.staff import Account
from bot.report.scope import UNASSIGNED
from bot.report.window import window_of
from bot.web.staff import form_fields
from bot.web.staff.guard import Form
from bot.web.staff.refusals import Refusal

LONGEST_NOTE = 1000
_FIELD = "quantity_"
_DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Group:
    """A kind of entry and its parts (其中), as they stand together on the form."""

    kind: ActivityKind
    parts: tuple[ActivityKind, ...]


def groups() -> list[Group]:
    """All kinds in the order of the table, those without parts first."""
    kinds = ACTIVITY_KINDS.values()
    found = [
        Group(kind, tuple(part for part in kinds if part.part_of == kind.code))
        for kind in kinds
        if kind.part_of is None
    ]
    return sorted(found, key=lambda group: bool(group.parts))


def field_of(kind: ActivityKind) -> str:
    """The name of a kind's field."""
    return f"{_FIELD}{kind.code}"


def entries(form: Form, account: Account, pack: Pack) -> list[Entry]:
    """The entries of a form that holds a number for each kind; empty fields are left out.

    Raises:
        Refusal: a field does not fit, there is no number at all, or a part is larger than its total.
    """
    filled = {kind.code: text for kind in ACTIVITY_KINDS.values() if (text := form.get(field_of(kind), "").strip())}
    if not filled:
        raise Refusal(422, "请至少写一个数量。")
    numbers = {code: _quantity(text, ACTIVITY_KINDS[code].name) for code, text in filled.items()}
    for code, number in numbers.items():
        total = ACTIVITY_KINDS[code].part_of
        if total in numbers and number > numbers[total]:
            raise Refusal(422, f"“{ACTIVITY_KINDS[code].name}”比总数还多，请改正。")
    day, unit, note = form_fields.past_day(form), unit_of(form, account, pack), _note(form)
    return [Entry(pack.id, code, day, number, unit, note) for code, number in numbers.items()]


def entry(form: Form, account: Account, pack: Pack) -> Entry:
    """The one entry of a form that corrects.

    Raises:
        Refusal: a field does not fit.
    """
    kind = form.get("kind", "")
    if kind not in ACTIVITY_KINDS:
        raise Refusal(422, "请选活动种类。")
    number = _quantity(form.get("quantity", "").strip(), "数量")
    return Entry(pack.id, kind, form_fields.past_day(form), number, unit_of(form, account, pack), _note(form))


def unit_of(form: Form, account: Account, pack: Pack) -> str | None:
    """Whose entry it is: a clerk's own unit's, whatever the form says.

    Raises:
        Refusal: it is none of the campaign's.
    """
    if not account.sees_all_units:
        return account.unit
    unit = form.get("unit", "")
    if unit not in ("", *pack.unit_names):
        raise Refusal(422, "没有这个单位，请从列出的里面选。")
    return unit or None


def outside(pack: Pack, kind: str, day: date) -> str:
    """Why an entry of this day counts in no column, to the clerk; "" where its day counts."""
    window = window_of(pack, clock.today(), pack.period.end)
    columns = [column for column in pack.table.columns if kind in column.activities] if pack.table else []
    first = min((window.first_day(column) for column in columns), default=window.first)
    if first <= day <= window.last:
        return ""
    return f"不在统计的日期里（{first} 到 {window.last}），不计入表"


def unit_name(unit: str | None) -> str:
    """A unit as lists show it."""
    return unit or UNASSIGNED


def _quantity(text: str, name: str) -> int:
    if not _DIGITS.fullmatch(text) or int(text) > MOST:
        raise Refusal(422, f"{name}：请写 0 到 {MOST} 的整数。")
    return int(text)


def _note(form: Form) -> str | None:
    note = form.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise Refusal(422, f"备注太长了，最多{LONGEST_NOTE}个字。")
    return note or None
