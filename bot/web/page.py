"""The chat page at `/`, and what it does where scripts are slow, old or off."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import ValidationError

from bot import clock, settings
from bot.campaign import load
from bot.knowledge import load as knowledge
from bot.records import conversations, database, feedback
from bot.web import demonstration, json_body, session_cookie, shown, wire
from bot.web.assets import Assets
from bot.web.chat_api import MessageIn, exchange
from bot.web.refusal import Refusal

LARGE_COOKIE = "chunfeng_large"
_LARGE = "1"

router = APIRouter()


def templates(assets: Assets) -> Jinja2Templates:
    """The page's templates, with the addresses of `assets` and the numbers that become links."""
    made = Jinja2Templates(directory=str(settings.ROOT / "bot" / "web" / "templates"))
    made.env.globals["asset"] = assets.url
    shown.install(made.env, _numbers())
    made.env.globals["numbers"] = " ".join(sorted(_numbers()))
    return made


def _numbers() -> set[str]:
    contacts = load.current().contacts
    return {line.number for line in knowledge.hotlines()} | {contact.phone for contact in contacts}


@router.get("/")
def chat_page(request: Request) -> Response:
    """The chat page, with what was said in this session."""
    return _page(request, session_cookie.token_of(request))


@router.post("/say")
async def say(request: Request) -> Response:
    """A message from the page's form, where no script took it: answered, then the page again."""
    token = session_cookie.token_of(request)
    try:
        following, replies = await exchange(request, token, _message(await _fields(request)))
    except Refusal as refusal:
        refused = await run_in_threadpool(_page, request, token, notice=refusal.detail)
        refused.status_code = refusal.status_code
        return refused
    if following != token:
        now = clock.now().isoformat(timespec="seconds")
        said = [{"who": "assistant", "at": now, **reply.as_dict()} for reply in replies]
        return await run_in_threadpool(_page, request, following, said)
    return session_cookie.with_session(RedirectResponse("/#latest", 303), request, token)


@router.post("/view")
async def view(request: Request) -> Response:
    """Remember whether the person wants large print; then the page again."""
    large = (await _fields(request)).get("large") == _LARGE
    response = RedirectResponse("/", 303)
    seconds = session_cookie.COOKIE_SECONDS if large else 0
    session_cookie.set_cookie(response, request, LARGE_COOKIE, _LARGE, seconds)
    return response


def is_large(request: Request) -> bool:
    """Whether the person wants large print."""
    return request.cookies.get(LARGE_COOKIE) == _LARGE


def _page(
    request: Request, token: str, lines: list[dict[str, Any]] | None = None, notice: str | None = None
) -> Response:
    """The page with `lines`, else with what was said so far in the session."""
    with database.reading() as session:
        talk = conversations.find(session, token)
        content = {
            "pack": load.current(),
            "lines": wire.history(session, talk) if lines is None else lines,
            "stars": feedback.stars_of(session, talk) if talk else None,
            "large": is_large(request),
            "longest": settings.get().max_text,
            "next_id": uuid.uuid4().hex,
            "now": clock.now().isoformat(timespec="seconds"),
            "demonstration": demonstration.line(),
            "notice": notice,
        }
    page = request.app.state.templates.TemplateResponse(request, "chat.html", content)
    return session_cookie.with_session(page, request, token)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a plain form."""
    body = (await json_body.raw(request)).decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body).items()}


def _message(fields: dict[str, str]) -> MessageIn:
    """The form's message: a tapped button stands before typed text.

    Raises:
        Refusal: there is none.
    """
    given = {"payload": fields["payload"]} if "payload" in fields else {"text": fields.get("say", fields.get("text"))}
    try:
        return MessageIn.parse_obj({"id": fields.get("id"), **given})
    except ValidationError:
        raise Refusal(400, "没有收到内容，请写一句话再发。") from None
