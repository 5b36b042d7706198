"""The client: what it sends, and what it makes of the answers."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.platform import Outcome, Platform, Verdict
from tests.delivery.stand_in import KEY, Answer, StandIn

EVENT_KEY = "job_intention:draft-1:registered"
DAY = "Tue, 15 Feb 2022 01:00:00 GMT"


def test_what_is_sent() -> None:
    with StandIn() as platform:
        assert Platform(platform.url, KEY).send(EVENT_KEY, {"name": "王测试"}) == Outcome(Verdict.DELIVERED, "HTTP 200")
    (received,) = platform.received
    assert received.body == {"name": "王测试"}
    assert received.headers["Authorization"] == f"Bearer {KEY}"
    assert received.headers["Idempotency-Key"] == EVENT_KEY
    assert received.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_netrc_file_does_not_replace_the_key(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text(f"machine {host} login somebody password else\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with StandIn() as platform:
        sender = Platform(platform.url.replace("127.0.0.1", host), KEY)
        sender._http.trust_env = True
        sender.send(EVENT_KEY, {})
    assert platform.received[0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.DELIVERED),
        (202, Verdict.DELIVERED),
        (409, Verdict.DELIVERED),
        (400, Verdict.REFUSED),
        (404, Verdict.REFUSED),
        (422, Verdict.REFUSED),
        (401, Verdict.TRY_AGAIN),
        (403, Verdict.TRY_AGAIN),
        (408, Verdict.TRY_AGAIN),
        (425, Verdict.TRY_AGAIN),
        (429, Verdict.TRY_AGAIN),
        (302, Verdict.TRY_AGAIN),
        (500, Verdict.TRY_AGAIN),
        (503, Verdict.TRY_AGAIN),
    ],
)
def test_what_a_status_means(status: int, verdict: Verdict) -> None:
    with StandIn(Answer(status)) as platform:
        assert Platform(platform.url, KEY).send(EVENT_KEY, {}) == Outcome(verdict, f"HTTP {status}")


def test_a_redirect_is_not_followed() -> None:
    with StandIn() as elsewhere, StandIn(Answer(307, {"Location": elsewhere.url})) as platform:
        assert Platform(platform.url, KEY).send(EVENT_KEY, {}).verdict is Verdict.TRY_AGAIN
        assert elsewhere.received == []


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "90"}, timedelta(seconds=90)),
        ({"Retry-After": "Tue, 15 Feb 2022 01:02:00 GMT", "Date": DAY}, timedelta(minutes=2)),
        ({"Retry-After": "Tue, 15 Feb 2022 00:00:00 GMT", "Date": DAY}, timedelta(0)),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "9" * 30}, None),
        ({}, None),
    ],
)
def test_what_retry_after_asks(
    headers: dict[str, str], wait: timedelta | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "Date" in headers:
        monkeypatch.setattr("http.server.BaseHTTPRequestHandler.date_time_string", lambda *_: headers["Date"])
    sent = {name: value for name, value in headers.items() if name != "Date"}
    with StandIn(Answer(429, sent)) as platform:
        assert Platform(platform.url, KEY).send(EVENT_KEY, {}) == Outcome(Verdict.TRY_AGAIN, "HTTP 429", wait)


def test_no_answer_in_time() -> None:
    with StandIn(Answer(after=2)) as platform:
        outcome = Platform(platform.url, KEY, timeout=(1, 0.2)).send(EVENT_KEY, {})
    assert outcome == Outcome(Verdict.TRY_AGAIN, "ReadTimeout")


def test_a_refused_connection() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert Platform(url, KEY).send(EVENT_KEY, {}) == Outcome(Verdict.TRY_AGAIN, "ConnectionError")
