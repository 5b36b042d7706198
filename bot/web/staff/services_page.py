"""`/staff/services`: the ledger of services, masked; one of them, and voiding it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock
from bot.campaign import load
from bot.campaign.kinds import KIND_NAMES
from bot.records import audit, corrections, database, people, staff
from bot.records.models import Person, Service
from bot.records.order import Order
from bot.records.staff import STATISTICS, Account
from bot.web.staff import cells, criteria, form_fields, guard, pages, paging, shown
from bot.web.staff.refusals import Refusal

router = APIRouter()

_MOST_EXPORTED = 1_000_000
_HEADINGS = ("时间", "姓名", "电话", "服务", "内容", "单位", "来源", "经办", "状态")


@router.get("/staff/services")
def search(request: Request, who: guard.Reader) -> Response:
    """The services that fit; statistics clerks may not look for one person."""
    asked = criteria.read(request, load.current().unit_names, who.account.role != STATISTICS)
    order = Order.read(request.query_params.get("sort", ""), people.SERVICE_SORTS, "at")
    found: list[tuple[Service, Person]] = []
    total = 0
    if not asked.problems:
        with database.writing() as session:
            audit.note(session, who.account.id, "service.search", "", clock.now())
            begin = paging.begin_of(request)
            found, total = people.services(session, who.account, asked.wanted, order, begin, paging.PAGE)
    with database.reading() as session:
        clerks = staff.names_by_login(session)
    return pages.page(
        request,
        who,
        "staff/services.html",
        asked=asked,
        found=found,
        units=load.current().unit_names,
        kinds=KIND_NAMES,
        topics=shown.topics(load.current()),
        channels=shown.CHANNELS,
        clerks=clerks,
        order=order,
        may_open=who.account.role != STATISTICS,
        paging=paging.paging(request, total),
    )


@router.get("/staff/services.csv")
def export(request: Request, who: guard.Reader) -> Response:
    """The same as a file, masked as on the page."""
    asked = criteria.read(request, load.current().unit_names, who.account.role != STATISTICS)
    if asked.problems:
        raise Refusal(422, "".join(asked.problems))
    with database.writing() as session:
        audit.note(session, who.account.id, "service.export", "", clock.now())
    with database.reading() as session:
        found, _ = people.services(
            session, who.account, asked.wanted, Order("at", is_descending=False), 0, _MOST_EXPORTED
        )
        clerks = staff.names_by_login(session)
    topics = shown.topics(load.current())
    content = cells.csv_file(_HEADINGS, (_row(service, person, topics, clerks) for service, person in found))
    return pages.file(content, f"services-{clock.today().isoformat()}.csv", "text/csv; charset=utf-8")


@router.get("/staff/services/{service_id}")
def show(request: Request, service_id: guard.RowId, who: guard.Clerk) -> Response:
    """One service."""
    _visible(service_id, who.account)
    with database.writing() as session:
        service = session.get(Service, service_id)
        audit.note(session, who.account.id, "person.look", f"person:{service.person_id}", clock.now())
        person = session.get(Person, service.person_id)
        clerks = staff.names_by_login(session)
    return pages.page(
        request,
        who,
        "staff/service.html",
        service=service,
        person=person,
        kind=KIND_NAMES[service.kind],
        topic=shown.topics(load.current()).get(service.topic, service.topic),
        channel=shown.CHANNELS.get(service.channel, service.channel),
        clerk=clerks.get(service.clerk or "", service.clerk or ""),
    )


@router.post("/staff/services/{service_id}/void")
def void(request: Request, service_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Let a service count no more."""
    _visible(service_id, who.account)
    reason = form_fields.reason(form)
    with database.writing() as session:
        if not corrections.void(session.get(Service, service_id), reason, clock.now()):
            raise Refusal(409, "这条已经作废了。")
        audit.note(session, who.account.id, "service.void", f"service:{service_id}", clock.now())
    return pages.done(request, f"/staff/services/{service_id}")


def _visible(service_id: int, account: Account) -> None:
    """Nothing, for who may see a service.

    Raises:
        Refusal: there is none, or it, or the person, is another unit's; which of these is not said, but logged.
    """
    with database.reading() as session:
        service = session.get(Service, service_id)
        is_theirs = service is not None and account.sees(service.unit)
        if is_theirs and people.is_visible(session, account, service.person_id):
            return
    if service is not None:
        with database.writing() as session:
            audit.note(session, account.id, "service.refused", f"service:{service_id}", clock.now())
    raise Refusal(404, "没有这条服务记录，或者不归您的单位。")


def _row(service: Service, person: Person, topics: dict[str, str], clerks: dict[str, str]) -> list[str]:
    return [
        pages.moment(service.occurred_at),
        pages.masked_name(person.name),
        pages.masked_phone(person.phone),
        KIND_NAMES[service.kind],
        topics.get(service.topic, service.topic),
        service.unit or "未归属",
        shown.CHANNELS.get(service.channel, service.channel),
        clerks.get(service.clerk or "", service.clerk or ""),
        "已作废" if service.voided_at else "有效",
    ]
