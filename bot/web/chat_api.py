"""`/api/messages`: what the chat page sends and gets. The contract stands in docs/http.md."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StrictStr, root_validator

from bot.records import conversations, database, privacy
from bot.reply import Reply
from bot.web import json_body, session_cookie, wire
from bot.web.exchange import NEW_SESSION, Incoming, Refused
from bot.web.refusal import Refusal

_REASONS = {
    "id": "缺少 id，或 id 不是1到64个字母、数字和 _ . : - 。",
    "text": "text 应是文字。",
    "payload": "payload 应是按钮给的文字。",
    "": "请求里要有 id，以及 text 或 payload 其中一个，不要有别的。",
}

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
    message = await json_body.read(request, MessageIn, _REASONS)
    token, replies = await exchange(request, session_cookie.token_of(request), message)
    return session_cookie.with_session(
        JSONResponse({"replies": [wire.reply(reply) for reply in replies]}), request, token
    )


async def exchange(request: Request, token: str, message: MessageIn) -> tuple[str, list[Reply]]:
    """Have a message answered.

    Returns:
        The session's secret, a new one where the reply ended the old session, and the replies.

    Raises:
        Refusal: too many messages, or one that cannot be taken.
    """
    request.app.state.rate_limit.check(request, token)
    incoming = Incoming(token, message.id, message.text, message.payload, address=_address(request))
    try:
        replies = await run_in_threadpool(request.app.state.exchange.answer, incoming)
    except Refused as refused:
        raise Refusal(400, str(refused)) from None
    is_over = any(reply.session == NEW_SESSION for reply in replies)
    return (session_cookie.new_token() if is_over else token), replies


@router.get("/api/messages")
def history(request: Request) -> JSONResponse:
    """What was said in this session, oldest first."""
    token = session_cookie.token_of(request)
    with database.reading() as session:
        messages = wire.history(session, conversations.find(session, token))
    return session_cookie.with_session(JSONResponse({"messages": messages}), request, token)


def _address(request: Request) -> str | None:
    """A digest of the sender's address: enough to slow down guessing, too little to know who it was."""
    return privacy.digest("address", request.client.host) if request.client else None
