"""For everybody: axe finds nothing, the keyboard reaches everything, large print and zoom fit the phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import PHONE, SECONDS, FrontDoor, answer, say

#: WCAG 2.2 AA and axe's own good practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

#: The least that WCAG 2.2 asks of a target (2.5.8), and what the normal text must grow to in large print.
SMALLEST_TARGET, LARGER = 24, 1.4


def talk_of_all_kinds(page: Page) -> None:
    for text in ("线上招聘会怎么参加？", "我要登记求职意向", "有什么岗位", "再见"):
        say(page, text)
        answer(page)


def complaints(page: Page) -> list[str]:
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")  # what lies under the bars is for scrolling
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large print"])
def test_axe_finds_nothing(phone: Page, large: bool) -> None:
    if large:
        phone.get_by_role("button", name="大字版").click()
    assert complaints(phone) == []
    talk_of_all_kinds(phone)
    phone.get_by_text("更多").click()
    assert complaints(phone) == []
    phone.get_by_text("更多").click()
    phone.context.set_offline(True)
    say(phone, "断网了")
    expect(phone.locator("#connection")).to_be_visible(timeout=SECONDS)
    assert complaints(phone) == []


def test_the_landmarks_and_the_live_region_are_there(phone: Page) -> None:
    for role in ("banner", "main", "contentinfo"):
        expect(phone.get_by_role(role)).to_have_count(1)
    expect(phone.get_by_role("navigation", name="常用")).to_be_visible()
    expect(phone.get_by_role("form", name="发消息")).to_be_visible()
    expect(phone.get_by_role("log", name="对话")).to_be_visible()


def test_the_keyboard_alone_is_enough(phone: Page) -> None:
    def focused() -> str:
        return str(phone.evaluate("document.activeElement.innerText || document.activeElement.id"))

    order = []
    for _ in range(12):
        phone.keyboard.press("Tab")
        order.append(focused())
    assert order == [
        *("直接写问题", "大字版", "找人工", "更多"),
        *("登记找工作", "线上招聘会", "技能培训", "拖欠工资", "活动时间", "联系电话"),
        *("text", "发送"),
    ]
    phone.keyboard.press("Shift+Tab")
    phone.keyboard.type("有什么岗位")
    phone.keyboard.press("Enter")
    answer(phone)
    assert focused() == "text"
    for _ in range(4):
        phone.keyboard.press("Shift+Tab")
    assert focused() == "都不合适"
    phone.keyboard.press("Space")
    expect(answer(phone)).to_contain_text("听到了：/deny")
    phone.get_by_text("更多").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    assert focused() == "我的登记"
    phone.keyboard.press("Escape")
    assert focused() == "更多"
    expect(phone.get_by_role("button", name="我的登记")).to_be_hidden()


def test_the_focus_can_be_seen_and_is_not_covered(phone: Page) -> None:
    talk_of_all_kinds(phone)
    for _ in range(40):
        phone.keyboard.press("Tab")
        hidden = phone.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              if (one === document.body || one.closest("header, footer") || one.className === "skip") return "";
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const isSeen = one === top || one.contains(top);
              return isSeen && getComputedStyle(one).outlineStyle === "solid" ? "" : one.outerHTML;
            }"""
        )
        assert hidden == ""


@pytest.mark.parametrize("width", [320, 360, 640, 1280])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large print"])
def test_nothing_is_cut_off(browser: Browser, front_door: FrontDoor, width: int, large: bool) -> None:
    """320 wide is 1280 at 400 % (WCAG 1.4.10), 640 is 1280 at 200 %."""
    page = browser.new_page(viewport={"width": width, "height": PHONE["height"]})
    page.goto(front_door.url)
    if large:
        page.get_by_role("button", name="大字版").click()
    talk_of_all_kinds(page)
    page.get_by_text("更多").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """(width) => Array.from(document.querySelectorAll("button, a, p, h1, h2, textarea"))
          .filter((one) => one.offsetParent && !one.closest(".unseen, .skip"))
          .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > width)
          .filter((one) => getComputedStyle(one).display !== "inline")
          .map((one) => one.outerHTML)""",
        width,
    )
    assert outside == []
    small = page.evaluate(
        """(least) => Array.from(document.querySelectorAll("button, summary, a.call"))
          .filter((one) => one.offsetParent && (one.offsetHeight < least || one.offsetWidth < least))
          .map((one) => one.outerHTML)""",
        SMALLEST_TARGET,
    )
    assert small == []
    page.close()


def test_large_print_is_larger_and_remembered(phone: Page, front_door: FrontDoor) -> None:
    size = "Number.parseFloat(getComputedStyle(document.querySelector('#welcome .words')).fontSize)"
    normal = phone.evaluate(size)
    button = phone.get_by_role("button", name="大字版")
    with phone.expect_response("**/view"):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert phone.evaluate(size) == pytest.approx(LARGER * normal, rel=0.01)
    phone.reload()
    assert phone.evaluate(size) == pytest.approx(LARGER * normal, rel=0.01)
    with phone.expect_response("**/view"):
        button.click()
    phone.reload()
    assert phone.evaluate(size) == normal


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large print"])
def test_everything_in_the_menu_looks_alike_and_a_page_s_title_is_its_largest_words(phone: Page, large: bool) -> None:
    if large:
        with phone.expect_response("**/view"):
            phone.get_by_role("button", name="大字版").click()
    phone.get_by_text("更多").click()
    looks = phone.evaluate(
        """() => Array.from(document.querySelectorAll(".menu > *")).map((one) => {
          const look = getComputedStyle(one), words = document.createRange();
          words.selectNodeContents(one);
          const left = words.getBoundingClientRect().x;
          return [look.color, look.fontSize, look.textDecorationLine, one.offsetHeight, left];
        })"""
    )
    assert len(looks) == 4
    assert looks == [looks[0]] * 4
    phone.get_by_role("link", name="隐私说明").click()
    phone.locator(".paper h1").wait_for()
    sizes = phone.evaluate(
        """() => ["h1", "h2", "p"].map((name) =>
          Number.parseFloat(getComputedStyle(document.querySelector(`.paper ${name}:not(.name p)`)).fontSize))"""
    )
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


def test_who_wants_no_motion_sees_none(browser: Browser, front_door: FrontDoor) -> None:
    page = browser.new_page(viewport=PHONE, reduced_motion="reduce")
    page.goto(front_door.url)
    state = page.locator("#state")
    state.evaluate("state => { state.className = 'busy'; state.textContent = '正在回答'; }")
    assert state.evaluate("state => getComputedStyle(state, '::after').animationName") == "none"
    page.close()
