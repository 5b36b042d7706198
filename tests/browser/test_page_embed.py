"""The chat on a street office's own site: one script tag, and only where the settings allow it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PHONE, SECONDS, Assistant, FrontDoor

DESKTOP = {"width": 1280, "height": 800}
LABEL = "春风行动咨询"


class Site(BaseHTTPRequestHandler):
    """A street office's page with the script tag in its head, and with a strict policy of its own."""

    door = ""

    def do_GET(self) -> None:
        policy = f"default-src 'none'; script-src {self.door}; frame-src {self.door}"
        body = f'<!doctype html><html lang="zh-CN"><title>街道</title><script src="{self.door}/embed.js"></script>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(f"{body}<h1>街道办事处</h1>".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Sites:
    """Two sites with the tag; only one is named in the settings."""

    named: str
    stranger: str


@contextmanager
def serving(handler: type[Site]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def sites(rasa: type[Assistant], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    handler = type("Handler", (Site,), {})
    with ExitStack() as stack:
        sites = Sites(stack.enter_context(serving(handler)), stack.enter_context(serving(handler)))
        door = FrontDoor(tmp_path_factory.mktemp("embed"), rasa.url, CHUNFENG_EMBED_ORIGINS=sites.named)
        handler.door = door.url
        door.start()
        yield sites
        door.stop()


@pytest.fixture
def office(browser: Browser, sites: Sites) -> Iterator[Page]:
    page = browser.new_page(viewport=DESKTOP)
    page.goto(sites.named)
    yield page
    page.close()


def test_one_tag_puts_the_chat_on_a_site(office: Page) -> None:
    launcher = office.get_by_role("button", name=LABEL)
    expect(office.locator("iframe")).to_have_count(0)
    launcher.click()
    chat = office.frame_locator(f"iframe[title='{LABEL}']")
    chat.get_by_role("button", name="线上招聘会").click()
    expect(chat.locator("#talk > .assistant").last).to_contain_text("手机打开", timeout=SECONDS)
    chat.get_by_role("button", name="技能培训").last.click()
    expect(chat.locator("#talk > .assistant").last).to_contain_text("第18条", timeout=SECONDS)
    expect(chat.locator("#apart")).to_be_hidden()
    chat.get_by_role("button", name="收起窗口").click()
    expect(office.locator("iframe")).to_be_hidden()
    expect(launcher).to_be_focused()
    launcher.click()
    expect(chat.locator("#talk > .person")).to_have_count(2)
    chat.get_by_label("您想问什么").press("Escape")
    expect(office.locator("iframe")).to_be_hidden()


def test_on_a_phone_the_chat_takes_the_whole_screen(office: Page) -> None:
    office.set_viewport_size(PHONE)
    office.get_by_role("button", name=LABEL).click()
    box = office.locator("iframe").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}


def test_a_site_that_is_not_named_gets_no_chat(browser: Browser, sites: Sites) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(sites.stranger)
    page.get_by_role("button", name=LABEL).click()
    expect(page.locator("iframe")).to_be_visible()
    expect(page.frame_locator("iframe").locator("#talk")).to_have_count(0)
    page.wait_for_timeout(1000)
    assert any("frame-ancestors" in said for said in refused), refused
    page.close()
