"""A first draft of the summary that goes up with the table (六（四）及时报送情况); a clerk finishes it in Word."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Inches, Pt
from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.campaign.table_model import Column
from bot.report import curves, events, picture, progress
from bot.report.curves import Point
from bot.report.scope import TOTAL, Scope
from bot.report.table import StatisticsTable, scope_of

HEAD_FONT, BODY_FONT = "黑体", "仿宋"
TO_WRITE = "（请补写）"
_BODY_SIZE, _TABLE_SIZE = Pt(14), Pt(7.5)


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
    """Word keeps the font of Chinese characters apart from that of letters."""
    for style, font in (("Normal", BODY_FONT), ("Heading 1", HEAD_FONT), ("Title", HEAD_FONT)):
        named = document.styles[style]
        named.font.name = font
        named.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    document.styles["Normal"].font.size = _BODY_SIZE


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
    columns = built.definition.columns
    lines = [[built.definition.row_label, *(column.label or column.group for column in columns)]]
    lines.append(["甲", *(str(column.no) for column in columns)])
    lines += [[row.unit, *map(str, row.numbers)] for row in (built.total, *built.rows)]
    _table(document, lines)
    for text in (built.definition.signature, *built.definition.notes):
        document.add_paragraph(text)


def _table(document: Any, lines: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(lines[0]), style="Table Grid")
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(text).font.size = _TABLE_SIZE
    document.add_paragraph()
