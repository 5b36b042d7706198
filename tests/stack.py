"""The real assistant as tests run it: `python -m bot serve` on a free port, with a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

from bot.settings import PREFIX, ROOT

START_SECONDS = 300


class Stack:
    """All its processes; a context manager that starts and stops them."""

    def __init__(self, folder: Path, campaign: str = "yuzhong-2022", now: str = "2022-02-15T09:00") -> None:
        self.folder = folder
        self.settings = {
            "CHUNFENG_DATA_DIR": str(folder),
            "CHUNFENG_NOW": now,
            "CHUNFENG_CAMPAIGN": campaign,
            "CHUNFENG_SESSION_PER_MINUTE": "10000",
        }
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = folder / "serve.log"

    def __enter__(self) -> Stack:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=ROOT,
                env={**clean, **self.settings, "PORT": str(self.port)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if "可以用了" in self.said():
                return self
            time.sleep(0.5)
        self.__exit__()
        raise RuntimeError(f"the assistant did not start:\n{self.said()}\n{self.logs()}")

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def said(self) -> str:
        """What `serve` printed so far."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def logs(self) -> str:
        """The last lines of each process."""
        parts = []
        for log in sorted((self.folder / "log").glob("*.log")):
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            parts.append("\n".join([f"--- {log.name}", *lines[-30:]]))
        return "\n".join(parts)


def talk_to(url: str, message: dict[str, object], session: requests.Session | None = None) -> requests.Response:
    """Send one message to a front door."""
    return (session or requests.Session()).post(f"{url}/api/messages", json=message, timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
