"""The chat page in Chromium against the running assistant. Skipped, and said so, where there is no Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PHONE, SECONDS, answer, say
from tests.stack import Stack

#: A tap so soon after another is taken for a double click (static/chat.js).
NO_DOUBLE_CLICK = 1000


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


def test_a_question_by_button_with_its_source(page: Page) -> None:
    page.get_by_role("button", name="线上招聘会").click()
    expect(page.locator("#talk li.assistant").last).to_contain_text("汇博人才网", timeout=SECONDS)
    expect(page.locator("#talk .source").last).to_contain_text("五（四）")
    link = page.locator("#talk li.assistant").last.get_by_role("link", name="huibo")
    expect(link).to_have_attribute("href", "https://www.huibo.com/cq/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_the_five_conversations_on_a_phone(page: Page) -> None:
    for text, expected in [
        ("活动啥子时候结束", "正在进行"),
        ("网上招聘会在哪里", "汇博人才网"),
        ("有没得技能培训", "131"),
        ("包工头欠我工钱", "劳动监察"),
    ]:
        say(page, text)
        expect(page.locator("#talk li.assistant", has_text=expected)).to_have_count(1, timeout=SECONDS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_registration_from_the_first_word_to_my_records(page: Page) -> None:
    last = page.locator("#talk li.assistant").last
    for does, what, expected in [
        ("say", "我要登记找工作", "您同意吗"),
        ("tap", "同意，开始登记", "您想做什么工作"),
        ("say", "保安", "哪个街道"),
        ("tap", "大坪街道", "怎么称呼"),
        ("say", "王测试", "电话号码"),
        ("say", "13800000009", "男士还是女士"),
        ("tap", "不想说", "脱贫户"),
        ("tap", "不想说", "您看对不对"),
        ("tap", "对，提交", "培训"),
    ]:
        if does == "say":
            say(page, what)
        else:
            page.wait_for_timeout(NO_DOUBLE_CLICK)
            last.get_by_role("button", name=what, exact=True).click()
        expect(last).to_contain_text(expected, timeout=SECONDS)
    expect(page.locator("#talk")).to_contain_text("回执号：")
    assert page.locator("#talk .cards li").count() >= 4
    page.reload()
    expect(page.locator("#talk")).to_contain_text("回执号：", timeout=SECONDS)
    say(page, "我的登记")
    expect(last).to_contain_text("想做：保安", timeout=SECONDS)
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
    answer(page)


def test_what_was_not_sent_is_kept_and_sent_again_with_the_same_id(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or "") if "/api/messages" in asked.url else None)
    page.context.set_offline(True)
    say(page, "老板不发工资怎么办")
    expect(page.get_by_role("button", name="再发一次")).to_be_visible(timeout=SECONDS)
    page.context.set_offline(False)
    expect(page.locator("#talk li.assistant").last).to_contain_text("劳动监察", timeout=SECONDS)
    assert len(sent) >= 2
    assert len({json.loads(body)["id"] for body in sent}) == 1


def test_the_page_says_that_it_is_a_demonstration(page: Page) -> None:
    expect(page.get_by_role("note")).to_contain_text("演示：时钟设在 2022年2月15日")


def test_no_request_leaves_this_host(page: Page, stack: Stack) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    say(page, "你好")
    answer(page)
    assert asked
    assert all(url.startswith(stack.url) for url in asked)
