"""Lines as they come: what a stream begins with, what it goes on with, and that nothing comes twice."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import clock
from bot.records import conversations, database
from bot.records.models import Conversation, Message
from bot.reply import Reply
from bot.web.live import LiveLines
from tests.web.conftest import Door

EVERY = 0.02
PATIENCE = 5


def open_talk(token: str) -> str:
    with database.writing() as session:
        return str(conversations.open_web(session, token, clock.now()).id)


def clerk_says(talk: str, text: str) -> int:
    with database.writing() as session:
        return int(conversations.clerk_says(session, talk, Reply(text), clock.now()).id or 0)


async def next_text(lines: AsyncIterator[conversations.Line]) -> str:
    line = await asyncio.wait_for(lines.__anext__(), PATIENCE)
    return str(line.content["text"])


def test_a_stream_goes_on_where_the_page_was_and_then_live(records: Path) -> None:
    mine, other = open_talk("mine"), open_talk("other")
    first = clerk_says(mine, "一")
    clerk_says(mine, "二")

    async def follow() -> list[str]:
        lines = LiveLines(EVERY).follow(mine, first)
        heard = [await next_text(lines)]
        clerk_says(other, "别人的")
        clerk_says(mine, "三")
        heard.append(await next_text(lines))
        clerk_says(mine, "四")
        clerk_says(mine, "五")
        return heard + [await next_text(lines) for _ in "45"]

    assert asyncio.run(follow()) == ["二", "三", "四", "五"]


def test_every_page_of_a_talk_hears_it_and_a_closed_one_is_forgotten(records: Path) -> None:
    talk = open_talk("mine")

    async def follow() -> tuple[str, str, dict[str, object]]:
        live = LiveLines(EVERY)
        pages = [live.follow(talk, 0), live.follow(talk, 0)]
        asked = [asyncio.create_task(next_text(page)) for page in pages]
        await asyncio.sleep(5 * EVERY)
        clerk_says(talk, "您好")
        heard = [await one for one in asked]
        for page in pages:
            await page.aclose()
        await asyncio.sleep(5 * EVERY)
        return heard[0], heard[1], dict(live._waiting)

    assert asyncio.run(follow()) == ("您好", "您好", {})


def test_who_has_said_nothing_has_nothing_to_hear(door: Door) -> None:
    assert door().get("/api/events").status_code == 204


def test_an_event_is_a_line_of_the_history(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    client = door()
    client.post("/api/messages", json={"id": "a", "text": "你好"})
    with database.reading() as session:
        (talk,) = session.query(Conversation)
    clerk = clerk_says(talk.id, "我是工作人员")

    async def once(self: LiveLines, conversation_id: str, after: int) -> AsyncIterator[conversations.Line]:
        with database.reading() as session:
            for line in conversations.lines_after(session, conversation_id, after):
                yield line

    monkeypatch.setattr(LiveLines, "follow", once)
    told = client.get("/api/events?after=1", headers={"Last-Event-ID": "2"})
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.headers["cache-control"] == "no-store"
    fields = dict(line.split(": ", 1) for line in told.text.split("\r\n") if ": " in line and line[0] != ":")
    assert fields["id"] == str(clerk)
    assert json.loads(fields["data"]) == client.get("/api/messages").json()["messages"][-1]
    assert json.loads(fields["data"])["who"] == "clerk"
    assert client.get("/api/events?after=1").text.count("data: ") == 2
    assert client.get("/api/events?after=99").status_code == 204
    assert client.get("/api/events?after=nonsense").text.count("data: ") == 3


def test_a_row_that_becomes_visible_late_is_heard(records: Path) -> None:
    """On PostgreSQL a smaller row may be committed after a larger one."""
    talk = open_talk("mine")

    def put(row: int, text: str) -> None:
        with database.writing() as session:
            content = json.dumps({"text": text})
            session.add(Message(id=row, conversation_id=talk, content=content, status="clerk", created_at=clock.now()))

    async def follow() -> list[str]:
        lines = LiveLines(EVERY).follow(talk, 0)
        put(10, "先")
        heard = [await next_text(lines)]
        await asyncio.sleep(5 * EVERY)
        put(9, "晚到")
        return [*heard, await next_text(lines)]

    assert asyncio.run(follow()) == ["先", "晚到"]
