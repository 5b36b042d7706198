"""`/staff/people`: finding people, and what is kept of one."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock, settings
from bot.campaign import load
from bot.campaign.kinds import KIND_NAMES
from bot.matching import service131
from bot.records import audit, corrections, database, identity, people, staff
from bot.records.models import JobIntention, Person, PersonLink
from bot.records.order import Order
from bot.records.sign_in import SignedIn
from bot.records.staff import Account
from bot.web.staff import criteria, follow_up_form, guard, pages, paging, shown
from bot.web.staff.refusals import Refusal

router = APIRouter()

_NOTICES = {
    "changed": "改好了。",
    "merged": "合并好了，计数时算一个人。",
    "unmerged": "拆开了，计数时算两个人。",
    "followed": "回访记下了。",
}


@router.get("/staff/people")
def search(request: Request, who: guard.Clerk) -> Response:
    """The search form, and who fits, masked."""
    units = load.current().unit_names
    asked = criteria.read(request, units)
    order = Order.read(request.query_params.get("sort", ""), people.PEOPLE_SORTS, "id")
    found: list[Person] = []
    total = 0
    if not asked.is_empty and not asked.problems:
        with database.writing() as session:
            audit.note(session, who.account.id, "person.search", "", clock.now())
            begin = paging.begin_of(request)
            found, total = people.search(session, who.account, asked.wanted, order, begin, paging.PAGE)
    shown_page = paging.paging(request, total)
    return pages.page(
        request, who, "staff/people.html", asked=asked, found=found, order=order, units=units, paging=shown_page
    )


@router.get("/staff/people/{person_id}")
def show(request: Request, person_id: guard.RowId, who: guard.Clerk) -> Response:
    """All that this account may see of one person."""
    visible(person_id, who.account)
    notice = _NOTICES.get(request.query_params.get("done", ""))
    return pages.page(request, who, "staff/person.html", notice=notice, **_card(person_id, who))


@router.post("/staff/people/{person_id}/attributes")
def change(request: Request, person_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Correct gender and 脱贫人口; who comes second is told what changed meanwhile."""
    visible(person_id, who.account)
    seen = _attributes(form, "seen_")
    with database.writing() as session:
        try:
            corrections.correct(session, session.get(Person, person_id), seen, _attributes(form, ""))
        except corrections.ChangedMeanwhile as changed:
            raise Refusal(409, _what_changed(session, person_id, seen, changed.now)) from None
        audit.note(session, who.account.id, "person.change", f"person:{person_id}", clock.now())
    return pages.done(request, f"/staff/people/{person_id}?done=changed")


@router.post("/staff/people/{person_id}/merge")
def merge(request: Request, person_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Two records are one human."""
    visible(person_id, who.account)
    other = form.get("other", "").strip()
    if not (other.isascii() and other.isdigit() and len(other) < 10):
        raise Refusal(422, "请写另一条记录的编号（数字）。")
    if int(other) == person_id:
        raise Refusal(422, f"编号 {person_id} 就是这条记录自己，请写另一条的编号。")
    visible(int(other), who.account)
    with database.writing() as session:
        if not corrections.merge(session, person_id, int(other), clock.now()):
            raise Refusal(409, "这两条记录已经是同一个人了。")
        audit.note(session, who.account.id, "person.merge", f"person:{person_id}", clock.now())
        audit.note(session, who.account.id, "person.merge", f"person:{other}", clock.now())
    return pages.done(request, f"/staff/people/{person_id}?done=merged")


@router.post("/staff/people/{person_id}/unmerge")
def unmerge(request: Request, person_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """They are two after all."""
    visible(person_id, who.account)
    link_id = form.get("link", "")
    with database.writing() as session:
        same = identity.same_human(session, person_id)
        links = {str(link.id): link for link in people.links_of(session, same)}
        if link_id not in links:
            raise Refusal(409, "这次合并已经撤销了。")
        link: PersonLink = links[link_id]
        for number in (link.person_id, link.into_id):
            if not people.is_visible(session, who.account, number):
                raise Refusal(404, "另一条记录不归您的单位，请管理员办。")
            audit.note(session, who.account.id, "person.unmerge", f"person:{number}", clock.now())
        corrections.unmerge(link, clock.now())
    return pages.done(request, f"/staff/people/{person_id}?done=unmerged")


def visible(person_id: int, account: Account) -> None:
    """Nothing, for who may see a person.

    Raises:
        Refusal: there is none, or another unit's; which of the two is not said, but logged.
    """
    with database.reading() as session:
        if people.is_visible(session, account, person_id):
            return
        exists = session.get(Person, person_id) is not None
    if exists:
        with database.writing() as session:
            audit.note(session, account.id, "person.refused", f"person:{person_id}", clock.now())
    raise Refusal(404, "没有这个人，或者不归您的单位。")


def _card(person_id: int, who: SignedIn) -> dict[str, Any]:
    with database.writing() as session:
        audit.note(session, who.account.id, "person.look", f"person:{person_id}", clock.now())
        person = session.get(Person, person_id)
        same = identity.same_human(session, person_id)
        others = [number for number in same if number != person_id]
        open_to_them = [number for number in others if people.is_visible(session, who.account, number)]
        left = people.registrations_of(session, who.account, [person_id, *open_to_them])
        return {
            "person": person,
            "attributes": corrections.Attributes.of(person),
            "left": [(row, shown.REGISTRATIONS[row.kind], shown.STATES[row.state], shown.details(row)) for row in left],
            "follow_ups": {
                row.id: follow_up_form.of_intention(session, row) for row in left if isinstance(row, JobIntention)
            },
            "services": people.services_of(session, who.account, [person_id, *open_to_them]),
            "links": people.links_of(session, same),
            "others": [session.get(Person, number) for number in open_to_them],
            "hidden": len(others) - len(open_to_them),
            "alike": people.alike(session, who.account, person),
            "missing_131": service131.state(session, person_id, settings.get().campaign).missing,
            "kinds": KIND_NAMES,
            "topics": shown.topics(load.current()),
            "channels": shown.CHANNELS,
        }


def _attributes(form: guard.Form, prefix: str) -> corrections.Attributes:
    gender, poverty = form.get(f"{prefix}gender", ""), form.get(f"{prefix}poverty_alleviated", "")
    if gender not in ("", "male", "female") or poverty not in ("", "yes", "no"):
        raise Refusal(422, "请从列出的里面选。")
    return corrections.Attributes(gender or None, {"": None, "yes": True, "no": False}[poverty])


def _what_changed(session: Session, person_id: int, seen: corrections.Attributes, now: corrections.Attributes) -> str:
    """What stands there now that did not stand on the clerk's page, and who wrote it."""
    changed = []
    if now.gender != seen.gender:
        changed.append(f"性别现在是“{shown.GENDERS.get(now.gender or '', shown.UNKNOWN)}”")
    if now.poverty_alleviated != seen.poverty_alleviated:
        said = shown.UNKNOWN if now.poverty_alleviated is None else shown.POVERTY[now.poverty_alleviated]
        changed.append(f"脱贫人口现在是“{said}”")
    by = audit.last(session, "person.change", f"person:{person_id}")
    lead = f"{staff.names(session)[by.staff_id]}刚改过" if by else "这条记录刚改过"
    return f"{lead}：{'，'.join(changed)}。您的没有保存，请刷新看过再改。"
