"""A whole call with the keyboard alone, and how few keys it takes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bot import clock
from bot.campaign.load import load
from bot.knowledge import answers
from bot.knowledge.answers import Question
from bot.records import database
from bot.records.calls import Call
from bot.records.models import JobIntention, Person, Service
from bot.records.staff import StaffSession
from tests.browser.staff.conftest import SECONDS
from tests.web.staff.conftest import PASSWORD
from tests.web.staff.stand_in import Rasa

SignIn = Callable[[str, str], Page]
CALLER = "13800000001"


class Keyboard:
    """Types, and tells the caller's data from the keys that the desk costs."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._data = 0
        page.evaluate("window.keys = 0; document.addEventListener('keydown', () => window.keys++, true)")

    def data(self, text: str) -> None:
        """What the caller said."""
        self._data += len(text)
        self._page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Keys of the desk."""
        for key in keys:
            self._page.keyboard.press(key)

    @property
    def cost(self) -> int:
        """Keys pressed besides the caller's data."""
        return int(self._page.evaluate("window.keys")) - self._data


def says(page: Page, text: str) -> None:
    expect(page.locator("#message")).to_contain_text(text, timeout=SECONDS)


def knows_training(rasa: Rasa) -> str:
    """The engine answers a question about training as it does; the beginning of what is said."""
    question = Question("ask_free_training", clock.today(), True)
    reply = answers.answer(load("yuzhong-2022"), question).replies[0]
    rasa.answers["/ask_free_training"] = [{"text": reply.text}, {"custom": {"source": reply.source}}]
    return reply.text[:12]


def test_a_call_with_a_registration_takes_fewer_than_25_keys(sign_in: SignIn, rasa: Rasa) -> None:
    spoken = knows_training(rasa)
    page = sign_in("wang", "/desk")
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    keys = Keyboard(page)
    keys.data(CALLER)
    keys.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)
    keys.press("p", "x", "Enter")
    expect(page.locator("#said")).to_contain_text(spoken, timeout=SECONDS)
    keys.press("F2")
    says(page, "记好了：培训信息：技能培训")
    keys.press("F4", "Space", "Tab")
    for said in ("保安", "张三", "大坪"):
        page.keyboard.insert_text(said)
        keys.press("Tab")
    for said in ("2", "1"):
        keys.data(said)
        keys.press("Tab")
    keys.data("4000")
    keys.press("Enter")
    says(page, "登记好了。")
    expect(page.locator("#said")).to_contain_text("回执号是", timeout=SECONDS)
    keys.press("F8", "1")
    says(page, "电话结束：解决了")
    expect(page.locator("#begin .count")).to_contain_text("电话 1 个，服务 2 次")
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    assert keys.cost == 16
    with database.reading() as session:
        left = session.query(JobIntention).one()
        assert (left.kind_of_work, left.unit, left.pay) == ("保安", "大坪街道", "4000")
        person = session.get(Person, left.person_id)
        assert (person.name, person.gender, person.poverty_alleviated) == ("张三", "female", True)
        kinds = [row.kind for row in session.query(Service).order_by(Service.id)]
        assert kinds == ["training_information", "job_intention"]
        assert session.query(Call).one().outcome == "solved"


def test_a_session_that_ends_in_the_middle_of_a_call_loses_nothing(sign_in: SignIn, rasa: Rasa) -> None:
    knows_training(rasa)
    page = sign_in("wang", "/desk")
    page.keyboard.type(CALLER)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)
    page.keyboard.type("px")
    page.keyboard.press("Enter")
    says_service = page.locator("#record select")
    expect(says_service).to_have_value("training_information|free_training", timeout=SECONDS)
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
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)


def test_what_the_caller_says_fills_empty_fields_and_buttons_open_the_form(sign_in: SignIn, rasa: Rasa) -> None:
    text = "我叫王测试，住大坪街道，想找保安的活"
    rasa.answers[text] = [{"text": "好", "buttons": [{"title": "请人联系我", "payload": "/request_help"}]}]
    page = sign_in("wang", "/desk")
    page.keyboard.press("Enter")
    expect(page.locator("#ask [name=text]")).to_be_focused(timeout=SECONDS)
    page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    for field, value in (("name", "王测试"), ("unit", "大坪街道"), ("kind_of_work", "保安")):
        expect(page.locator(f"#register [name={field}]")).to_have_value(value, timeout=SECONDS)
    page.keyboard.press("Alt+1")
    expect(page.locator("#register [name=kind]")).to_have_value("help_request")
    expect(page.locator("#register [name=story]")).to_be_visible()
    expect(page.locator("#register [name=company]")).to_be_hidden()


def test_the_desk_is_one_screen_and_fits_a_tablet(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    page.set_viewport_size({"width": 820, "height": 1180})
    for path in ("/desk", "/staff/queue", "/staff/people", "/staff/services", "/staff/unanswered"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
