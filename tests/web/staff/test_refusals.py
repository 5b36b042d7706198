"""What does not exist is told in Chinese, on a page, whatever stands in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from bot.records import audit
from tests.web.staff.conftest import PAGE, Desk, text_of

SignIn = Callable[[str], Desk]

#: Not a number, none of a row, beyond PostgreSQL's integer, beyond SQLite's.
NO_ROWS = ("abc", "1.5", "-1", "0", "2147483648", "9223372036854775808", "9" * 40)
PATHS = ("/staff/people/{}", "/staff/queue/{}", "/staff/queue/{}/lines", "/staff/services/{}")
STEPS = (
    "/staff/people/{}/attributes",
    "/staff/people/{}/merge",
    "/staff/people/{}/unmerge",
    "/staff/registrations/{}/close",
    "/staff/queue/{}/claim",
    "/staff/queue/{}/answer",
    "/staff/queue/{}/release",
    "/staff/queue/{}/give-back",
    "/staff/queue/{}/close",
    "/staff/services/{}/void",
    "/staff/unanswered/{}/retire",
)


@pytest.mark.parametrize("number", NO_ROWS)
def test_what_can_be_no_row_is_a_page_that_does_not_exist(sign_in: SignIn, number: str) -> None:
    desk = sign_in("qian")
    for path in PATHS:
        answer = desk.client.get(path.format(number), headers=PAGE)
        assert answer.status_code == 404, path
        assert re.search(r"打不开 没有(这个页面|这个人|这件事|这条服务记录)", text_of(answer.text)), path
    for path in STEPS:
        error = desk.post(path.format(number), 404, reason="记了两次", text="x")["error"]
        assert re.match(r"没有这|没有这个页面。", str(error)), path


@pytest.mark.parametrize(
    ("path", "status", "said"), [("/staff/x", 404, "没有这个页面。"), ("/desk/x", 404, "没有这个页面。")]
)
def test_an_unknown_page_is_a_page_to_a_browser_and_data_to_a_script(
    door: TestClient, path: str, status: int, said: str
) -> None:
    page = door.get(path, headers=PAGE)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"打不开 {said} 回工作台" in text_of(page.text)
    assert door.get(path, headers={"Accept": "application/json"}).json() == {"error": said}


def test_what_fails_in_ourselves_is_a_page_to_a_browser(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    desk = sign_in("qian")
    monkeypatch.setattr(audit, "page", fail)
    page = desk.client.get("/staff/audit", headers=PAGE)
    assert page.status_code == 500
    assert "打不开 系统出了点问题，请稍后再试。 回工作台" in text_of(page.text)
    script = desk.client.get("/staff/audit", headers={"Accept": "application/json"})
    assert (script.status_code, script.json()) == (500, {"error": "系统出了点问题，请稍后再试。"})


def test_a_page_that_is_only_posted_to(door: TestClient) -> None:
    page = door.get("/staff/logout", headers=PAGE)
    assert page.status_code == 405
    assert "打不开 这样用不了。" in text_of(page.text)


def test_other_addresses_answer_as_before(door: TestClient) -> None:
    assert door.get("/nothing", headers=PAGE).json() == {"error": "没有这个页面。"}


def test_every_page_names_its_icon(sign_in: SignIn, door: TestClient) -> None:
    for html in (sign_in("qian").page("/staff"), door.get("/staff/login", headers=PAGE).text):
        icon = re.search(r'<link rel="icon" href="([^"]+)"', html)
        assert icon is not None
        assert door.get(icon[1]).status_code == 200
