"""`/api/messages`: what the chat page sends and gets. The contract stands in docs/http.md."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, StrictStr, ValidationError, root_validator

from bot.records import conversations, database, privacy
from bot.web.exchange import NEW_SESSION, Incoming, Refused

COOKIE = "chunfeng_session"
COOKIE_SECONDS = 180 * 24 * 3600
LARGEST_BODY = 128 * 1024
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}\Z")

Answer = TypeVar("Answer", bound=Response)

router = APIRouter()


class MessageIn(BaseModel):
    """What the page sends: its own id of the message, and typed text or the payload of a button."""

    id: StrictStr = Field(regex=r"^[A-Za-z0-9_.:-]{1,64}\Z")
    text: StrictStr | None = None
    payload: StrictStr | None = Field(None, max_length=300)

    class Config:
        extra = "forbid"

    @root_validator(skip_on_failure=True)
    def _one_of_two(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values.get("text") is None) == (values.get("payload") is None):
            raise ValueError("one of text and payload")
        return values


@router.post("/api/messages")
async def send(request: Request) -> JSONResponse:
    """Take one message and answer it. The same `id` again gives the same answer and records once."""
    body = await _body(request)
    if body is None:
        return _refusal(413, "内容太大了，请分几次发。")
    try:
        message = MessageIn.parse_obj(json.loads(body))
    except ValidationError as error:
        return _refusal(422, _what_is_wrong(error))
    except (ValueError, RecursionError):
        return _refusal(400, "请求不是正确的 JSON（UTF-8）。")
    token = session_token(request)
    incoming = Incoming(token, message.id, message.text, message.payload, address=_address(request))
    try:
        replies = await run_in_threadpool(request.app.state.exchange.answer, incoming)
    except Refused as refused:
        return _refusal(400, str(refused))
    if any(reply.session == NEW_SESSION for reply in replies):
        token = secrets.token_urlsafe(_TOKEN_BYTES)
    return with_session(JSONResponse({"replies": [reply.as_dict() for reply in replies]}), request, token)


@router.get("/api/messages")
def history(request: Request) -> JSONResponse:
    """What was said in this session, oldest first."""
    token = session_token(request)
    with database.reading() as session:
        conversation = conversations.find(session, token)
        lines = conversations.history(session, conversation) if conversation else []
    content = [{"who": line.who, "at": line.at.isoformat(timespec="seconds"), **_shown(line)} for line in lines]
    return with_session(JSONResponse({"messages": content}), request, token)


def _shown(line: conversations.Line) -> dict[str, Any]:
    return {key: value for key, value in line.content.items() if key in ("text", "buttons", "source", "progress")}


def _address(request: Request) -> str | None:
    """A digest of the sender's address: enough to slow down guessing, too little to know who it was."""
    return privacy.digest("address", request.client.host) if request.client else None


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is larger than is read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return body


def _what_is_wrong(error: ValidationError) -> str:
    field = str(error.errors()[0]["loc"][0])
    reasons = {
        "id": "缺少 id，或 id 不是1到64个字母、数字和 _ . : - 。",
        "text": "text 应是文字。",
        "payload": "payload 应是按钮给的文字。",
    }
    return reasons.get(field, "请求里要有 id，以及 text 或 payload 其中一个，不要有别的。")


def _refusal(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"error": reason}, status)


def session_token(request: Request) -> str:
    """The session's secret out of the cookie; a new one where there is none of the right form."""
    given = request.cookies.get(COOKIE, "")
    return given if _TOKEN.match(given) else secrets.token_urlsafe(_TOKEN_BYTES)


def with_session(response: Answer, request: Request, token: str) -> Answer:
    """The response with the session's cookie, set anew each time: it must outlast a campaign."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
