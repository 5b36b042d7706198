"""The workbook: every header cell, every merge, the numbers, the page, and what stands behind."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell

from bot.campaign.load import Pack
from bot.records import database
from bot.report import evidence, table
from bot.report.formats import FORMATS
from tests.report.helpers import DAY, enter, follow_up, person, serve
from tests.report.test_table import one_of_each

HEADER = [
    ["2022年春风行动工作情况统计表", *[None] * 21],
    ["街道办事处", *[None] * 17, "单位：人", None, None, None],
    [
        None,
        "发放春风卡等宣传资料份数",
        *["专场招聘会", None, None, None],
        *["提供公共就业创业服务人数", None, None],
        *["组织参加职业技能培训人数", None, None],
        "劳动维权和法律援助人数",
        *["实现区县内就地就近人数", None, None],
        *["实现区县外省内转移就业人数", None, None],
        *["实现跨省转移就业人数", None, None],
    ],
    [
        *[None, None, "组织招聘活动次数", "进场招聘企业数量", "发布岗位信息条数", "签订就业意向人数"],
        *[None, "其中：脱贫人口数", "其中：女性人数"],
        *[None, "其中：参加创业培训人数", "其中：享受培训补贴人数"],
        None,
        *[None, "其中：脱贫人口数", "其中：女性人数"] * 3,
    ],
    ["甲", *range(1, 22)],
]

MERGES = [
    *["A1:V1", "A2:F2", "S2:V2", "A3:A4"],
    *["B3:B4", "C3:F3", "G3:G4", "J3:J4", "M3:M4", "N3:N4", "Q3:Q4", "T3:T4"],
]
FOOT = [f"A{row}:V{row}" for row in range(19, 24)]


def workbook(built: table.StatisticsTable) -> Workbook:
    return load_workbook(io.BytesIO(FORMATS["xlsx"](built)))


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheet(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        sheet = workbook(table.build(session, yuzhong, DAY)).worksheets[0]
    rows = values(sheet)
    assert rows[:5] == HEADER
    assert rows[5] == ["总计", 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, *[0] * 9]
    assert [row[0] for row in rows[6:18]] == [*yuzhong.unit_names, "未归属"]
    assert rows[14] == ["大坪街道", 0, 0, 0, 0, 0, 1, 0, 1, *[0] * 13]
    assert rows[18][0] == yuzhong.table.signature
    assert [row[0] for row in rows[19:23]] == ["填报说明：", *yuzhong.table.notes]
    assert len(rows) == 23
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted([*MERGES, *FOOT])
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'统计表'!$A$1:$V$23"
    assert {cell.font.name for cell in (sheet["A1"], sheet["B3"], sheet["H4"])} == {"宋体"}
    assert {cell.font.name for cell in (sheet["A6"], sheet["G15"], sheet["A21"])} == {"仿宋"}
    boxed = [cell.border.left.style for row in sheet["A3:V18"] for cell in row if not isinstance(cell, MergedCell)]
    assert set(boxed) == {"thin"}


def test_the_sheet_of_one_unit_names_it(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        sheet = workbook(table.build(session, yuzhong, DAY, unit="大坪街道")).worksheets[0]
    rows = values(sheet)
    assert rows[1][0] == "街道办事处：大坪街道"
    assert [row[0] for row in rows[5:8]] == ["总计", "大坪街道", yuzhong.table.signature]
    assert rows[5][1:] == rows[6][1:] == [0, 0, 0, 0, 0, 1, 0, 1, *[0] * 13]


def test_the_records_behind_every_cell(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        woman = person(session, gender="female")
        serve(session, woman, unit="大坪街道", at=datetime(2022, 2, 1, 9, 5))
        serve(session, woman, "job_recommendation", "unpaid_wages", unit="解放碑街道")
        follow_up(session, woman, "employed_in_district", date(2022, 2, 10))
        enter(session, "services", 40)
        enter(session, "leaflets", 300, unit=None)
        rows = values(workbook(table.build(session, yuzhong, DAY))["依据"])
    served, female = "提供公共就业创业服务人数", "提供公共就业创业服务人数/其中：女性人数"
    near, near_female = "实现区县内就地就近人数", "实现区县内就地就近人数/其中：女性人数"
    assert rows == [
        ["列", "列名", "街道", "人员编号", "记录", "时间", "内容", "事项", "计入"],
        [1, "发放春风卡等宣传资料份数", "未归属", None, "活动记录2", "2022-02-15", "发放宣传资料", None, 300],
        [6, served, "大坪街道", 1, "服务1", "2022-02-01 09:05", "政策咨询", "创业帮扶", 1],
        [6, served, "大坪街道", 1, "服务2", "2022-02-15 09:00", "岗位推荐", "拖欠工资", None],
        [6, served, "大坪街道", None, "活动记录1", "2022-02-15", "未登记姓名的就业服务", None, 40],
        [8, female, "大坪街道", 1, "服务1", "2022-02-01 09:05", "政策咨询", "创业帮扶", 1],
        [8, female, "大坪街道", 1, "服务2", "2022-02-15 09:00", "岗位推荐", "拖欠工资", None],
        [13, near, "大坪街道", 1, "回访1", "2022-02-10", "在本区县就业", None, 1],
        [15, near_female, "大坪街道", 1, "回访1", "2022-02-10", "在本区县就业", None, 1],
    ]


def test_too_many_records_are_left_to_the_ledger(records: Path, yuzhong: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_PERSONS", 1)
    with database.writing() as session:
        for _ in range(2):
            serve(session, person(session))
        built = table.build(session, yuzhong, DAY)
        assert values(workbook(built)["依据"]) == [["依据"], [evidence.TOO_MANY]]
        assert evidence.TOO_MANY in FORMATS["html"](built).decode()


def test_a_topic_that_looks_like_a_formula_is_text(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), topic='=HYPERLINK("http://127.0.0.1")')
        cell = workbook(table.build(session, yuzhong, DAY))["依据"]["H2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://127.0.0.1")')


def test_the_sheets_of_checks_and_definitions(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        built = replace(table.build(session, yuzhong, DAY), remarks=("【提醒】请看",))
        book = workbook(built)
    window = f"统计时间：2022-01-21至2022-02-15（窗口期到2022-03-31止），口径编号 {built.rules}"
    assert book.sheetnames == ["统计表", "依据", "报送前核对", "统计口径"]
    title = "2022年春风行动工作情况统计表　报送前核对（全部单位）"
    assert values(book["报送前核对"]) == [[title], [window], ["【提醒】请看"]]
    rows = values(book["统计口径"])
    assert rows[0] == ["列", "列名", "单位", "怎么统计"]
    assert rows[6] == [
        6,
        "提供公共就业创业服务人数",
        "人",
        "按人统计服务：政策咨询、招聘会信息、岗位信息、培训信息、职业指导、岗位推荐、培训推荐、创业指导、就业援助、求职登记、"
        "求助登记；不算这些事项：社会救助、返乡返岗交通、儿童关爱、留岗过年待遇、生活困难、返乡返岗车票、心理、其他；"
        "活动记录：未登记姓名的就业服务",
    ]
    assert rows[8][3] == "第6列的人里的女性；活动记录：未登记姓名的就业服务：女性"
    assert rows[13][3] == "按人统计求职登记最近一次回访是“在本区县就业”的，就业日期在窗口期内；活动记录：在本区县就业"
    assert rows[22][0] == window
    assert len(rows) == 27
