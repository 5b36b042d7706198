"""A worker's page and a clerk's desk, side by side; and a clerk of another unit before a closed door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from bot import clock
from bot.records import conversations, database, erasure, queue, registrations
from bot.records.models import JobIntention
from tests.browser.staff.conftest import SECONDS, NewWindow

SignIn = Callable[[str, str], Page]


def say(worker: Page, text: str) -> None:
    worker.get_by_label("您想问什么").fill(text)
    worker.get_by_role("button", name="发送").click()


def ask_for_person(worker: Page) -> None:
    """What the conversation does when somebody asks for a person."""
    token = next(one["value"] for one in worker.context.cookies() if one["name"] == "chunfeng_session")
    with database.writing() as session:
        conversation = conversations.find(session, token)
        queue.ask_for_person(session, conversation, queue.ASKED, False, clock.now())


def test_a_takeover_between_two_windows(new_window: NewWindow, sign_in: SignIn) -> None:
    worker, clerk, colleague = new_window(), sign_in("wang", "/staff/queue"), sign_in("zhao", "/staff/queue")
    worker.goto("/")
    say(worker, "我要找人工 <b>急</b>")
    expect(worker.locator("#talk")).to_contain_text("我是小助手", timeout=SECONDS)
    ask_for_person(worker)
    expect(colleague.get_by_role("button", name="领取")).to_be_visible(timeout=SECONDS)
    clerk.get_by_role("button", name="领取").click()
    expect(clerk.get_by_role("heading", name="要找人工")).to_be_visible(timeout=SECONDS)
    expect(clerk.locator("#talk")).to_contain_text("<b>急</b>")
    expect(colleague.locator("#queue")).to_contain_text("王经办", timeout=SECONDS)
    say(worker, "包工头不给钱")
    expect(worker.locator("#talk")).to_contain_text("工作人员正在看这段对话", timeout=SECONDS)
    expect(clerk.locator("#talk")).to_contain_text("包工头不给钱", timeout=SECONDS)
    clerk.get_by_label("回话").fill("您把欠条带来")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator("#talk li.clerk")).to_contain_text("您把欠条带来", timeout=SECONDS)
    expect(clerk.get_by_label("回话")).to_have_value("")
    worker.reload()
    expect(worker.locator("#talk")).to_contain_text("您把欠条带来", timeout=SECONDS)
    clerk.get_by_role("button", name="交还小助手").click()
    expect(clerk.locator("#queue")).to_contain_text("现在没有人在等", timeout=SECONDS)
    expect(worker.locator("#talk")).to_contain_text("工作人员先聊到这里", timeout=SECONDS)
    say(worker, "谢谢")
    expect(worker.locator("#talk li").last).to_contain_text("我是小助手", timeout=SECONDS)


def test_a_clerk_who_comes_second_is_told_so(new_window: NewWindow, sign_in: SignIn) -> None:
    worker, first, second = new_window(), sign_in("wang", "/staff/queue"), sign_in("zhao", "/staff/queue")
    worker.goto("/")
    say(worker, "我要找人工")
    expect(worker.locator("#talk")).to_contain_text("我是小助手", timeout=SECONDS)
    ask_for_person(worker)
    expect(second.get_by_role("button", name="领取")).to_be_visible(timeout=SECONDS)
    second.route("**/staff/queue/rows", lambda route: route.abort())
    first.get_by_role("button", name="领取").click()
    expect(first.get_by_role("heading", name="要找人工")).to_be_visible(timeout=SECONDS)
    second.get_by_role("button", name="领取").click()
    told = second.locator("main").get_by_role("alert")
    expect(told).to_have_text("王经办先领了这件事，请领别的。", timeout=SECONDS)
    second.unroute("**/staff/queue/rows")
    expect(second.locator("#queue")).to_contain_text("王经办", timeout=SECONDS)
    expect(told).to_have_text("王经办先领了这件事，请领别的。")


def claimed(new_window: NewWindow, sign_in: SignIn) -> tuple[Page, Page]:
    """A worker's window, and a clerk's who has taken the chat."""
    worker, clerk = new_window(), sign_in("wang", "/staff/queue")
    worker.goto("/")
    say(worker, "包工头不给钱")
    expect(worker.locator("#talk")).to_contain_text("我是小助手", timeout=SECONDS)
    ask_for_person(worker)
    expect(clerk.locator("#queue")).to_contain_text("包工头不给钱", timeout=SECONDS)
    clerk.get_by_role("button", name="领取").click()
    expect(clerk.get_by_role("heading", name="要找人工")).to_be_visible(timeout=SECONDS)
    return worker, clerk


def test_a_half_written_answer_survives_a_reload_and_nothing_longer(new_window: NewWindow, sign_in: SignIn) -> None:
    _, clerk = claimed(new_window, sign_in)
    clerk.get_by_label("回话").press_sequentially("您把欠条")
    clerk.reload()
    expect(clerk.get_by_label("回话")).to_have_value("您把欠条")
    clerk.get_by_label("回话").press_sequentially("带来")
    clerk.get_by_role("button", name="发送").click()
    expect(clerk.locator("#talk li.clerk")).to_contain_text("您把欠条带来", timeout=SECONDS)
    clerk.reload()
    expect(clerk.get_by_label("回话")).to_have_value("")
    clerk.get_by_label("回话").press_sequentially("还有")
    clerk.get_by_role("button", name="退出").click()
    expect(clerk.get_by_role("heading", name="登录")).to_be_visible(timeout=SECONDS)
    assert clerk.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 800}, {"width": 820, "height": 1180}])
def test_writing_needs_no_scrolling(new_window: NewWindow, sign_in: SignIn, screen: ViewportSize) -> None:
    worker, clerk = claimed(new_window, sign_in)
    for number in range(12):
        say(worker, f"第{number}句话，说得长一点，好让这段对话装不进一屏")
        expect(worker.locator("#talk li.person")).to_have_count(number + 2, timeout=SECONDS)
    clerk.set_viewport_size(screen)
    clerk.reload()
    clerk.evaluate("window.scrollTo(0, 0)")
    expect(clerk.get_by_role("button", name="发送")).to_be_in_viewport(ratio=1)
    buttons = [box for one in clerk.locator("main button").all() if (box := one.bounding_box())]
    for one in buttons:
        for other in buttons:
            beside = one["x"] + one["width"] + 6 <= other["x"] or other["x"] + other["width"] + 6 <= one["x"]
            below = one["y"] + one["height"] + 6 <= other["y"] or other["y"] + other["height"] + 6 <= one["y"]
            assert one is other or beside or below, "two buttons touch"


def test_what_is_erased_leaves_an_open_screen_by_itself(new_window: NewWindow, sign_in: SignIn) -> None:
    worker, clerk = claimed(new_window, sign_in)
    clerk.get_by_label("回话").press_sequentially("包工头叫什么")
    token = next(one["value"] for one in worker.context.cookies() if one["name"] == "chunfeng_session")
    with database.writing() as session:
        erasure.erase(session, conversations.find(session, token).person_id, clock.now())
    expect(clerk.locator("main")).to_contain_text("本人的信息已删除", timeout=SECONDS)
    expect(clerk.locator("main")).not_to_contain_text("包工头")
    assert clerk.evaluate("sessionStorage.length") == 0


def test_another_unit_stays_closed(sign_in: SignIn) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", clock.now())
        who = registrations.Applicant("draft-1", "+8613800000001", "王测试", "大坪街道")
        left = registrations.save(
            session, "yuzhong-2022", conversation, who, JobIntention(kind_of_work="保安"), clock.now()
        )
    mine, other = sign_in("wang", "/staff/people"), sign_in("li", "/staff/people")
    for page in (mine, other):
        page.get_by_label("电话").fill("13800000001")
        page.get_by_role("button", name="查找").click()
    expect(mine.get_by_role("link", name="打开")).to_be_visible()
    expect(other.locator("main")).to_contain_text("没有找到")
    other.goto(f"/staff/people/{left.person_id}")
    expect(other.get_by_role("alert")).to_contain_text("没有这个人，或者不归您的单位。")
    mine.goto(f"/staff/people/{left.person_id}")
    expect(mine.get_by_role("heading", name="王测试")).to_be_visible()


def test_two_clerks_correct_one_person(sign_in: SignIn) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", clock.now())
        who = registrations.Applicant("draft-1", "+8613800000001", "王测试", "大坪街道")
        left = registrations.save(
            session, "yuzhong-2022", conversation, who, JobIntention(kind_of_work="保安"), clock.now()
        )
    path = f"/staff/people/{left.person_id}"
    first, second = sign_in("wang", path), sign_in("zhao", path)
    for page, gender in ((first, "女"), (second, "男")):
        page.get_by_label("性别").select_option(gender)
        page.get_by_role("button", name="保存").click()
        if page is first:
            expect(page.get_by_role("status")).to_contain_text("改好了", timeout=SECONDS)
    expect(second.locator("main").get_by_role("alert")).to_contain_text("王经办刚改过：性别现在是“女”", timeout=SECONDS)
