"""New lines as they are written, by whichever process: one small query a second serves all open pages."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator

from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from bot.records import conversations, database
from bot.records.conversations import Line

log = logging.getLogger(__name__)

#: Two transactions may commit in another order than they took their rows: so far back is looked again.
_LATE_ROWS = 50


class LiveLines:
    """Follows conversations in the database.

    Args:
        every: seconds between two looks.
    """

    def __init__(self, every: float = 1.0) -> None:
        self._every = every
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._looking: asyncio.Task[None] | None = None

    async def follow(self, conversation_id: str, after: int) -> AsyncIterator[Line]:
        """The lines after the row `after`: those there are, then each as it comes. Ends when it is closed."""
        news = asyncio.Event()
        news.set()
        self._waiting[conversation_id].add(news)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        sent: set[int] = set()
        try:
            while True:
                await news.wait()
                news.clear()
                for line in await run_in_threadpool(_lines_after, conversation_id, after):
                    if line.id not in sent:
                        sent.add(line.id)
                        yield line
        finally:
            self._waiting[conversation_id].discard(news)
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id]

    async def _look(self) -> None:
        """Wake whoever follows a conversation that has new lines, until nobody follows any."""
        known: dict[int, str] = {}
        highest = await run_in_threadpool(_latest_row)
        for events in self._waiting.values():
            for event in events:
                event.set()
        while self._waiting:
            await asyncio.sleep(self._every)
            try:
                rows = await run_in_threadpool(_latest_rows, highest - _LATE_ROWS)
            except SQLAlchemyError:
                log.exception("new lines could not be looked up; the next look comes in %s s", self._every)
                continue
            for conversation_id in {rows[row] for row in rows.keys() - known.keys()}:
                for event in self._waiting.get(conversation_id, ()):
                    event.set()
            known, highest = rows, max(rows, default=highest)


def _lines_after(conversation_id: str, after: int) -> list[Line]:
    with database.reading() as session:
        return conversations.lines_after(session, conversation_id, after)


def _latest_row() -> int:
    with database.reading() as session:
        return conversations.latest_row(session)


def _latest_rows(after: int) -> dict[int, str]:
    with database.reading() as session:
        return dict(conversations.latest_rows(session, after))
