"""Talking on the page: what comes back, what stays, and what the next person does not see."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot import clock
from bot.records import conversations, database
from bot.records.models import Conversation
from bot.reply import Button, Reply
from tests.browser.pages import LONG, PHONE, SECONDS, SOURCE, Assistant, FrontDoor, answer, say

HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> \"'&amp;"


def test_an_answer_has_its_source_and_its_next_steps(phone: Page) -> None:
    phone.get_by_role("button", name="线上招聘会").click()
    last = answer(phone)
    expect(last.locator(".source")).to_have_text(f"来源：{SOURCE}")
    expect(last.get_by_role("link", name="12333")).to_have_attribute("href", "tel:12333")
    expect(last.get_by_role("link", name="huibo")).to_have_attribute("rel", "noopener noreferrer")
    last.get_by_role("button", name="技能培训").click()
    expect(answer(phone)).to_contain_text("第18条")
    question = phone.locator("#talk > .person").last.bounding_box()
    head = phone.locator("header").bounding_box()
    assert question is not None
    assert head is not None
    assert 0 <= question["y"] - head["height"] < 40, "a long answer is read from its beginning, below the question"


def test_a_form_says_how_far_it_is(phone: Page) -> None:
    phone.get_by_role("button", name="登记找工作").click()
    expect(answer(phone).locator("p.progress")).to_have_text("第2步，共4步")
    expect(phone.locator("progress")).to_have_js_property("position", 0.5)


def test_posts_come_as_cards_in_place_of_the_list(phone: Page) -> None:
    say(phone, "有什么岗位")
    last = answer(phone)
    expect(last.locator(".words")).to_have_text("按您说的，找到3个岗位：")
    expect(last.get_by_role("heading")).to_have_text(
        ["保安 · 王测试物业公司", "车库管理员 · 张三停车公司", "巡逻员 · 李四服务公司"]
    )
    expect(last.get_by_role("link", name="打电话 12333")).to_have_attribute("href", "tel:12333")


def test_a_reload_shows_exactly_what_was_there(phone: Page) -> None:
    """Held by this: the template and the script build the same lines."""
    for text in ("线上招聘会怎么参加？", "我要登记求职意向", "有什么岗位", HOSTILE, LONG):
        say(phone, text)
        answer(phone)
    phone.get_by_role("button", name="有用").first.click()
    expect(phone.get_by_role("button", name="有用").first).to_have_attribute("aria-pressed", "true")
    before = shape(phone)
    phone.reload()
    expect(phone.locator("#talk > .person")).to_have_count(5)
    assert shape(phone) == before


def shape(page: Page) -> str:
    """The talk's elements without white space between them, clocks, and what only one of the two needs."""
    talk = page.locator("#talk").evaluate("talk => talk.innerHTML")
    for needless in (r"\s*\n\s*(?=<|$)", r' data-at="[^"]*"', r' id="latest"', r' datetime="[^"]*"', r"\d\d:\d\d"):
        talk = re.sub(needless, "", talk)
    return re.sub(r"<(\w+) ([^>]*)>", lambda tag: f"<{tag[1]} {' '.join(sorted(attributes(tag[2])))}>", talk)


def attributes(written: str) -> list[str]:
    return re.findall(r'[\w-]+="[^"]*"', written)


def test_text_stays_text(phone: Page) -> None:
    say(phone, HOSTILE)
    expect(answer(phone)).to_contain_text(f"听到了：{HOSTILE}")
    expect(phone.locator("#talk > .person").last).to_contain_text(HOSTILE)
    phone.reload()
    expect(phone.locator("#talk > .assistant").last).to_contain_text(f"听到了：{HOSTILE}")
    expect(phone.locator("#talk img, #talk script")).to_have_count(0)


def test_a_double_click_sends_once(phone: Page, rasa: type[Assistant]) -> None:
    rasa.asked.clear()
    phone.get_by_role("button", name="活动时间").dblclick()
    expect(answer(phone)).to_contain_text("听到了")
    phone.get_by_label("您想问什么").fill("双击发送")
    phone.get_by_role("button", name="发送").dblclick()
    expect(answer(phone)).to_contain_text("双击发送")
    assert [asked["message"] for asked in rasa.asked] == ["活动到什么时候结束？", "双击发送"]


def test_enter_sends_but_not_while_a_word_is_being_composed(phone: Page, rasa: type[Assistant]) -> None:
    rasa.asked.clear()
    field = phone.get_by_label("您想问什么")
    field.fill("gongzi")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    field.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    assert rasa.asked == []
    field.fill("工资")
    field.press("Enter")
    expect(answer(phone)).to_have_text(re.compile("听到了：工资"))


def test_messages_typed_quickly_are_answered_in_their_order(phone: Page) -> None:
    for number in "一二三":
        say(phone, f"第{number}句")
    expect(phone.locator("#talk > .assistant .words")).to_contain_text(
        ["您好", "听到了：第一句", "听到了：第二句", "听到了：第三句"], timeout=SECONDS
    )


def test_the_room_that_is_left_is_shown_near_the_end(phone: Page) -> None:
    field = phone.get_by_label("您想问什么")
    field.fill("字" * 949)
    expect(phone.locator("#room")).to_be_hidden()
    field.fill("字" * 990)
    expect(phone.locator("#room")).to_have_text("还能写10字")
    expect(field).to_have_attribute("maxlength", "1000")


def test_the_next_person_sees_nothing_of_the_last(phone: Page) -> None:
    say(phone, "我叫王测试")
    answer(phone)
    phone.get_by_text("更多").click()
    phone.get_by_role("button", name="换个人用").click()
    expect(answer(phone)).to_contain_text("换人了")
    expect(phone.locator("body")).not_to_contain_text("王测试")
    phone.reload()
    expect(phone.locator("#talk > li")).to_have_count(1)
    assert phone.evaluate("sessionStorage.length + localStorage.length") == 0


