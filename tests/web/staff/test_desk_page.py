"""The desk: what to say, and records only by the clerk's key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.campaign.load import load
from bot.knowledge import answers, choose, desk_topics
from bot.knowledge.answers import Question
from bot.records import audit, calls, conversations, database, registrations
from bot.records.calls import Call
from bot.records.models import Consent, HelpRequest, Person, Registration, Service
from bot.records.queue import QueueEntry
from bot.web.staff import desk_engine
from tests.web.staff.conftest import Desk, text_of
from tests.web.staff.stand_in import Rasa

SignIn = Callable[[str], Desk]
CALLER = "13800000001"
FORM = {"draft": "draft-1", "kind": "job_intention", "phone": CALLER, "consent": "yes", "kind_of_work": "保安"}


def spoken(intent: str) -> str:
    return answers.answer(load("yuzhong-2022"), Question(intent, clock.today(), True)).replies[-1].text


def begin(desk: Desk, phone: str = CALLER) -> str:
    return f"/desk/calls/{desk.post('/desk/calls', phone=phone)['call']}"


def knows(unit: str | None = "大坪街道", device: str = "a", name: str = "王测试") -> int:
    """Somebody with the caller's phone has asked for help before."""
    with database.writing() as session:
        conversation = conversations.open_web(session, device, clock.now())
        who = registrations.Applicant(f"before-{device}", f"+86{CALLER}", name, unit)
        left = HelpRequest(topic="rights", story="工资没有发")
        return int(registrations.save(session, "yuzhong-2022", conversation, who, left, clock.now()).person_id)


def services() -> list[tuple[str, str, str | None, str | None, str]]:
    with database.reading() as session:
        rows = session.query(Service).order_by(Service.id)
        return [(row.kind, row.topic, row.unit, row.clerk, row.channel) for row in rows]


def test_every_topic_has_two_letters_of_its_own() -> None:
    assert set(desk_topics.letters()) == {*CAMPAIGN_INTENTS, *RIGHTS_INTENTS}
    assert desk_topics.intent_of(" GZ ") == "rights_unpaid_wages"
    assert desk_topics.intent_of("工资") is None


def test_asking_shows_what_to_say_and_records_nothing(sign_in: SignIn, rasa: Rasa) -> None:
    text = spoken("ask_free_training")
    buttons = [{"title": "培训补贴", "payload": "/ask_training_subsidy"}]
    rasa.answers["有没有培训"] = [{"text": text, "buttons": buttons}, {"custom": {"source": "通知 三"}}]
    desk = sign_in("wang")
    path = begin(desk)
    said: Any = desk.post(f"{path}/ask", text="有没有培训")
    assert text_of(said["html"]).endswith("依据：通知 三 Alt+1 培训补贴")
    assert said["service"]["name"] == "培训信息：技能培训"
    assert (rasa.asked[-1]["input_channel"], rasa.asked[-1]["sender"]) == ("hotline", path.rsplit("/", 1)[1])
    assert services() == []
    desk.post(f"{path}/ask", text="", payload="/ask_training_subsidy")
    assert rasa.asked[-1]["message"] == "/ask_training_subsidy"
    assert "写上对方说的话" in str(desk.post(f"{path}/ask", 422, payload="/restart")["error"])
    desk.post(f"{path}/ask", 422, text="/restart")
    desk.post(f"{path}/ask", 422, text=" ")


def test_two_letters_pick_a_topic(sign_in: SignIn, rasa: Rasa) -> None:
    desk = sign_in("wang")
    desk.post(f"{begin(desk)}/ask", text="gz")
    assert rasa.asked[-1]["message"] == "/rights_unpaid_wages"


def test_topics_work_also_when_the_engine_is_down(sign_in: SignIn, use_settings: Callable[..., None]) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    desk.client.app.state.rasa._url = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    said: Any = desk.post(f"{path}/ask", text="px")
    assert spoken("ask_free_training")[:20] in said["html"]
    assert said["service"]["kind"] == "training_information"
    unknown: Any = desk.post(f"{path}/ask", text="老板不给钱")
    assert "系统这会儿听不懂话" in unknown["html"]
    assert "110" in str(desk.post(f"{path}/ask", text="我不想活了")["html"])


@pytest.mark.parametrize("campaign", ["yuzhong-2022", "fujian-2023"])
def test_every_spoken_answer_is_known_by_its_words(campaign: str, use_settings: Callable[..., None]) -> None:
    use_settings(CHUNFENG_CAMPAIGN=campaign, CHUNFENG_NOW="2022-02-15T09:00")
    pack, day = load(campaign), clock.today()
    for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS):
        found = answers.answer(pack, Question(intent, day, True))
        known = desk_engine.service_of(found.replies, day)
        assert (known and known.kind) == (found.service and found.service.kind), intent
    for entry in choose.in_force(day).values():
        found = answers.from_entry(entry, Question(entry.topic, day, True))
        assert desk_engine.service_of(found.replies, day) == found.service, entry.id


