"""`python -m bot report …` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.test_cli import run

SAMPLES = ROOT / "data" / "samples"
KEY = {"CHUNFENG_DISTRICT_KEY": "a key of the district, long enough to be one"}


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A data folder with the sample register and log imported."""
    for register in ("services", "activities"):
        done = run("import", register, str(SAMPLES / f"{register}.csv"), folder=tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def test_a_whole_submission(samples: Path) -> None:
    first = run("report", "freeze", "--by", "王统计", folder=samples)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("第1号报送：全部单位，统计到2022-03-31，口径编号 ")
    assert "王统计  全部单位  统计到2022-03-31" in run("report", "frozen", folder=samples).stdout
    assert run("report", "diff", "1", folder=samples).stdout == "数字没有变化\n"
    more = samples / "more.csv"
    more.write_text("日期,街道,活动种类,数量\n2022-02-20,大坪街道,发放宣传资料,50\n", encoding="gbk")
    assert run("import", "activities", str(more), folder=samples).stdout == "新增1行，已有0行\n"
    assert run("report", "diff", "1", folder=samples).stdout == (
        "总计　发放春风卡等宣传资料份数：450 → 500（+50）\n"
        "大坪街道　发放春风卡等宣传资料份数：300 → 350（+50）\n"
        "新记或更正的活动记录1条：12\n"
    )
    shown = run("report", "show", "1", "--format", "csv", "--out", "-", folder=samples)
    assert "总计,450,1,12,85,23,45,1,20,30,10,28,2,0,0,0,0,0,0,0,0,0" in shown.stdout


def test_the_ledger_and_the_worklist(samples: Path) -> None:
    done = run("report", "ledger", "--out", "-", folder=samples)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert (
        lines[0] == "\ufeff列,列名,街道,人员编号,姓名,电话,性别,脱贫人口,凭什么认人,记录数,最早,最晚,做了什么,记录编号"
    )
    assert len(lines) == 8
    assert lines[1].endswith("大坪街道,1,张*,****0001,女,是,电话,1,2022-02-08,2022-02-08,政策咨询,服务1")
    assert "第6列按人统计5人，其中只凭网页会话认出的0人（0.0%）" in done.stderr
    asked = run("report", "ledger", "--unknown", "--out", "-", folder=samples)
    assert [line.split(",")[3] for line in asked.stdout.splitlines()[1:]] == ["4", "5"]
    wrong = run("report", "ledger", "--role", "boss", "--out", "-", folder=samples)
    assert (wrong.returncode, "没有 boss 这种角色" in wrong.stderr) == (1, True)


def test_checks_exit_with_1_on_errors_only(samples: Path) -> None:
    done = run("report", "check", folder=samples)
    assert done.returncode == 0
    assert "【提醒】台账里没有姓名也没有电话" in done.stdout
    wrong = samples / "wrong.csv"
    wrong.write_text("day,unit,kind,quantity\n2022-02-20,石油路街道,startup_trainings,5\n", encoding="utf-8")
    run("import", "activities", str(wrong), folder=samples)
    failed = run("report", "check", folder=samples)
    assert failed.returncode == 1
    assert "【错误】石油路街道：第10列（其中：参加创业培训人数）5 大于第9列的 0" in failed.stdout


@pytest.mark.parametrize("format", ["html", "docx"])
def test_more_formats(samples: Path, format: str) -> None:
    out = samples / f"table.{format}"
    done = run("report", "--format", format, "--out", str(out), folder=samples)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 5000


def test_export_and_roll_up(samples: Path) -> None:
    out = samples / "street.jsonl"
    done = run("report", "export", "--for-district", "--out", str(out), folder=samples, **KEY)
    assert done.returncode == 0, done.stderr
    rolled = run("report", "rollup", str(out), "--format", "csv", "--out", "-", folder=samples, **KEY)
    own = run("report", "--format", "csv", "--out", "-", folder=samples)
    assert rolled.stdout == own.stdout
    without = run("report", "export", "--for-district", "--out", "-", folder=samples)
    assert (without.returncode, "CHUNFENG_DISTRICT_KEY" in without.stderr) == (1, True)
    plain = run("report", "export", "--out", "-", folder=samples)
    assert (plain.returncode, "--for-district" in plain.stderr) == (1, True)


def test_a_register_with_only_bad_rows_fails(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("服务时间,服务种类\n昨天,政策咨询\n", encoding="utf-8")
    done = run("import", "services", str(bad), folder=tmp_path)
    assert done.returncode == 1
    assert "第2行：服务时间看不懂，请写成 2022-02-15 09:30" in done.stderr
    web = run("import", "services", "https://127.0.0.1/x.csv", folder=tmp_path)
    assert (web.returncode, "这种表只从文件导入" in web.stderr) == (1, True)


def test_a_report_without_out_says_so(samples: Path) -> None:
    done = run("report", folder=samples)
    assert (done.returncode, "--out：请写导出到哪个文件" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as-of", "2022-13-01", "--out", "-"), "--as-of：“2022-13-01”不是日期，请写成 2022-02-15"),
        (("--unit", "大坪", "--out", "-"), "没有“大坪”这个单位"),
        (("--format", "pdf", "--out", "-"), "没有 pdf 这种格式"),
        (("freeze", "--by", " "), "--by：请写谁报送"),
        (("show", "7", "--out", "-"), "没有第7号报送"),
        (("diff", "7"), "没有第7号报送"),
        (("--as-of", "2022-02-14", "freeze", "--by", "王统计"), "--as-of：请写在 freeze 后面"),
        (("--unit", "大坪街道", "--out", "-", "check"), "--unit、--out：请写在 check 后面"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(samples: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("report", *arguments, folder=samples)
    assert (done.returncode, done.stdout, said in done.stderr) == (1, "", True), done.stderr


@pytest.mark.parametrize("format", ["json", "csv", "xlsx", "html", "docx"])
def test_a_day_before_the_start_gives_zeros_and_says_so(samples: Path, format: str) -> None:
    out = samples / f"early.{format}"
    done = run("report", "--as-of", "2021-01-01", "--format", format, "--out", str(out), folder=samples)
    assert done.returncode == 0, done.stderr
    assert "【提醒】统计到2021-01-01，早于开始的2022-01-21" in done.stderr
    if format == "json":
        assert set(json.loads(out.read_bytes())["total"]) == {0}


def test_no_submission_yet(samples: Path) -> None:
    done = run("report", "frozen", folder=samples)
    assert (done.returncode, done.stdout, "还没有报送过" in done.stderr) == (0, "", True)
