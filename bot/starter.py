"""`python -m bot serve`: everything that must be ready, then the processes of the Procfile."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from string import Template

import requests
from honcho.environ import parse_procfile
from honcho.manager import SYSTEM_PRINTER_NAME, Manager
from honcho.printer import Message, Printer
from ruamel.yaml import YAML

from bot import clock, demonstration, embedding, running, settings, training
from bot.campaign import load
from bot.campaign.check import check
from bot.errors import UserError
from bot.grammar import company, exact_words, groups, names, places, sensitive, work
from bot.knowledge import help_topics, privacy, urgent, working_age
from bot.knowledge import load as knowledge
from bot.matching import guidance
from bot.matching.wish import Wish
from bot.records import migrate
from bot.web.rasa_client import NoAnswer, RasaClient, loopback_session

READY_SECONDS = 180
STOPPED_BY_HAND = (130, 143)


def serve() -> int:
    """Start the assistant and stay until it is stopped.

    Returns:
        The exit code of the process group.

    Raises:
        UserError: something is missing; the message names it and the cure.
    """
    current = settings.get()
    _files_must_be_right(current.campaign)
    pack = load.current()
    _port_must_be_free(current.host, current.port)
    print(f"活动：{pack.title}；数据：{current.data_dir}", flush=True)
    model = training.train()
    print("正在准备数据库……", flush=True)
    migrate.upgrade()
    if current.now is not None:
        demonstration.load_samples(current.campaign, clock.now())
    environment = _environment(current, model)
    logs = current.data_dir / "log"
    manager = Manager(LogPrinter(logs))
    processes = parse_procfile((settings.ROOT / "Procfile").read_text(encoding="utf-8")).processes
    for name, command in processes.items():
        manager.add_process(name, Template(command).substitute(environment), env=environment, cwd=str(settings.ROOT))
    print(f"正在启动 {len(processes)} 个进程（大约二十秒），它们的输出在 {logs}", flush=True)
    watch = threading.Thread(
        target=_say_when_ready, args=(current, environment["CHUNFENG_RASA_URL"], manager), daemon=True
    )
    watch.start()
    manager.loop()
    if manager.returncode not in (0, *STOPPED_BY_HAND):
        print(f"有一个进程停了，其余的也停了；原因在 {logs} 里各文件的最后几行。", file=sys.stderr)
    return 0 if manager.returncode in STOPPED_BY_HAND else int(manager.returncode or 0)


class LogPrinter(Printer):
    """Writes each process's lines to a file of its own, so that the screen keeps to what matters."""

    def __init__(self, folder: Path) -> None:
        super().__init__(sys.stdout)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, message: Message) -> None:
        """Take one line of a process."""
        if message.name == SYSTEM_PRINTER_NAME and b"stopped" in _as_bytes(message.data):
            print(f"进程停了：{_as_bytes(message.data).decode().strip()}", file=sys.stderr, flush=True)
        with (self._folder / f"{message.name}.log").open("ab") as file:
            file.write(_as_bytes(message.data))


def _as_bytes(line: bytes | str) -> bytes:
    return line if isinstance(line, bytes) else line.encode("utf-8")


#: Everything that reads a data file, and the embedding: each says in one sentence what is missing.
READ_AT_START: tuple[Callable[[], object], ...] = (
    knowledge.files,
    lambda: urgent.find(""),
    exact_words.words,
    lambda: work.find("保"),
    lambda: names.parse("王某"),
    lambda: places.find("重庆"),
    groups.all_groups,
    lambda: sensitive.kinds("病"),
    lambda: company.find("公司"),
    help_topics.topics,
    privacy.text,
    working_age.text,
    lambda: guidance.advice(Wish("保安")),
    embedding.must_work,
)


def _files_must_be_right(campaign: str) -> None:
    """Read everything that the processes will read: a wrong file must stop the start, not an answer.

    Raises:
        UserError: what is wrong, with file, key and cure.
    """
    for read in READ_AT_START:
        read()
    found = check(load.path_of(campaign), frozenset(line.number for line in knowledge.hotlines()))
    if found:
        raise UserError("\n".join(found))


def _port_must_be_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UserError(
                f"端口 {port} 用不了（{error.strerror}）：请关掉占用它的程序，或换一个：PORT={port + 1}"
            ) from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(current: settings.Settings, model: Path) -> dict[str, str]:
    """What the processes need to find each other, and one clock for all of them."""
    rasa_port, actions_port = _free_port(), _free_port()
    actions_url = f"http://127.0.0.1:{actions_port}/webhook"
    environment = {
        **os.environ,
        **training.ENVIRONMENT,
        "OMP_NUM_THREADS": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUNBUFFERED": "1",
        "SANIC_HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "PORT": str(current.port),
        "CHUNFENG_DATA_DIR": str(current.data_dir),
        "CHUNFENG_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "CHUNFENG_ACTIONS_URL": actions_url,
        "MODEL": str(model),
        "RASA_PORT": str(rasa_port),
        "ACTIONS_PORT": str(actions_port),
        "ENDPOINTS": str(_endpoints(current.data_dir, actions_url)),
    }
    running.remember(current.data_dir, environment["CHUNFENG_RASA_URL"])
    if current.now is not None:
        environment["CHUNFENG_CLOCK_OFFSET"] = str(clock.offset().total_seconds())
    return environment


def _endpoints(data_dir: Path, actions_url: str) -> Path:
    """endpoints.yml with the address of this run's action server, written into the data folder."""
    yaml = YAML()
    content = yaml.load((settings.ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    content["action_endpoint"]["url"] = actions_url
    written = data_dir / "run" / "endpoints.yml"
    written.parent.mkdir(parents=True, exist_ok=True)
    with written.open("w", encoding="utf-8") as file:
        yaml.dump(content, file)
    return written


def _say_when_ready(current: settings.Settings, rasa_url: str, manager: Manager) -> None:
    """Wait until all parts answer, warm the engine up, and say where the page is; else stop everything.

    The first message pays for jieba's dictionary; it is ours, not a worker's. It leaves no record.
    """
    page = f"http://{current.host}:{current.port}"
    if _is_healthy(page) and _engine_answers(rasa_url):
        demonstration = "（演示时钟，数据不是真实的）" if current.now else ""
        print(f"\n可以用了{demonstration}：请用浏览器打开 {page} ；按 Ctrl+C 停止。\n", flush=True)
        return
    print(f"没有启动成功：原因在 {current.data_dir / 'log'} 里各文件的最后几行。", file=sys.stderr, flush=True)
    manager.returncode = 1
    manager.terminate()


def _is_healthy(page: str) -> bool:
    """Whether all parts answer, within READY_SECONDS."""
    http = loopback_session()
    for _ in range(READY_SECONDS):
        time.sleep(1)
        try:
            if http.get(f"{page}/healthz", timeout=5).ok:
                return True
        except requests.RequestException:
            continue
    return False


def _engine_answers(rasa_url: str) -> bool:
    try:
        return bool(RasaClient(rasa_url, timeout=60).ask("warm-up", "你好", "cmdline", None, clock.now()))
    except NoAnswer:
        return False
