"""The unanswered list: together by meaning, answered once for everybody, and taken to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import clock
from bot.knowledge.model import Entries
from bot.records import conversations, database, question_groups, staff_answers, unanswered
from bot.records.staff_answers import StaffAnswer
from bot.yamlfile import parse
from tests.web.staff.conftest import PAGE, Desk, text_of

SignIn = Callable[[str], Desk]
CAMPAIGN = "yuzhong-2022"
SOCIAL = ["社保能转回老家吗", "怎么把社保转到老家", "社保关系怎么转回老家"]
ANSWER = {
    "answer": "可以转，回老家的社保局办。",
    "source": "区人力社保局2月14日电话答复",
    "topic": "ask_contact_department",
}


def ask(*texts: str) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", clock.now())
        for text in texts:
            number = session.query(unanswered.Unanswered).count()
            sent = conversations.receive(session, conversation, f"{number}", {"text": text}, clock.now())
            unanswered.keep(session, CAMPAIGN, sent.id, text, "web", ["rights_social_insurance"], clock.now())


def digests() -> list[str]:
    with database.reading() as session:
        return [question.digest for question in unanswered.open_questions(session, CAMPAIGN)]


def said_to(text: str, campaign: str = CAMPAIGN) -> str | None:
    with database.reading() as session:
        found = staff_answers.find(session, campaign, text)
        return found.written.answer if found else None


def test_questions_of_one_meaning_stand_together(accounts: None) -> None:
    ask(*SOCIAL, SOCIAL[0], "你们食堂几点开饭", "食堂什么时候吃饭")
    with database.reading() as session:
        groups = question_groups.group(unanswered.open_questions(session, CAMPAIGN))
    assert [(group.times, group.questions[0].text) for group in groups] == [(4, SOCIAL[0]), (2, "你们食堂几点开饭")]


def test_an_empty_list_says_what_comes_here(sign_in: SignIn) -> None:
    shown = text_of(sign_in("wang").page("/staff/unanswered"))
    assert "没有没答上的问题。小助手答不上来的话，会自动记到这里。" in shown


def test_one_answer_is_live_at_once_for_every_wording(sign_in: SignIn) -> None:
    ask(*SOCIAL)
    assert said_to(SOCIAL[0]) is None
    desk = sign_in("wang")
    assert "问过 3 次" in text_of(desk.page("/staff/unanswered"))
    form = {**ANSWER, "questions": f"{SOCIAL[0]}\n\n", "digests": ",".join(digests())}
    assert desk.post("/staff/unanswered", **form) == {"go": "/staff/unanswered"}
    for text in (SOCIAL[0], f"{SOCIAL[0]}？", SOCIAL[2], "社保可以转回老家吗"):
        assert said_to(text) == ANSWER["answer"], text
    for text in ("你们食堂几点开饭", "", "！！"):
        assert said_to(text) is None, text
    assert said_to(SOCIAL[0], "fujian-2023") is None
    shown = text_of(desk.page("/staff/unanswered"))
    assert "没有没答上的问题" in shown
    assert "区人力社保局2月14日电话答复（王经办答复，2022-02-15）" in shown


def test_an_answer_taken_back_puts_its_questions_on_the_list_again(sign_in: SignIn) -> None:
    ask(*SOCIAL)
    desk = sign_in("wang")
    desk.post("/staff/unanswered", **ANSWER, questions=SOCIAL[0], digests=",".join(digests()))
    assert digests() == []
    with database.reading() as session:
        number = session.query(StaffAnswer).one().id
    desk.post(f"/staff/unanswered/{number}/retire")
    assert desk.post(f"/staff/unanswered/{number}/retire", 404) == {"error": "没有这条回答，或者已经停用了。"}
    assert said_to(SOCIAL[0]) is None
    assert len(digests()) == 3


def test_what_needs_no_answer_leaves_the_list(sign_in: SignIn) -> None:
    ask("你们食堂几点开饭", "哈哈哈")
    sign_in("wang").post("/staff/unanswered/dismiss", digests=digests()[0])
    assert len(digests()) == 1
    assert said_to("你们食堂几点开饭") is None
    assert said_to("哈哈哈") is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"questions": " \n "}, "请至少写一种问法。"),
        ({"answer": " "}, "请写回答，2到1000个字。"),
        ({"answer": "长" * 1001}, "请写回答，2到1000个字。"),
        ({"source": ""}, "请写出处，2到200个字。"),
        ({"topic": "greet"}, "请选归到哪一类。"),
    ],
)
def test_an_answer_without_its_parts_is_not_taken(sign_in: SignIn, changed: dict[str, str], said: str) -> None:
    form = {**ANSWER, "questions": SOCIAL[0], **changed}
    assert sign_in("wang").post("/staff/unanswered", 422, **form) == {"error": said}
    with database.reading() as session:
        assert staff_answers.in_force(session, CAMPAIGN) == []


def test_the_export_is_a_knowledge_file(sign_in: SignIn, tmp_path: Path) -> None:
    desk = sign_in("wang")
    desk.post("/staff/unanswered", **{**ANSWER, "answer": "可以转。\n回老家办：“社保局”"}, questions="\n".join(SOCIAL))
    answer = desk.client.get("/staff/unanswered.yml", headers=PAGE)
    file = tmp_path / "answers.yml"
    file.write_bytes(b"service: policy_consultation\n" + answer.content)
    (entry,) = parse(Entries, file).entries
    assert (entry.id, entry.topic, entry.questions) == ("staff-1", "ask_contact_department", SOCIAL)
    assert entry.law == "可以转。\n回老家办：“社保局”"
    assert entry.citations == ["区人力社保局2月14日电话答复（王经办答复，2022-02-15）"]


def test_html_in_questions_and_answers_stays_text(sign_in: SignIn) -> None:
    ask("<script>alert(1)</script>怎么办")
    desk = sign_in("wang")
    desk.post("/staff/unanswered", **{**ANSWER, "answer": "<b>可以</b>"}, questions="</textarea><i>问</i>")
    page = desk.page("/staff/unanswered")
    assert "<script>alert" not in page
    assert "<b>可以" not in page
    assert "</textarea><i>" not in page


def test_who_may_not_open_it(sign_in: SignIn) -> None:
    desk = sign_in("sun")
    assert desk.status("/staff/unanswered") == 403
    desk.post("/staff/unanswered", 403, **ANSWER, questions=SOCIAL[0])
