"""What the front door lets through, and how: headers, cookies, other sites, limits, votes, ratings."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.records import database
from bot.records.feedback import Feedback, Rating
from tests.web.conftest import Door
from tests.web.rasa_stand_in import Rasa

SITE = "https://www.example.gov.cn"


def send(client: TestClient, identifier: str = "1", text: str = "你好", **headers: str) -> list[dict[str, object]]:
    answer = client.post("/api/messages", json={"id": identifier, "text": text}, headers=headers)
    assert answer.status_code == 200, answer.text
    replies: list[dict[str, object]] = answer.json()["replies"]
    return replies


def test_replies_and_history_carry_their_rows(door: Door) -> None:
    client = door()
    button = {"title": "时间", "payload": "/ask_campaign_time"}
    said = {"text": "您好", "buttons": [button], "source": None, "progress": None, "cards": [], "lead": None}
    assert send(client, "a") == send(client, "a") == [{"id": 2, **said, "session": None, "rate": False}]
    lines = client.get("/api/messages").json()["messages"]
    at = [line.pop("at") for line in lines]
    assert lines == [
        {"id": 1, "who": "person", "client_id": "a", "text": "你好"},
        {"id": 2, "who": "assistant", **said},
    ]
    assert all(moment.startswith("2022-02-15T09:0") and moment.endswith("+08:00") for moment in at)


def test_the_headers_are_strict(door: Door) -> None:
    headers = door().get("/").headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_failure_says_so_and_keeps_the_headers(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    client = door()
    monkeypatch.setattr("bot.web.wire.history", lambda *_: 1 / 0)
    answer = client.get("/api/messages")
    assert (answer.status_code, answer.json()) == (500, {"error": "系统出了点问题，请稍后再试。"})
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("base_url", "origins", "end"),
    [
        ("http://testserver", "", "HttpOnly; Max-Age=15552000; Path=/; SameSite=lax"),
        ("https://testserver", "", "HttpOnly; Max-Age=15552000; Path=/; SameSite=lax; Secure"),
        ("http://testserver", SITE, "HttpOnly; Max-Age=15552000; Path=/; SameSite=lax"),
        ("https://testserver", SITE, "HttpOnly; Max-Age=15552000; Path=/; SameSite=none; Secure; Partitioned"),
    ],
)
def test_the_cookie_leaves_its_site_only_where_a_frame_needs_it(
    door: Door, base_url: str, origins: str, end: str
) -> None:
    cookie = door(base_url, CHUNFENG_EMBED_ORIGINS=origins).get("/").headers["set-cookie"]
    assert cookie.split("; ", 1)[1] == end


def test_only_the_named_sites_may_frame_the_page(door: Door) -> None:
    assert door().get("/embed.js").status_code == 404
    client = door(CHUNFENG_EMBED_ORIGINS=f"{SITE}, https://*.example.cn:8443")
    policy = client.get("/").headers["content-security-policy"]
    assert policy.endswith(f"frame-ancestors 'self' {SITE} https://*.example.cn:8443")
    script = client.get("/embed.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Origin": "https://chat.example.cn", "X-Forwarded-Host": "chat.example.cn"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_another_site_cannot_speak_for_a_person(door: Door, headers: dict[str, str], status: int) -> None:
    answer = door().post("/api/messages", json={"id": "1", "text": "你好"}, headers=headers)
    assert answer.status_code == status
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_who_sends_too_fast_is_asked_to_wait(door: Door, rasa: type[Rasa]) -> None:
    client = door(CHUNFENG_SESSION_PER_MINUTE=3)
    client.get("/")
    for number in range(3):
        send(client, str(number))
    answer = client.post("/api/messages", json={"id": "4", "text": "你好"})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "20"
    assert answer.json() == {"error": "发得太快了，请等20秒再发。"}
    assert len(rasa.asked) == 3
    page = client.post("/say", data={"id": "4", "text": "你好"})
    assert page.status_code == 429
    assert "发得太快了" in page.text
    send(door(), "5")


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("203.0.113.7", "203.0.113.7", 429),
        ("203.0.113.7", "203.0.113.8", 200),
        ("2001:db8::1", "2001:db8::2", 429),
        ("2001:db8::1", "2001:db8:0:1::1", 200),
        ("127.0.0.1", "127.0.0.1", 200),
    ],
)
def test_an_address_has_its_limit_whatever_the_session(door: Door, first: str, second: str, status: int) -> None:
    app = door(CHUNFENG_ADDRESS_PER_MINUTE=1).app
    answers = [
        TestClient(app, client=(address, 50000)).post("/api/messages", json={"id": "1", "text": "你好"})
        for address in (first, second)
    ]
    assert [answer.status_code for answer in answers] == [200, status]


def test_a_vote_counts_once_and_may_be_changed(door: Door) -> None:
    client = door()
    (reply,) = send(client)
    for useful in (True, True, False):
        answer = client.post("/api/feedback", json={"message": reply["id"], "useful": useful})
        assert answer.json() == {"message": reply["id"], "useful": useful}
    with database.reading() as session:
        kept = session.execute(select(Feedback.message_id, Feedback.useful, Feedback.campaign)).all()
    assert kept == [(reply["id"], False, "yuzhong-2022")]
    lines = client.get("/api/messages").json()["messages"]
    assert [line.get("useful") for line in lines] == [None, False]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"message": 1, "useful": True}, 404),
        ({"message": 99, "useful": True}, 404),
        ({"message": 2**40, "useful": True}, 422),
        ({"message": "2", "useful": True}, 422),
        ({"message": 2, "useful": 1}, 422),
        ({"message": 2}, 422),
        ([], 422),
    ],
)
def test_only_an_answer_can_be_voted_on(door: Door, body: object, status: int) -> None:
    client = door()
    send(client)
    assert client.post("/api/feedback", json=body).status_code == status


def test_another_persons_answer_cannot_be_voted_on(door: Door) -> None:
    client = door()
    (reply,) = send(client)
    stranger = TestClient(client.app)
    send(stranger)
    assert stranger.post("/api/feedback", json={"message": reply["id"], "useful": True}).status_code == 404


def test_a_rating_counts_once_and_may_be_changed(door: Door) -> None:
    client = door()
    assert client.post("/api/rating", json={"stars": 5}).status_code == 404
    send(client)
    for stars in (5, 4, 4):
        assert client.post("/api/rating", json={"stars": stars}).json() == {"stars": stars}
    with database.reading() as session:
        assert session.execute(select(Rating.stars, Rating.campaign)).all() == [(4, "yuzhong-2022")]
    assert 'value="4" aria-pressed="true"' in client.get("/").text


@pytest.mark.parametrize("stars", [0, 6, 4.5, "5", True, None])
def test_a_rating_is_one_to_five_stars(door: Door, stars: object) -> None:
    client = door()
    send(client)
    assert client.post("/api/rating", json={"stars": stars}).status_code == 422
