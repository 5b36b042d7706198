"""The desk: who calls, how a call ends, and records only by the clerk's key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.grammar import receipts
from bot.records import audit, calls, database, registrations, staff
from bot.records.calls import Call
from bot.records.models import Conversation, HelpRequest, JobIntention, Person, PersonKey, Registration, Service
from bot.records.queue import QueueEntry
from bot.records.registrations import Applicant
from tests.web.staff.conftest import text_of
from tests.web.staff.on_a_call import CALLER, FORM, SignIn, begin, knows, leave, services
from tests.web.staff.stand_in import Rasa

PAST = "回电时间要在现在以后、一年以内，请重选。"


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
    assert "姓名 李测试" in text_of(str(desk.post(f"{path}/caller", phone=CALLER)["card"]))


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


def test_who_is_called_back_is_called_where_they_called_from(sign_in: SignIn) -> None:
    person = knows()
    desk = sign_in("wang")
    path = begin(desk)
    with database.writing() as session:
        session.get(Person, person).phone = "+8613800000007"
    desk.post(f"{path}/end", outcome="callback")
    with database.reading() as session:
        entry = session.query(QueueEntry).one().id
    shown = text_of(desk.page(f"/staff/queue/{entry}"))
    assert "138 0000 0001" in shown
    assert "138 0000 0007" not in shown


def test_who_came_up_by_a_receipt_is_called_back_at_the_number_they_left(sign_in: SignIn) -> None:
    left = leave(JobIntention(kind_of_work="保安"), "a", Applicant("d1", "+8613800000009", "王测试", "大坪街道"))
    desk = sign_in("wang")
    desk.post(f"{begin(desk, left.receipt)}/end", outcome="callback")
    with database.reading() as session:
        entry = session.query(QueueEntry).one().id
    assert "138 0000 0009" in text_of(desk.page(f"/staff/queue/{entry}"))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"outcome": ""}, "请选结果。"),
        ({"outcome": "referred"}, "请写转给了哪个部门。"),
        ({"outcome": "callback", "due": "明天"}, "回电时间请从日历里选。"),
        ({"outcome": "callback", "due": "0001-01-01T00:00+14:00"}, "回电时间请从日历里选。"),
        ({"outcome": "callback", "due": "2022-02-14T10:00"}, PAST),
        ({"outcome": "callback", "due": "0001-01-01T00:00"}, PAST),
        ({"outcome": "callback", "due": "9999-12-31T23:59"}, PAST),
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
    for step in ("ask", "service", "register", "end", "caller", "withdraw", "erase"):
        form = {**FORM, "text": "x", "topic": "free_training", "outcome": "solved"}
        if step == "service":
            form["kind"] = "policy_consultation"
        other.post(f"{path}/{step}", 404, **form)
    desk.post(f"{path}/end", outcome="solved")
    assert desk.post(f"{path}/end", 409, outcome="solved") == {"error": "这个电话已经结束了，请刷新这一页，接下一个。"}


def test_a_reload_goes_on_with_the_call(sign_in: SignIn) -> None:
    knows()
    desk = sign_in("wang")
    path = begin(desk)
    page = desk.page("/desk")
    assert f'data-call="{path.rsplit("/", 1)[1]}"' in page
    assert "王测试" in page
    assert begin(desk) == path


def test_a_call_left_open_overnight_is_not_the_next_callers(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    person = knows()
    path = begin(sign_in("wang"))
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(hours=20))
    desk = sign_in("wang")
    assert 'data-call=""' in desk.page("/desk")
    desk.post(f"{path}/service", 409, kind="policy_consultation", topic="free_training")
    following = begin(desk)
    assert following != path
    assert "来过电话，没记结果" in text_of(desk.page("/desk"))
    assert who_calls(following).id == who_calls(path).id == person
    with database.reading() as session:
        assert calls.today(session, desk_account(session), clock.now()) == calls.Today(0, 0)


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
    return staff.account(staff.existing(session, "wang"))


def who_calls(path: str) -> Person:
    with database.reading() as session:
        return session.get(Person, session.get(Conversation, path.rsplit("/", 1)[1]).person_id)


def test_a_receipt_finds_who_left_it(sign_in: SignIn) -> None:
    left = leave(
        HelpRequest(topic="rights", story="工资没有发"), "a", Applicant("d1", "+8613800000009", "王测试", "大坪街道")
    )
    other = leave(JobIntention(kind_of_work="保安"), "b", Applicant("d2", "+8613800000008", "李测试", "化龙桥街道"))
    desk = sign_in("wang")
    answer: Any = desk.post("/desk/calls", phone=f"{left.receipt[:4]} {left.receipt[4:]}")
    card = text_of(answer["card"])
    assert "姓名 王测试 电话 138 0000 0009（登记时留的） 单位 大坪街道" in card
    assert "哪方面 工资、工伤等维权，事情 工资没有发" in card
    assert answer["known"] == {"name": "王测试", "unit": "大坪街道", "gender": "", "poverty_alleviated": ""}
    path = f"/desk/calls/{answer['call']}"
    for receipt in ("99999999", other.receipt):
        assert "没有这个回执号，或者不归您的单位" in str(desk.post(f"{path}/caller", 404, phone=receipt)["error"])
    with database.reading() as session:
        assert audit.last(session, "call.caller", f"person:{left.person_id}") is not None


def test_a_mistyped_number_changes_nobody(sign_in: SignIn) -> None:
    person = knows()
    desk = sign_in("wang")
    path = begin(desk)
    desk.post(f"{path}/service", kind="policy_consultation", topic="free_training")
    asked = desk.post(f"{path}/caller", phone="13800000002")
    assert (asked["phone"], "换了人，先结束电话" in str(asked["sure"])) == ("138 0000 0001", True)
    assert who_calls(path).id == person
    card = text_of(str(desk.post(f"{path}/caller", phone="13800000002", sure="yes")["card"]))
    assert "王测试" not in card
    with database.reading() as session:
        known = session.get(Person, person)
        assert (known.name, known.phone) == ("王测试", f"+86{CALLER}")
        assert session.query(Service).filter_by(kind="policy_consultation").one().person_id == who_calls(path).id
    assert "王测试" in str(desk.post(f"{path}/caller", phone=CALLER, sure="yes")["card"])
    assert who_calls(path).id == person


def test_a_number_that_is_not_to_be_kept_is_forgotten(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    desk.post(f"{path}/service", kind="policy_consultation", topic="free_training")
    assert "没有号码" in text_of(str(desk.post(f"{path}/caller", phone="")["card"]))
    with database.reading() as session:
        assert session.query(PersonKey).count() == 0
        assert [one.phone for one in session.query(Person)] == [None, None]
        assert session.query(Call).one().phone is None
        assert session.query(Service).one().person_id == who_calls(path).id


def test_a_known_persons_number_stays_theirs(sign_in: SignIn) -> None:
    person = knows()
    desk = sign_in("wang")
    path = begin(desk)
    assert "王测试" not in str(desk.post(f"{path}/caller", phone="")["card"])
    with database.reading() as session:
        assert session.get(Person, person).phone == f"+86{CALLER}"


def test_a_registration_is_taken_back_on_the_phone(sign_in: SignIn) -> None:
    knows()
    desk = sign_in("wang")
    path = begin(desk)
    with database.reading() as session:
        left = session.query(Registration).one().id
    assert "本人撤回" in str(desk.post(f"{path}/withdraw", registration=left)["card"])
    assert desk.post(f"{path}/withdraw", 409, registration=left) == {"error": "这条登记已经不在办了。"}
    desk.post(f"{path}/withdraw", 404, registration=left + 1)
    with database.reading() as session:
        assert session.query(Registration).one().state == "withdrawn"
        assert audit.last(session, "call.withdraw", f"registration:{left}") is not None


def test_who_wants_to_be_erased_is_and_the_call_goes_on_with_nobody(sign_in: SignIn) -> None:
    person = knows()
    desk = sign_in("wang")
    path = begin(desk)
    desk.post(f"{path}/service", kind="policy_consultation", topic="free_training")
    with database.reading() as session:
        left = session.query(Registration).one().id
    card = text_of(str(desk.post(f"{path}/erase", registration=left)["card"]))
    assert card == "来电人 姓名 还不知道 电话 没有号码 单位 没说 第一次来电，没有登记。"
    with database.reading() as session:
        erased = session.get(Person, person)
        assert (erased.name, erased.phone) == (None, None)
        assert session.query(Call).one().phone is None
        assert {row.person_id for row in session.query(Service)} == {person}
        assert audit.last(session, "call.erase", f"person:{person}") is not None
    assert who_calls(path).id != person


def test_nobody_elses_registration_is_taken_back(sign_in: SignIn) -> None:
    left = leave(JobIntention(kind_of_work="保安"), "b", Applicant("d2", "+8613800000008", "李测试", "大坪街道"))
    desk = sign_in("wang")
    path = begin(desk)
    for step in ("withdraw", "erase"):
        desk.post(f"{path}/{step}", 404, registration=left.id)


def test_what_is_worked_on_stands_first(sign_in: SignIn) -> None:
    urgent = leave(
        HelpRequest(topic="rights", story="工资没有发"), "a", Applicant("1", f"+86{CALLER}", "王测试", urgent=True)
    )
    newer = leave(JobIntention(kind_of_work="保安"), "b", Applicant("2", f"+86{CALLER}", "王测试"))
    newest = leave(JobIntention(kind_of_work="厨师"), "c", Applicant("3", f"+86{CALLER}", "王测试"))
    with database.writing() as session:
        registrations.withdraw(session, session.get(Registration, newest.id), clock.now())
    card = text_of(str(sign_in("wang").post("/desk/calls", phone=CALLER)["card"]))
    places = [card.index(receipts.spaced(one.receipt)) for one in (urgent, newer, newest)]
    assert places == sorted(places)


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
