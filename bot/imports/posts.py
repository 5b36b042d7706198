"""Importing posts (岗位)."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, validator

from bot.grammar import fold
from bot.grammar import pay as pays
from bot.imports import fields
from bot.imports.importer import Register
from bot.imports.row import SheetRow, kind_of_work
from bot.imports.sheet import Heading
from bot.records.openings import JobPost

_OPEN_PAY = ("面议", "计件", "不限")
_OPEN_COUNT = ("若干", "不限")
_MOST_PLACES = 9999

HEADINGS = (
    Heading("number", "岗位编号", ("编号",)),
    Heading("company", "单位名称", ("用人单位", "企业名称", "公司", "公司名称"), required=True),
    Heading("title", "岗位名称", ("岗位", "职位", "职位名称", "招聘岗位"), required=True),
    Heading("kind_of_work", "工种"),
    Heading("headcount", "招聘人数", ("人数",)),
    Heading("pay", "工资", ("薪资", "薪酬", "工资待遇", "薪资待遇")),
    Heading("unit", "街道", ("所属街道", "填报单位")),
    Heading("place", "工作地点", ("地点", "地址", "工作地址")),
    Heading("requirements", "要求", ("任职要求", "岗位要求", "招聘条件")),
    Heading("groups", "面向人群", ("招聘对象", "专区")),
    Heading("contact_phone", "联系电话", ("电话",)),
    Heading("valid_until", "有效期至", ("截止日期", "截止时间")),
)


class PostRow(SheetRow):
    """One post. No pay, or 面议: to be agreed."""

    company: str = Field(max_length=200)
    title: str = Field(max_length=200)
    kind_of_work: str | None = None
    headcount: int | None = None
    pay: pays.Pay | None = None
    place: str | None = Field(None, max_length=200)
    requirements: str | None = Field(None, max_length=1000)
    groups: list[str] = []
    contact_phone: str | None = None
    valid_until: date | None = None

    @validator("headcount", pre=True)
    def _headcount(cls, text: str) -> int | None:
        if text in _OPEN_COUNT:
            return None
        digits = fold(text).removesuffix("人").removesuffix("名").strip()
        if not digits.isdecimal() or not 1 <= int(digits) <= _MOST_PLACES:
            raise ValueError(f"请写 1 到 {_MOST_PLACES} 的整数，不定就写若干")
        return int(digits)

    @validator("pay", pre=True)
    def _pay(cls, text: str) -> pays.Pay | None:
        found = pays.parse(text)
        if found is None and text not in _OPEN_PAY:
            raise ValueError("看不懂，请写成 4000-5000元/月、200元/天、25元/小时 或 面议")
        return found

    _groups = validator("groups", pre=True, allow_reuse=True)(fields.several)
    _phone = validator("contact_phone", pre=True, allow_reuse=True)(fields.phone)
    _day = validator("valid_until", pre=True, allow_reuse=True)(fields.day)

    def owner(self) -> str:
        """The company."""
        return self.company

    def columns(self) -> dict[str, Any]:
        """The pay in its three columns, and the kind of work by its name."""
        columns = super().columns()
        del columns["pay"]
        return {
            **columns,
            "kind_of_work": kind_of_work(self.kind_of_work, self.title),
            "pay_low": self.pay and self.pay.low,
            "pay_high": self.pay and self.pay.high,
            "pay_period": self.pay and self.pay.period,
        }


REGISTER = Register("posts", "岗位", JobPost, PostRow, HEADINGS)
