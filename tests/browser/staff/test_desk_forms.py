"""The form on the page in place of the chat's: opened by words, read out field by field, filled by what was said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.grammar import receipts
from bot.knowledge import privacy
from bot.records import database
from bot.records.models import Consent, HelpRequest, Registration
from bot.records.registrations import Applicant
from tests.browser.staff.conftest import SECONDS, SignIn, caller_says, says, take_call
from tests.web.staff.on_a_call import leave
from tests.web.staff.stand_in import Rasa

WANTS_WORK = "我要找工作，登记一下，想当保安，四千块左右"


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#register [name={name}]")


def reads_out(page: Page, text: str) -> None:
    expect(page.locator("#prompt .say")).to_have_text(text, timeout=SECONDS)


@pytest.fixture
def page(sign_in: SignIn) -> Page:
    """A clerk on a call."""
    desk = sign_in("wang", "/desk")
    take_call(desk)
    return desk


def test_words_that_open_the_chats_form_open_that_of_the_page(page: Page, rasa: Rasa) -> None:
    rasa.opens(WANTS_WORK, "register_job_intention", "job_intention_form")
    caller_says(page, WANTS_WORK)
    expect(page.locator("#said .say")).to_have_text("好，我帮您登记找工作，一两分钟。")
    reads_out(page, privacy.consent("job_intention", True, spoken=True))
    says(page, "听出来的，填进了表：工种 保安，工资 4000元/月")
    expect(page.locator("#progress")).to_have_text("已填 3/11，还差：同意")
    expect(field(page, "consent")).to_be_focused()
    page.keyboard.press("Space")
    expect(field(page, "name")).to_be_focused()
    reads_out(page, "怎么称呼您？")
    expect(page.locator("#progress")).to_have_text("已填 3/11，可以保存了")
    page.keyboard.press("F9")
    expect(page.locator("#prompt")).to_be_hidden()


def test_no_form_takes_the_place_where_the_clerk_goes_on_typing(page: Page, rasa: Rasa) -> None:
    rasa.opens(WANTS_WORK, "register_job_intention", "job_intention_form")
    page.route("**/ask", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.keyboard.insert_text(WANTS_WORK)
    page.keyboard.press("Enter")
    page.locator("#ask [name=text]").fill("还有 一件事")
    expect(page.locator("#said")).to_contain_text("一两分钟", timeout=SECONDS)
    expect(page.locator("#ask [name=text]")).to_be_focused()
    expect(page.locator("#ask [name=text]")).to_have_value("还有 一件事")


@pytest.mark.parametrize(
    ("said", "pay"), [("四千块左右", "4000元/月"), ("五六千", "5000-6000元/月"), ("200一天", "200元/天")]
)
def test_the_pay_that_is_said_stands_in_the_form(page: Page, said: str, pay: str) -> None:
    caller_says(page, said)
    expect(field(page, "pay")).to_have_value(pay)
    caller_says(page, "八千")
    expect(field(page, "pay")).to_have_value(pay)


def test_a_next_step_opens_its_form(page: Page, rasa: Rasa) -> None:
    rasa.answers["怎么办"] = [{"text": "好", "buttons": [{"title": "请人联系我", "payload": "/request_help"}]}]
    caller_says(page, "怎么办")
    page.keyboard.press("Alt+1")
    expect(field(page, "kind")).to_have_value("help_request")
    expect(field(page, "story")).to_be_visible()
    expect(field(page, "company")).to_be_hidden()
    reads_out(page, privacy.consent("help_request", True, spoken=True))


@pytest.mark.parametrize(
    ("presses", "fields", "progress"),
    [
        (
            1,
            "kind_of_work name unit gender poverty_alleviated pay place start age groups phone",
            "已填 1/11，还差：同意、工种",
        ),
        (2, "topic story name unit phone urgent", "已填 1/5，还差：同意、哪方面、事情经过"),
        (
            3,
            "company kind_of_work headcount name unit pay place requirements phone",
            "已填 1/9，还差：同意、单位、工种、人数",
        ),
    ],
)
def test_every_field_is_open_and_has_its_question(page: Page, presses: int, fields: str, progress: str) -> None:
    for _ in range(presses):
        page.keyboard.press("F4")
    expect(page.locator("#progress")).to_have_text(progress)
    page.keyboard.press("Space")
    asked = []
    for name in fields.split():
        expect(field(page, name)).to_be_editable()
        field(page, name).focus()
        asked.append(page.locator("#prompt .say").inner_text())
    assert len(set(asked)) == len(fields.split())
    assert all(asked)


def test_each_kind_of_form_has_its_own_consent(page: Page) -> None:
    page.keyboard.press("F4")
    page.keyboard.press("Space")
    page.keyboard.press("F4")
    expect(field(page, "kind")).to_have_value("help_request")
    expect(field(page, "consent")).not_to_be_checked()
    reads_out(page, privacy.consent("help_request", True, spoken=True))


def test_another_caller_is_asked_again(page: Page) -> None:
    page.keyboard.press("F4")
    page.keyboard.press("Space")
    page.locator("#begin [name=phone]").fill("13800000002")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("138 0000 0002", timeout=SECONDS)
    expect(field(page, "consent")).not_to_be_checked()


def test_before_consent_it_is_what_stands_to_be_read_out(page: Page) -> None:
    page.keyboard.press("F4")
    page.keyboard.press("Tab")
    expect(field(page, "kind_of_work")).to_be_focused()
    reads_out(page, privacy.consent("job_intention", True, spoken=True))


def test_what_is_missing_is_where_the_clerk_comes_to(page: Page) -> None:
    page.keyboard.press("F4")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    says(page, "请写对方想做什么工作。")
    expect(field(page, "kind_of_work")).to_be_focused()
    page.keyboard.insert_text("保安")
    field(page, "consent").uncheck()
    field(page, "kind_of_work").press("Enter")
    says(page, "先念给对方听，同意了打勾，才能登记。")
    expect(field(page, "consent")).to_be_focused()


def test_sensitive_data_is_asked_for_apart(page: Page) -> None:
    expect(field(page, "sensitive")).to_be_hidden()
    for key in ("F4", "F4", "Space", "7", "Tab"):
        page.keyboard.press(key)
    page.keyboard.insert_text("我是残疾人，没人管")
    page.keyboard.press("Enter")
    says(page, "念给对方听，同意了打勾；不同意就删掉那几个字")
    expect(field(page, "sensitive")).to_be_focused()
    reads_out(page, privacy.sensitive(["disability"], spoken=True))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    says(page, "登记好了。")
    with database.reading() as session:
        assert [one.kind for one in session.query(Consent).order_by(Consent.id)] == ["personal", "sensitive"]
    expect(field(page, "sensitive")).to_be_hidden()


def test_who_is_known_need_not_say_it_again(sign_in: SignIn) -> None:
    who = Applicant("d1", "+8613800000009", "王测试", "大坪街道", "female")
    leave(HelpRequest(topic="rights", story="工资没有发"), "a", who)
    page = sign_in("wang", "/desk")
    take_call(page, "13800000009")
    for name, value in (("name", "王测试"), ("unit", "大坪街道"), ("gender", "female")):
        expect(field(page, name)).to_have_value(value)
    page.reload()
    page.locator("#begin [name=phone]").fill("13800000002")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)
    for name in ("name", "unit", "gender"):
        expect(field(page, name)).to_have_value("")


def test_a_registration_is_looked_up_by_its_receipt_and_taken_back(page: Page, rasa: Rasa) -> None:
    left = leave(
        HelpRequest(topic="rights", story="工资没有发"), "a", Applicant("d1", "+8613800000009", "王测试", "大坪街道")
    )
    rasa.takes("我的登记", "check_my_request", "这里没有找到您的登记。")
    caller_says(page, "我的登记")
    expect(page.locator("#said")).to_contain_text("您报一下回执号")
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    page.keyboard.insert_text(receipts.spaced(left.receipt))
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("工资没有发", timeout=SECONDS)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="撤回").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="撤回").click()
    says(page, "撤回了，不会再有人为这件事联系对方。")
    expect(page.locator("#card")).to_contain_text("本人撤回")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="删除").click()
    says(page, "删好了")
    with database.reading() as session:
        assert session.query(Registration).one().state == "erased"


def test_somebody_else_on_the_line_is_another_call(page: Page, rasa: Rasa) -> None:
    rasa.takes("换个人", "change_person", "好，换人了。")
    caller_says(page, "换个人")
    expect(page.locator("#end")).to_be_visible()
    page.keyboard.press("1")
    says(page, "电话结束：解决了")


def test_another_number_after_a_service_is_asked_about(page: Page) -> None:
    page.locator("#record select").select_option("training_information|free_training")
    page.keyboard.press("F2")
    says(page, "记好了")
    for is_sure, number, said in ((False, "138 0000 0001", "换了人，先按 F8"), (True, "13800000002", "")):
        page.once("dialog", lambda dialog, is_sure=is_sure: dialog.accept() if is_sure else dialog.dismiss())
        page.locator("#begin [name=phone]").fill("13800000002")
        page.keyboard.press("Enter")
        expect(page.locator("#ask [name=text]")).to_be_focused(timeout=SECONDS)
        expect(page.locator("#message")).to_contain_text(said)
        expect(page.locator("#begin [name=phone]")).to_have_value(number)


def test_wrong_letters_stay_and_are_told_those_like_them(page: Page, rasa: Rasa) -> None:
    page.locator("#ask [name=text]").fill("pz")
    page.keyboard.press("Enter")
    says(page, "没有“pz”这个主题。是不是：zp 现场招聘会、px 技能培训")
    expect(page.locator("#ask [name=text]")).to_have_value("pz")
    assert rasa.asked == []


def test_letters_show_their_topics_while_they_are_typed(page: Page) -> None:
    topics = page.locator("#topics li:visible")
    expect(topics).to_have_count(0)
    page.keyboard.type("p")
    expect(topics).to_have_text(["px 技能培训"])
    page.keyboard.press("Backspace")
    expect(topics).to_have_count(0)
    page.keyboard.press("F1")
    expect(topics).to_have_count(27)
    page.keyboard.press("F1")
    expect(topics).to_have_count(0)
