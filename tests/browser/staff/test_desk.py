"""Whole calls with the keyboard alone, and how few keys they take besides the caller's data."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bot import clock
from bot.campaign.load import load
from bot.knowledge import answers
from bot.knowledge.answers import Question
from bot.records import database
from bot.records.calls import Call
from bot.records.models import HelpRequest, JobIntention, Person, Service, Vacancy
from tests.browser.staff.conftest import SECONDS, Keyboard, SignIn, says
from tests.web.staff.stand_in import Rasa

CALLER = "13800000001"
STORY = "老板三个月没发工资了，请人来帮我管一下，今天就要人管"
OFFER = "我们是示例物业公司，招3个保安，四千五，在大坪正街"


def knows_training(rasa: Rasa) -> str:
    """The engine answers a question about training as it does; the beginning of what is said."""
    question = Question("ask_free_training", clock.today(), True)
    reply = answers.answer(load("yuzhong-2022"), question).replies[0]
    rasa.answers["/ask_free_training"] = [{"text": reply.text}, {"custom": {"source": reply.source}}]
    return reply.text[:12]


def takes(page: Page) -> Keyboard:
    """A call is taken by its number."""
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    keys = Keyboard(page)
    keys.data(CALLER)
    keys.press("Enter")
    expect(page.locator("#card")).to_contain_text("第一次来电", timeout=SECONDS)
    return keys


def tell(page: Page, keys: Keyboard, *said: str) -> None:
    """The caller's data goes into one field after the other."""
    for place, text in enumerate(said):
        if place:
            keys.press("Tab")
        page.keyboard.insert_text(text)


def test_a_call_with_a_registration_takes_fewer_than_25_keys(sign_in: SignIn, rasa: Rasa) -> None:
    spoken = knows_training(rasa)
    page = sign_in("wang", "/desk")
    keys = takes(page)
    keys.press("p", "x", "Enter")
    expect(page.locator("#said")).to_contain_text(spoken, timeout=SECONDS)
    keys.press("F2")
    says(page, "记好了：培训信息：技能培训")
    keys.press("F4", "Space")
    expect(page.locator("#register [name=kind_of_work]")).to_be_focused()
    tell(page, keys, "保安", "张三", "大坪")
    for said in ("2", "1", "4000"):
        keys.press("Tab")
        keys.data(said)
    keys.press("Enter")
    says(page, "登记好了。")
    expect(page.locator("#said")).to_contain_text("回执号是", timeout=SECONDS)
    keys.press("F2")
    says(page, "记好了：职业指导：求职")
    keys.press("F8", "1")
    says(page, "电话结束：解决了")
    expect(page.locator("#begin .count")).to_contain_text("电话 1 个，服务 3 次")
    expect(page.locator("#begin [name=phone]")).to_be_focused()
    assert keys.cost == 16
    with database.reading() as session:
        left = session.query(JobIntention).one()
        assert (left.kind_of_work, left.unit, left.pay) == ("保安", "大坪街道", "4000元/月")
        person = session.get(Person, left.person_id)
        assert (person.name, person.gender, person.poverty_alleviated) == ("张三", "female", True)
        kinds = [row.kind for row in session.query(Service).order_by(Service.id)]
        assert kinds == ["training_information", "job_intention", "career_guidance"]
        assert session.query(Call).one().outcome == "solved"


def test_a_help_request_that_the_caller_tells_at_once(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.opens(STORY, "request_help", "help_request_form")
    page = sign_in("wang", "/desk")
    keys = takes(page)
    page.keyboard.insert_text(STORY)
    keys.press("Enter")
    expect(page.locator("#register [name=consent]")).to_be_focused(timeout=SECONDS)
    expect(page.locator("#register [name=urgent]")).to_be_checked()
    keys.press("Space")
    tell(page, keys, "张三", "大坪")
    keys.press("Enter")
    says(page, "登记好了。")
    keys.press("F8", "2")
    says(page, "电话结束：答应去办")
    assert keys.cost == 7
    with database.reading() as session:
        left = session.query(HelpRequest).one()
        assert (left.topic, left.story, left.unit, left.urgent) == ("rights", STORY, "大坪街道", True)
        assert session.get(Person, left.person_id).name == "张三"


def test_a_vacancy_that_the_employer_tells_at_once(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.opens(OFFER, "post_vacancy", "vacancy_form")
    page = sign_in("wang", "/desk")
    keys = takes(page)
    page.keyboard.insert_text(OFFER)
    keys.press("Enter")
    expect(page.locator("#register [name=consent]")).to_be_focused(timeout=SECONDS)
    keys.press("Space", "Enter")
    says(page, "登记好了。")
    keys.press("F8", "1")
    says(page, "电话结束：解决了")
    assert keys.cost == 6
    with database.reading() as session:
        left = session.query(Vacancy).one()
        told = (left.company, left.kind_of_work, left.headcount, left.pay, left.place, left.unit)
        assert told == ("示例物业公司", "保安", 3, "4500元/月", "大坪街道", "大坪街道")


def test_a_help_request_typed_into_the_open_form(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    keys = takes(page)
    keys.press("F4", "F4", "Space")
    expect(page.locator("#register [name=topic]")).to_be_focused()
    keys.data("3")
    keys.press("Tab")
    tell(page, keys, "工资没有发", "张三", "大坪")
    keys.press("Enter")
    says(page, "登记好了。")
    keys.press("F8", "2")
    says(page, "电话结束：答应去办")
    assert keys.cost == 10
    with database.reading() as session:
        left = session.query(HelpRequest).one()
        assert (left.topic, left.story, left.urgent) == ("rights", "工资没有发", False)


def test_enter_saves_from_the_story_as_well(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    keys = takes(page)
    keys.press("F4", "F4", "Space")
    keys.data("3")
    keys.press("Tab")
    tell(page, keys, "工资没有发")
    keys.press("Enter")
    says(page, "登记好了。")


def test_a_vacancy_typed_into_the_open_form(sign_in: SignIn) -> None:
    page = sign_in("wang", "/desk")
    keys = takes(page)
    keys.press("F4", "F4", "F4", "Space")
    expect(page.locator("#register [name=company]")).to_be_focused()
    tell(page, keys, "示例物业公司", "保安", "3", "张三", "大坪", "4500", "大坪正街", "会用电脑")
    keys.press("Enter")
    says(page, "登记好了。")
    keys.press("F8", "1")
    says(page, "电话结束：解决了")
    assert keys.cost == 15
    with database.reading() as session:
        left = session.query(Vacancy).one()
        assert (left.company, left.headcount, left.requirements) == ("示例物业公司", 3, "会用电脑")
