"""Whole conversations through the real parts; each file of this folder is one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from bot import yamlfile
from bot.campaign import load
from bot.records import database
from bot.records.models import Service
from bot.report import table
from tests.stack import Stack, talk_to

TALKS = sorted(Path(__file__).parent.glob("*.yml"))
DAY = date(2022, 2, 15)

Cells = dict[tuple[str, int], int]


@pytest.fixture
def talker(stack: Stack, use_settings: Callable[..., None]) -> Iterator[Talker]:
    """Somebody who talks to the running assistant, with a look at its database."""
    use_settings(**stack.settings)
    yield Talker(stack)


class Talker:
    """One person's session, and what the conversation left behind."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._http = requests.Session()
        self._last: dict[str, Any] = {}
        self._offered: dict[str, str] = {}
        self._remembered = ""
        self.started_at = self._last_service()
        self.cells_before = self._cells()

    def turn(self, turn: dict[str, Any]) -> dict[str, Any]:
        """Say or tap what a turn holds, and return the answer as text, buttons and source."""
        if turn.get("somebody_else"):
            self._http = requests.Session()
        if "again" not in turn:
            self._last = {"id": uuid.uuid4().hex}
            if "tap" in turn:
                self._last["payload"] = self._offered[turn["tap"]]
            else:
                self._last["text"] = turn["say"].replace("{remembered}", self._remembered)
        response = talk_to(self._stack.url, self._last, self._http)
        assert response.status_code == turn.get("status", 200), response.text
        replies = response.json().get("replies", [])
        for reply in replies:
            for button in reply["buttons"]:
                self._offered[button["title"]] = button["payload"]
        said = "\n".join(reply["text"] for reply in replies)
        if "remember" in turn:
            self._remembered = re.search(turn["remember"], said).group(1)  # type: ignore[union-attr]
        return {
            "text": "\n".join([response.json().get("error", ""), *(reply["text"] for reply in replies)]),
            "source": "\n".join(reply["source"] or "" for reply in replies),
            "buttons": [button["title"] for reply in replies for button in reply["buttons"]],
            "rate": any(reply["rate"] for reply in replies),
        }

    def services(self) -> list[dict[str, Any]]:
        """The services that this conversation left, oldest first."""
        with database.reading() as session:
            rows = session.execute(select(Service).where(Service.id > self.started_at).order_by(Service.id)).scalars()
            return [{"kind": row.kind, "topic": row.topic, "unit": row.unit} for row in rows]

    def cells_added(self) -> dict[int, dict[str, int]]:
        """What this conversation added to the table: column → unit → persons."""
        added: dict[int, dict[str, int]] = {}
        for (unit, column), number in self._cells().items():
            difference = number - self.cells_before.get((unit, column), 0)
            if difference:
                added.setdefault(column, {})[unit] = difference
        return added

    def _cells(self) -> Cells:
        with database.reading() as session:
            built = table.build(session, load.load("yuzhong-2022"), DAY)
        return {(row.unit, index): number for row in built.rows for index, number in enumerate(row.numbers, 1)}

    def _last_service(self) -> int:
        with database.reading() as session:
            return session.execute(select(Service.id).order_by(Service.id.desc()).limit(1)).scalar() or 0


@pytest.mark.parametrize("path", TALKS, ids=[path.stem for path in TALKS])
def test_talk(path: Path, talker: Talker) -> None:
    talk = yamlfile.read(path)
    for number, turn in enumerate(talk["turns"], 1):
        answer = talker.turn(turn)
        where = f"turn {number}: {turn.get('say') or turn.get('tap')}\n{answer}"
        for words in turn.get("reply", []):
            assert words in answer["text"], where
        for words in turn.get("not", []):
            assert words not in answer["text"], where
        if "source" in turn:
            assert turn["source"] in answer["source"], where
        if "buttons" in turn:
            assert answer["buttons"] == turn["buttons"], where
        assert answer["rate"] == turn.get("rate", answer["rate"]), where
    assert talker.services() == talk["services"]
    assert talker.cells_added() == talk["table"]
