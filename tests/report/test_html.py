"""The page: the annex's merges, links to the records, nothing from elsewhere, nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bot.campaign.model import Pack
from bot.records import database
from bot.report import table
from bot.report.formats import FORMATS
from tests.report.helpers import DAY, named, serve
from tests.report.test_table import one_of_each


def test_the_page(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        page = FORMATS["html"](replace(table.build(session, yuzhong, DAY), remarks=())).decode("utf-8")
    heads = re.findall(r"<tr>(<th rowspan.*?)</tr>\s*<tr>(.*?)</tr>", page, re.DOTALL)[0]
    assert re.findall(r'<th(?: rowspan="(\d)")?(?: colspan="(\d)")?>([^<]*)</th>', heads[0]) == [
        ("2", "", ""),
        ("2", "", "发放春风卡等宣传资料份数"),
        ("", "4", "专场招聘会"),
        ("2", "", "提供公共就业创业服务人数"),
        ("", "", ""),
        ("", "", ""),
        ("2", "", "组织参加职业技能培训人数"),
        ("", "", ""),
        ("", "", ""),
        ("2", "", "劳动维权和法律援助人数"),
        ("2", "", "实现区县内就地就近人数"),
        ("", "", ""),
        ("", "", ""),
        ("2", "", "实现区县外省内转移就业人数"),
        ("", "", ""),
        ("", "", ""),
        ("2", "", "实现跨省转移就业人数"),
        ("", "", ""),
        ("", "", ""),
    ]
    assert len(re.findall("<th>", heads[1])) == 14
    (row,) = re.findall(r"<tr><th>大坪街道</th>(.*?)</tr>", page, re.DOTALL)
    cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
    assert [re.sub(r"<.*?>", "", cell).strip() for cell in cells] == [*"00000101", *"0000000000000"]
    assert cells[5].strip() == '<a href="#c6-8">1</a>'
    assert page.count('id="c6-8"') == 1
    assert "没有发现问题。" in page


def test_the_page_needs_nothing_from_elsewhere(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, named(session, "王测试", "+8613800000000"), topic="<script>alert(1)</script>")
        page = FORMATS["html"](table.build(session, yuzhong, DAY)).decode("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "王测试" not in page
    assert "13800000000" not in page
