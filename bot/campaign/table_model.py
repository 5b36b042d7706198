"""The statistics table of a notice: its words, and what fills each column."""

from __future__ import annotations

from pydantic import Field, validator

from bot.campaign.activity_kinds import Attribute, Outcome, known_activity
from bot.campaign.kinds import known_kind
from bot.campaign.part import Part, Source


class Counts(Part):
    """Which services count in a column."""

    kinds: list[str] = Field(min_items=1)
    except_topics: list[str] = []

    _known_kind = validator("kinds", each_item=True, allow_reuse=True)(known_kind)


class Column(Part):
    """One numbered column of the statistics table: a set of persons, and unnamed numbers added to it.

    Attributes:
        counts: the persons with such a service.
        outcome: the persons whose job intention ended so.
        subset_of: the column of the total that this one is a part (其中) of.
        where: the persons of that column who have this; without it, only `activities` fill the part.
        activities: the kinds of entry in the activity log whose numbers are added.
        from_preparation: whether the days of preparation before the campaign count as well.
    """

    no: int
    group: str
    label: str = ""
    unit: str
    counts: Counts | None = None
    outcome: Outcome | None = None
    subset_of: int | None = None
    where: Attribute | None = None
    activities: list[str] = []
    from_preparation: bool = False

    _known_activity = validator("activities", each_item=True, allow_reuse=True)(known_activity)

    @property
    def name(self) -> str:
        """`group/label`, or the group alone for a column without a second header line."""
        return f"{self.group}/{self.label}" if self.label else self.group


class Table(Part):
    """The statistics table in the annex of a notice."""

    title: str
    row_label: str
    unit_line: str
    columns: list[Column] = Field(min_items=1)
    signature: str
    notes: list[str]
    sources: list[Source] = []

    @validator("columns")
    def _in_order(cls, columns: list[Column]) -> list[Column]:
        if [column.no for column in columns] != list(range(1, len(columns) + 1)):
            raise ValueError("列号要从 1 起按顺序写，不能重复或跳过")
        totals = {column.no: column for column in columns if column.subset_of is None}
        for column in columns:
            if column.counts and column.outcome:
                raise ValueError(f"第{column.no}列：counts 和 outcome 只能写一样")
            if column.subset_of is None:
                if column.where is not None:
                    raise ValueError(f"第{column.no}列：where 要和 subset_of 一起写")
                continue
            total = totals.get(column.subset_of)
            if total is None:
                raise ValueError(f"第{column.no}列：subset_of 指的第{column.subset_of}列不是总数列")
            if column.counts or column.outcome:
                raise ValueError(f"第{column.no}列：有 subset_of 的列不写 counts 和 outcome")
            if column.where and not (total.counts or total.outcome):
                raise ValueError(f"第{column.no}列：第{total.no}列没有按人统计，不能写 where")
        return columns
