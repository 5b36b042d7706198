"""Importing courses (培训)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, validator

from bot.imports import fields
from bot.imports.importer import Register
from bot.imports.row import SheetRow, kind_of_work
from bot.imports.sheet import Heading
from bot.records.openings import Course

HEADINGS = (
    Heading("number", "课程编号", ("编号",)),
    Heading("title", "课程名称", ("课程", "培训项目", "培训名称"), required=True),
    Heading("kind_of_work", "工种", ("培训工种",)),
    Heading("organiser", "举办单位", ("培训机构", "主办单位"), required=True),
    Heading("unit", "街道", ("所属街道", "填报单位")),
    Heading("place", "上课地点", ("地点", "地址", "培训地点")),
    Heading("starts_on", "开课日期", ("开始日期", "开班日期")),
    Heading("ends_on", "结课日期", ("结束日期",)),
    Heading("fee", "费用", ("收费", "学费")),
    Heading("subsidised", "有补贴", ("是否有补贴", "补贴")),
    Heading("contact_phone", "联系电话", ("电话",)),
    Heading("valid_until", "报名截止", ("有效期至", "截止日期")),
)


class CourseRow(SheetRow):
    """One course."""

    title: str = Field(max_length=200)
    kind_of_work: str | None = None
    organiser: str = Field(max_length=200)
    place: str | None = Field(None, max_length=200)
    starts_on: date | None = None
    ends_on: date | None = None
    fee: str | None = Field(None, max_length=64)
    subsidised: bool | None = None
    contact_phone: str | None = None
    valid_until: date | None = None

    _days = validator("starts_on", "ends_on", "valid_until", pre=True, allow_reuse=True)(fields.day)
    _subsidised = validator("subsidised", pre=True, allow_reuse=True)(fields.yes_or_no)
    _phone = validator("contact_phone", pre=True, allow_reuse=True)(fields.phone)

    @validator("ends_on")
    def _not_before_its_start(cls, end: date, values: dict[str, Any]) -> date:
        start = values.get("starts_on")
        if start and end < start:
            raise ValueError("早于开课日期，请改正")
        return end

    def owner(self) -> str:
        """The organiser."""
        return self.organiser

    def columns(self) -> dict[str, Any]:
        """The kind of work by its name."""
        return {**super().columns(), "kind_of_work": kind_of_work(self.kind_of_work, self.title)}


REGISTER = Register("courses", "培训", Course, CourseRow, HEADINGS)
