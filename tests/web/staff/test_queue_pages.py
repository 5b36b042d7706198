"""The queue and the takeover: who sees what, who may do what, and when the assistant is silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.records import audit, conversations, database, erasure, queue, registrations
from bot.records.models import Conversation, HelpRequest, JobIntention, Registration, Vacancy
from bot.records.queue import QueueEntry
from tests.web.staff.conftest import Desk, Worker, text_of
from tests.web.staff.stand_in import Rasa

SignIn = Callable[[str], Desk]
HANDED_OVER = "工作人员正在看这段对话，马上回您。"


def asks_for_person(worker: Worker, reason: str = queue.ASKED, urgent: bool = False) -> int:
    """The worker asks for a person; the entry's id."""
    with database.writing() as session:
        entry = queue.ask_for_person(session, worker.conversation, reason, urgent, clock.now())
        return int(entry.id)


def leaves(left: Registration, unit: str | None = "大坪街道", draft: str = "draft-1", device: str = "a") -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, device, clock.now())
        who = registrations.Applicant(draft, "+8613800000001", "王测试", unit)
        registrations.save(session, "yuzhong-2022", conversation, who, left, clock.now())


def entry_of(reason: str) -> QueueEntry:
    with database.reading() as session:
        return session.query(QueueEntry).filter_by(reason=reason).one()


def audit_lines() -> list[str]:
    with database.reading() as session:
        lines, _ = audit.page(session, None, "", 0, 50)
    return [line.action for line in reversed(lines)]


def test_an_empty_queue_says_what_will_happen(sign_in: SignIn) -> None:
    assert "现在没有人在等。有人要找人工、留下求助，这里马上会出现" in text_of(sign_in("wang").page("/staff/queue"))


def test_outside_the_office_hours_the_page_says_so(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(hours=10))
    assert "现在是下班时间，工作人员明天09:00上班后回您。" in text_of(sign_in("wang").page("/staff/queue"))


def test_rows_tell_one_matter_from_another_and_show_no_more(sign_in: SignIn) -> None:
    leaves(
        HelpRequest(topic="rights", story="工资没有发，老板电话138 0000 0002，身份证110101199003077710，" + "长" * 40)
    )
    leaves(Vacancy(company="示例物业公司", kind_of_work="保安", headcount=2), draft="draft-2", device="b")
    page = sign_in("wang").page("/staff/queue")
    shown = text_of(page)
    assert "求助登记 工资、工伤等维权 王** 工资没有发，老板电话****，身份证****，" in shown
    assert "招工待核实 保安 王** 示例物业公司" in shown
    assert "长…" in shown
    for private in ("王测试", "13800000001", "0000 0002", "1990", "长" * 20):
        assert private not in page
    assert audit_lines()[-1] == "queue.look"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (["包工头三个月没给钱", "人工"], "包工头三个月没给钱"),
        (["人工", "在吗"], "在吗"),
        (["第一句", "第二句"], "第二句"),
        (["<b>急</b>"], "&lt;b&gt;急&lt;/b&gt;"),
    ],
)
def test_a_row_of_a_chat_shows_the_last_telling_sentence(
    sign_in: SignIn, worker: Worker, said: list[str], shown: str
) -> None:
    for text in said:
        worker.say(text)
    asks_for_person(worker)
    assert f'<td class="text">{shown}</td>' in sign_in("wang").page("/staff/queue")


