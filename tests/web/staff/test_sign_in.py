"""Signing in, staying in, being kept out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot import clock
from bot.records import audit, database, staff
from bot.records.models import FailedAccess
from bot.records.staff import StaffSession
from tests.web.staff.conftest import PAGE, PASSWORD, Desk, text_of

SignIn = Callable[[str], Desk]


def attempt(door: TestClient, login: str, password: str) -> int:
    return int(door.post("/staff/login", data={"login": login, "password": password}).status_code)


def later(monkeypatch: pytest.MonkeyPatch, **passed: float) -> None:
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(**passed))


def test_the_cookie_and_the_way_back(door: TestClient) -> None:
    there = door.get("/staff/audit?login=wang", headers=PAGE, follow_redirects=False)
    assert (there.status_code, there.headers["location"]) == (303, "/staff/login?next=/staff/audit%3Flogin%3Dwang")
    form = {"login": "QIAN ", "password": PASSWORD, "next": "/staff/audit?login=wang"}
    answer = door.post("/staff/login", data=form, headers=PAGE, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/audit?login=wang")
    assert "HttpOnly; Path=/; SameSite=strict" in answer.headers["set-cookie"]
    page = door.get("/staff/audit?login=wang", headers=PAGE)
    assert page.headers["cache-control"] == "no-store"
    assert "没有这样的记录" in page.text


def test_the_cookie_is_secure_behind_tls(accounts: None) -> None:
    from bot.web.app import create_app

    door = TestClient(create_app(), base_url="https://testserver")
    answer = door.post("/staff/login", data={"login": "wang", "password": PASSWORD})
    assert "; Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("following", ["https://evil.example/", "//evil.example", "/\\evil.example", "/staff/../x", ""])
def test_a_sign_in_leads_to_our_own_pages_only(door: TestClient, following: str) -> None:
    form = {"login": "wang", "password": PASSWORD, "next": following}
    answer = door.post("/staff/login", data=form, headers=PAGE, follow_redirects=False)
    assert answer.headers["location"] in ("/staff", "/staff/../x")


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_sign_in_forged_elsewhere_is_refused(door: TestClient, headers: dict[str, str]) -> None:
    form = {"login": "wang", "password": PASSWORD}
    answer = door.post("/staff/login", data=form, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_wrong_unknown_and_disabled_say_the_same(door: TestClient) -> None:
    with database.writing() as session:
        staff.disable(session, "zhao", clock.now())
    answers = {
        door.post("/staff/login", data={"login": login, "password": password}).text
        for login, password in (("wang", "wrong password"), ("nobody", PASSWORD), ("zhao", PASSWORD), ("", ""))
    }
    assert answers == {'{"error":"登录名和密码对不上。"}'}


def test_failures_lock_the_account_for_a_growing_time(door: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [attempt(door, "wang", "wrong password") for _ in range(6)] == [401] * 5 + [429]
    assert attempt(door, "wang", PASSWORD) == 429
    assert attempt(door, "zhao", PASSWORD) == 200
    later(monkeypatch, seconds=61)
    assert attempt(door, "wang", "wrong password") == 401
    later(monkeypatch, seconds=61)
    assert attempt(door, "wang", PASSWORD) == 429
    later(monkeypatch, seconds=60)
    assert attempt(door, "wang", PASSWORD) == 200
    assert attempt(door, "wang", "wrong password") == 401
    assert attempt(door, "wang", PASSWORD) == 200


def test_a_clock_that_was_put_back_locks_nobody_out(door: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration begins at the same moment each time it is started."""
    form = {"login": "wang", "password": PASSWORD}
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=30))
    assert door.post("/staff/login", data=form).status_code == 200
    monkeypatch.setattr(clock, "now", now)
    assert door.post("/staff/login", data=form).status_code == 200


def test_failures_lock_the_address_whatever_the_account(door: TestClient) -> None:
    assert [attempt(door, f"guess{number}", "wrong password") for number in range(21)] == [401] * 20 + [429]
    assert attempt(door, "wang", PASSWORD) == 429
    with database.reading() as session:
        kept = {row.subject for row in session.query(FailedAccess)}
    assert all(len(subject) == 64 for subject in kept)


def test_a_session_ends_when_idle_and_with_age(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sign_in("wang")
    for _ in range(29):
        later(monkeypatch, minutes=20)
        assert desk.status("/staff") == 200
    later(monkeypatch, minutes=20)
    assert desk.status("/staff") == 303
    other = sign_in("wang")
    later(monkeypatch, minutes=31)
    assert other.status("/staff") == 303


def test_looking_for_news_does_not_keep_a_session(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sign_in("wang")
    for _ in range(2):
        later(monkeypatch, minutes=20)
        answer = desk.get("/staff")
    assert answer.status_code == 401
    assert answer.json() == {"error": "登录已过期，请重新登录。", "signed_out": True}


def test_signing_out_ends_it_for_good(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    token = desk.client.cookies["chunfeng_staff"]
    assert desk.post("/staff/logout") == {"go": "/staff/login"}
    desk.client.cookies.set("chunfeng_staff", token)
    assert desk.status("/staff") == 303
    with database.reading() as session:
        assert session.query(StaffSession).count() == 0


def test_a_new_password_or_closing_the_account_ends_its_sessions(sign_in: SignIn) -> None:
    first, second = sign_in("wang"), sign_in("zhao")
    with database.writing() as session:
        staff.set_password(session, "wang", "another long password")
        staff.disable(session, "zhao", clock.now())
    assert first.status("/staff") == 303
    assert second.status("/staff") == 303


@pytest.mark.parametrize("token", ["", "forged", "令牌", "0" * 64])
def test_a_forged_form_is_refused(sign_in: SignIn, token: str) -> None:
    desk = sign_in("wang")
    headers = {"Accept": "application/json"}
    answer = desk.client.post("/staff/logout", data={"csrf": token}, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"error": "这一页过期了，请刷新以后再提交。"})
    assert desk.status("/staff") == 200


def test_another_sessions_token_is_forged_as_well(sign_in: SignIn) -> None:
    mine, other = sign_in("wang"), sign_in("zhao")
    mine.csrf = other.csrf
    mine.post("/staff/logout", 403)


def test_a_form_that_is_too_large_is_refused(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    desk.post("/staff/logout", 413, more="长" * 30_000)


def test_who_may_open_what(sign_in: SignIn) -> None:
    assert {login: sign_in(login).status("/staff/audit") for login in ("wang", "sun", "qian")} == {
        "wang": 403,
        "sun": 403,
        "qian": 200,
    }
    refused = sign_in("wang").client.get("/staff/audit", headers=PAGE)
    assert "这一页只给管理员看，您是经办人员。" in text_of(refused.text)


def test_the_log_names_who_came_and_went(sign_in: SignIn) -> None:
    sign_in("wang").post("/staff/logout")
    desk = sign_in("qian")
    shown = text_of(desk.page("/staff/audit?login=wang"))
    assert "王经办（wang） 退出" in shown
    assert shown.index("王经办（wang） 退出") < shown.index("王经办（wang） 登录")
    with database.reading() as session:
        lines, total = audit.page(session, None, "", 0, 10)
    assert [line.action for line in lines] == ["audit.look", "session.begin", "session.end", "session.begin"]
    assert total == 4


def test_names_are_text_not_html(sign_in: SignIn) -> None:
    with database.writing() as session:
        staff.add(session, "odd", "<b>王</b>", staff.ADMIN, None, PASSWORD, clock.now())
    page = sign_in("odd").page("/staff")
    assert "<b>王" not in page
    assert "&lt;b&gt;王&lt;/b&gt;" in page
