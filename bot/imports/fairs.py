"""Importing job fairs (招聘会)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, root_validator, validator

from bot.imports import fields
from bot.imports.importer import Register
from bot.imports.row import SheetRow
from bot.imports.sheet import Heading
from bot.records.openings import JobFair

HEADINGS = (
    Heading("number", "场次编号", ("编号",)),
    Heading("title", "招聘会名称", ("名称", "招聘会"), required=True),
    Heading("starts_at", "开始时间", ("时间", "开始日期"), required=True),
    Heading("ends_at", "结束时间", ("结束日期",)),
    Heading("place", "地点", ("举办地点", "地址")),
    Heading("unit", "街道", ("所属街道", "填报单位")),
    Heading("zones", "专区", ("招聘专区", "面向人群")),
    Heading("online", "线上", ("是否线上",)),
    Heading("url", "网址", ("链接",)),
    Heading("organiser", "主办单位", ("举办单位",)),
    Heading("source_note", "来源", ("出处",)),
)


class FairRow(SheetRow):
    """One fair. An end that is only a time is on the day of the start; no end is the end of that day."""

    title: str = Field(max_length=200)
    starts_at: datetime
    ends_at: datetime | None = None
    place: str | None = Field(None, max_length=200)
    zones: list[str] = []
    online: bool = False
    url: str | None = Field(None, max_length=1000)
    organiser: str | None = Field(None, max_length=200)
    source_note: str | None = Field(None, max_length=200)

    @validator("starts_at", pre=True)
    def _start(cls, text: str) -> datetime:
        return fields.moment(text, default=time())

    @validator("ends_at", pre=True)
    def _end(cls, text: str, values: dict[str, Any]) -> datetime:
        start = values.get("starts_at")
        end = fields.moment(text, default=fields.END_OF_DAY, on=start and start.date())
        if start and end < start:
            raise ValueError("早于开始时间，请改正")
        return end

    @validator("url")
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("不对，要以 http 开头")
        return url

    _zones = validator("zones", pre=True, allow_reuse=True)(fields.several)
    _online = validator("online", pre=True, allow_reuse=True)(fields.yes_or_no)

    @root_validator(skip_on_failure=True)
    def _can_be_found(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["online"] and not values["url"]:
            raise ValueError("线上招聘会要写网址")
        if not values["online"] and not (values["place"] or values["unit"]):
            raise ValueError("现场招聘会要写地点")
        start = values["starts_at"]
        return {**values, "ends_at": values["ends_at"] or start.replace(hour=23, minute=59)}

    def owner(self) -> str:
        """The organiser, within the campaign."""
        return f"{self.campaign} {self.organiser or ''}"

    def columns(self) -> dict[str, Any]:
        """A fair belongs to its campaign."""
        return {**super().columns(), "campaign": self.campaign}


REGISTER = Register("fairs", "招聘会", JobFair, FairRow, HEADINGS)
