"""`/staff/report`: who sees it, what it shows, what it exports, and submissions that stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from bot import clock
from bot.records import audit, conversations, database
from bot.records.models import Person, Service
from tests.report.helpers import DAY, enter, follow_up, named, serve
from tests.web.staff.conftest import PAGE, Desk, text_of

SignIn = Callable[[str], Desk]
UNIT = "大坪街道"
PAGES = ["/staff/report", "/staff/report/cell?column=6", "/staff/report/submissions/1"]
FILES = ["table.xlsx", "table.csv", "table.json", "table.html", "table.docx", "ledger.csv", "worklist.csv"]


@pytest.fixture
def campaign(accounts: None) -> None:
    """A named woman served twice and placed, a visitor of the page, entries of the log."""
    with database.writing() as session:
        woman = named(session, "王测试", "+8613800000000", gender="female")
        serve(session, woman, unit=UNIT, at=datetime(2022, 2, 1, 9, 5))
        serve(session, woman, "rights_consultation", "unpaid_wages", unit=UNIT)
        follow_up(session, woman, "employed_in_province")
        visitor = conversations.open_web(session, "a", clock.now()).person_id
        serve(session, visitor, topic="free_training", unit=UNIT)
        second = named(session, "李测试", "+8613800000001")
        serve(session, second, unit="解放碑街道")
        enter(session, "services", 40)
        enter(session, "leaflets", 1)


def log(action: str) -> list[str]:
    """Which records the log names with an action, oldest first."""
    with database.reading() as session:
        lines, _ = audit.page(session, None, "", 0, 100)
    return [line.record for line in reversed(lines) if line.action == action]


def test_who_sees_it(campaign: None, sign_in: SignIn) -> None:
    clerk, statistics, admin = (sign_in(login) for login in ("wang", "sun", "qian"))
    statistics.post("/staff/report/submissions")
    for path in [*PAGES, *(f"/staff/report/{name}" for name in FILES), "/staff/report/submissions/1/table.xlsx"]:
        assert clerk.status(path) == 403, path
        assert statistics.status(path) == 200, path
        assert admin.status(path) == 200, path
    clerk.post("/staff/report/submissions", 403)
    assert "统计表" not in text_of(clerk.page("/staff"))
    assert "统计表" in text_of(statistics.page("/staff"))


def test_the_table_is_live_and_every_number_opens(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    page = desk.page("/staff/report")
    shown = text_of(page)
    assert "总计 1 0 0 0 0 43 0 1 0 0 0 1 0 0 0 1 0 1 0 0 0" in shown
    assert "大坪街道 1 0 0 0 0 42 0 1 0 0 0 1 0 0 0 1 0 1 0 0 0" in shown
    assert "只凭网页会话认出 1 33.3% 0 0.0%" in shown
    assert "截至2月15日，累计发放春风卡等宣传资料1份，提供公共就业创业服务43人（其中女性1人）" in page
    link = f"/staff/report/cell?unit=&as_of=2022-02-15&column=6&row={UNIT}"
    cell = text_of(desk.page(link.replace("unit=&", "")))
    assert "大坪街道 第6列 提供公共就业创业服务人数：42人" in cell
    assert "按人统计 2 人，加上活动记录里没有姓名的 40" in cell
    assert "大坪街道 1 王* ****0000 女 不详 电话 服务1 2022-02-01 09:05 政策咨询 创业帮扶 1" in cell
    assert "大坪街道 2 不详 不详 只有网页会话 服务3 2022-02-15 09:00 政策咨询 技能培训 1" in cell
    assert "没有姓名的数 活动记录1 2022-02-15 未登记姓名的就业服务 40" in cell
    assert "实现区县外省内转移就业人数：1人" in text_of(desk.page("/staff/report/cell?column=16"))
    serve_one_more()
    assert "总计 1 0 0 0 0 44 0 1" in text_of(desk.page("/staff/report"))


def serve_one_more() -> None:
    with database.writing() as session:
        serve(session, named(session, "周测试", "+8613800000002"), unit=UNIT)


def test_names_and_phones_are_masked_by_role(campaign: None, sign_in: SignIn) -> None:
    statistics, admin = sign_in("sun"), sign_in("qian")
    for path in ["/staff/report", *(f"/staff/report/cell?column={number}" for number in (6, 8, 12, 16))]:
        for whole in ("王测试", "13800000000", "/staff/people/"):
            assert whole not in statistics.page(path), path
    assert "王测试" in admin.page("/staff/report/cell?column=6")
    assert 'href="/staff/people/1"' in admin.page("/staff/report/cell?column=6")
    for name in FILES:
        content = statistics.client.get(f"/staff/report/{name}").content
        assert "王测试".encode() not in content, name
        assert b"13800000000" not in content, name
    assert "王测试" in admin.client.get("/staff/report/ledger.csv").text


def test_one_unit_and_an_earlier_day(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    early = text_of(desk.page(f"/staff/report?unit={UNIT}&as_of=2022-02-01"))
    assert "截至2月1日，大坪街道累计提供公共就业创业服务1人（其中女性1人）。" in desk.page(
        f"/staff/report?unit={UNIT}&as_of=2022-02-01"
    )
    assert "解放碑街道 0 0" not in early
    assert "总计 0 0 0 0 0 1 0 1" in early
    assert "截至1月20日，还没有记录" in desk.page("/staff/report?as_of=0001-01-01")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/staff/report?as_of=2022-02-30", 422, "日期请写成"),
        ("/staff/report?unit=大坪", 404, "没有“大坪”这个单位"),
        ("/staff/report/cell?column=22", 404, "没有第22列"),
        ("/staff/report/cell?column=x", 404, "没有第x列"),
        ("/staff/report/cell?column=6&row=别处", 404, "表里没有这一行"),
        ("/staff/report/table.pdf", 404, "没有 pdf 这种格式"),
        ("/staff/report/other.csv", 404, "没有这个文件"),
        ("/staff/report/submissions/9", 404, "没有第9号报送"),
        ("/staff/report/submissions/9/table.xlsx", 404, "没有第9号报送"),
    ],
)
def test_what_there_is_not(campaign: None, sign_in: SignIn, path: str, status: int, said: str) -> None:
    answer = sign_in("sun").client.get(path, headers=PAGE)
    assert (answer.status_code, said in text_of(answer.text)) == (status, True)


def test_a_notice_without_a_table_says_so(campaign: None, sign_in: SignIn, use_settings: Callable[..., None]) -> None:
    desk = sign_in("sun")
    use_settings(CHUNFENG_CAMPAIGN="fujian-2023")
    answer = desk.client.get("/staff/report", headers=PAGE)
    assert (answer.status_code, "此通知没有统计表" in answer.text) == (404, True)


def test_an_empty_database_has_a_page_and_files(accounts: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    assert "截至2月15日，还没有记录。" in desk.page("/staff/report")
    for name in FILES:
        assert desk.status(f"/staff/report/{name}") == 200, name


def test_the_files_are_those_of_the_table_and_each_is_in_the_log(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    got = {name: desk.client.get(f"/staff/report/{name}?unit={UNIT}") for name in FILES}
    assert json.loads(got["table.json"].content)["total"][5] == 42
    assert got["table.csv"].content.decode("utf-8-sig").splitlines()[1].startswith("总计,1,0,0,0,0,42,")
    assert load_workbook(io.BytesIO(got["table.xlsx"].content)).sheetnames == [
        "统计表",
        "依据",
        "报送前核对",
        "统计口径",
    ]
    assert "报送前核对" in got["table.html"].text
    assert (
        "大坪街道渝中区2022年春风行动工作总结（初稿）"
        in Document(io.BytesIO(got["table.docx"].content)).paragraphs[0].text
    )
    ledger = list(csv.reader(io.StringIO(got["ledger.csv"].content.decode("utf-8-sig"))))
    assert [line[:6] for line in ledger[1:]] == [
        ["6", "提供公共就业创业服务人数", UNIT, "1", "王*", "****0000"],
        ["6", "提供公共就业创业服务人数", UNIT, "2", "", ""],
        ["12", "劳动维权和法律援助人数", UNIT, "1", "王*", "****0000"],
        ["16", "实现区县外省内转移就业人数", UNIT, "1", "王*", "****0000"],
    ]
    asked = list(csv.reader(io.StringIO(got["worklist.csv"].content.decode("utf-8-sig"))))
    assert [(line[0], line[3]) for line in asked[1:]] == [("6", "1"), ("6", "2"), ("16", "1")]
    for name, answer in got.items():
        assert "attachment" in answer.headers["content-disposition"], name
        assert answer.headers["cache-control"] == "no-store", name
    assert log("report.export") == FILES


def test_looking_is_in_the_log(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    desk.page("/staff/report")
    desk.page(f"/staff/report/cell?column=6&row={UNIT}")
    assert log("report.look") == [""]
    assert log("report.open") == [f"column:6 {UNIT}"]


def test_checks_name_their_records_masked(campaign: None, sign_in: SignIn) -> None:
    with database.writing() as session:
        enter(session, "startup_trainings", 5)
        serve(session, 1, at=datetime(2021, 2, 15))
    page = sign_in("sun").page("/staff/report")
    shown = text_of(page)
    assert "错误 大坪街道：第10列（其中：参加创业培训人数）5 大于第9列的 0，请核对活动记录" in shown
    assert "活动记录3 2022-02-15 参加培训：创业培训5人 大坪街道" in shown
    assert "服务早于2022-01-21，没有统计：1条 服务5 2021-02-15 00:00 政策咨询 创业帮扶 未归属 人员1" in shown
    assert "人员1 王* ****0000 性别女 脱贫人口不详 认人：电话" in shown
    assert "核对里还有错误。" in page
    assert 'href="/staff/services/5"' in sign_in("qian").page("/staff/report")


def test_a_submission_stays_and_says_what_changed(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    assert desk.post("/staff/report/submissions", as_of=DAY.isoformat()) == {"go": "/staff/report/submissions/1"}
    again = desk.post("/staff/report/submissions", 409, as_of=DAY.isoformat())
    assert again["error"] == "和第1号报送一模一样，不用再报一次。"
    before = desk.client.get("/staff/report/submissions/1/table.json").content
    assert "数字没有变化" in desk.page("/staff/report/submissions/1")
    with database.writing() as session:
        session.execute(select(Service).filter_by(id=1)).scalar_one().voided_at = clock.now()
        session.get(Person, 1).poverty_alleviated = True
    serve_one_more()
    shown = text_of(desk.page("/staff/report/submissions/1"))
    assert "由 孙统计（sun） 报送，全部单位，统计到 2022-02-15" in shown
    assert "总计 1 0 0 0 0 43 0 1" in shown
    assert "总计 提供公共就业创业服务人数/其中：女性人数：1 → 0（-1）" in shown
    assert "新记的服务1条：5 作废的服务1条：1" in shown
    assert desk.client.get("/staff/report/submissions/1/table.json").content == before
    assert desk.status("/staff/report/submissions/1/table.docx") == 404
    listed = text_of(desk.page("/staff/report"))
    assert "1 2022-02-15 09:00 孙统计（sun） 全部单位 2022-02-15" in listed
    assert "错误 比2022-02-15的第1号报送少了，请说明原因" in listed
    assert log("report.freeze") == ["submission:1"]
    assert log("report.export") == ["submission:1 table.json"] * 2


def test_a_submission_of_one_unit(campaign: None, sign_in: SignIn) -> None:
    desk = sign_in("sun")
    desk.post("/staff/report/submissions", unit=UNIT)
    shown = text_of(desk.page("/staff/report/submissions/1"))
    assert "街道办事处：大坪街道" in shown
    assert "解放碑街道" not in shown
    assert "数字没有变化" in shown


def test_the_figures_stand_in_tables(campaign: None, sign_in: SignIn) -> None:
    shown = text_of(sign_in("sun").page("/staff/report"))
    assert "每周：柱是新增，线是累计（人） 这周到 新增 累计 01-27 0 0 02-03 1 1 02-10 0 1 02-15 42 43" in shown
    assert "02-14 0 1 02-15 42 43" in shown
    assert "来源 合计 占比 第6列 第12列 网页 4 100.0% 3 1" in shown
    assert "创业帮扶 2 50.0% 2 0" in shown
    assert "登记了求职意向的 1 人里，得到了（人） 得到了 人 占比 1次职业指导 0 0.0%" in shown
    assert "结果 条 占比 答上了 0 — 没听准，反问了 0 —" in shown
    assert "5 星 0 4 星 0" in shown
    assert "还没有人排过队" in shown


def test_a_long_cell_comes_in_pages(campaign: None, sign_in: SignIn) -> None:
    with database.writing() as session:
        for number in range(60):
            serve(session, 1, topic=f"t{number}", unit=UNIT)
    desk = sign_in("sun")
    first = desk.page("/staff/report/cell?column=6")
    assert ("下一页" in first, "上一页" in first) == (True, False)
    second = desk.page("/staff/report/cell?column=6&page=2")
    assert ("下一页" in second, "上一页" in second) == (False, True)
    assert first.count("<td>王*</td>") + second.count("<td>王*</td>") == 61
    assert "这一格后面没有记录了" in desk.page("/staff/report/cell?column=6&page=9")
