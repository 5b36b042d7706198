"""The line is slow, breaks, or the server is away: nothing that was written is lost, nothing is sent twice."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PHONE, SECONDS, Assistant, FrontDoor, answer, say

BANNER = "网断了。您的话都还在，连上网就自动发出。"

#: Slow 3G as Chromium's developer tools mean it: bits a second, and milliseconds for each request.
SLOW_BITS, SLOW_MILLISECONDS = 400_000, 2_000


@pytest.fixture
def sent(phone: Page) -> Iterator[list[dict[str, str]]]:
    """Every message that left the page."""
    bodies: list[dict[str, str]] = []
    phone.on(
        "request",
        lambda asked: bodies.append(json.loads(asked.post_data or "")) if asked.url.endswith("/api/messages") else None,
    )
    yield bodies


def test_what_was_written_offline_goes_out_by_itself(phone: Page, sent: list[dict[str, str]]) -> None:
    phone.context.set_offline(True)
    say(phone, "老板不发工资怎么办")
    say(phone, "还欠了三个月")
    expect(phone.get_by_role("button", name="再发一次")).to_have_count(1, timeout=SECONDS)
    expect(phone.locator("#connection")).to_have_text(BANNER)
    phone.context.set_offline(False)
    expect(phone.locator("#talk > .assistant").last).to_contain_text("还欠了三个月", timeout=SECONDS)
    expect(phone.locator("#talk > .assistant")).to_have_count(3)
    expect(phone.locator(".unsent, .fate")).to_have_count(0)
    expect(phone.locator("#connection")).to_be_hidden()
    assert len({message["id"] for message in sent if message["text"] == "老板不发工资怎么办"}) == 1


def test_what_was_not_sent_survives_a_reload(phone: Page, front_door: FrontDoor) -> None:
    phone.route("**/api/messages", lambda route: route.abort())
    say(phone, "重新打开也还在")
    expect(phone.get_by_role("button", name="再发一次")).to_be_visible(timeout=SECONDS)
    phone.unroute("**/api/messages")
    phone.reload()
    expect(answer(phone)).to_contain_text("听到了：重新打开也还在", timeout=SECONDS)
    expect(phone.locator("#talk > .person")).to_have_count(1)
    assert phone.evaluate("sessionStorage.length") == 0


def test_a_reload_in_the_middle_still_brings_the_answer_once(phone: Page, rasa: type[Assistant]) -> None:
    rasa.asked.clear()
    rasa.wait.clear()
    say(phone, "很慢的问题")
    expect(phone.locator("#state")).to_have_text("正在回答")
    while not rasa.asked:
        time.sleep(0.05)
    phone.reload()
    expect(phone.locator("#talk > .person")).to_have_count(1)
    expect(phone.locator("#state")).to_have_text("正在回答")
    rasa.wait.set()
    expect(answer(phone)).to_contain_text("听到了：很慢的问题")
    expect(phone.locator("#talk > .person")).to_have_count(1)
    expect(phone.locator("#talk > .assistant")).to_have_count(2)
    assert len(rasa.asked) == 1


def test_a_lost_answer_comes_without_asking_twice(phone: Page, rasa: type[Assistant]) -> None:
    """The message arrived, the answer did not: the second sending brings the same answer."""
    rasa.asked.clear()
    phone.route("**/api/messages", lambda route: (route.fetch(), route.abort()), times=1)
    say(phone, "回答丢了")
    expect(answer(phone)).to_contain_text("听到了：回答丢了", timeout=SECONDS)
    expect(phone.locator(".unsent, .fate")).to_have_count(0, timeout=SECONDS)
    expect(phone.locator("#talk > .assistant")).to_have_count(2)
    assert len(rasa.asked) == 1


def test_an_error_of_the_server_is_no_end(phone: Page) -> None:
    phone.route("**/api/messages", lambda route: route.fulfill(status=502, body="<html>"), times=1)
    say(phone, "网关坏了一下")
    expect(phone.get_by_role("button", name="再发一次")).to_be_visible(timeout=SECONDS)
    phone.get_by_role("button", name="再发一次").click()
    expect(answer(phone)).to_contain_text("听到了：网关坏了一下")


def test_who_is_asked_to_wait_waits_and_is_answered(phone: Page) -> None:
    limited = {"status": 429, "headers": {"Retry-After": "2"}, "body": '{"error": "发得太快了，请等2秒再发。"}'}
    phone.route("**/api/messages", lambda route: route.fulfill(**limited), times=1)
    say(phone, "太快了")
    expect(phone.locator(".fate")).to_contain_text("发得太快了，过2秒自动再发", timeout=SECONDS)
    expect(answer(phone)).to_contain_text("听到了：太快了", timeout=SECONDS)


def test_what_cannot_be_taken_comes_back_with_the_reason(phone: Page) -> None:
    say(phone, "/restart")
    expect(phone.locator("#state")).to_have_text("这里不用命令，用平常话写您想问的就行。", timeout=SECONDS)
    expect(phone.get_by_label("您想问什么")).to_have_value("/restart")
    say(phone, "你好")
    expect(answer(phone)).to_contain_text("听到了：你好")


def test_the_server_stops_and_comes_back(browser: Browser, rasa: type[Assistant], tmp_path: Path) -> None:
    door = FrontDoor(tmp_path, rasa.url)
    door.start()
    page = browser.new_page(viewport=PHONE)
    page.goto(door.url)
    say(page, "先说一句")
    answer(page)
    began = time.monotonic()
    door.stop()
    assert time.monotonic() - began < 8, "open pages must not keep the server from stopping"
    expect(page.locator("#connection")).to_have_text(BANNER, timeout=SECONDS)
    say(page, "您走开的时候我说的")
    expect(page.get_by_role("button", name="再发一次")).to_be_visible(timeout=SECONDS)
    door.start()
    expect(page.locator("#talk > .assistant").last).to_contain_text("您走开的时候我说的", timeout=40_000)
    expect(page.locator("#connection")).to_be_hidden(timeout=SECONDS)
    expect(page.locator("#talk > .assistant")).to_have_count(3)
    page.close()
    door.stop()


def test_a_slow_line_shows_the_buttons_at_once_and_answers(browser: Browser, front_door: FrontDoor) -> None:
    page = browser.new_page(viewport=PHONE)
    slow = page.context.new_cdp_session(page)
    rates = {"downloadThroughput": SLOW_BITS / 8, "uploadThroughput": SLOW_BITS / 8}
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", {"offline": False, "latency": SLOW_MILLISECONDS, **rates})
    began = time.monotonic()
    page.goto(front_door.url, wait_until="commit")
    expect(page.get_by_role("button", name="登记找工作")).to_be_visible(timeout=SECONDS)
    assert time.monotonic() - began < 6
    expect(page.locator("html.scripted")).to_be_attached(timeout=SECONDS)
    assert time.monotonic() - began < 10
    page.get_by_role("button", name="线上招聘会").click()
    expect(page.locator("#state")).to_have_text("正在回答")
    expect(page.locator("#talk > .assistant").last).to_contain_text("手机打开", timeout=SECONDS)
    page.close()
