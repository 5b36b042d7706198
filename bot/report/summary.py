"""A first draft of the summary that goes up with the table (六（四）及时报送情况); a clerk finishes it in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, RGBColor
from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.campaign.table_model import Column, Table
from bot.report import curves, events, picture, progress
from bot.report.curves import Point
from bot.report.scope import TOTAL, Scope
from bot.report.table import StatisticsTable, scope_of

HEAD_FONT, BODY_FONT = "黑体", "仿宋"
TO_WRITE = "（请补写）"
_TITLE_SIZE, _HEADING_SIZE, _BODY_SIZE, _TABLE_SIZE = Pt(22), Pt(16), Pt(14), Pt(7.5)
_BLACK = RGBColor(0, 0, 0)
_A4 = (Mm(210), Mm(297))


def draft(session: Session, pack: Pack, built: StatisticsTable) -> bytes:
    """The draft as a Word file.

    Args:
        session: the session that the table was counted in.
        pack: the campaign.
        built: the table, of all units or of one.

    Returns:
        What was done in numbers, curves of the columns that count services, events of the log, what a clerk
        must write, and the table on a page of its own.
    """
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = _A4
    _fonts(document)
    _title(document, f"{built.one_unit or ''}{pack.title}工作总结（初稿）")
    scope = scope_of(pack, built.window.as_of, built.window.as_of)
    document.add_heading("一、总体情况", level=1)
    document.add_paragraph(progress.line(built))
    document.add_paragraph(f"活动主题：{pack.theme.text}。活动时间：{pack.period.text}。{TO_WRITE}组织领导和主要做法。")
    document.add_heading("二、进展", level=1)
    row = built.one_unit or TOTAL
    for column in built.definition.columns:
        if column.counts:
            _curve(document, column, curves.daily(session, scope, column, row))
    document.add_heading("三、活动记事", level=1)
    _events(document, session, scope, row)
    document.add_heading("四、存在的问题和建议", level=1)
    document.add_paragraph(TO_WRITE)
    _annex(document, built)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fonts(document: Any) -> None:
    """Black on white, as offices write; Word keeps the font of Chinese characters apart from that of letters."""
    for style, font, size in (
        ("Normal", BODY_FONT, _BODY_SIZE),
        ("Heading 1", HEAD_FONT, _HEADING_SIZE),
        ("Title", HEAD_FONT, _TITLE_SIZE),
    ):
        named = document.styles[style]
        named.font.name, named.font.size, named.font.color.rgb = font, size, _BLACK
        properties = named.element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    for line in document.styles["Title"].element.iter(qn("w:pBdr")):
        line.getparent().remove(line)


def _title(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER


def _curve(document: Any, column: Column, days: Sequence[Point]) -> None:
    """A picture and, under it, its numbers by weeks."""
    document.add_paragraph(f"{column.group}：柱是每天新增，线是累计。")
    document.add_picture(io.BytesIO(picture.draw(list(days))), width=Inches(5.9))
    weeks = curves.weekly(list(days))
    lines = [["到", *(f"{week.day:%m-%d}" for week in weeks)]]
    lines += [["新增", *(str(week.new) for week in weeks)], ["累计", *(str(week.total) for week in weeks)]]
    _table(document, lines)


def _events(document: Any, session: Session, scope: Scope, row: str) -> None:
    told = list(events.lines(session, scope, row))
    for line in told:
        document.add_paragraph(line, style="List Bullet")
    if not told:
        document.add_paragraph(f"活动记录里还没有内容。{TO_WRITE}")


def _annex(document: Any, built: StatisticsTable) -> None:
    """The table on a landscape page."""
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Inches(0.5)
    _title(document, built.definition.title)
    lines = [["甲", *(str(column.no) for column in built.definition.columns)]]
    lines += [[row.unit, *map(str, row.numbers)] for row in (built.total, *built.rows)]
    _table(document, lines, built.definition)
    for text in (built.definition.signature, "填报说明：", *built.definition.notes):
        document.add_paragraph(text)


def _table(document: Any, lines: list[list[str]], heads: Table | None = None) -> None:
    table = document.add_table(rows=2 if heads else 0, cols=len(lines[0]), style="Table Grid")
    if heads:
        _head(table, heads)
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            _fill(cell, text)
    document.add_paragraph()


def _head(table: Any, words: Table) -> None:
    """Two lines of headings, merged as the annex does (see bot.report.formats.annex_sheet)."""
    upper, lower = (table.rows[place].cells for place in (0, 1))
    _fill(upper[0].merge(lower[0]), words.row_label)
    for group, members in groupby(words.columns, key=lambda column: column.group):
        columns = list(members)
        first, last = columns[0].no, columns[-1].no
        _fill(upper[first].merge(upper[last] if columns[0].label else lower[first]), group)
    for column in words.columns:
        if column.label:
            _fill(lower[column.no], column.label)


def _fill(cell: Any, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).font.size = _TABLE_SIZE