def test_rows_are_sent_again_only_when_they_changed(sign_in: SignIn, worker: Worker) -> None:
    desk = sign_in("wang")
    worker.say("在吗")
    asks_for_person(worker)
    first: Any = desk.get("/staff/queue/rows")
    assert first.json()["waiting"] == 1
    again: Any = desk.get("/staff/queue/rows", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    sign_in("zhao").post(f"/staff/queue/{entry_of('asked').id}/claim")
    changed: Any = desk.get("/staff/queue/rows", **{"If-None-Match": first.headers["etag"]})
    assert changed.json()["waiting"] == 0
    assert "赵经办" in changed.json()["html"]


def test_a_takeover_from_the_first_word_to_giving_back(sign_in: SignIn, worker: Worker, rasa: Rasa) -> None:
    assert worker.say("我要找人") == ["您好，我是小助手"]
    path = f"/staff/queue/{asks_for_person(worker)}"
    desk = sign_in("wang")
    assert desk.post(f"{path}/claim") == {"go": path}
    assert "您在办这件事，对话里小助手不出声" in text_of(desk.page(path))
    asked = len(rasa.asked)
    assert worker.say("包工头不给钱") == [HANDED_OVER]
    assert worker.say("三个月了") == []
    assert len(rasa.asked) == asked
    seen: Any = desk.get(f"{path}/lines?after=0")
    assert "包工头不给钱" in seen.json()["html"]
    last = seen.json()["last"]
    assert desk.get(f"{path}/lines?after={last}").json()["html"].strip() == ""  # type: ignore[attr-defined]
    assert desk.post(f"{path}/answer", text="我是大坪街道的，您把欠条带来") == {"sent": True}
    assert worker.sees()[-1] == ("clerk", "我是大坪街道的，您把欠条带来")
    assert desk.post(f"{path}/give-back") == {"go": "/staff/queue"}
    assert worker.sees()[-1][0] == "assistant"
    assert worker.say("谢谢") == ["您好，我是小助手"]
    assert "交还小助手" in text_of(desk.page(path))
    assert audit_lines()[1:] == [
        "queue.claim",
        "person.look",
        "conversation.look",
        "conversation.answer",
        "queue.close",
        "person.look",
        "conversation.look",
    ]


def test_a_chat_taken_while_the_engine_is_asked_is_left_to_the_clerk(
    sign_in: SignIn, worker: Worker, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.say("我要找人")
    entry_id = asks_for_person(worker)
    desk = sign_in("wang")
    reply = rasa.reply

    def slow(asked: dict[str, object]) -> list[dict[str, object]]:
        desk.post(f"/staff/queue/{entry_id}/claim")
        return reply(asked)

    monkeypatch.setattr(rasa, "reply", slow)
    assert worker.say("包工头不给钱") == [HANDED_OVER]


def test_the_same_message_again_is_as_silent_as_the_first_time(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要找人")
    sign_in("wang").post(f"/staff/queue/{asks_for_person(worker)}/claim")
    worker.say("在吗")
    for _ in range(2):
        answer = worker.client.post("/api/messages", json={"id": "same", "text": "三个月了"})
        assert answer.json() == {"replies": []}
    assert [text for who, text in worker.sees() if who == "person"] == ["我要找人", "在吗", "三个月了"]


def test_an_emergency_gets_its_number_also_while_a_clerk_talks(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要找人")
    sign_in("wang").post(f"/staff/queue/{asks_for_person(worker)}/claim")
    worker.say("在吗")
    (reply,) = worker.say("我不想活了")
    assert "110" in reply


def test_a_clerk_who_leaves_gives_the_chat_back(
    sign_in: SignIn, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.say("我要找人")
    path = f"/staff/queue/{asks_for_person(worker)}"
    desk = sign_in("wang")
    desk.post(f"{path}/claim")
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=16))
    assert worker.say("还在吗") == ["您好，我是小助手"]
    desk.post(f"{path}/answer", 409, text="在的")
    other = sign_in("zhao")
    other.post(f"{path}/claim")
    assert desk.post(f"{path}/answer", 409, text="在的") == {"error": "这件事现在由赵经办在办。"}
    other.post("/staff/logout")
    assert worker.say("还在吗") == ["您好，我是小助手"]


def test_an_open_page_shows_that_its_clerk_is_there(
    sign_in: SignIn, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.say("我要找人")
    path = f"/staff/queue/{asks_for_person(worker)}"
    desk = sign_in("wang")
    desk.post(f"{path}/claim")
    for _ in range(2):
        now = clock.now
        monkeypatch.setattr(clock, "now", lambda now=now: now() + timedelta(minutes=12))
        desk.get(f"{path}/lines?after=0")
    assert worker.say("还在吗") == [HANDED_OVER]


def test_who_comes_second_is_told_who_has_it(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要找人")
    path = f"/staff/queue/{asks_for_person(worker)}"
    first, second = sign_in("wang"), sign_in("zhao")
    first.post(f"{path}/claim")
    assert second.post(f"{path}/claim", 409) == {"error": "王经办先领了这件事，请领别的。"}
    assert "王经办在办，您只能看。" in text_of(second.page(path))
    assert second.post(f"{path}/close", 409, outcome="solved") == {"error": "这件事现在由王经办在办。"}
    assert second.post(f"{path}/release", 409) == {"error": "这件事现在由王经办在办。"}
    assert second.post(f"{path}/claim", 409) == {"error": "王经办先领了这件事，请领别的。"}
    first.post(f"{path}/release")
    second.post(f"{path}/claim")
    second.post(f"{path}/close", outcome="solved")
    assert first.post(f"{path}/claim", 409) == {"error": "这件事刚刚办结了，请领别的。"}


def test_closing_a_help_request_closes_what_was_registered(sign_in: SignIn) -> None:
    leaves(HelpRequest(topic="rights", story="工资没有发"))
    desk = sign_in("wang")
    desk.page("/staff/queue")
    path = f"/staff/queue/{entry_of('help_request').id}"
    desk.post(f"{path}/claim")
    shown = text_of(desk.page(path))
    assert "工资没有发" in shown
    assert "138 0000 0001" in shown
    assert desk.post(f"{path}/close", 422, outcome="") == {"error": "请选结果。"}
    assert desk.post(f"{path}/close", 422, outcome="checked") == {"error": "请选结果。"}
    assert desk.post(f"{path}/close", 422, outcome="referred", department=" ") == {"error": "请写转给了哪个部门。"}
    desk.post(f"{path}/close", outcome="referred", department="区劳动监察大队")
    assert "转给别的部门（区劳动监察大队）" in text_of(desk.page(path))
    with database.reading() as session:
        assert session.query(Registration).one().state == "closed"


def test_a_vacancy_is_checked(sign_in: SignIn) -> None:
    leaves(Vacancy(company="示例物业公司", kind_of_work="保安", headcount=2))
    desk = sign_in("wang")
    desk.page("/staff/queue")
    path = f"/staff/queue/{entry_of('vacancy').id}"
    desk.post(f"{path}/claim")
    assert "单位 示例物业公司 招的岗位 保安 人数 2" in text_of(desk.page(path))
    desk.post(f"{path}/close", 422, outcome="solved")
    desk.post(f"{path}/close", outcome="checked")


def test_answering_behind_a_help_request_silences_the_assistant(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要求助")
    leaves(HelpRequest(topic="rights", story="工资没有发"), device=worker.client.cookies["chunfeng_session"])
    desk = sign_in("wang")
    desk.page("/staff/queue")
    path = f"/staff/queue/{entry_of('help_request').id}"
    desk.post(f"{path}/claim")
    assert worker.say("在吗") == ["您好，我是小助手"]
    desk.post(f"{path}/answer", text="在的，您说")
    assert worker.say("三个月没发了") == [HANDED_OVER]
    desk.post(f"{path}/close", outcome="promised")
    assert worker.sees()[-1] == ("assistant", "这件事工作人员先办到这里。以后有事，随时在这里说。")
    assert worker.say("好的") == ["您好，我是小助手"]


def test_the_chat_behind_a_help_request_is_held_and_given_back_with_it(
    sign_in: SignIn, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.say("我要求助")
    leaves(HelpRequest(topic="rights", story="工资没有发"), device=worker.client.cookies["chunfeng_session"])
    desk = sign_in("wang")
    desk.page("/staff/queue")
    path = f"/staff/queue/{entry_of('help_request').id}"
    desk.post(f"{path}/claim")
    desk.post(f"{path}/answer", text="在的，您说")
    for _ in range(2):
        now = clock.now
        monkeypatch.setattr(clock, "now", lambda now=now: now() + timedelta(minutes=12))
        desk.get(f"{path}/lines?after=0")
    assert worker.say("三个月没发了") == [HANDED_OVER]
    desk.post(f"{path}/release")
    assert worker.say("还在吗") == ["您好，我是小助手"]
    assert text_of(desk.page("/staff/queue")).count("领取") == 1


ERASE = '/check_my_request{"do": "erase_yes", "receipt": "12345678"}'


def test_who_wants_to_be_erased_is_heard_also_while_a_clerk_has_the_chat(
    sign_in: SignIn, worker: Worker, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.say("我是王测试，住幸福里")
    device = worker.client.cookies["chunfeng_session"]
    leaves(HelpRequest(topic="rights", story="工资没有发"), device=device)
    desk = sign_in("wang")
    desk.page("/staff/queue")
    path = f"/staff/queue/{entry_of('help_request').id}"
    desk.post(f"{path}/claim")
    desk.post(f"{path}/answer", text="王测试您好，您在幸福里吧")
    for private in ("王测试", "138 0000 0001", "工资没有发", "幸福里"):
        assert private in desk.page(path)
    sure = [{"title": "确定删除", "payload": ERASE}]
    rasa.answers["删除我的信息"] = [{"text": "确定吗？", "buttons": sure}]
    assert worker.say("三个月没发了") == [HANDED_OVER]
    assert worker.say("删除我的信息！") == ["您好，我是小助手"]
    assert worker.say("删除我的信息") == ["确定吗？"]
    reply = rasa.reply

    def erasing(asked: dict[str, object]) -> list[dict[str, object]]:
        """What the action does (actions/my_records.py)."""
        if asked["message"] != ERASE:
            return reply(asked)
        with database.writing() as session:
            erasure.erase(session, worker.conversation.person_id, clock.now())
        return [{"text": "删好了"}, {"custom": {"session": "new"}}]

    monkeypatch.setattr(rasa, "reply", erasing)
    answer = worker.client.post("/api/messages", json={"id": "erase", "payload": ERASE})
    assert [said["text"] for said in answer.json()["replies"]] == ["删好了"]
    looked: Any = desk.get(f"{path}/lines?after=0")
    assert looked.json()["is_over"] is True
    shown = desk.page(path)
    assert "本人的信息已删除：姓名、电话、登记和说过的话都没有了。" in text_of(shown)
    for private in ("王测试", "138 0000 0001", "工资没有发", "幸福里"):
        assert private not in shown
        assert private not in looked.text
        assert private not in desk.page("/staff/queue")
    desk.post(f"{path}/answer", 409, text="还在吗")


@pytest.mark.parametrize("login", ["wang", "li"])
def test_another_units_entry_does_not_open(sign_in: SignIn, login: str) -> None:
    leaves(HelpRequest(topic="rights", story="工资没有发"), "化龙桥街道")
    admin, desk = sign_in("qian"), sign_in(login)
    admin.page("/staff/queue")
    path = f"/staff/queue/{entry_of('help_request').id}"
    mine = login == "li"
    assert ("王**" in desk.page("/staff/queue")) == mine
    assert desk.status(path) == (200 if mine else 404)
    assert admin.status(path) == 200
    for step in ("claim", "answer", "close", "give-back", "release"):
        if not mine:
            assert desk.post(f"{path}/{step}", 404, text="x") == {"error": "没有这件事，或者不归您的单位办。"}
    if not mine:
        assert desk.get(f"{path}/lines").status_code == 404  # type: ignore[attr-defined]
        with database.reading() as session:
            assert audit.last(session, "queue.refused", path.removeprefix("/staff/").replace("/", ":")) is not None


def test_a_chat_of_nobody_in_particular_is_its_units_once_that_is_known(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要找人")
    path = f"/staff/queue/{asks_for_person(worker)}"
    talking, other, theirs = sign_in("wang"), sign_in("zhao"), sign_in("li")
    talking.post(f"{path}/claim")
    with database.writing() as session:
        who = registrations.Applicant("draft-1", "+8613800000001", "王测试", "化龙桥街道")
        chat = session.get(Conversation, worker.conversation.id)
        registrations.save(session, "yuzhong-2022", chat, who, JobIntention(kind_of_work="保安"), clock.now())
    assert (talking.status(path), other.status(path), theirs.status(path)) == (200, 404, 200)
    link = f'href="/staff/people/{worker.conversation.person_id}"'
    assert (link in talking.page(path), link in theirs.page(path)) == (False, True)
    assert "接着办" in talking.page("/staff/queue")
    talking.post(f"{path}/release")
    assert (talking.status(path), other.status(path), theirs.status(path)) == (404, 404, 200)


def test_numbers_alone_do_not_open_the_queue(sign_in: SignIn, worker: Worker) -> None:
    worker.say("我要找人")
    entry_id = asks_for_person(worker)
    desk = sign_in("sun")
    for path in ("/staff/queue", f"/staff/queue/{entry_id}", "/staff/queue/rows"):
        assert desk.status(path) == 403
    desk.post(f"/staff/queue/{entry_id}/claim", 403)


def test_html_stays_text(sign_in: SignIn, worker: Worker) -> None:
    worker.say("<img src=x onerror=alert(1)>")
    path = f"/staff/queue/{asks_for_person(worker)}"
    desk = sign_in("wang")
    desk.post(f"{path}/claim")
    desk.post(f"{path}/answer", text="<b>您好</b>")
    for shown in (desk.page(path), str(desk.get(f"{path}/lines").json()["html"])):  # type: ignore[attr-defined]
        assert "<img src=x" not in shown
        assert "<b>您好" not in shown
        assert "&lt;b&gt;您好&lt;/b&gt;" in shown


@pytest.mark.parametrize(("text", "said"), [(" ", "请写一句话再发。"), ("长" * 1001, "每次不超过1000字")])
def test_what_cannot_be_sent(sign_in: SignIn, worker: Worker, text: str, said: str) -> None:
    worker.say("我要找人")
    path = f"/staff/queue/{asks_for_person(worker)}"
    desk = sign_in("wang")
    desk.post(f"{path}/claim")
    assert said in str(desk.post(f"{path}/answer", 422, text=text)["error"])


@pytest.mark.parametrize("path", ["/staff/queue/4711", "/staff/queue/4711/lines?after=1"])
def test_what_does_not_exist(sign_in: SignIn, path: str) -> None:
    assert sign_in("qian").status(path) == 404
