"""A clerk with more than one window, and one who was away from an open window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot import clock
from bot.records import conversations, database, queue, staff
from bot.records.staff import StaffSession
from tests.browser.staff.conftest import SECONDS, SignIn
from tests.web.staff.conftest import PASSWORD

ANSWER = "带上身份证，到街道便民大厅办"


def waiting_chat() -> int:
    """A chat that asked for a person; its entry's row."""
    with database.writing() as session:
        conversation = conversations.open_web(session, "device", clock.now())
        conversations.receive(session, conversation, "1", {"text": "老板不给钱"}, clock.now())
        return int(queue.ask_for_person(session, conversation, queue.ASKED, False, clock.now()).id)


def end_sessions() -> None:
    with database.writing() as session:
        session.query(StaffSession).delete()


def sign_in_again(page: Page) -> None:
    """The password is asked for over the page, and typed."""
    again = page.get_by_role("dialog")
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="接着办").click()
    expect(again).to_be_hidden(timeout=SECONDS)


@pytest.fixture
def chat(sign_in: SignIn) -> Page:
    """A clerk in a chat that is theirs."""
    page = sign_in("wang", "/staff/queue")
    page.goto(f"/staff/queue/{waiting_chat()}")
    page.get_by_role("button", name="领取").click()
    expect(page.get_by_label("回话")).to_be_visible(timeout=SECONDS)
    return page


def test_who_signed_in_again_in_one_window_loses_nothing_in_the_other(sign_in: SignIn) -> None:
    first = sign_in("wang", "/staff/activities")
    first.get_by_label("发放宣传资料（份）").fill("300")
    second = first.context.new_page()
    second.goto("/staff/activities")
    end_sessions()
    second.get_by_label("发放宣传资料（份）").fill("20")
    second.get_by_role("button", name="记下来").click()
    sign_in_again(second)
    expect(second.get_by_text("记下了1条")).to_be_visible(timeout=SECONDS)
    first.get_by_role("button", name="记下来").click()
    expect(first.get_by_text("记下了1条")).to_be_visible(timeout=SECONDS)
    expect(first.get_by_role("cell", name="300 份")).to_be_visible()


def test_another_clerk_in_the_other_window_gets_nothing_of_it(sign_in: SignIn) -> None:
    first = sign_in("wang", "/staff/activities")
    first.get_by_label("发放宣传资料（份）").fill("300")
    second = first.context.new_page()
    second.goto("/staff/login")
    second.get_by_label("登录名").fill("zhao")
    second.get_by_label("密码").fill(PASSWORD)
    second.get_by_role("button", name="登录").click()
    second.wait_for_url("**/staff")
    first.get_by_role("button", name="记下来").click()
    expect(first.get_by_role("alert").get_by_text("这一页过期了")).to_be_visible(timeout=SECONDS)
    expect(first.get_by_label("发放宣传资料（份）")).to_have_value("300")


def test_a_chat_says_when_it_can_not_see_what_is_new(chat: Page) -> None:
    end_sessions()
    expect(chat.locator("#trouble")).to_have_text("登录过期了，看不到新的；刷新这一页重新登录。", timeout=SECONDS)
    chat.get_by_label("回话").fill(ANSWER)
    chat.get_by_role("button", name="发送").click()
    sign_in_again(chat)
    expect(chat.locator("#talk")).to_contain_text(ANSWER, timeout=SECONDS)
    expect(chat.locator("#trouble")).to_be_hidden(timeout=SECONDS)


def test_who_was_away_too_long_sees_it_and_goes_on_with_what_they_wrote(chat: Page) -> None:
    chat.get_by_label("回话").fill(ANSWER)
    chat.context.set_offline(True)
    expect(chat.locator("#trouble")).to_contain_text("连不上", timeout=SECONDS)
    with database.writing() as session:
        session.query(queue.QueueEntry).update({"seen_at": clock.now() - timedelta(hours=1)})
    chat.context.set_offline(False)
    chat.get_by_role("button", name="领取").click(timeout=SECONDS)
    expect(chat.get_by_label("回话")).to_have_value(ANSWER, timeout=SECONDS)


def test_an_open_page_holds_a_call_back_as_well(sign_in: SignIn) -> None:
    page = sign_in("wang", "/staff/queue")
    with database.writing() as session:
        conversation = conversations.open_web(session, "device", clock.now())
        person, wang = int(conversation.person_id), staff.existing(session, "wang").id
        entry = queue.call_back(session, "call", person, "大坪街道", "问社保", None, clock.now()).id
        queue.claim(session, entry, wang, clock.now() - timedelta(minutes=10))
    page.goto(f"/staff/queue/{entry}")
    with page.expect_response(f"**/staff/queue/{entry}/lines?*"):
        pass
    with database.reading() as session:
        assert clock.now() - session.get(queue.QueueEntry, entry).seen_at < timedelta(minutes=1)
