"""What the rows of all registers share: how they are read, named when wrong, and told apart."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel, Field, ValidationError, validator

from bot.grammar import work
from bot.imports import fields
from bot.imports.sheet import Heading

_LONGEST_KIND = 64
_NOT_IN_THE_TABLE = {"campaign", "known_units", "number"}


class SheetRow(BaseModel):
    """A row whose cells are checked. Empty cells are left out before it is made.

    Attributes:
        campaign: the campaign that the row is imported for.
        known_units: the units of its pack.
        number: the number that the row has in its own source.
        unit: one of the units, or None.
    """

    campaign: str
    known_units: tuple[str, ...] = ()
    number: str | None = Field(None, max_length=64)
    unit: str | None = Field(None, max_length=64)

    class Config:
        allow_mutation = False

    @validator("unit", pre=True)
    def _known_unit(cls, text: str, values: dict[str, Any]) -> str:
        return fields.unit(text, values["known_units"])

    def owner(self) -> str:
        """Whose row it is: the same number of two owners means two things."""
        raise NotImplementedError

    def columns(self) -> dict[str, Any]:
        """The row as its table keeps it."""
        return self.dict(exclude=_NOT_IN_THE_TABLE)

    def said(self) -> dict[str, Any]:
        """All that the row says, without its empty cells."""
        return self.dict(exclude=_NOT_IN_THE_TABLE, exclude_none=True)

    def key(self) -> str:
        """What makes a repeated import harmless: a digest of the row's own number, else of all it says.

        What is worked out from other files, such as the name of a kind of work, stays out of it: it may change.
        """
        said = self.number or self.said()
        content = json.dumps([type(self).__name__, self.owner(), said], ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


def kind_of_work(*texts: str | None) -> str:
    """The kind of work that the first of `texts` to name one names; else the first text that is not empty."""
    written = [text for text in texts if text]
    for text in written:
        if found := work.find(text):
            return found[0].value
    return written[0][:_LONGEST_KIND]


def reasons(error: ValidationError, headings: tuple[Heading, ...]) -> str:
    """Why a row is refused, naming each heading as the sheet does."""
    names = {heading.code: heading.name for heading in headings}
    return "；".join(
        f"{names.get(str(item['loc'][0]), '')}{_reason(item)}" if item["loc"][0] in names else _reason(item)
        for item in error.errors()
    )


def _reason(item: Any) -> str:
    if item["type"] == "value_error.missing":
        return "没有填"
    if item["type"] == "value_error.any_str.max_length":
        return f"太长，最多{item['ctx']['limit_value']}个字"
    return str(item["msg"])
