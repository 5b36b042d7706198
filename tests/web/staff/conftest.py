"""A front door without an engine behind it, and clerks who sign in to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from bot import clock
from bot.records import database, staff
from bot.web.app import create_app

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
def door(accounts: None) -> Iterator[TestClient]:
    """The front door, nobody signed in."""
    with TestClient(create_app()) as client:
        yield client


@pytest.fixture
def sign_in(accounts: None) -> Callable[[str], Desk]:
    """Sign somebody in, each in a browser of their own."""
    app = create_app()
    return lambda login: Desk(TestClient(app), login)
