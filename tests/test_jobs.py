"""Scheduled work: again and again, in spite of failures, until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot import clock, jobs
from bot.records import database, outbox
from bot.settings import ROOT
from tests.delivery.stand_in import KEY, StandIn


def wait_for(holds: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_job_that_fails_is_done_again_and_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []

    def fails() -> None:
        runs.append(1)
        raise ValueError("王测试 13800000000")

    stop = threading.Event()
    (thread,) = jobs.start([jobs.Job("unlucky", 0.01, fails)], stop)
    wait_for(lambda: len(runs) >= 3)
    stop.set()
    thread.join(1)
    assert not thread.is_alive()
    assert caplog.records[0].getMessage().startswith("job unlucky failed: ValueError at test_jobs.py:")
    assert "王测试" not in caplog.text


def test_a_slow_job_does_not_hold_up_another() -> None:
    runs: list[int] = []
    release, stop = threading.Event(), threading.Event()
    slow = jobs.Job("slow", 0.01, lambda: release.wait(10))
    jobs.start([slow, jobs.Job("quick", 0.01, lambda: runs.append(1))], stop)
    wait_for(lambda: len(runs) >= 3)
    stop.set()
    release.set()


def test_a_job_pauses_between_its_runs() -> None:
    runs: list[int] = []
    stop = threading.Event()
    (thread,) = jobs.start([jobs.Job("rare", 3600, lambda: runs.append(1))], stop)
    wait_for(lambda: runs)
    time.sleep(0.05)
    assert runs == [1]
    stop.set()
    thread.join(1)
    assert not thread.is_alive()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_ends_within_a_second_even_in_the_middle_of_a_job(number: signal.Signals) -> None:
    code = (
        "import sys, time; from bot import jobs\n"
        "def busy():\n    print('busy', flush=True); time.sleep(60)\n"
        "jobs.serve([jobs.Job('busy', 1, busy), jobs.Job('idle', 60, lambda: None)])\n"
        "print('ended', flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "busy\n"
        asked = time.monotonic()
        process.send_signal(number)
        assert process.stdout.readline() == "ended\n"
        assert process.wait(5) == 0
        assert time.monotonic() - asked < 1.5


def bot_jobs(**settings: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CHUNFENG_")}
    command = [sys.executable, "-m", "bot", "jobs"]
    return subprocess.Popen(command, cwd=ROOT, env={**clean, **settings}, stderr=subprocess.PIPE, encoding="utf-8")


def test_the_process_brings_the_outbox_to_the_platform(records: Path, use_settings: Callable[..., None]) -> None:
    with StandIn() as platform:
        told = {"CHUNFENG_PLATFORM_URL": platform.url, "CHUNFENG_PLATFORM_KEY": KEY}
        use_settings(**told)
        with database.writing() as session:
            outbox.put(session, "job_intention.registered", "a:1:done", {}, clock.in_beijing(datetime(2022, 2, 14)))
        with bot_jobs(CHUNFENG_DATA_DIR=str(records), CHUNFENG_NOW="2022-02-15T09:00", **told) as process:
            wait_for(lambda: platform.received, 60)
            process.send_signal(signal.SIGTERM)
            assert process.communicate(timeout=5)[1] == ""
    assert process.returncode == 0
    assert platform.sent_keys() == ["a:1:done"]


def test_the_process_needs_a_database(tmp_path: Path) -> None:
    with bot_jobs(CHUNFENG_DATA_DIR=str(tmp_path)) as process:
        assert "还没有数据库" in process.communicate(timeout=60)[1]
    assert process.returncode == 1


def test_serve_starts_the_jobs() -> None:
    assert "jobs: python -m bot jobs" in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    assert "outbox" in [job.name for job in jobs.JOBS]
