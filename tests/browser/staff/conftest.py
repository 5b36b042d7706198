"""The front door on a port, before a stand-in for the engine, and clerks with a browser window each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.listening import listening
from tests.web.staff.conftest import PASSWORD, accounts, app, rasa

__all__ = ["accounts", "app", "rasa"]

SCREEN = {"width": 1280, "height": 800}
SECONDS = 20_000

NewWindow = Callable[[], Page]
SignIn = Callable[[str, str], Page]


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    """Where the front door listens."""
    with listening(app) as address:
        yield address


@pytest.fixture
def new_window(browser: Browser, url: str) -> Iterator[NewWindow]:
    """A browser of its own; what a script complains about, or asks of another host, fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def make() -> Page:
        context = browser.new_context(viewport=SCREEN, locale="zh-CN", base_url=url)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SECONDS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(url) else complaints.append(asked.url))
        return page

    yield make
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(new_window: NewWindow) -> Callable[[str, str], Page]:
    """Sign somebody in and open a page."""

    def enter(login: str, path: str) -> Page:
        page = new_window()
        page.goto(f"/staff/login?next={path}")
        page.get_by_label("登录名").fill(login)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"**{path}")
        return page

    return enter


class Keyboard:
    """Types, and tells the caller's data from the keys that the desk costs."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._data = 0
        page.evaluate("window.keys = 0; document.addEventListener('keydown', () => window.keys++, true)")

    def data(self, text: str) -> None:
        """What the caller said."""
        self._data += len(text)
        self._page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Keys of the desk."""
        for key in keys:
            self._page.keyboard.press(key)

    @property
    def cost(self) -> int:
        """Keys pressed besides the caller's data."""
        return int(self._page.evaluate("window.keys")) - self._data


def says(page: Page, text: str) -> None:
    """The desk's line of news says so."""
    expect(page.locator("#message")).to_contain_text(text, timeout=SECONDS)


def take_call(page: Page, phone: str = "13800000001") -> None:
    """A call is taken, and its caller's card is there."""
    page.locator("#begin [name=phone]").fill(phone)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("姓名", timeout=SECONDS)
    expect(page.locator("#ask [name=text]")).to_be_focused(timeout=SECONDS)


def caller_says(page: Page, text: str) -> None:
    """What the caller says is typed; it is shown again once it is answered."""
    page.locator("#ask [name=text]").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(text, timeout=SECONDS)
