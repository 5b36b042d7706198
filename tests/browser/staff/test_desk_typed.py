"""Nothing typed is lost, nothing hit twice counts twice, and nothing stays behind on a shared machine."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from bot.records import database
from bot.records.calls import Call
from bot.records.models import JobIntention, Service
from bot.records.staff import StaffSession
from tests.browser.staff.conftest import SECONDS, SignIn, says, take_call
from tests.browser.staff.test_desk import CALLER, knows_training
from tests.matching import offers
from tests.web.staff.conftest import PASSWORD
from tests.web.staff.stand_in import Rasa

WORDS = "我想问一下，我那个工资"


@pytest.fixture
def page(sign_in: SignIn, rasa: Rasa) -> Page:
    """A clerk on a call; the engine answers about training."""
    knows_training(rasa)
    desk = sign_in("wang", "/desk")
    take_call(desk, CALLER)
    return desk


def stored(page: Page) -> str | None:
    text: str | None = page.evaluate("sessionStorage.getItem('desk-draft')")
    return text


def kinds() -> list[str]:
    """The services on record."""
    with database.reading() as session:
        return [str(row.kind) for row in session.query(Service).order_by(Service.id)]


def fill_in(page: Page) -> None:
    page.keyboard.press("F4")
    page.keyboard.press("Space")
    page.locator("#register [name=kind_of_work]").fill("保安")
    page.locator("#register [name=name]").fill("张三")
    page.locator("#register [name=gender]").select_option("female")
    page.locator("#ask [name=text]").fill(WORDS)


def test_a_session_that_ends_in_the_middle_of_a_call_loses_nothing(page: Page) -> None:
    page.keyboard.type("px")
    page.keyboard.press("Enter")
    expect(page.locator("#record select")).to_have_value("training_information|free_training", timeout=SECONDS)
    page.keyboard.press("F4")
    page.keyboard.press("Space")
    page.locator("#register [name=kind_of_work]").fill("保安")
    with database.writing() as session:
        session.query(StaffSession).delete()
    page.keyboard.press("Enter")
    again = page.get_by_role("dialog")
    expect(again).to_contain_text("登录过期了", timeout=SECONDS)
    again.get_by_label("密码").fill("wrong password")
    page.keyboard.press("Enter")
    expect(again.get_by_role("alert")).to_contain_text("登录名和密码对不上", timeout=SECONDS)
    again.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    says(page, "登记好了。")
    page.locator("#record select").select_option("training_information|free_training")
    page.keyboard.press("F2")
    says(page, "记好了：培训信息：技能培训")
    with database.reading() as session:
        assert session.query(JobIntention).one().kind_of_work == "保安"


def test_a_lost_connection_loses_nothing_either(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    page.keyboard.type(CALLER)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    says(page, "网络不通，没有发出去")
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)


def test_a_page_that_is_loaded_again_has_all_that_was_typed(page: Page) -> None:
    page.keyboard.type("px")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("依据", timeout=SECONDS)
    fill_in(page)
    page.reload()
    expect(page.locator("#ask [name=text]")).to_have_value(WORDS)
    for name, value in (("kind_of_work", "保安"), ("name", "张三"), ("gender", "female"), ("phone", CALLER)):
        expect(page.locator(f"#register [name={name}]")).to_have_value(value)
    expect(page.locator("#register [name=consent]")).to_be_checked()
    expect(page.locator("#progress")).to_contain_text("可以保存了")
    expect(page.locator("#said")).to_contain_text("依据")
    page.keyboard.press("F2")
    says(page, "记好了：培训信息：技能培训")


def test_a_number_that_was_typed_before_the_call_stays_as_well(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    page.keyboard.type(CALLER)
    page.reload()
    expect(page.locator("#begin [name=phone]")).to_have_value(CALLER)


def test_a_form_that_was_sent_twice_over_a_reload_is_saved_once(page: Page) -> None:
    fill_in(page)
    page.route("**/register", lambda route: (route.fetch(), route.abort()))
    page.locator("#register [name=name]").press("Enter")
    says(page, "网络不通，没有发出去")
    page.unroute("**/register")
    page.reload()
    page.locator("#register [name=name]").press("Enter")
    says(page, "登记好了。")
    with database.reading() as session:
        assert session.query(JobIntention).count() == 1


def test_what_was_typed_is_forgotten_with_the_call(page: Page) -> None:
    fill_in(page)
    page.locator("#register [name=consent]").uncheck()
    assert "张三" in str(stored(page))
    page.keyboard.press("F8")
    page.keyboard.press("1")
    says(page, "电话结束")
    assert stored(page) is None
    page.reload()
    for field in page.locator("#begin input, #ask input, #register input[name=name]").all():
        expect(field).to_have_value("")


def another_clerk_sits_down(page: Page) -> None:
    """The session is gone without a word; somebody else signs in at the same browser."""
    page.context.clear_cookies()
    page.goto("/staff/login?next=/desk")
    page.get_by_label("登录名").fill("zhao")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk")


def test_another_clerk_at_the_same_screen_finds_nothing(page: Page) -> None:
    fill_in(page)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/staff/login*")
    assert stored(page) is None


def test_what_another_clerk_left_behind_is_dropped(page: Page) -> None:
    fill_in(page)
    another_clerk_sits_down(page)
    expect(page.locator("#register [name=name]")).to_have_value("")
    assert "张三" not in str(stored(page))


def test_a_number_without_a_call_is_dropped_for_another_clerk_too(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    page.keyboard.type(CALLER)
    another_clerk_sits_down(page)
    expect(page.locator("#begin [name=phone]")).to_have_value("")


def test_a_call_that_is_ended_by_a_key_hit_twice_ends_once(page: Page) -> None:
    ends: list[str] = []
    page.on("request", lambda sent: ends.append(sent.post_data or "") if sent.url.endswith("/end") else None)
    page.keyboard.press("F8")
    page.keyboard.press("1")
    page.keyboard.press("1")
    says(page, "电话结束：解决了")
    page.wait_for_timeout(300)
    assert len(ends) == 1
    expect(page.locator("#begin [name=phone]")).to_have_value("")
    page.wait_for_timeout(600)
    page.keyboard.type("13800000002")
    expect(page.locator("#begin [name=phone]")).to_have_value("13800000002")


@pytest.mark.parametrize(("keys", "again"), [("1", "1"), ("3区Enter", "Enter")])
def test_the_second_press_that_comes_after_the_end_goes_nowhere(page: Page, keys: str, again: str) -> None:
    page.evaluate(
        """key => document.getElementById("end").addEventListener("close", () => setTimeout(() => {
          const press = () => new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
          window.isTaken = document.activeElement.dispatchEvent(press());
        }))""",
        again,
    )
    page.keyboard.press("F8")
    page.keyboard.press(keys[0])
    if len(keys) > 1:
        page.keyboard.insert_text(keys[1])
        page.keyboard.press("Enter")
    says(page, "电话结束")
    page.wait_for_function("window.isTaken !== undefined")
    assert page.evaluate("window.isTaken") is False
    expect(page.locator("#begin [name=phone]")).to_be_focused()


@pytest.mark.parametrize(("key", "field"), [("1", ""), ("3", "区人力社保局")])
def test_a_form_that_is_not_saved_is_not_lost_with_the_call(page: Page, key: str, field: str) -> None:
    fill_in(page)
    page.keyboard.press("F8")
    page.keyboard.press(key)
    if field:
        page.keyboard.insert_text(field)
        page.keyboard.press("Enter")
    expect(page.locator("#end").get_by_role("alert")).to_contain_text("登记表还没有保存", timeout=SECONDS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="保存登记")).to_be_focused()
    page.wait_for_timeout(700)
    page.keyboard.press("Enter")
    says(page, "登记好了。")
    for again in ("F8", "1"):
        page.keyboard.press(again)
    says(page, "电话结束：解决了")


def test_who_wants_nothing_saved_says_so_twice(page: Page) -> None:
    fill_in(page)
    page.keyboard.press("F8")
    page.keyboard.press("2")
    expect(page.locator("#end").get_by_role("alert")).to_contain_text("再选一次结果", timeout=SECONDS)
    page.wait_for_timeout(700)
    page.keyboard.press("2")
    says(page, "电话结束：答应去办")
    with database.reading() as session:
        assert session.query(JobIntention).count() == 0


def test_a_form_that_is_just_being_saved_needs_no_warning(page: Page) -> None:
    page.route("**/register", lambda route: (page.wait_for_timeout(400), route.continue_()))
    fill_in(page)
    page.locator("#register [name=name]").press("Enter")
    for key in ("F8", "1"):
        page.keyboard.press(key)
    says(page, "电话结束：解决了")
    with database.reading() as session:
        assert session.query(JobIntention).count() == 1


def test_another_outcome_behind_the_first_changes_nothing(page: Page) -> None:
    page.route("**/ask", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.keyboard.type("px")
    for key in ("Enter", "F8", "2", "1"):
        page.keyboard.press(key)
    says(page, "电话结束：答应去办")
    with database.reading() as session:
        assert session.query(Call).one().outcome == "promised"


def test_enter_hit_twice_at_the_end_takes_no_call(page: Page) -> None:
    page.keyboard.press("F8")
    page.keyboard.press("3")
    page.keyboard.insert_text("区人力社保局")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    says(page, "电话结束：转给别的部门")
    page.wait_for_timeout(300)
    with database.reading() as session:
        call = session.query(Call).one()
        assert (call.outcome, call.department) == ("referred", "区人力社保局")


def test_a_service_key_hit_twice_records_one_service(page: Page) -> None:
    with database.writing() as session:
        offers.post(session)
    fill_in(page)
    page.locator("#register [name=name]").press("Enter")
    says(page, "登记好了。")
    page.keyboard.press("F2")
    page.keyboard.press("F2")
    page.wait_for_timeout(600)
    says(page, "记好了：职业指导：求职")
    assert kinds() == ["job_intention", "career_guidance"]
    page.keyboard.press("F2")
    says(page, "记好了：岗位推荐：求职")
    assert kinds() == ["job_intention", "career_guidance", "job_recommendation"]


def test_the_next_words_take_the_place_of_those_that_are_being_looked_up(page: Page, rasa: Rasa) -> None:
    page.route("**/ask", lambda route: (page.wait_for_timeout(400), route.continue_()))
    for letters in ("zz", "px", "gz"):
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
        expect(page.locator("#ask [name=text]")).to_have_value(letters)
    expect(page.locator("#said")).to_contain_text("问：拖欠工资", timeout=SECONDS)
    assert [asked["message"] for asked in rasa.asked] == ["/ask_free_training", "/rights_unpaid_wages"]
    expect(page.locator("#ask [name=text]")).to_have_value("")


def test_keys_hit_faster_than_the_answers_come_keep_their_order(page: Page) -> None:
    page.route("**/ask", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.keyboard.type("px")
    for key in ("Enter", "F2", "F8", "1"):
        page.keyboard.press(key)
    says(page, "电话结束：解决了")
    assert kinds() == ["training_information"]
