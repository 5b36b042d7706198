"""`python -m bot import …` as a clerk runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli_import import import_app
from bot.errors import UserError
from bot.records import database
from bot.records.openings import ImportSource
from tests.test_cli import run

SAMPLES = "data/samples"


def imported(folder: Path, kind: str, text: str) -> subprocess.CompletedProcess[str]:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return run("import", kind, str(path), folder=folder / "data")


def test_the_samples_go_in_once_into_a_new_database(tmp_path: Path) -> None:
    first = run("import", "posts", f"{SAMPLES}/posts.csv", folder=tmp_path)
    assert (first.returncode, first.stdout, first.stderr) == (0, "新增80行，已有0行\n", "")
    again = run("import", "posts", f"{SAMPLES}/posts.csv", folder=tmp_path)
    assert (again.returncode, again.stdout) == (0, "新增0行，已有80行\n")


def test_bad_rows_are_listed_and_the_good_ones_go_in(tmp_path: Path) -> None:
    done = imported(tmp_path, "posts", "单位名称,岗位名称,联系电话\n示例公司,保安,\n示例公司,保洁,1380000000a\n")
    assert done.returncode == 0
    assert done.stdout == "新增1行，已有0行，有错1行（没有导入，改好后再导一次，不会重复）\n"
    assert done.stderr == "第3行：联系电话不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着\n"
    assert "1380000000a" not in done.stderr


def test_nothing_taken_and_bad_rows_is_a_failure(tmp_path: Path) -> None:
    done = imported(tmp_path, "fairs", "招聘会名称,开始时间,地点\n示例场次,二月三十,示例广场\n")
    assert done.returncode == 1
    assert done.stderr == "第2行：开始时间看不懂，请写成 2022-02-15 09:30\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["posts", "nowhere.csv"], "nowhere.csv：没有这个文件"),
        (["posts", f"{SAMPLES}/fairs.csv"], "data/samples/fairs.csv：第1行的表头缺“单位名称”“岗位名称”"),
        (["posts", f"{SAMPLES}/posts.csv", "--every", "60"], "--every：只用于网址"),
        (["posts", "http://127.0.0.1:9/x.csv"], "网址连不上，没有取到"),
        (["posts", "http://127.0.0.1:9/x.csv", "--every", "1"], "--every：至少 5 分钟"),
        (["posts", f"{SAMPLES}/posts.csv", "--campaign", "nowhere"], "没有 nowhere 这个活动"),
    ],
)
def test_what_cannot_be_imported_says_why_in_one_line(records: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(import_app, arguments)
    assert isinstance(done.exception, UserError)
    assert str(done.exception).startswith(said)
    assert "\n" not in str(done.exception)


def test_what_is_due_is_fetched_and_said(records: Path) -> None:
    CliRunner().invoke(import_app, ["posts", "http://127.0.0.1:9/x.csv", "--every", "5"])
    assert CliRunner().invoke(import_app, ["due"]).stdout == ""
    with database.writing() as session:
        session.get(ImportSource, 1).fetched_at = None
    assert CliRunner().invoke(import_app, ["due"]).stdout == "来源1：网址连不上，没有取到；原有的内容不变\n"
