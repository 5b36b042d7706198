"""Curves, the line for 随时报送, and the draft of the summary."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

from docx import Document

from bot.campaign.model import Pack
from bot.records import activities, database
from bot.records.activities import Entry
from bot.report import curves, events, progress, summary, table
from bot.report.curves import Point
from tests.report.helpers import AT, CAMPAIGN, DAY, enter, follow_up, person, serve


def test_a_person_comes_new_on_their_first_day(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who, other = person(session), person(session, gender="female")
        for day in (1, 3, 8):
            serve(session, who, unit="大坪街道", at=datetime(2022, 2, day, 23, 59))
        serve(session, other, at=datetime(2022, 2, 3))
        enter(session, "services", 5, day=date(2022, 2, 9))
        enter(session, "services_female", 2, day=date(2022, 2, 9))
        table.build(session, yuzhong, DAY)
        scope = table.scope_of(yuzhong, DAY)
        days = curves.daily(session, scope, scope.table.columns[5])
        of_unit = curves.daily(session, scope, scope.table.columns[5], "大坪街道")
        women = curves.daily(session, scope, scope.table.columns[7])
    assert (days[0].day, days[-1]) == (date(2022, 1, 21), Point(DAY, 0, 7))
    assert [(point.day.day, point.new, point.total) for point in days if point.new] == [(1, 1, 1), (3, 1, 2), (9, 5, 7)]
    assert of_unit[-1].total == 6
    assert [(point.day.day, point.total) for point in women if point.new] == [(3, 1), (9, 3)]
    assert curves.weekly(days) == [
        Point(date(2022, 1, 27), 0, 0),
        Point(date(2022, 2, 3), 2, 2),
        Point(date(2022, 2, 10), 5, 7),
        Point(date(2022, 2, 15), 0, 7),
    ]


def test_the_line_of_progress(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        assert progress.line(table.build(session, yuzhong, DAY)) == "截至2月15日，还没有记录。"
        serve(session, person(session, gender="female", poverty_alleviated=True), unit="大坪街道")
        follow_up(session, 1, "employed_in_province")
        for kind, quantity in (("leaflets", 300), ("fair_held", 2), ("trainings", 30), ("subsidised_trainings", 28)):
            enter(session, kind, quantity)
        assert progress.line(table.build(session, yuzhong, DAY)) == (
            "截至2月15日，累计发放春风卡等宣传资料300份，组织招聘活动2次，"
            "提供公共就业创业服务1人（其中脱贫人口1人、女性1人），组织参加职业技能培训30人（其中享受培训补贴28人），"
            "实现区县外省内转移就业1人（其中脱贫人口1人、女性1人）。"
        )
        assert progress.line(table.build(session, yuzhong, DAY, "解放碑街道")) == "截至2月15日，还没有记录。"
        assert progress.line(table.build(session, yuzhong, DAY, "大坪街道")).startswith("截至2月15日，大坪街道累计")


def test_the_draft(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道")
        enter(session, "fair_held", 1, day=date(2022, 2, 10))
        enter(session, "leaflets", 5)
        noted = Entry(CAMPAIGN, "posts", date(2022, 2, 11), 85, "解放碑街道", "都是家门口的岗位")
        activities.enter(session, noted, "clerk", AT, "form:noted")
        document = Document(io.BytesIO(summary.draft(session, yuzhong, table.build(session, yuzhong, DAY))))
        of_unit = list(events.lines(session, table.scope_of(yuzhong, DAY), "大坪街道"))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[:4] == [
        "渝中区2022年春风行动工作总结（初稿）",
        "一、总体情况",
        "截至2月15日，累计发放春风卡等宣传资料5份，组织招聘活动1次，发布岗位信息85条，提供公共就业创业服务1人。",
        "活动主题：春风送温暖 就业送真情。活动时间：2022年1月21日至3月31日。（请补写）组织领导和主要做法。",
    ]
    at = texts.index("三、活动记事")
    assert texts[at + 1 : at + 5] == [
        "2月10日　大坪街道组织招聘活动1次",
        "2月11日　解放碑街道发布岗位信息85条，都是家门口的岗位",
        "四、存在的问题和建议",
        "（请补写）",
    ]
    assert len(document.inline_shapes) == 2
    annex = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert annex[0][:10] == [
        *("街道办事处", "发放春风卡等宣传资料份数"),
        *["专场招聘会"] * 4,
        *("提供公共就业创业服务人数", "", "", "组织参加职业技能培训人数"),
    ]
    assert annex[1][:5] == [
        "街道办事处",
        "发放春风卡等宣传资料份数",
        "组织招聘活动次数",
        "进场招聘企业数量",
        "发布岗位信息条数",
    ]
    assert annex[1][6:9] == ["提供公共就业创业服务人数", "其中：脱贫人口数", "其中：女性人数"]
    assert annex[2] == ["甲", *map(str, range(1, 22))]
    assert annex[3][:8] == ["总计", "5", "1", "0", "85", "0", "1", "0"]
    assert [row[0] for row in annex[4:]] == yuzhong.unit_names
    assert texts[-4:] == ["填报说明：", *yuzhong.table.notes]
    pages = [(one.page_width.mm, one.page_height.mm) for one in document.sections]
    assert [(round(width), round(height)) for width, height in pages] == [(210, 297), (297, 210)]
    assert of_unit == ["2月10日　大坪街道组织招聘活动1次"]