def test_the_back_button_shows_the_talk_as_it_is_now(phone: Page, front_door: FrontDoor) -> None:
    say(phone, "第一句")
    answer(phone)
    phone.goto(f"{front_door.url}/healthz")
    phone.go_back()
    expect(phone.locator("#talk > .assistant").last).to_contain_text("听到了：第一句")
    say(phone, "第二句")
    expect(answer(phone)).to_contain_text("听到了：第二句")
    expect(phone.locator("#talk > .person")).to_have_count(2)


def test_a_person_is_one_tap_away(phone: Page) -> None:
    phone.get_by_role("banner").get_by_role("button", name="找人工").click()
    expect(answer(phone)).to_contain_text("听到了：找人工")


def test_a_clerks_reply_arrives_by_itself(
    phone: Page, front_door: FrontDoor, use_settings: Callable[..., None]
) -> None:
    say(phone, "请人帮我")
    answer(phone)
    use_settings(CHUNFENG_DATA_DIR=front_door.folder, CHUNFENG_NOW="2022-02-15T09:00")
    with database.writing() as session:
        talk = session.query(Conversation).order_by(Conversation.created_at.desc()).first()
        reply = Reply("我是大坪街道的工作人员", [Button("好的", "/affirm")])
        conversations.clerk_says(session, talk.id, reply, clock.now())
    clerk = phone.locator("#talk > .clerk")
    expect(clerk).to_contain_text("我是大坪街道的工作人员", timeout=SECONDS)
    expect(clerk).to_contain_text("工作人员")
    clerk.get_by_role("button", name="好的").click()
    expect(answer(phone)).to_contain_text("听到了：/affirm")


def test_a_second_tab_follows_the_talk(phone: Page, front_door: FrontDoor) -> None:
    say(phone, "在第一页说")
    answer(phone)
    second = phone.context.new_page()
    second.goto(front_door.url)
    say(second, "在第二页说")
    answer(second)
    phone.bring_to_front()
    expect(phone.locator("#talk > .person")).to_have_text(["您说：在第一页说", "您说：在第二页说"], timeout=SECONDS)


def test_another_tab_forgets_the_last_person_as_well(phone: Page, front_door: FrontDoor) -> None:
    say(phone, "我叫王测试")
    answer(phone)
    second = phone.context.new_page()
    second.goto(front_door.url)
    say(second, "换个人")
    answer(second)
    say(second, "我是下一个人")
    answer(second)
    expect(phone.locator("body")).to_contain_text("王测试")
    for hidden in ("true", "false"):
        phone.evaluate(
            f"""Object.defineProperty(document, "hidden", {{ value: {hidden}, configurable: true }});
            document.dispatchEvent(new Event("visibilitychange"));"""
        )
    expect(phone.locator("body")).to_contain_text("我是下一个人", timeout=SECONDS)
    expect(phone.locator("body")).not_to_contain_text("王测试")


def test_an_answer_and_the_talk_can_be_judged(phone: Page) -> None:
    phone.get_by_role("button", name="线上招聘会").click()
    useless = answer(phone).get_by_role("button", name="没用")
    useless.click()
    expect(useless).to_have_attribute("aria-pressed", "true")
    say(phone, "再见")
    answer(phone)
    happy = phone.get_by_role("region", name="这次帮到您了吗？").get_by_role("button", name="很满意")
    happy.click()
    expect(happy).to_have_attribute("aria-pressed", "true")
    phone.reload()
    expect(phone.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("#rating")).to_be_hidden()
    phone.get_by_text("更多").click()
    phone.get_by_role("button", name="给我评分").click()
    expect(happy).to_have_attribute("aria-pressed", "true")


def test_an_answer_is_read_aloud_where_there_is_a_voice(browser: Browser, front_door: FrontDoor) -> None:
    page = browser.new_page(viewport=PHONE)
    page.add_init_script("speechSynthesis.speak = (speech) => { window.spoken = speech.text; }")
    page.goto(front_door.url)
    page.get_by_role("button", name="线上招聘会").click()
    speak = answer(page).locator(".speak")
    speak.click()
    assert page.evaluate("spoken") == "手机打开汇博人才网 网址见屏幕 就能参加，不用去现场。\n不会弄可以打 12333 问。"
    expect(speak).to_have_text("停下")
    speak.click()
    expect(speak).to_have_text("读给我听")
    page.close()
    page = browser.new_page(viewport=PHONE)
    page.add_init_script("delete window.speechSynthesis")
    page.goto(front_door.url)
    page.get_by_role("button", name="线上招聘会").click()
    expect(answer(page).locator(".speak")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts under way", "no scripts"])
def test_a_tap_counts_before_the_scripts_are_there(browser: Browser, front_door: FrontDoor, javascript: bool) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=javascript)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/*.js", lambda route: held.append(route))
    page.goto(front_door.url, wait_until="commit")
    page.get_by_role("button", name="线上招聘会").click()
    expect(page.locator("#talk > .assistant").last).to_contain_text("手机打开", timeout=SECONDS)
    page.get_by_role("button", name="技能培训").last.click()
    expect(page.locator("#talk > .assistant").last).to_contain_text("第18条", timeout=SECONDS)
    page.get_by_label("您想问什么").fill("我来打字")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#talk > .assistant").last).to_contain_text("听到了：我来打字", timeout=SECONDS)
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html.large")).to_be_attached(timeout=SECONDS)
    context.close()


def test_no_request_leaves_this_host(phone: Page, front_door: FrontDoor) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.reload()
    say(phone, "你好")
    answer(phone)
    assert len(asked) > 6
    assert all(url.startswith(front_door.url) for url in asked)