def test_the_key_records_the_service_once_for_the_caller(sign_in: SignIn) -> None:
    person = knows()
    desk = sign_in("wang")
    path = begin(desk)
    done = {"kind": "rights_consultation", "topic": "unpaid_wages"}
    first = desk.post(f"{path}/service", **done)
    assert first == {"said": "记好了：维权咨询：拖欠工资", "today": {"calls": 0, "services": 1}}
    assert str(desk.post(f"{path}/service", **done)["said"]).startswith("这个电话里已经记过")
    assert services()[1:] == [("rights_consultation", "unpaid_wages", "大坪街道", "wang", "hotline")]
    with database.reading() as session:
        row = session.query(Service).order_by(Service.id.desc()).first()
        assert (row.person_id, row.source_key) == (
            person,
            f"call:{path.rsplit('/', 1)[1]}:rights_consultation:unpaid_wages",
        )
    desk.post(f"{path}/service", 422, kind="x", topic="unpaid_wages")
    desk.post(f"{path}/service", 422, kind="rights_consultation", topic="<b>")


def test_a_known_caller_comes_up_with_what_is_open(sign_in: SignIn) -> None:
    knows()
    desk = sign_in("wang")
    first = begin(desk)
    desk.post(f"{first}/end", outcome="solved")
    card = text_of(str(desk.post("/desk/calls", phone="138 0000 0001")["card"]))
    assert "姓名 王测试 电话 138 0000 0001 单位 大坪街道" in card
    assert "求助登记" in card
    assert "2022-02-15 09:00 来过电话，解决了" in card
    with database.reading() as session:
        assert audit.last(session, "call.caller", "person:1") is not None


def test_another_units_person_does_not_come_up(sign_in: SignIn) -> None:
    knows("化龙桥街道")
    desk = sign_in("wang")
    answer = desk.post("/desk/calls", phone=CALLER)
    assert "第一次来电" in text_of(str(answer["card"]))
    assert "王测试" not in str(answer["card"])
    desk.post(f"/desk/calls/{answer['call']}/caller", 404, person=1)


def test_of_two_people_with_one_phone_the_clerk_chooses(sign_in: SignIn) -> None:
    first, second = knows(), knows(device="b", name="李测试")
    desk = sign_in("wang")
    answer = desk.post("/desk/calls", phone=CALLER)
    path = f"/desk/calls/{answer['call']}"
    assert "是 李测试" in text_of(str(answer["card"]))
    desk.post(f"{path}/service", kind="policy_consultation", topic="free_training")
    assert "姓名 李测试" in text_of(str(desk.post(f"{path}/caller", person=second)["card"]))
    with database.reading() as session:
        done = session.query(Service).filter_by(kind="policy_consultation").one()
        assert done.person_id == second
    assert first != second


def test_a_registration_is_saved_once_with_its_consent(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    form = {**FORM, "name": "张三", "unit": "大坪", "gender": "male", "pay": "4000"}
    saved = desk.post(f"{path}/register", **form)
    again = desk.post(f"{path}/register", **form)
    assert text_of(str(saved["html"]))[:20] == text_of(str(again["html"]))[:20]
    assert saved["today"] == {"calls": 0, "services": 1}
    with database.reading() as session:
        row = session.query(Registration).one()
        assert (row.kind_of_work, row.pay, row.unit, row.phone) == ("保安", "4000", "大坪街道", f"+86{CALLER}")
        person = session.get(Person, row.person_id)
        assert (person.name, person.gender) == ("张三", "male")
        assert [one.kind for one in session.query(Consent)] == ["personal"]
    assert services() == [("job_intention", "job_intention", "大坪街道", "wang", "hotline")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"consent": ""}, "要先念给对方听，对方同意才能登记："),
        ({"phone": "123"}, "请写对方的电话。"),
        ({"kind": "x"}, "请选登记什么。"),
        ({"kind_of_work": " "}, "请写对方想做什么工作。"),
        ({"kind_of_work": "长" * 61}, "太长了，请写60个字以内。"),
        ({"draft": ""}, "请刷新页面再试。"),
        ({"unit": "江北"}, "没有“江北”这个街道；住在别处的，街道空着。"),
        ({"kind": "help_request", "topic": "x"}, "请选是哪方面的事。"),
        ({"kind": "help_request", "topic": "rights"}, "请写是怎么回事。"),
        ({"kind": "help_request", "topic": "other", "story": "我是残疾人，没人管"}, "念给对方听，同意了勾第二个框"),
        ({"kind": "vacancy", "headcount": "0"}, "请写招几个人"),
        ({"kind": "vacancy", "headcount": "²"}, "请写招几个人"),
        ({"kind": "vacancy", "headcount": "2"}, "请写单位叫什么。"),
    ],
)
def test_what_is_missing_is_named(sign_in: SignIn, changed: dict[str, str], said: str) -> None:
    desk = sign_in("wang")
    assert said in str(desk.post(f"{begin(desk)}/register", 422, **{**FORM, **changed})["error"])
    assert services() == []


