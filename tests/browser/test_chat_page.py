"""The chat page in Chromium against the running assistant. Skipped, and said so, where there is no Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stack import Stack

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 360, "height": 740}
SECONDS = 20_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium：只跳过浏览器测试（apt install chromium）")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A phone's page of the chat; anything the page's script complains about fails the test."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(SECONDS)
    opened.goto(stack.url)
    yield opened
    context.close()
    assert complaints == []


def say(page: Page, text: str) -> None:
    page.get_by_label("您想问什么").fill(text)
    page.get_by_role("button", name="发送").click()


def last_answer(page: Page) -> str:
    expect(page.locator("#state")).to_be_hidden(timeout=SECONDS)
    return page.locator("#talk li.assistant").last.inner_text()


def test_a_question_by_button_with_its_source(page: Page) -> None:
    page.get_by_role("button", name="线上招聘会").click()
    expect(page.locator("#talk li.assistant").last).to_contain_text("汇博人才网", timeout=SECONDS)
    expect(page.locator("#talk .source").last).to_contain_text("五（四）")
    link = page.locator("#talk li.assistant a").last
    expect(link).to_have_attribute("href", "https://www.huibo.com/cq/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_the_five_conversations_on_a_phone(page: Page) -> None:
    for text, answer in [
        ("活动啥子时候结束", "正在进行"),
        ("网上招聘会在哪里", "汇博人才网"),
        ("有没得技能培训", "131"),
        ("包工头欠我工钱", "劳动监察"),
        ("我要登记找工作", "您想做什么工作"),
        ("保安", "哪个街道"),
    ]:
        say(page, text)
        expect(page.locator("#talk li.assistant").last).to_contain_text(answer, timeout=SECONDS)
    page.get_by_role("button", name="大坪街道").click()
    expect(page.locator("#talk li.assistant").last).to_contain_text("怎么称呼", timeout=SECONDS)
    say(page, "王测试")
    expect(page.locator("#talk li.assistant").last).to_contain_text("电话号码", timeout=SECONDS)
    say(page, "13800000009")
    expect(page.locator("#talk li.assistant").last).to_contain_text("回执号", timeout=SECONDS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_history_comes_back_on_reload(page: Page) -> None:
    say(page, "活动时间")
    expect(page.locator("#talk li.assistant").last).to_contain_text("正在进行", timeout=SECONDS)
    page.reload()
    expect(page.locator("#talk li.person").last).to_contain_text("活动时间", timeout=SECONDS)
    expect(page.locator("#talk li.assistant").last).to_contain_text("正在进行")


def test_text_stays_text(page: Page) -> None:
    say(page, "<img src=x onerror=alert(1)> <script>alert(2)</script>")
    expect(page.locator("#talk li.person").last).to_contain_text("<img src=x", timeout=SECONDS)
    expect(page.locator("#talk img, #talk script")).to_have_count(0)
    last_answer(page)


def test_what_was_not_sent_is_kept_and_sent_again_with_the_same_id(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.context.set_offline(True)
    say(page, "老板不发工资怎么办")
    again = page.get_by_role("button", name="再发一次")
    expect(again).to_be_visible(timeout=SECONDS)
    page.context.set_offline(False)
    again.click()
    expect(page.locator("#talk li.assistant").last).to_contain_text("劳动监察", timeout=SECONDS)
    assert len(sent) == 2
    assert sent[0] == sent[1]


def test_the_page_says_that_it_is_a_demonstration(page: Page) -> None:
    expect(page.get_by_role("note")).to_contain_text("演示：时钟设在 2022年2月15日")


def test_no_request_leaves_this_host(page: Page, stack: Stack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    say(page, "你好")
    last_answer(page)
    assert asked
    assert all(url.startswith(stack.url) for url in asked)
