"""The desk is one screen: with a full card, a long answer and every form, the keys stay in sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot import clock
from bot.knowledge import choose
from bot.records import calls, database, staff
from bot.records.models import HelpRequest, JobIntention
from bot.records.registrations import Applicant
from tests.browser.staff.conftest import SECONDS, SignIn, caller_says, take_call
from tests.web.staff.on_a_call import leave
from tests.web.staff.stand_in import Rasa

CALLER = "13800000001"
#: What a clerk must see at every moment of a call.
ALWAYS = (
    "#begin [name=phone]",
    "#hang-up",
    "#begin .count",
    "#ask [name=text]",
    "#record-key",
    "#card h2",
    "#card .who",
    "#card .left:first-of-type",
    "#register [name=kind]",
    "#progress",
    "#register > button",
)


def full_card() -> None:
    """A caller with six registrations and six calls before this one."""
    for number in range(6):
        who = Applicant(f"before-{number}", f"+86{CALLER}", "王测试", "大坪街道", urgent=number == 0)
        story = HelpRequest(topic="rights", story="在示例公司做了三个月，工资一直没有发，老板说再等等。" * 2)
        leave(story if number % 2 == 0 else JobIntention(kind_of_work="保安"), f"device-{number}", who)
    with database.writing() as session:
        account = staff.account(staff.existing(session, "wang"))
        for number in range(6):
            at = clock.now() - timedelta(days=number + 1)
            call = calls.begin(session, account, at)
            calls.identify(session, call, account, f"+86{CALLER}", at)
            calls.end(session, call, calls.Ending("referred", "区人力社保局"), at)


def outside(page: Page, selectors: tuple[str, ...]) -> list[str]:
    """Which of these do not stand wholly on the screen, or lie beneath something else."""
    found: list[str] = page.evaluate(
        """selectors => selectors.filter(selector => {
          const one = document.querySelector(selector);
          const { top, bottom, left, right } = one.getBoundingClientRect();
          const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          const isInside = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && bottom > top;
          return !isInside || !(one.contains(on) || on.contains(one));
        })""",
        list(selectors),
    )
    return found


def assert_one_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert outside(page, ALWAYS) == []


@pytest.fixture
def page(sign_in: SignIn) -> Page:
    """A call of somebody of whom much is known."""
    full_card()
    desk = sign_in("wang", "/desk")
    take_call(desk, CALLER)
    return desk


def test_a_full_card_leaves_all_keys_in_sight(page: Page) -> None:
    expect(page.locator("#card .left")).to_have_count(6)
    expect(page.locator("#card")).to_contain_text("131服务：还差")
    expect(page.locator("#card")).to_contain_text("来过电话，转给别的部门（区人力社保局）")
    expect(page.locator("#card .left").first).to_contain_text("急")
    assert_one_screen(page)
    assert page.evaluate("document.getElementById('card').scrollHeight > document.getElementById('card').clientHeight")


def test_a_long_answer_scrolls_in_its_own_place(page: Page, rasa: Rasa) -> None:
    longest = max((entry.spoken for entry in choose.in_force(clock.today()).values()), key=len)
    buttons = [{"title": f"下一步第{number}样", "payload": "/ask_free_training"} for number in range(9)]
    rasa.answers["长"] = [{"text": longest, "buttons": buttons}, {"custom": {"source": "某法第一条；" * 12}}]
    caller_says(page, "长")
    assert_one_screen(page)
    for _ in range(3):
        page.keyboard.press("F4")
        expect(page.locator("#prompt .say")).to_be_visible(timeout=SECONDS)
        assert_one_screen(page)
        assert outside(page, ("#prompt .say",)) == []


def test_a_long_problem_does_not_push_the_rest_down(page: Page) -> None:
    page.locator("#ask [name=text]").fill("pz")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text("没有“pz”", timeout=SECONDS)
    assert_one_screen(page)


def test_what_is_said_is_large(page: Page) -> None:
    page.keyboard.press("F4")
    for said in ("#said .say", "#prompt .say"):
        size = page.locator(said).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        assert size >= 22


def test_an_empty_desk_shows_how_to_begin(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    expect(page.locator("#said")).to_contain_text("您好，这里是春风行动热线，您请讲。")
    expect(page.locator("#said .letters li")).to_have_count(27)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")


def test_it_fits_a_tablet(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    page.set_viewport_size({"width": 820, "height": 1180})
    for path in ("/desk", "/staff/queue", "/staff/people", "/staff/services", "/staff/unanswered"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
