"""The keys of a call that leave a record: a service, a registration, taking one back, the end."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot import clock, settings, tracker_events
from bot.campaign import load
from bot.campaign.kinds import KIND_NAMES
from bot.records import audit, calls, database, services
from bot.records.models import Conversation
from bot.web.staff import desk_call, desk_card, desk_form, guard, pages, shown
from bot.web.staff.refusals import Refusal

router = APIRouter()

_LONGEST_NOTE = 500
_LONGEST_DEPARTMENT = 30
#: No call back is promised for later; and a minute may pass until the form is sent.
_LATEST_DUE, _JUST_NOW = timedelta(days=366), timedelta(minutes=1)


@router.post("/desk/calls/{call_id}/service")
def service(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The clerk's key: this was done for the caller. A second press changes nothing."""
    kind, topic = form.get("kind", ""), form.get("topic", "")
    if kind not in KIND_NAMES or topic not in shown.topics(load.current()):
        raise Refusal(422, "请选记成什么服务。")
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        done = services.ServiceDone(
            campaign=settings.get().campaign,
            person_id=int(session.get(Conversation, call.id).person_id),
            kind=kind,
            topic=topic,
            channel=calls.CHANNEL,
            occurred_at=clock.now(),
            source_key=f"call:{call_id}:{kind}:{topic}",
            unit=who.account.unit,
            clerk=who.account.login,
        )
        is_new = services.record(session, done)
        audit.note(session, who.account.id, "call.service", f"call:{call_id}", clock.now())
    name = desk_call.service(kind, topic)["name"]
    return desk_call.counted(who, {"said": f"记好了：{name}" if is_new else f"这个电话里已经记过：{name}"})


@router.post("/desk/calls/{call_id}/register")
def register(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """Save the form; a job intention is answered with posts and a course to read out."""
    try:
        filled = desk_form.read(form, who.account.login)
    except desk_form.Incomplete as problem:
        lacking = {"error": problem.text, "field": problem.field, "read_out": problem.read_out}
        return pages.data(lacking, problem.status)
    at = clock.now()
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        call.phone = filled.applicant.phone
        saved = desk_card.save(session, call, filled, at)
        audit.note(session, who.account.id, "call.register", f"registration:{saved.id}", at)
    html = pages.templates().get_template("staff/desk_saved.html").render(saved=saved)
    given = [desk_call.service(kind, topic) for kind, topic in saved.services]
    content = {"html": html, "draft": str(uuid.uuid4()), "services": given, "said": "登记好了。"}
    return desk_call.counted(who, {**content, **desk_card.caller(call_id, who.account)})


@router.post("/desk/calls/{call_id}/withdraw")
def withdraw(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The caller takes a registration back."""
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        left = desk_card.withdraw(session, call, who.account, form.get("registration", ""), clock.now())
        audit.note(session, who.account.id, "call.withdraw", f"registration:{left.id}", clock.now())
    said = "撤回了，不会再有人为这件事联系对方。"
    return pages.data({"said": said, **desk_card.caller(call_id, who.account)})


@router.post("/desk/calls/{call_id}/erase")
def erase(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The caller wants all that they left to be gone; Rasa's own record of the talks goes as well."""
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        person_id = desk_card.erase(session, call, who.account, form.get("registration", ""), clock.now())
        audit.note(session, who.account.id, "call.erase", f"person:{person_id}", clock.now())
    tracker_events.forget_erased(clock.now())
    said = "删好了：姓名、电话、登记、说过的话都没有了。"
    return pages.data({"said": said, **desk_card.caller(call_id, who.account)})


@router.post("/desk/calls/{call_id}/end")
def end(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """End the call with an outcome."""
    outcome, department = form.get("outcome", ""), form.get("department", "").strip()[:_LONGEST_DEPARTMENT]
    if outcome not in calls.OUTCOMES:
        raise Refusal(422, "请选结果。")
    if outcome == "referred" and not department:
        raise Refusal(422, "请写转给了哪个部门。")
    ending = calls.Ending(outcome, department or None, _due(form), form.get("note", "").strip()[:_LONGEST_NOTE])
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        if outcome == "callback" and not desk_card.number(session, call):
            raise Refusal(422, "要回电的，请先写对方的电话。")
        calls.end(session, call, ending, clock.now())
        audit.note(session, who.account.id, "call.end", f"call:{call_id}", clock.now())
    return desk_call.counted(who, {"said": f"电话结束：{calls.OUTCOMES[outcome]}"})


def _due(form: guard.Form) -> datetime | None:
    """When a call back was promised for.

    Raises:
        Refusal: it is no moment, past, or far away.
    """
    typed, now = form.get("due", "").strip(), clock.now()
    try:
        due = clock.in_beijing(datetime.fromisoformat(typed)) if typed else None
    except (ValueError, OverflowError):
        raise Refusal(422, "回电时间请从日历里选。") from None
    if due is not None and not now - _JUST_NOW <= due <= now + _LATEST_DUE:
        raise Refusal(422, "回电时间要在现在以后、一年以内，请重选。")
    return due
