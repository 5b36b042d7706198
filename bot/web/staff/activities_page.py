"""`/staff/activities`: the activity log: looked through, typed in, taken to a file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.activity_kinds import ACTIVITY_KINDS
from bot.records import activities, activity_log, audit, database, staff
from bot.records.activities import Activity
from bot.records.activity_log import Asked
from bot.records.order import Order
from bot.records.staff import Account
from bot.report.scope import UNASSIGNED
from bot.web.staff import activity_form, cells, criteria, form_fields, guard, pages, paging
from bot.web.staff.activity_form import unit_name
from bot.web.staff.refusals import Refusal

router = APIRouter()

PATH = "/staff/activities"
IMPORTED = "导入"
_MOST_EXPORTED = 100_000
_HEADINGS = ("日期", "街道", "活动种类", "数量", "备注", "谁填的", "填写时间", "状态", "作废原因")
#: What a page is told once, after a form was taken.
_ONCE = ("saved", "day", "street", "outside")


@dataclass
class Search:
    """The search form as it was filled in, and what it asks for."""

    typed: dict[str, str]
    asked: Asked
    order: Order
    problems: list[str]


@router.get(PATH)
def show(request: Request, who: guard.Reader) -> Response:
    """The form to type in, the entries that fit, and the sum where one kind is looked for."""
    search = _search(request, who.account)
    with database.writing() as session:
        audit.note(session, who.account.id, "activity.look", "", clock.now())
        begin = paging.begin_of(request)
        found, total = activity_log.page(session, search.asked, search.order, begin, paging.PAGE)
        values = {
            "found": found,
            "before": activity_log.earlier_forms(session, found),
            "sum": activity_log.quantity(session, search.asked) if search.asked.kind else None,
            "clerks": names(session),
        }
    pack = load.current()
    return pages.page(
        request,
        who,
        "staff/activities.html",
        search=search,
        paging=paging.paging(request, total, _ONCE),
        groups=activity_form.groups(),
        draft=uuid.uuid4(),
        once={name: request.query_params.get(name, "")[:20] for name in _ONCE},
        outside=lambda entry: activity_form.outside(pack, entry.kind, entry.day),
        **of_every_page(who.account),
        **values,
    )


@router.post(PATH)
def enter(request: Request, who: guard.Reader, form: guard.Posted) -> Response:
    """Write down the numbers of one day; the same form a second time changes nothing."""
    pack, key = load.current(), form_fields.source_key(form)
    entries = activity_form.entries(form, who.account, pack)
    with database.writing() as session:
        for entry in entries:
            own_key = f"{key}:{entry.kind}"
            before = activities.by_key(session, own_key)
            if before is not None and activities.entry_of(before) != entry:
                raise Refusal(409, "这张表已经记过一次了，要改请在下面的表里改；要再记一次请先刷新。")
            made = activities.enter(session, entry, who.account.login, clock.now(), own_key)
            if made is not None:
                audit.note(session, who.account.id, "activity.enter", f"activity:{made.id}", clock.now())
    is_outside = any(activity_form.outside(pack, entry.kind, entry.day) for entry in entries)
    told = {"saved": len(entries), "day": entries[0].day, "street": entries[0].unit or ""}
    return pages.done(request, f"{PATH}?{urlencode({**told, **({'outside': 1} if is_outside else {})})}")


@router.get(f"{PATH}.csv")
def export(request: Request, who: guard.Reader) -> Response:
    """The entries that fit as a file."""
    search = _search(request, who.account)
    if search.problems:
        raise Refusal(422, "".join(search.problems))
    with database.writing() as session:
        audit.note(session, who.account.id, "activity.export", "", clock.now())
    with database.reading() as session:
        found, _ = activity_log.page(session, search.asked, search.order, 0, _MOST_EXPORTED)
        clerks = names(session)
    content = cells.csv_file(_HEADINGS, (_cells(entry, clerks) for entry in found))
    return pages.file(content, f"activities-{clock.today().isoformat()}.csv", "text/csv; charset=utf-8")


def names(session: Session) -> dict[str, str]:
    """Who entered it, as colleagues read it, by what stands in the record."""
    return {**staff.names_by_login(session), "import": IMPORTED}


def of_every_page(account: Account) -> dict[str, object]:
    """What the pages of the log share."""
    return {
        "kinds": ACTIVITY_KINDS,
        "units": load.current().unit_names,
        "unit_name": unit_name,
        "field_of": activity_form.field_of,
        "own_unit": None if account.sees_all_units else unit_name(account.unit),
        "today": clock.today(),
    }


def _search(request: Request, account: Account) -> Search:
    """What the address asks for; a clerk sees their own unit."""
    given = request.query_params
    typed = {name: given.get(name, "").strip()[:100] for name in ("unit", "kind", "first", "last", "sort")}
    problems: list[str] = []
    if typed["unit"] and typed["unit"] not in (*load.current().unit_names, UNASSIGNED):
        problems.append("没有这个单位。")
    if typed["kind"] and typed["kind"] not in ACTIVITY_KINDS:
        problems.append("没有这种活动。")
    first, last = criteria.days(typed, problems)
    asked = Asked(
        campaign=load.current().id,
        units=_units(typed["unit"], account),
        kind=typed["kind"],
        first=first,
        last=last,
    )
    return Search(typed, asked, Order.read(typed["sort"], activity_log.SORTS, "day"), problems)


def _units(unit: str, account: Account) -> tuple[str | None, ...] | None:
    if not account.sees_all_units:
        return (account.unit,)
    return (None if unit == UNASSIGNED else unit,) if unit else None


def _cells(entry: Activity, clerks: Mapping[str, str]) -> list[str]:
    return [
        entry.day.isoformat(),
        entry.unit or "",
        ACTIVITY_KINDS[entry.kind].name,
        str(entry.quantity),
        entry.note or "",
        clerks.get(entry.entered_by, entry.entered_by),
        pages.moment(entry.entered_at),
        "已作废" if entry.voided_at else "有效",
        entry.void_reason or "",
    ]
