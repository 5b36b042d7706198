"""`/staff/followups`: what became of people who looked for work; the worklist, one call after the other."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock, settings
from bot.campaign.activity_kinds import OUTCOME_NAMES
from bot.errors import UserError
from bot.records import audit, database, followups, registrations, staff, worklist
from bot.records.followups import FollowUp
from bot.records.models import JobIntention, Person
from bot.records.staff import Account
from bot.records.worklist import Worklist
from bot.web.staff import follow_up_form, form_fields, guard, pages, paging, shown
from bot.web.staff.refusals import Refusal
from bot.web.staff.registrations_page import seen_by

router = APIRouter()

PATH = "/staff/followups"
_ONE = f"{PATH}/{{registration_id}}"
_NOTICES = {"recorded": "记下了。", "corrected": "改好了，原来的留着。", "voided": "作废了，不再计数。"}
_END = "end"
#: Where a form was filled in: on the worklist, on that of those still looking, or on the person's own page.
_LISTS = ("first", "again")


@router.get(PATH)
def show(request: Request, who: guard.Clerk) -> Response:
    """Who is to be asked, the longest waiting first; names and phones masked."""
    of = _list_of(request.query_params.get("list", ""))
    with database.writing() as session:
        audit.note(session, who.account.id, "registration.look", "", clock.now())
        rows, total = worklist.page(session, _worklist(who.account, of), paging.begin_of(request), paging.PAGE)
        people = {row.id: session.get(Person, row.person_id) for row in rows}
        _, others = worklist.page(session, _worklist(who.account, "first" if of == "again" else "again"), 0, 1)
    return pages.page(
        request,
        who,
        "staff/followups.html",
        rows=rows,
        people=people,
        of=of,
        others=others,
        is_end=request.query_params.get("done") == _END,
        paging=paging.paging(request, total, ("done",)),
    )


@router.get(_ONE)
def call(request: Request, registration_id: guard.RowId, who: guard.Clerk) -> Response:
    """Whom to call, what they wanted, and what was found out before."""
    _intention(registration_id, who.account)
    of = _list_of(request.query_params.get("list", ""))
    with database.writing() as session:
        left = session.get(JobIntention, registration_id)
        audit.note(session, who.account.id, "person.look", f"person:{left.person_id}", clock.now())
        audit.note(session, who.account.id, "registration.look", f"registration:{left.id}", clock.now())
        values = {
            "left": left,
            "person": session.get(Person, left.person_id),
            "details": shown.details(left),
            "state": shown.STATES[left.state],
            "may_ask": left.state != registrations.WITHDRAWN,
            "next": worklist.following(session, _worklist(who.account, of), left),
            **follow_up_form.of_intention(session, left),
        }
    return pages.page(
        request, who, "staff/followup.html", of=of, notice=_NOTICES.get(request.query_params.get("done", "")), **values
    )


@router.post(_ONE)
def record(request: Request, registration_id: guard.RowId, who: guard.Clerk, form: guard.Posted) -> Response:
    """Record what was found out; from the worklist, go on to the next."""
    left = _intention(registration_id, who.account)
    key, found = form_fields.source_key(form), follow_up_form.found(form, registration_id)
    of = form.get("list", "")
    with database.writing() as session:
        if session.get(JobIntention, registration_id).state == registrations.WITHDRAWN:
            raise Refusal(409, "本人撤回了这条登记，不要再联系。")
        _unchanged(session, registration_id, form.get("seen", ""), key)
        if _recorded(lambda: followups.record(session, found, who.account.login, clock.now(), key)):
            _note(session, who.account, left)
        following = worklist.following(session, _worklist(who.account, of), left) if of in _LISTS else None
    if of not in _LISTS:
        return pages.done(request, f"/staff/people/{left.person_id}?done=followed")
    if following is None:
        return pages.done(request, f"{PATH}?{urlencode({'list': of, 'done': _END})}")
    return pages.done(request, f"{PATH}/{following}?{urlencode({'list': of, 'done': 'recorded'})}")


@router.post(f"{_ONE}/{{follow_up_id}}/correct")
def correct(
    request: Request,
    registration_id: guard.RowId,
    follow_up_id: guard.RowId,
    who: guard.Clerk,
    form: guard.Posted,
) -> Response:
    """Say what a follow-up should have said."""
    left = _intention(registration_id, who.account)
    key, reason = form_fields.source_key(form), form_fields.reason(form)
    found = follow_up_form.found(form, registration_id)
    by, at = who.account.login, clock.now()
    with database.writing() as session:
        _of(session, follow_up_id, registration_id)
        if _recorded(lambda: followups.correct(session, follow_up_id, found, reason, by, at, key)):
            _note(session, who.account, left)
    return pages.done(request, f"{PATH}/{registration_id}?done=corrected")


@router.post(f"{_ONE}/{{follow_up_id}}/void")
def void(
    request: Request,
    registration_id: guard.RowId,
    follow_up_id: guard.RowId,
    who: guard.Clerk,
    form: guard.Posted,
) -> Response:
    """Let a follow-up count no more."""
    left, reason = _intention(registration_id, who.account), form_fields.reason(form)
    with database.writing() as session:
        _of(session, follow_up_id, registration_id)
        if not followups.void(session, follow_up_id, reason, who.account.login, clock.now()):
            raise Refusal(409, "这条回访刚刚被人作废或改过，请刷新后再看。")
        _note(session, who.account, left)
    return pages.done(request, f"{PATH}/{registration_id}?done=voided")


def _intention(registration_id: int, account: Account) -> JobIntention:
    """A job intention, for who may see it.

    Raises:
        Refusal: there is none, or it, or the person, is another unit's.
    """
    left = seen_by(registration_id, account)
    if not isinstance(left, JobIntention):
        raise Refusal(404, "没有这条求职登记，或者不归您的单位。")
    return left


def _of(session: Session, follow_up_id: int, registration_id: int) -> None:
    """Nothing, where a follow-up belongs to a registration.

    Raises:
        Refusal: it does not.
    """
    row = session.get(FollowUp, follow_up_id)
    if row is None or row.job_intention_id != registration_id:
        raise Refusal(404, "没有这条回访记录，请刷新后再看。")


def _unchanged(session: Session, registration_id: int, seen: str, key: str) -> None:
    """Nothing, where no colleague recorded anything since the page was made.

    Raises:
        Refusal: somebody did.
    """
    counting = follow_up_form.latest(session, registration_id)
    if counting is None or str(counting.id) == seen or counting.source_key == key:
        return
    by = staff.names_by_login(session).get(counting.entered_by, counting.entered_by)
    says = f"{by}刚记过：{counting.outcome_on} {OUTCOME_NAMES[counting.outcome]}"
    raise Refusal(409, f"{says}。您的没有保存，请刷新看过再记。")


def _recorded(write: Callable[[], bool]) -> bool:
    try:
        return write()
    except UserError as error:
        raise Refusal(409, f"{error}。") from None


def _note(session: Session, account: Account, left: JobIntention) -> None:
    audit.note(session, account.id, "registration.follow_up", f"registration:{left.id}", clock.now())


def _list_of(given: str) -> str:
    return given if given in _LISTS else _LISTS[0]


def _worklist(account: Account, of: str) -> Worklist:
    return Worklist(settings.get().campaign, account, of == "again")
