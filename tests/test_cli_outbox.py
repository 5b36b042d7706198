"""The outbox on the command line: counts and reasons, no names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import clock
from bot.cli import app
from bot.delivery import deliver, queue
from bot.delivery.platform import Outcome, Verdict
from bot.errors import UserError
from bot.records import database, outbox

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
Use = Callable[..., None]


class Refusing:
    """A platform that refuses the first event and has trouble with the second."""

    def __init__(self) -> None:
        self._said = [Outcome(Verdict.REFUSED, "HTTP 422"), Outcome(Verdict.TRY_AGAIN, "HTTP 500")]

    def send(self, idempotency_key: str, body: dict[str, object]) -> Outcome:
        return self._said.pop(0)


@pytest.fixture
def two_in_trouble(records: Path, use_settings: Use) -> None:
    """One dead letter, one event that failed once and one that nobody tried."""
    use_settings(CHUNFENG_PLATFORM_URL="https://platform.example/", CHUNFENG_PLATFORM_KEY="key")
    with database.writing() as session:
        for number in (1, 2, 3):
            key = f"job_intention:draft-{number}:registered"
            outbox.put(session, "job_intention.registered", key, {"name": "王测试"}, AT)
    deliver.deliver_due(Refusing(), lambda: AT)  # type: ignore[arg-type]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["outbox", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_the_list(two_in_trouble: None) -> None:
    assert run("list").splitlines() == [
        "待发送 2 条，最早的是 2022-02-15 09:00；已送达 0 条；发不出去 1 条。",
        "待发送的有 1 条试过没成功（HTTP 500），会自动再试。",
        "  第 1 号  job_intention.registered  2022-02-15 09:00  试了 1 次  HTTP 422",
        "原因排除后重发：python -m bot outbox retry --all，或写上编号只发一条。",
    ]


def test_the_list_without_a_platform(records: Path) -> None:
    assert run("list").splitlines() == [
        "没有设区平台的地址（CHUNFENG_PLATFORM_URL），登记不往外发。",
        "待发送 0 条；已送达 0 条；发不出去 0 条。",
    ]


@pytest.mark.parametrize("arguments", [["1"], ["--all"]])
def test_sending_again(two_in_trouble: None, arguments: list[str]) -> None:
    assert run("retry", *arguments) == "已重新排队 1 条。\n"
    with database.reading() as session:
        state = queue.state(session)
    assert (state.waiting, state.letters) == (3, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请写一个编号"),
        (["1", "--all"], "请写一个编号"),
        (["2"], "没有第 2 号"),
        (["4711"], "没有第 4711 号"),
    ],
)
def test_what_cannot_be_sent_again(two_in_trouble: None, arguments: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        run("retry", *arguments)


def test_without_a_database(use_settings: Use, tmp_path: Path) -> None:
    use_settings(CHUNFENG_DATA_DIR=tmp_path)
    for arguments in (["list"], ["retry", "--all"]):
        with pytest.raises(UserError, match="还没有数据库"):
            run(*arguments)
    assert list(tmp_path.iterdir()) == []
