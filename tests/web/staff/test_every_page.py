"""What holds for every address of the staff side, also for those to come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from tests.web.staff.conftest import PAGE, Desk

SignIn = Callable[[str], Desk]
SIGN_IN = "/staff/login"


def addresses(app: FastAPI, method: str) -> Iterator[str]:
    """Every address of the staff side, with a 1 for each number in it."""
    for route in app.routes:
        if isinstance(route, APIRoute) and method in route.methods and route.path.startswith(("/staff", "/desk")):
            yield re.sub(r"\{\w+\}", "1", route.path)


def test_no_form_is_taken_that_is_none_of_ours(app: FastAPI, sign_in: SignIn) -> None:
    desk = sign_in("qian")
    theirs = sign_in("wang").csrf
    posted = [path for path in addresses(app, "POST") if path != SIGN_IN]
    assert len(posted) > 20
    for path in posted:
        for token in ("", "forged", theirs):
            answer = desk.client.post(path, data={"csrf": token}, headers={"X-CSRF-Token": token})
            assert (answer.status_code, answer.json()) == (403, {"error": "这一页过期了，请刷新以后再提交。"}), path


def test_nothing_is_shown_or_done_without_signing_in(app: FastAPI, door: TestClient) -> None:
    for path in addresses(app, "GET"):
        if path != SIGN_IN:
            answer = door.get(path, headers=PAGE, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, SIGN_IN), path
    for path in addresses(app, "POST"):
        if path != SIGN_IN:
            assert door.post(path).json() == {"error": "登录已过期，请重新登录。", "signed_out": True}, path


def test_statistics_open_numbers_only(app: FastAPI, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    opened = {path for path in addresses(app, "GET") if desk.status(path) in (200, 404)}
    ours = {path for path in opened if not path.startswith("/staff/report")}
    assert ours == {
        SIGN_IN,
        "/staff",
        "/staff/session",
        "/staff/services",
        "/staff/services.csv",
        "/staff/activities",
        "/staff/activities.csv",
        "/staff/activities/1",
    }
