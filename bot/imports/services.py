"""Importing a paper register of services (服务台账): one row a service done for one person."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from pydantic import Field, validator
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.kinds import CATEGORY_NAMES, KIND_NAMES, category_of
from bot.campaign.topics import topic_names
from bot.imports import fields
from bot.imports.importer import Register
from bot.imports.outcome import Outcome
from bot.imports.row import SheetRow
from bot.imports.sheet import Heading
from bot.records import identity, register
from bot.records.models import Service

HEADINGS = (
    Heading("occurred_at", "服务时间", ("时间", "日期", "服务日期"), required=True),
    Heading("unit", "街道", ("单位", "所属街道", "填报单位")),
    Heading("name", "姓名"),
    Heading("phone", "电话", ("联系电话", "手机", "手机号", "手机号码")),
    Heading("gender", "性别"),
    Heading("poverty_alleviated", "脱贫人口", ("是否脱贫人口",)),
    Heading("category", "服务类别", ("类别",)),
    Heading("kind", "服务种类", ("种类", "服务内容", "服务项目"), required=True),
    Heading("topic", "事项", ("主题", "咨询事项")),
    Heading("note", "备注"),
)
_GENDERS = {"男": "male", "女": "female", "male": "male", "female": "female"}


def _one_of(text: str, names: dict[str, str]) -> str:
    """A code, given the code or its Chinese name."""
    codes = {name: code for code, name in names.items()}
    found = codes.get(text, text)
    if found not in names:
        raise ValueError(f"不认识，可以写：{'、'.join(names.values())}")
    return found


class ServiceRow(SheetRow):
    """One service. Without a category, the kind tells it."""

    occurred_at: datetime
    name: str | None = Field(None, max_length=64)
    phone: str | None = None
    gender: str | None = None
    poverty_alleviated: bool | None = None
    kind: str
    category: str | None = None
    topic: str = Field("", max_length=64)
    note: str | None = Field(None, max_length=1000)

    _phone = validator("phone", pre=True, allow_reuse=True)(fields.phone)
    _poverty = validator("poverty_alleviated", pre=True, allow_reuse=True)(fields.yes_or_no)

    @validator("occurred_at", pre=True)
    def _moment(cls, text: str) -> datetime:
        """ISO with seconds and zone, or what a clerk writes; a day alone is its first moment."""
        try:
            return clock.in_beijing(datetime.fromisoformat(text.replace("Z", "+00:00")))
        except ValueError:
            return fields.moment(text, default=time())

    @validator("gender", pre=True)
    def _gender(cls, text: str) -> str:
        if text not in _GENDERS:
            raise ValueError("请写 男 或 女，不知道就空着")
        return _GENDERS[text]

    @validator("kind", pre=True)
    def _kind(cls, text: str) -> str:
        return _one_of(text, KIND_NAMES)

    @validator("topic", pre=True)
    def _topic(cls, text: str, values: dict[str, Any]) -> str:
        """A code, a Chinese name of one, or the clerk's own words."""
        codes = {name: code for code, name in topic_names(load.load(values["campaign"])).items()}
        return codes.get(text, text)

    @validator("category", pre=True)
    def _category(cls, text: str, values: dict[str, Any]) -> str:
        category = _one_of(text, CATEGORY_NAMES)
        if "kind" in values and category_of(values["kind"]) != category:
            raise ValueError(f"和服务种类对不上，{KIND_NAMES[values['kind']]}属于另一类")
        return category

    def owner(self) -> str:
        """The campaign: the same line of another year is another service."""
        return self.campaign

    def said(self) -> dict[str, Any]:
        """Without the category, which the kind tells; names as they are compared."""
        said = {name: value for name, value in super().said().items() if name != "category"}
        return {**said, "name": identity.plain_name(self.name)} if self.name else said

    def line(self) -> register.Line:
        """The row as the register takes it."""
        said = self.dict(exclude={"known_units", "number", "category"})
        return register.Line(source_key=f"import:{self.key()}", **said)


class ServiceRegister(Register):
    """Services go through bot.records.register, which finds out who each row is about."""

    def _happened(self, row: Any) -> tuple[str, date]:
        return "服务时间", row.occurred_at.date()

    def _store(self, session: Session, rows: list[Any], at: datetime, source_id: int | None, outcome: Outcome) -> None:
        lines = {line.source_key: line for line in (row.line() for row in rows)}
        recorded = register.already(session, lines)
        fresh = [line for key, line in lines.items() if key not in recorded]
        register.take(session, fresh, at)
        outcome.taken += len(fresh)
        outcome.present += len(rows) - len(fresh)


REGISTER = ServiceRegister("services", "服务", Service, ServiceRow, HEADINGS)
