"""A front door without an engine behind it, and clerks who sign in to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot import clock
from bot.records import conversations, database, staff
from bot.records.models import Conversation
from bot.web.app import create_app
from tests.web.staff.stand_in import Rasa

PASSWORD = "correct horse battery"
PAGE = {"Accept": "text/html"}


class Desk:
    """A signed-in browser: pages are got as a browser gets them, forms are posted as the page's script posts them."""

    def __init__(self, client: TestClient, login: str) -> None:
        self.client = client
        answer = client.post("/staff/login", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json()["csrf"]

    def page(self, path: str) -> str:
        """The page at `path`, which must open."""
        answer = self.client.get(path, headers=PAGE)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def status(self, path: str) -> int:
        """With which status `path` answers a browser."""
        return int(self.client.get(path, headers=PAGE, follow_redirects=False).status_code)

    def post(self, path: str, expected: int = 200, **form: object) -> dict[str, object]:
        """What a posted form answers to the page's script."""
        headers = {"X-CSRF-Token": self.csrf, "Accept": "application/json"}
        answer = self.client.post(path, data=form, headers=headers)
        assert answer.status_code == expected, answer.text
        content: dict[str, object] = answer.json()
        return content

    def get(self, path: str, **headers: str) -> object:
        """What a page's script gets."""
        return self.client.get(path, headers={"Accept": "application/json", "X-Background": "1", **headers})


def text_of(html: str) -> str:
    """What a page says, without its tags and with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.fixture
def accounts(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One account for each role, and a clerk of another unit; all with the same password, cheaply hashed."""
    monkeypatch.setattr(staff, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with database.writing() as session:
        for login, name, role, unit in (
            ("wang", "王经办", staff.CLERK, "大坪街道"),
            ("zhao", "赵经办", staff.CLERK, "大坪街道"),
            ("li", "李经办", staff.CLERK, "化龙桥街道"),
            ("sun", "孙统计", staff.STATISTICS, None),
            ("qian", "钱管理", staff.ADMIN, None),
        ):
            staff.add(session, login, name, role, unit, PASSWORD, clock.now())


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    """The engine's stand-in, listening."""
    with Rasa().running() as running:
        yield running


@pytest.fixture
def app(accounts: None, rasa: Rasa, use_settings: Callable[..., None]) -> FastAPI:
    """The front door before the stand-in."""
    use_settings(CHUNFENG_RASA_URL=rasa.url)
    return create_app()


@pytest.fixture
def door(app: FastAPI) -> TestClient:
    """The front door, nobody signed in."""
    return TestClient(app)


@pytest.fixture
def sign_in(app: FastAPI) -> Callable[[str], Desk]:
    """Sign somebody in, each in a browser of their own."""
    return lambda login: Desk(TestClient(app), login)


class Worker:
    """Somebody on the chat page."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        client.get("/")
        self._sent = 0

    def say(self, text: str) -> list[str]:
        """Send a message; what is answered."""
        self._sent += 1
        answer = self.client.post("/api/messages", json={"id": str(self._sent), "text": text})
        assert answer.status_code == 200, answer.text
        return [reply["text"] for reply in answer.json()["replies"]]

    def sees(self) -> list[tuple[str, str]]:
        """The whole talk as the page shows it."""
        return [(line["who"], line["text"]) for line in self.client.get("/api/messages").json()["messages"]]

    @property
    def conversation(self) -> Conversation:
        """The conversation's row."""
        with database.reading() as session:
            return conversations.find(session, self.client.cookies["chunfeng_session"])


@pytest.fixture
def worker(app: FastAPI) -> Worker:
    """A worker with a phone of their own."""
    return Worker(TestClient(app))