def test_a_help_request_and_a_vacancy(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    help_request = {"kind": "help_request", "topic": "rights", "story": "工资没有发", "urgent": "yes"}
    desk.post(f"{path}/register", **{**FORM, **help_request})
    vacancy = {"kind": "vacancy", "draft": "draft-2", "company": "示例物业公司", "headcount": "2"}
    desk.post(f"{path}/register", **{**FORM, **vacancy})
    page = text_of(desk.page("/staff/queue"))
    assert page.index("求助登记") < page.index("招工待核实")


def test_a_call_back_waits_in_the_queue(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    answer = desk.post(f"{path}/end", outcome="callback", due="2022-02-16T10:00", note="问到培训几号开班")
    assert answer["today"] == {"calls": 1, "services": 0}
    with database.reading() as session:
        entry = session.query(QueueEntry).one()
    assert "约在 2022-02-16 10:00" in text_of(desk.page("/staff/queue"))
    shown = text_of(desk.page(f"/staff/queue/{entry.id}"))
    assert "138 0000 0001" in shown
    assert "问到培训几号开班" in shown


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"outcome": ""}, "请选结果。"),
        ({"outcome": "referred"}, "请写转给了哪个部门。"),
        ({"outcome": "callback", "due": "明天"}, "回电时间请从日历里选。"),
    ],
)
def test_an_ending_that_does_not_fit(sign_in: SignIn, form: dict[str, str], said: str) -> None:
    desk = sign_in("wang")
    assert desk.post(f"{begin(desk)}/end", 422, **form) == {"error": said}


def test_a_call_back_needs_a_number(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    assert desk.post(f"{begin(desk, '')}/end", 422, outcome="callback") == {"error": "要回电的，请先写对方的电话。"}
    desk.post("/desk/calls", 422, phone="123")


def test_a_call_is_its_clerks_alone_and_ends_once(sign_in: SignIn) -> None:
    desk, other = sign_in("wang"), sign_in("zhao")
    path = begin(desk)
    for step in ("ask", "service", "register", "end", "caller"):
        form = {**FORM, "text": "x", "topic": "free_training", "outcome": "solved"}
        if step == "service":
            form["kind"] = "policy_consultation"
        other.post(f"{path}/{step}", 404, **form)
    desk.post(f"{path}/end", outcome="solved")
    assert desk.post(f"{path}/end", 409, outcome="solved") == {"error": "这个电话已经结束了，请接下一个。"}


def test_a_reload_goes_on_with_the_call(sign_in: SignIn) -> None:
    knows()
    desk = sign_in("wang")
    path = begin(desk)
    page = desk.page("/desk")
    assert f'data-call="{path.rsplit("/", 1)[1]}"' in page
    assert "王测试" in page
    assert begin(desk) == path


def test_today_begins_at_midnight(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    desk.post(f"{path}/service", kind="policy_consultation", topic="free_training")
    desk.post(f"{path}/end", outcome="solved")
    with database.reading() as session:
        account = desk_account(session)
        assert calls.today(session, account, clock.now()) == calls.Today(1, 1)
        assert calls.today(session, account, clock.now() + timedelta(days=1)) == calls.Today(0, 0)


def desk_account(session: Any) -> Any:
    from bot.records import staff

    return staff.account(staff.existing(session, "wang"))


def test_the_phone_of_who_is_erased_goes(sign_in: SignIn) -> None:
    from bot.records import erasure

    desk = sign_in("wang")
    begin(desk)
    with database.writing() as session:
        erasure.erase(session, session.query(Person).one().id, clock.now())
    with database.reading() as session:
        assert session.query(Call).one().phone is None


def test_html_stays_text(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.answers["<b>问</b>"] = [{"text": "<script>alert(1)</script>", "buttons": [{"title": "<i>", "payload": "/x"}]}]
    desk = sign_in("wang")
    path = begin(desk)
    said = str(desk.post(f"{path}/ask", text="<b>问</b>")["html"])
    saved = desk.post(f"{path}/register", **{**FORM, "name": "<b>王"})
    for html in (said, str(saved["html"]), str(saved["card"])):
        assert "<script>" not in html
        assert "<b>" not in html
        assert "<i>" not in html


def test_statistics_have_no_desk(sign_in: SignIn) -> None:
    assert sign_in("sun").status("/desk") == 403
