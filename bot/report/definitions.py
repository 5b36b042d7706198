"""What each column counts, in words, for whoever reads the table; worked out from the pack."""

from __future__ import annotations

from collections.abc import Iterator

from bot.campaign.activity_kinds import ACTIVITY_KINDS, OUTCOME_NAMES
from bot.campaign.kinds import KIND_NAMES
from bot.campaign.table_model import Column
from bot.report.table import StatisticsTable

HEADINGS = ("列", "列名", "单位", "怎么统计")
_ATTRIBUTES = {"female": "女性", "poverty_alleviated": "脱贫人口"}
#: The rules that hold for all columns (docs/counting.md says why).
RULES = (
    "人数是人，不是人次：一个人办多少次都算一个人。同一电话、姓名相同或缺姓名的是一个人；合并过的人算一个人。",
    "一个人在一列里只算在一个街道：窗口期内第一次写明街道的那条记录的街道；都没写明的在“未归属”。所以各行相加等于总计。",
    "作废的记录不算。性别、是否脱贫人口不知道的，算在总数里，不算在“其中”里。",
    "活动记录里没有姓名的数加在最后，和按人统计的数分开列出。",
)


def rows(table: StatisticsTable) -> Iterator[tuple[int, str, str, str]]:
    """One line a column, as HEADINGS has it."""
    for column in table.definition.columns:
        yield column.no, column.name, column.unit, "；".join(_parts(table, column))


def _parts(table: StatisticsTable, column: Column) -> Iterator[str]:
    if column.counts:
        yield f"按人统计服务：{'、'.join(KIND_NAMES[kind] for kind in column.counts.kinds)}"
        if column.counts.except_topics:
            yield f"不算这些事项：{'、'.join(table.topics.get(topic, topic) for topic in column.counts.except_topics)}"
    if column.outcome:
        yield f"按人统计求职登记最近一次回访是“{OUTCOME_NAMES[column.outcome]}”的，就业日期在窗口期内"
    if column.where:
        yield f"第{column.subset_of}列的人里的{_ATTRIBUTES[column.where]}"
    if column.activities:
        yield f"活动记录：{'、'.join(ACTIVITY_KINDS[code].name for code in column.activities)}"
    if column.from_preparation and table.window.prepared_from < table.window.first:
        yield f"从准备和宣传发动期间（{table.window.prepared_from}）算起"


def window_line(table: StatisticsTable) -> str:
    """Which days were counted, and by which rules."""
    window = table.window
    rules = f"，口径编号 {table.rules}" if table.rules else ""
    return f"统计时间：{window.first}至{window.end_day}（窗口期到{window.last}止）{rules}"
