"""The HTTP interface of the running assistant: bad input gets a reason, never a 500, never another's talk."""

from __future__ import annotations

import json
import uuid

import pytest
import requests

from tests.stack import Stack, talk_to


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"", 400, "JSON"),
        (b"{", 400, "JSON"),
        (b"\xff\xfe", 400, "JSON"),
        (b"[]", 422, "id"),
        (b'"text"', 422, "id"),
        (b"{}", 422, "id"),
        (b'{"text": "x"}', 422, "id"),
        (b'{"id": 7, "text": "x"}', 422, "id"),
        (b'{"id": "", "text": "x"}', 422, "id"),
        (b'{"id": "a b", "text": "x"}', 422, "id"),
        (b'{"id": "1"}', 422, "text"),
        (b'{"id": "1", "text": 5}', 422, "text"),
        (b'{"id": "1", "text": null}', 422, "text"),
        (b'{"id": "1", "text": "x", "payload": "/y"}', 422, "text"),
        (b'{"id": "1", "text": "x", "sender": "default"}', 422, "id"),
        (b'{"id": "1", "payload": "/ask_online_fair"}', 400, "按钮"),
        (json.dumps({"id": "1", "text": "长" * 10_000}).encode(), 400, "太长"),
        (json.dumps({"id": "1", "text": "长" * 300_000}).encode(), 413, "太大"),
        (json.dumps({"id": "1", "text": " \n "}).encode(), 400, "请写一句话"),
        (json.dumps({"id": "1", "text": "\u0000\u001b"}).encode(), 400, "请写一句话"),
        (json.dumps({"id": "1", "text": "/restart"}).encode(), 400, "平常话"),
        (b'{"id": "1", "text": "' + b"[" * 50_000 + b'"}', 400, "太长"),
        (b"[" * 100_000, 400, "JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_gets_a_reason(stack: Stack, body: bytes, status: int, reason: str) -> None:
    answer = requests.post(f"{stack.url}/api/messages", data=body, timeout=30)
    assert answer.status_code == status, answer.text
    assert reason in answer.json()["error"]


@pytest.mark.parametrize("text", ["😀😀", "\ud83d", "<script>alert(1)</script>", "'; DROP TABLE person; --", "1" * 900])
def test_odd_text_is_answered(stack: Stack, text: str) -> None:
    answer = talk_to(stack.url, {"id": uuid.uuid4().hex, "text": text})
    assert answer.status_code in (200, 400), answer.text
    assert answer.json().get("replies") or answer.json()["error"]


def test_the_cookie_is_safe_and_history_is_ones_own(stack: Stack) -> None:
    mine, other = requests.Session(), requests.Session()
    answer = talk_to(stack.url, {"id": "same-id", "text": "你好"}, mine)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    talk_to(stack.url, {"id": "same-id", "text": "再见"}, other)
    history = mine.get(f"{stack.url}/api/messages", timeout=30).json()["messages"]
    assert [(line["who"], line["text"]) for line in history[:1]] == [("person", "你好")]
    assert all(line["text"] != "再见" for line in history)
    assert {"who", "at", "text"} <= set(history[1])


def test_a_first_message_whose_answer_was_lost_is_the_same_message(stack: Stack) -> None:
    session = requests.Session()
    session.get(stack.url, timeout=30)
    cookies = session.cookies.get_dict()
    assert len(cookies["chunfeng_session"]) == 43
    message = {"id": uuid.uuid4().hex, "text": "你好"}
    first, second = (
        requests.post(f"{stack.url}/api/messages", json=message, cookies=cookies, timeout=30) for _ in "12"
    )
    assert first.json() == second.json()
    history = session.get(f"{stack.url}/api/messages", timeout=30).json()["messages"]
    assert [line["who"] for line in history] == ["person", "assistant"]


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43 + "b", "../../etc/passwd", "default"])
def test_a_made_up_session_opens_nothing(stack: Stack, cookie: str) -> None:
    answer = requests.get(f"{stack.url}/api/messages", cookies={"chunfeng_session": cookie}, timeout=30)
    assert answer.json() == {"messages": []}


def test_health_and_page(stack: Stack) -> None:
    health = requests.get(f"{stack.url}/healthz", timeout=30)
    assert health.json() == {"status": "ok", "database": "ok", "rasa": "ok", "actions": "ok"}
    page = requests.get(f"{stack.url}/", timeout=30)
    assert "演示：时钟设在 2022年2月15日" in page.text
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]
    nowhere = requests.get(f"{stack.url}/nowhere", timeout=30)
    assert (nowhere.status_code, nowhere.json()) == (404, {"error": "没有这个页面。"})


def test_twenty_messages_of_one_person_at_once(stack: Stack) -> None:
    from concurrent.futures import ThreadPoolExecutor

    session = requests.Session()
    talk_to(stack.url, {"id": "first", "text": "你好"}, session)
    cookies = session.cookies.get_dict()

    def send(number: int) -> int:
        message = {"id": f"n{number}", "text": "线上招聘会怎么参加"}
        return requests.post(f"{stack.url}/api/messages", json=message, cookies=cookies, timeout=90).status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(send, range(20))) == {200}
    history = requests.get(f"{stack.url}/api/messages", cookies=cookies, timeout=30).json()["messages"]
    answered = [line for line in history if line["who"] == "assistant" and "汇博人才网" in line["text"]]
    assert len(answered) == 20
