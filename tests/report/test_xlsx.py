"""The sheet as the annex prints it: every header cell, every merge, the numbers, the page."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from bot.campaign.load import Pack
from bot.records import database
from bot.report import table
from bot.report.formats import FORMATS
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
    *["A1:V1", "A2:D2", "S2:V2", "A3:A4"],
    *["B3:B4", "C3:F3", "G3:G4", "H3:I3", "J3:J4", "K3:L3", "M3:M4"],
    *["N3:N4", "O3:P3", "Q3:Q4", "R3:S3", "T3:T4", "U3:V3"],
    *["A19:V19", "A20:V20", "A21:V21", "A22:V22", "A23:V23"],
]


def test_the_sheet(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        content = FORMATS["xlsx"](table.build(session, yuzhong, date(2022, 2, 15)))
    sheet = load_workbook(io.BytesIO(content))["统计表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=23, max_col=22)]
    assert rows[:5] == HEADER
    assert rows[5] == ["总计", 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, *[0] * 9]
    assert [row[0] for row in rows[6:18]] == [*yuzhong.unit_names, "未归属"]
    assert rows[18][0] == yuzhong.table.signature
    assert [row[0] for row in rows[19:23]] == ["填报说明：", *yuzhong.table.notes]
    assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(MERGES)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 1)
    assert sheet.print_area == "'统计表'!$A$1:$V$23"
