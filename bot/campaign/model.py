"""What a campaign pack holds. The fields are explained in docs/new-campaign.md."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any, Literal

from pydantic import Field, ValidationError, root_validator, validator
from pydantic.error_wrappers import ErrorWrapper

from bot.campaign.intents import known_intent
from bot.campaign.kinds import known_kind
from bot.campaign.part import Part as Part
from bot.campaign.part import Source as Source
from bot.campaign.table_model import Table


class Theme(Source):
    """The campaign's motto."""

    text: str


class Reporting(Source):
    """What the units report, to whom and by when."""

    text: str


class Period(Part):
    """A span of whole days in Beijing, both ends included; a notice may name only months."""

    start: date
    end: date
    by_month: bool = False
    text: str

    @root_validator(pre=True)
    def _months(cls, values: dict[str, Any]) -> dict[str, Any]:
        """`2023-01` to `2023-03` are the first and the last day of those months."""
        start, end = str(values.get("start", "")), str(values.get("end", ""))
        months = [text.count("-") == 1 for text in (start, end)]
        if not any(months):
            return values
        if not all(months):
            raise ValueError("start 和 end 要么都写到日（2022-01-21），要么都只写到月（2023-01）")
        try:
            year, month = map(int, end.split("-"))
            last = calendar.monthrange(year, month)[1]
        except ValueError:
            raise ValueError("月份不对，请写成 2023-01") from None
        return {**values, "start": f"{start}-01", "end": f"{end}-{last:02d}", "by_month": True}

    @root_validator(skip_on_failure=True)
    def _ordered(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["end"] < values["start"]:
            raise ValueError("end 早于 start，请对照通知改正")
        return values


class CampaignPeriod(Period, Source):
    """The period of the whole campaign, with the notice's words."""


class Fair(Period, Source):
    """A fair that the notice itself announces; fairs held later come from imports."""

    id: str
    name: str
    online: bool = False
    site: str | None = None
    url: str | None = None


class Contact(Source):
    """A department and its telephone, as the notice prints them."""

    department: str
    person: str
    phone: str


class Service131(Source):
    """How much guidance, how many posts and how many courses the notice promises each person at least."""

    guidance: int = Field(ge=0)
    posts: int = Field(ge=0)
    courses: int = Field(ge=0)


class Units(Part):
    """The reporting units: from the local government's list, not from the notice."""

    source: str
    names: list[str] = Field(min_items=1)

    @validator("names")
    def _once(cls, names: list[str]) -> list[str]:
        if len(set(names)) != len(names):
            raise ValueError("有单位写了两次")
        return names


class Answer(Part):
    """What is said to one question: a written form, a spoken form, and its sources.

    `beside` stands in the place of both where what the imported sheets have on it has been said.
    """

    title: str
    written: str
    spoken: str
    beside: str | None = None
    sources: list[Source] = Field(min_items=1)
    window: str | None = None
    service: str | None = None
    next: list[str] = []

    _known_kind = validator("service", allow_reuse=True)(known_kind)
    _known_intent = validator("next", each_item=True, allow_reuse=True)(known_intent)


class NotCovered(Part):
    """An explicit statement that the notice says nothing, and whom to ask instead."""

    title: str
    not_covered: Literal[True]
    department: str | None = None


class Pack(Part):
    """One notice as data."""

    id: str
    title: str
    place: str
    document: str
    notice: str
    issuers: list[str] = Field(min_items=1)
    theme: Theme
    period: CampaignPeriod
    actual_start: date | None = None
    preparation_start: date | None = None
    reporting: Reporting | None = None
    units: Units | None = None
    contacts: list[Contact] = []
    fairs: list[Fair] = []
    service_131: Service131 | None = None
    answers: dict[str, Answer | NotCovered]
    table: Table | None = None

    @validator("answers", pre=True)
    def _each_answer(cls, answers: Any) -> dict[str, Answer | NotCovered]:
        """An entry with `not_covered` is that, any other an answer; each error keeps its own key."""
        if not isinstance(answers, dict):
            raise ValueError("应是“意图: 回答”的形式")
        read: dict[str, Answer | NotCovered] = {}
        errors = []
        for intent, entry in answers.items():
            silent = isinstance(entry, dict) and "not_covered" in entry
            try:
                read[intent] = NotCovered.parse_obj(entry) if silent else Answer.parse_obj(entry)
            except ValidationError as error:
                errors.append(ErrorWrapper(error, loc=intent))
        if errors:
            raise ValidationError(errors, Pack)
        return read

    def counts_apart(self, where: str) -> bool:
        """Whether the table has a 其中 column of persons who are `female` or `poverty_alleviated`."""
        return self.table is not None and any(column.where == where for column in self.table.columns)

    @property
    def unit_names(self) -> list[str]:
        """The reporting units in the pack's order; empty where the notice has no table."""
        return self.units.names if self.units else []

    def contact(self, department: str | None) -> Contact | None:
        """The contact of a department, where the notice names one."""
        return next((contact for contact in self.contacts if contact.department == department), None)

    def windows(self) -> dict[str, Period]:
        """What an answer's `window` may name: `period` and the fairs by id."""
        return {"period": self.period, **{fair.id: fair for fair in self.fairs}}
