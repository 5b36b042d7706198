"""A front door for tests of the page alone: the real one, before a stand-in of Rasa that needs no model."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests
from playwright.sync_api import Locator, Page, expect

from bot.settings import PREFIX, ROOT
from tests.web.rasa_stand_in import Rasa

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NO_CHROMIUM = "没有 Chromium：只跳过浏览器测试（apt install chromium）"
PHONE = {"width": 360, "height": 740}
SECONDS = 20_000
START_SECONDS = 60

SOURCE = "渝中区春风行动通知 五（四）"
LONG = "\n".join(f"第{number}条：先到街道社区报名，再按通知的时间去上课。" for number in range(1, 19))


def button(title: str, payload: str) -> dict[str, str]:
    return {"title": title, "payload": payload}


JOBS = [
    {
        "title": "保安 · 王测试物业公司",
        "lines": ["月薪 3500 到 4200 元，包住", "大坪街道，两班倒"],
        "note": "和您想做的一样，离您说的地方近",
        "phone": "12333",
    },
    {"title": "车库管理员 · 张三停车公司", "lines": ["月薪 3000 元", "上清寺街道"], "note": "相近的工作"},
    {"title": "巡逻员 · 李四服务公司", "lines": ["日薪 150 元，管一顿饭", "解放碑街道"]},
]

#: What the stand-in answers: a text that is asked or a payload → Rasa's items.
ANSWERS: dict[str, list[dict[str, object]]] = {
    "线上招聘会怎么参加？": [
        {
            "text": "手机打开汇博人才网 https://www.huibo.com/cq/ 就能参加，不用去现场。\n不会弄可以打 12333 问。",
            "buttons": [button("技能培训", "/ask_free_training"), button("找人工", "/talk_to_human")],
        },
        {"custom": {"source": SOURCE}},
    ],
    "我要登记求职意向": [
        {
            "text": "好的，我帮您登记，一共四步。\n您住哪个街道？",
            "buttons": [button("大坪街道", "/inform_a"), button("上清寺街道", "/inform_b")],
        },
        {"custom": {"progress": "第2步，共4步"}},
    ],
    "有什么岗位": [
        {"text": "有3个岗位：\n1. 保安\n2. 车库管理员\n3. 巡逻员", "buttons": [button("都不合适", "/deny")]},
        {"custom": {"lead": "按您说的，找到3个岗位：", "cards": JOBS, "source": "街道招聘信息，2月14日导入"}},
    ],
    "/ask_free_training": [{"text": LONG}, {"custom": {"source": SOURCE}}],
    "再见": [{"text": "再见，祝您顺利！"}, {"custom": {"rate": True}}],
}


class Assistant(Rasa):
    """A stand-in that knows the answers above and says of anything else that it heard it."""

    def answer_to(self, message: str) -> object:
        return ANSWERS.get(message) or [{"text": f"听到了：{message}"}]


class FrontDoor:
    """`python -m bot web` on a port of its own; it can be stopped and started again."""

    def __init__(self, folder: Path, rasa_url: str, **settings: str) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        own = {"CHUNFENG_DATA_DIR": str(folder), "CHUNFENG_NOW": "2022-02-15T09:00", "CHUNFENG_RASA_URL": rasa_url}
        self._environment = {**clean, **own, "PORT": str(self.port), **settings}

    def start(self) -> None:
        self._run("migrate").wait(timeout=START_SECONDS)
        self._process = self._run("web")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                requests.get(f"{self.url}/api/messages", timeout=5)
                return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise RuntimeError((self.folder / "web.log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _run(self, command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{command}.log").open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", command],
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )


def say(page: Page, text: str) -> None:
    page.get_by_label("您想问什么").fill(text)
    page.get_by_role("button", name="发送").click()


def answer(page: Page) -> Locator:
    """The last answer, once there is nothing left to wait for."""
    expect(page.locator("#state")).to_be_hidden(timeout=SECONDS)
    return page.locator("#talk > li.assistant").last


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
