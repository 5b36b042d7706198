"""The browser, and the front door whose page it opens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import CHROMIUM, FLAGS, NO_CHROMIUM, PHONE, SECONDS, Assistant, FrontDoor
from tests.web.rasa_stand_in import running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, the test is skipped and says so.

    Once a module, not a session: playwright keeps an event loop running that other tests would meet.
    """
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        running_browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running_browser
        running_browser.close()


@pytest.fixture(scope="module")
def rasa() -> Iterator[type[Assistant]]:
    """The stand-in behind the front door."""
    with running(Assistant) as handler:
        yield handler


@pytest.fixture(scope="module")
def front_door(tmp_path_factory: pytest.TempPathFactory, rasa: type[Assistant]) -> Iterator[FrontDoor]:
    """The front door before the stand-in."""
    door = FrontDoor(tmp_path_factory.mktemp("front-door"), rasa.url)
    door.start()
    yield door
    door.stop()


@pytest.fixture
def phone(browser: Browser, front_door: FrontDoor) -> Iterator[Page]:
    """The page on a phone; anything its scripts or its Content-Security-Policy complain about fails the test."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.set_default_timeout(SECONDS)
    page.goto(front_door.url)
    yield page
    context.close()
    assert complaints == []
