"""`/desk`: a clerk on a call. Nothing is recorded but by the clerk's key."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.orm import Session

from bot import clock, settings
from bot.campaign import load
from bot.campaign.kinds import KIND_NAMES
from bot.grammar import phone
from bot.knowledge import answers, desk_topics, help_topics
from bot.records import audit, calls, conversations, database, services
from bot.records.calls import Call
from bot.records.models import Conversation
from bot.records.sign_in import SignedIn
from bot.web.staff import desk_card, desk_engine, desk_fill, desk_form, guard, pages, shown
from bot.web.staff.refusals import Refusal

router = APIRouter()

_LONGEST_TEXT = 500
_LONGEST_DEPARTMENT = 30


@router.get("/desk")
def show(request: Request, who: guard.Clerk) -> Response:
    """The desk; a call that was open when the page was left goes on."""
    pack = load.current()
    with database.reading() as session:
        call = calls.open_call(session, who.account.id)
        done = calls.today(session, who.account, clock.now())
    letters = {intent: (given, answers.title_of(pack, intent)) for intent, given in desk_topics.letters().items()}
    return pages.page(
        request,
        who,
        "staff/desk.html",
        call=call,
        card=desk_card.render(str(call.id), who.account) if call else "",
        today=done,
        letters=letters,
        services=_services_by_hand(),
        outcomes=calls.OUTCOMES,
        contacts=pack.contacts,
        units=pack.unit_names,
        kinds=desk_form.KINDS,
        consents={kind: desk_form.consent(kind) for kind in desk_form.KINDS},
        help_topics=help_topics.topics(),
        draft=str(uuid.uuid4()),
    )


@router.post("/desk/calls")
def begin(request: Request, who: guard.Clerk, form: guard.Posted) -> Response:
    """Take a call, with the caller's phone where it is known."""
    number = _phone(form)
    at = clock.now()
    with database.writing() as session:
        call = calls.open_call(session, who.account.id) or calls.begin(session, who.account, at)
        call_id = str(call.id)
        if number:
            calls.identify(session, call, who.account, number, at)
        audit.note(session, who.account.id, "call.begin", f"call:{call_id}", at)
    return pages.data({"call": call_id, "card": desk_card.render(call_id, who.account)})


