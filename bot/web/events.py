"""`GET /api/events`: a conversation's new lines as server-sent events. The contract stands in docs/http.md."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.records import conversations, database
from bot.web import session_cookie, wire
from bot.web.live import LiveLines

_AGAIN_MILLISECONDS = 3000
_PING_SECONDS = 20
_ROW = re.compile(r"[0-9]{1,9}")

router = APIRouter()


@router.get("/api/events")
async def events(request: Request, after: str = "") -> Response:
    """The lines after `Last-Event-ID`, else after the row `after`, and each new one.

    204 where there is no conversation, or the row is another's: the page shows a talk that is over.
    """
    token = session_cookie.token_of(request)
    request.app.state.rate_limit.check(request, token)
    last = request.headers.get("last-event-id") or after
    row = int(last) if _ROW.fullmatch(last) else 0
    conversation_id = await run_in_threadpool(_conversation_of, token, row)
    if conversation_id is None:
        return Response(status_code=204)
    return EventSourceResponse(_told(request.app.state.live, conversation_id, row), ping=_PING_SECONDS)


async def _told(live: LiveLines, conversation_id: str, after: int) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(comment="open", retry=_AGAIN_MILLISECONDS)
    async for line in live.follow(conversation_id, after):
        if line.content["text"]:
            yield ServerSentEvent(json.dumps(wire.line(line), ensure_ascii=False), id=str(line.id))


def _conversation_of(token: str, row: int) -> str | None:
    with database.reading() as session:
        found = conversations.find(session, token)
        if found is None or (row and not conversations.has_row(session, found.id, row)):
            return None
        return str(found.id)
