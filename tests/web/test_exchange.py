"""Stored first, asked then: with a client that fails, is slow, or is asked twice."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot import clock
from bot.records import conversations, database, queue_list
from bot.records.models import Message
from bot.records.staff import ADMIN as ADMINISTRATOR
from bot.records.staff import Account
from bot.reply import Button, Card, Reply
from bot.web import emergencies
from bot.web.exchange import Exchange, Incoming, Refused, clean
from bot.web.rasa_client import NoAnswer, RasaClient
from tests.web.rasa_stand_in import Rasa

ADMIN = Account(1, "qian", "钱管理", ADMINISTRATOR, None)


def incoming(
    text: str | None = "你好", identifier: str = "1", payload: str | None = None, token: str = "token"
) -> Incoming:
    return Incoming(token, identifier, text, payload)


def stored() -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = session.execute(select(Message).order_by(Message.id)).scalars()
        return [(row.status, json.loads(row.content)["text"]) for row in rows]


def answers_at_once(rasa: type[Rasa], times: int) -> list[list[Reply]]:
    """The answers to one message sent so often while Rasa keeps everybody waiting."""
    rasa.wait.clear()
    exchange = Exchange(RasaClient(rasa.url, 5), 1000)
    answers: list[list[Reply]] = []
    threads = [threading.Thread(target=lambda: answers.append(exchange.answer(incoming()))) for _ in range(times)]
    for thread in threads:
        thread.start()
    threading.Timer(0.5, rasa.wait.set).start()
    for thread in threads:
        thread.join()
    return answers


def test_what_rasa_is_asked_and_what_comes_back(records: Path, rasa: type[Rasa]) -> None:
    rasa.answer = [{"text": "有"}, {"custom": {"source": "通知 二"}}, {"text": "还有"}]
    replies = Exchange(RasaClient(rasa.url, 5), 1000).answer(incoming())
    assert replies == [Reply("有", [], "通知 二"), Reply("还有")]
    assert [reply.id for reply in replies] == [2, 3]
    (asked,) = rasa.asked
    assert asked["message"] == "你好"
    assert asked["input_channel"] == "web"
    assert asked["metadata"]["message_id"] == 1
    assert asked["metadata"]["received_at"].startswith("2022-02-15T09:")
    assert stored() == [("answered", "你好"), ("sent", "有"), ("sent", "还有")]


def test_what_was_no_answer_is_kept_as_such_and_said_to_nobody(records: Path, rasa: type[Rasa]) -> None:
    rasa.answer = [{"text": "您想问的是不是："}, {"custom": {"outcome": "asked_back"}}, {"text": "再说一遍"}]
    replies = Exchange(RasaClient(rasa.url, 5), 1000).answer(incoming())
    assert stored()[0] == ("asked_back", "你好")
    assert all("outcome" not in reply.as_dict() for reply in replies)


def test_the_same_id_is_asked_once_and_answered_the_same(records: Path, rasa: type[Rasa]) -> None:
    exchange = Exchange(RasaClient(rasa.url, 5), 1000)
    assert exchange.answer(incoming()) == exchange.answer(incoming())
    assert len(rasa.asked) == 1


def test_the_same_id_at_the_same_time_is_asked_once(records: Path, rasa: type[Rasa]) -> None:
    answers = answers_at_once(rasa, 3)
    assert len(rasa.asked) == 1
    assert answers == [answers[0]] * 3
    assert [status for status, _ in stored()] == ["answered", "sent"]


@pytest.mark.parametrize(
    ("answer", "status"), [([], 200), ({"error": 1}, 500), ("nonsense", 502), ({"an": "object"}, 200), ([1], 200)]
)
def test_a_failure_keeps_the_message_for_a_clerk(records: Path, rasa: type[Rasa], answer: object, status: int) -> None:
    rasa.answer, rasa.status = answer, status
    (reply,) = Exchange(RasaClient(rasa.url, 5), 1000).answer(incoming("老板不发工资"))
    assert "收到了" in reply.text
    assert "12333" in reply.text
    assert stored()[0] == ("waiting", "老板不发工资")


def test_a_slow_answer_is_not_asked_for_again(records: Path, rasa: type[Rasa]) -> None:
    rasa.wait.clear()
    exchange = Exchange(RasaClient(rasa.url, 0.3), 1000)
    exchange.answer(incoming())
    rasa.wait.set()
    assert len(rasa.asked) == 1
    assert stored()[0][0] == "waiting"


def test_who_asks_again_while_the_first_fails_is_told_that_it_is_kept(records: Path, rasa: type[Rasa]) -> None:
    rasa.answer = []
    answers = answers_at_once(rasa, 2)
    assert len(rasa.asked) == 1
    assert all("收到了" in replies[-1].text for replies in answers)


def test_patience_has_an_end(records: Path, rasa: type[Rasa]) -> None:
    rasa.wait.clear()
    exchange = Exchange(RasaClient(rasa.url, 5), 1000, patience=0.2)
    first = threading.Thread(target=lambda: exchange.answer(incoming()))
    first.start()
    while not rasa.asked:
        pass
    assert "收到了" in exchange.answer(incoming())[0].text
    rasa.wait.set()
    first.join()


def test_a_retry_asks_what_was_stored_first(records: Path, rasa: type[Rasa]) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "token", clock.now())
        conversations.receive(session, conversation, "1", {"text": "老板不发工资"}, clock.now())
    Exchange(RasaClient(rasa.url, 5), 1000).answer(incoming("别的话"))
    assert [asked["message"] for asked in rasa.asked] == ["老板不发工资"]


def test_an_emergency_gets_its_number_even_when_rasa_is_down(records: Path) -> None:
    replies = Exchange(RasaClient("http://127.0.0.1:9", 1), 1000).answer(incoming("我不想活了"))
    assert "110" in replies[0].text
    assert "收到了" in replies[1].text


def waiting(account: Account = ADMIN) -> list[tuple[str, bool]]:
    """What the queue lists, first to last."""
    queue_list.catch_up(clock.now())
    with database.reading() as session:
        return [(entry.reason, entry.urgent) for entry in queue_list.waiting(session, account)]


def test_an_emergency_stands_first_in_the_queue_when_rasa_is_down(records: Path) -> None:
    exchange = Exchange(RasaClient("http://127.0.0.1:9", 1), 1000)
    exchange.answer(incoming("老板不发工资", token="a"))
    exchange.answer(incoming("在吗", token="b"))
    assert waiting() == [("waiting", False), ("waiting", False)]
    exchange.answer(incoming("我不想活了", "2", token="b"))
    exchange.answer(incoming("厂里着火了", token="c"))
    exchange.answer(incoming("厂里着火了", token="c"))
    assert waiting() == [("urgent", True), ("urgent", True), ("waiting", False)]


def test_an_emergency_that_a_stopped_process_left_stands_first(records: Path) -> None:
    with database.writing() as session:
        for token, text in (("a", "在吗"), ("b", "有人晕倒了")):
            conversation = conversations.open_web(session, token, clock.now())
            conversations.receive(session, conversation, "1", {"text": text}, clock.now())
    emergencies.hand_over(clock.now())
    assert waiting() == [("urgent", True), ("waiting", False)]


def test_a_refused_connection_is_tried_again_and_then_given_up(records: Path) -> None:
    from datetime import datetime

    with pytest.raises(NoAnswer):
        RasaClient("http://127.0.0.1:9", 1).ask("x", "你好", "web", 1, datetime.now())


def test_a_button_is_taken_only_where_it_was_offered(records: Path, rasa: type[Rasa]) -> None:
    exchange = Exchange(RasaClient(rasa.url, 5), 1000)
    with pytest.raises(Refused, match="按钮"):
        exchange.answer(incoming(None, "1", "/ask_campaign_time"))
    assert stored() == []
    exchange.answer(incoming("你好", "2"))
    exchange.answer(incoming(None, "3", "/ask_campaign_time"))
    assert [asked["message"] for asked in rasa.asked] == ["你好", "/ask_campaign_time"]
    assert stored()[2] == ("answered", "时间")
    with pytest.raises(Refused, match="按钮"):
        exchange.answer(Incoming("somebody else", "4", None, "/ask_campaign_time"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  你好 \n", "你好"),
        ("你\u0000好\u0007", "你好"),
        ("你\ud800好", "你好"),
        ("/要不要钱", "要不要钱"),
        ("😀👨‍👩‍👧", "😀👨‍👩‍👧"),
        ("一\n二", "一\n二"),
    ],
)
def test_what_is_kept_of_a_typed_text(typed: str, kept: str) -> None:
    assert clean(typed, 1000) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请写一句话"),
        (" \t\n\u3000", "请写一句话"),
        ("\u200b\u200d\ufeff", "请写一句话"),
        ("////", "请写一句话"),
        ("\u0000\u0001", "请写一句话"),
        ("/ask_online_fair", "用平常话"),
        (' /inform{"unit": "大坪街道"}', "用平常话"),
        ("/\xa0/restart", "用平常话"),
        ("/\u2003/restart", "用平常话"),
        ("\u2028/\u200b／restart", "用平常话"),
        ("长" * 1001, "不超过1000字"),
    ],
)
def test_what_is_refused_says_why(typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        clean(typed, 1000)


def test_buttons_come_through(records: Path, rasa: type[Rasa]) -> None:
    (reply,) = Exchange(RasaClient(rasa.url, 5), 1000).answer(incoming())
    assert reply.buttons == [Button("时间", "/ask_campaign_time")]


def test_cards_come_through_and_stay(records: Path, rasa: type[Rasa]) -> None:
    cards = [{"title": "保安", "lines": ["月薪 3500 元"], "note": "离得近", "phone": "12333"}, {"title": "保洁"}]
    rasa.answer = [{"text": "有两个：保安、保洁"}, {"custom": {"lead": "有两个：", "cards": cards, "unknown": 1}}]
    exchange = Exchange(RasaClient(rasa.url, 5), 1000)
    expected = Reply(
        "有两个：保安、保洁", lead="有两个：", cards=[Card("保安", ["月薪 3500 元"], "离得近", "12333"), Card("保洁")]
    )
    assert exchange.answer(incoming()) == [expected]
    assert exchange.answer(incoming()) == [expected]


def test_a_message_whose_answer_was_erased_is_still_answered(records: Path, rasa: type[Rasa]) -> None:
    exchange = Exchange(RasaClient(rasa.url, 5), 1000)
    exchange.answer(incoming())
    with database.writing() as session:
        session.execute(update(Message).values(content='{"text": ""}'))
    assert exchange.answer(incoming()) == [Reply("")]
    with pytest.raises(Refused, match="按钮"):
        exchange.answer(incoming(None, "2", "/ask_campaign_time"))