@router.post("/desk/calls/{call_id}/caller")
def caller(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The caller's phone; or which of the people with it they are."""
    chosen = form.get("person", "")
    number = _phone(form)
    with database.writing() as session:
        call = _mine(session, call_id, who)
        if chosen:
            desk_card.choose(session, call, who.account, chosen)
        elif number:
            calls.identify(session, call, who.account, number, clock.now())
    return pages.data({"call": call_id, "card": desk_card.render(call_id, who.account)})


@router.post("/desk/calls/{call_id}/ask")
def ask(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """What to say, from the caller's words, a topic's letters or a button that was offered."""
    typed, payload = form.get("text", "").strip()[:_LONGEST_TEXT], form.get("payload") or None
    with database.reading() as session:
        call = _mine(session, call_id, who)
        conversation = session.get(Conversation, call.id)
        offered = conversations.offered(session, conversation, payload) if payload else typed
    if not offered:
        raise Refusal(422, "写上对方说的话，或者两个字母选主题。")
    if payload is None and typed.startswith("/"):
        raise Refusal(422, "这里不用斜杠，写对方说的话就行。")
    said = desk_engine.ask(request.app.state.rasa, call_id, offered, payload)
    html = pages.templates().get_template("staff/desk_said.html").render(replies=said.replies, asked=said.asked)
    done = _service(said.service.kind, said.service.topic) if said.service else None
    return pages.data({"html": html, "service": done, "fill": {} if payload else desk_fill.suggest(typed)})


@router.post("/desk/calls/{call_id}/service")
def service(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The clerk's key: this was done for the caller. A second press changes nothing."""
    kind, topic = form.get("kind", ""), form.get("topic", "")
    if kind not in KIND_NAMES or topic not in shown.topics(load.current()):
        raise Refusal(422, "请选记成什么服务。")
    with database.writing() as session:
        call = _mine(session, call_id, who)
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
    name = _service(kind, topic)["name"]
    return _counted(who, {"said": f"记好了：{name}" if is_new else f"这个电话里已经记过：{name}"})


@router.post("/desk/calls/{call_id}/register")
def register(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """Save the form; a job intention is answered with posts and a course to read out."""
    filled = desk_form.read(form, who.account.login)
    at = clock.now()
    with database.writing() as session:
        call = _mine(session, call_id, who)
        call.phone = filled.applicant.phone
        saved = desk_card.save(session, call, filled, at)
        audit.note(session, who.account.id, "call.register", f"registration:{saved.id}", at)
    html = pages.templates().get_template("staff/desk_saved.html").render(saved=saved)
    content = {"html": html, "draft": str(uuid.uuid4()), "card": desk_card.render(call_id, who.account)}
    return _counted(who, {**content, "said": "登记好了。"})


@router.post("/desk/calls/{call_id}/end")
def end(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """End the call with an outcome."""
    outcome, department = form.get("outcome", ""), form.get("department", "").strip()[:_LONGEST_DEPARTMENT]
    if outcome not in calls.OUTCOMES:
        raise Refusal(422, "请选结果。")
    if outcome == "referred" and not department:
        raise Refusal(422, "请写转给了哪个部门。")
    ending = calls.Ending(outcome, department or None, _due(form), form.get("note", "").strip()[:_LONGEST_TEXT])
    with database.writing() as session:
        call = _mine(session, call_id, who)
        if outcome == "callback" and not call.phone:
            raise Refusal(422, "要回电的，请先写对方的电话。")
        calls.end(session, call, ending, clock.now())
        audit.note(session, who.account.id, "call.end", f"call:{call_id}", clock.now())
    return _counted(who, {"said": f"电话结束：{calls.OUTCOMES[outcome]}"})


def _mine(session: Session, call_id: str, who: SignedIn) -> Call:
    """The clerk's own open call.

    Raises:
        Refusal: there is none, it is a colleague's, or it has ended.
    """
    call = session.get(Call, call_id)
    if call is None or call.staff_id != who.account.id:
        raise Refusal(404, "没有这个电话。")
    if call.ended_at is not None:
        raise Refusal(409, "这个电话已经结束了，请接下一个。")
    return call


def _phone(form: guard.Form) -> str | None:
    """The phone that was typed; None for an empty field.

    Raises:
        Refusal: it is no number.
    """
    typed = form.get("phone", "").strip()
    number = phone.parse(typed)
    if typed and number is None:
        raise Refusal(422, "电话看不懂，请写完整的号码；没有就空着。")
    return number


def _due(form: guard.Form) -> datetime | None:
    """When a call back was promised for.

    Raises:
        Refusal: it is no moment.
    """
    typed = form.get("due", "").strip()
    try:
        return clock.in_beijing(datetime.fromisoformat(typed)) if typed else None
    except ValueError:
        raise Refusal(422, "回电时间请从日历里选。") from None


def _services_by_hand() -> list[dict[str, str]]:
    """What a clerk may record by choosing, for words that the engine did not know: one for each topic."""
    pack, day = load.current(), clock.today()
    found = [answers.answer(pack, answers.Question(intent, day, True)).service for intent in desk_topics.letters()]
    return [_service(one.kind, one.topic) for one in found if one is not None]


def _service(kind: str, topic: str) -> dict[str, str]:
    topics = shown.topics(load.current())
    return {"kind": kind, "topic": topic, "name": f"{KIND_NAMES[kind]}：{topics.get(topic, topic)}"}


def _counted(who: SignedIn, content: dict[str, Any]) -> JSONResponse:
    """An answer with what the clerk did today."""
    with database.reading() as session:
        return pages.data({**content, "today": asdict(calls.today(session, who.account, clock.now()))})
