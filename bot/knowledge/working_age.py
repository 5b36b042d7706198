"""From which age on somebody may work, and what is said below it: from data/knowledge/working_age.yml."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field, root_validator, validator

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold
from bot.grammar.patterns import a_pattern
from bot.knowledge import answers, load
from bot.reply import Button, Reply


class WorkingAge(Part):
    """The file: the limits in whole years, the entry that tells the law, and the words for both cases."""

    minimum: int = Field(ge=1)
    adult: int
    entry: str
    hints: list[str]
    too_young: str
    too_young_source: str
    young: str
    young_source: str

    _patterns = validator("hints", each_item=True, allow_reuse=True)(a_pattern)

    @root_validator(skip_on_failure=True)
    def _ordered(cls, values: dict[str, object]) -> dict[str, object]:
        if int(str(values["adult"])) <= int(str(values["minimum"])):
            raise ValueError("adult 要比 minimum 大，请对照法条改正")
        return values


@lru_cache(maxsize=1)
def text() -> WorkingAge:
    """The words and limits of the file."""
    return yamlfile.parse(WorkingAge, settings.ROOT / "data" / "knowledge" / "working_age.yml")


def too_young(age: str) -> Reply | None:
    """What is said in place of registering somebody of `age` years; None from the minimum age on."""
    written = text()
    if int(age) >= written.minimum:
        return None
    law = [answers.entry_button(entry) for entry in load.entries() if entry.id == written.entry]
    call_me = Button("请人联系我", "/request_help")
    return Reply(_filled(written.too_young, age), [*law, call_me], written.too_young_source)


def sounds_young(said: str) -> bool:
    """Whether a message sounds as if somebody may be too young, so that the age is to be asked."""
    return re.search("|".join(text().hints), fold(said)) is not None


def young(age: str | None) -> Reply | None:
    """The protection that somebody of `age` years has at work; None where the age is unknown, too low or full."""
    written = text()
    if age is None or not written.minimum <= int(age) < written.adult:
        return None
    return Reply(_filled(written.young, age), source=written.young_source)


def _filled(words: str, age: str) -> str:
    numbers = {name: load.hotline(name).number for name in ("youth", "labour", "police")}
    return words.format(age=age, minimum=text().minimum, adult=text().adult, **numbers).strip()
