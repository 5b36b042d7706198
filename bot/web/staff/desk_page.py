"""`/desk`: a clerk on a call: who it is, and what to say. Nothing is recorded but by the clerk's key (desk_keys.py)."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.grammar import half_width, phone, receipts
from bot.knowledge import answers, desk_lines, desk_topics, help_topics
from bot.records import audit, calls, conversations, database
from bot.records.calls import Call
from bot.records.models import Conversation
from bot.records.sign_in import SignedIn
from bot.web.staff import desk_call, desk_card, desk_engine, desk_fill, desk_form, guard, pages
from bot.web.staff.desk_engine import Said
from bot.web.staff.refusals import Refusal

router = APIRouter()

_LONGEST_TEXT = 500
_SURE = "这个电话记过服务或登记，改了号码，服务会算到新号码的人头上。只是号码写错了才改；换了人，先结束电话。要改吗？"


@router.get("/desk")
def show(request: Request, who: guard.Clerk) -> Response:
    """The desk; a call that was open when the page was left goes on."""
    pack = load.current()
    with database.reading() as session:
        call = calls.open_call(session, who.account.id, clock.now())
        done = calls.today(session, who.account, clock.now())
        said = desk_engine.again(session, session.get(Conversation, call.id)) if call else None
    return pages.page(
        request,
        who,
        "staff/desk.html",
        call=call,
        card=desk_card.render(str(call.id), who.account) if call else "",
        known=desk_card.known(str(call.id)) if call else {},
        said=_rendered(said) if said else "",
        service=said.service if said else None,
        today=done,
        opening=desk_lines.opening(),
        topics=[(given, answers.title_of(pack, intent)) for intent, given in desk_topics.letters().items()],
        services=desk_call.services_by_hand(),
        outcomes=calls.OUTCOMES,
        contacts=pack.contacts,
        units=pack.unit_names,
        kinds=desk_form.KINDS,
        questions={kind: {**desk_form.questions(kind), "consent": desk_form.consent(kind)} for kind in desk_form.KINDS},
        help_topics=help_topics.topics(),
        draft=str(uuid.uuid4()),
    )


@router.post("/desk/calls")
def begin(request: Request, who: guard.Clerk, form: guard.Posted) -> Response:
    """Take a call, with the caller's phone or receipt where it is known."""
    at = clock.now()
    with database.writing() as session:
        call = calls.open_call(session, who.account.id, at) or calls.begin(session, who.account, at)
        call_id = str(call.id)
        if form.get("phone", "").strip():
            _identify(session, call, who, form["phone"])
        audit.note(session, who.account.id, "call.begin", f"call:{call_id}", at)
        since = call.started_at.timestamp()
    return pages.data({"call": call_id, "since": since, **desk_card.caller(call_id, who.account)})


@router.post("/desk/calls/{call_id}/caller")
def caller(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """The caller's phone or receipt; nothing, for who wants no number kept; or which of the people they are."""
    with database.writing() as session:
        call = desk_call.mine(session, call_id, who)
        if not form.get("sure") and _would_move_records(session, call, form.get("phone", "")):
            return pages.data({"sure": _SURE, "phone": pages.readable_phone(call.phone)})
        if form.get("person"):
            desk_card.choose(session, call, who.account, form["person"])
        elif form.get("phone", "").strip():
            _identify(session, call, who, form["phone"])
        elif call.phone:
            calls.forget_number(session, call, clock.now())
    return pages.data({"call": call_id, **desk_card.caller(call_id, who.account)})


@router.post("/desk/calls/{call_id}/ask")
def ask(request: Request, call_id: str, who: guard.Clerk, form: guard.Posted) -> Response:
    """What to say, from the caller's words, a topic's letters or a button that was offered."""
    typed, payload = form.get("text", "").strip()[:_LONGEST_TEXT], form.get("payload") or None
    with database.reading() as session:
        call = desk_call.mine(session, call_id, who)
        conversation = session.get(Conversation, call.id)
        offered = conversations.offered(session, conversation, payload) if payload else typed
    if not offered:
        raise Refusal(422, "写上对方说的话，或者两个字母选主题。")
    if payload is None:
        _refuse_what_nobody_says(typed)
    said = desk_engine.ask(request.app.state.rasa, call_id, offered, payload)
    return pages.data(
        {
            "html": _rendered(said),
            "service": desk_call.service(said.service.kind, said.service.topic) if said.service else None,
            "fill": {} if payload or desk_topics.is_code(typed) else desk_fill.suggest(typed, said.intent),
            "open": said.opens,
        }
    )


def _rendered(said: Said) -> str:
    return str(pages.templates().get_template("staff/desk_said.html").render(said=said, opens=desk_engine.opens))


def _refuse_what_nobody_says(typed: str) -> None:
    """Commands and wrong letters: the engine would take them for the caller's words.

    Raises:
        Refusal: it is one; of wrong letters, with those that are like them.
    """
    if half_width(typed).startswith("/"):
        raise Refusal(422, "这里不用斜杠，写对方说的话就行。")
    if not desk_topics.is_code(typed) or desk_topics.intent_of(typed):
        return
    letters = desk_topics.letters()
    close = "、".join(
        f"{letters[intent]} {answers.title_of(load.current(), intent)}" for intent in desk_topics.close_to(typed)
    )
    cure = f"是不是：{close}？" if close else "按 F1 看全部主题。"
    raise Refusal(422, f"没有“{typed}”这个主题。{cure}")


def _would_move_records(session: Session, call: Call, typed: str) -> bool:
    """Whether another number comes after something was recorded: it may be the next caller, and no mistake."""
    number = phone.parse(typed)
    return bool(number and call.phone and number != call.phone and calls.has_records(session, call))


def _identify(session: Session, call: Call, who: SignedIn, typed: str) -> None:
    """By a phone, or by the receipt of what the caller left.

    Raises:
        Refusal: it is neither, or nobody has this receipt.
    """
    number, receipt = phone.parse(typed), receipts.parse(typed)
    if number:
        calls.identify(session, call, who.account, number, clock.now())
    elif receipt is None:
        raise Refusal(422, "号码看不懂：请写完整的电话，或者8位的回执号；没有就空着。")
    elif not calls.find(session, call, who.account, receipt):
        raise Refusal(404, "没有这个回执号，或者不归您的单位；座机号码请加区号。")
