"""The table as one page without anything from elsewhere; each number leads to the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from bot.campaign.table_model import Table
from bot.report import definitions, evidence
from bot.report.scope import TOTAL
from bot.report.table import StatisticsTable


@dataclass(frozen=True)
class _Head:
    """One cell of the group line."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class _Behind:
    """One line of the records; the first of a cell carries its anchor."""

    anchor: str
    texts: evidence.Line


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(autoescape=True, loader=FileSystemLoader(Path(__file__).parent), trim_blocks=True)
    return environment.get_template("page.html.j2")


def render(table: StatisticsTable) -> bytes:
    """The page in UTF-8: the annex, checks, definitions, records; printed, the annex is the first sheet of A4."""
    too_many = evidence.too_many(table) and table.opens
    behind, anchors = ([], {}) if too_many else _behind(table)
    first, second = header(table.definition)
    page = _template().render(
        table=table,
        words=table.definition,
        header={"first": first, "second": second},
        rows=[table.total, *table.rows],
        anchors=anchors,
        window_line=definitions.window_line(table),
        rules=definitions.RULES,
        definitions=definitions.rows(table),
        definition_headings=definitions.HEADINGS,
        evidence=behind,
        evidence_headings=evidence.HEADINGS,
        too_many=evidence.TOO_MANY if too_many else "",
    )
    return page.encode("utf-8")


def header(words: Table) -> tuple[list[_Head], list[str]]:
    """The group line and the label line, merged as the annex does (see annex_sheet)."""
    first: list[_Head] = []
    for group, members in groupby(words.columns, key=lambda column: column.group):
        columns = list(members)
        if columns[0].label:
            first.append(_Head(group, columns=len(columns)))
            continue
        first.append(_Head(group, rows=2))
        first.extend(_Head("") for _ in columns[1:])
    return first, [column.label for column in words.columns if column.label]


def _behind(table: StatisticsTable) -> tuple[list[_Behind], dict[tuple[int, str], str]]:
    """The records, by column and row, and where the records of each cell begin."""
    order = {row.unit: place for place, row in enumerate(table.rows)}
    found = sorted(evidence.lines(table), key=lambda line: (line.column, order[line.row]))
    behind: list[_Behind] = []
    anchors: dict[tuple[int, str], str] = {}
    for line in found:
        anchor = f"c{line.column}-{order[line.row]}"
        begins = (line.column, line.row) not in anchors
        anchors.setdefault((line.column, line.row), anchor)
        anchors.setdefault((line.column, TOTAL), anchor)
        behind.append(_Behind(anchor if begins else "", line))
    return behind, anchors
