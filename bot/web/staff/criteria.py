"""What a search form asks for, out of the page's address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from fastapi import Request

from bot.campaign.kinds import KIND_NAMES
from bot.grammar import phone, receipts
from bot.records.people import Wanted


@dataclass
class Criteria:
    """A search form as it was filled in.

    Attributes:
        typed: each field as it was typed.
        wanted: what is looked for.
        problems: what could not be read, to the clerk.
    """

    typed: dict[str, str]
    wanted: Wanted
    problems: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return not any(self.typed.values())


#: What else is typed for a year is a slip, and no day that records can have.
_YEARS = range(2000, 2100)

FIELDS = ("phone", "name", "receipt", "unit", "first", "last", "kind")


def read(request: Request, units: list[str], names_somebody: bool = True) -> Criteria:
    """The criteria in an address.

    Args:
        request: a search page's.
        units: those of the campaign.
        names_somebody: whether this role may look for one person.
    """
    typed = {name: request.query_params.get(name, "").strip()[:100] for name in FIELDS}
    problems: list[str] = []
    if not names_somebody:
        typed.update(phone="", name="", receipt="")
    number = phone.parse(typed["phone"])
    receipt = receipts.parse(typed["receipt"])
    for given, found, problem in (
        (typed["phone"], number, "电话看不懂，请写完整的号码。"),
        (typed["receipt"], receipt, "回执号是8位数字。"),
        (typed["unit"], typed["unit"] in units, "没有这个单位。"),
        (typed["kind"], typed["kind"] in KIND_NAMES, "没有这种服务。"),
    ):
        if given and not found:
            problems.append(problem)
    first, last = days(typed, problems)
    wanted = Wanted(number, typed["name"], receipt, typed["unit"], first, last, typed["kind"])
    return Criteria(typed, wanted, problems)


def days(typed: dict[str, str], problems: list[str]) -> tuple[date | None, date | None]:
    """The first and the last day that are asked for, both included. What cannot be is added to `problems`."""
    first, last = day(typed["first"], problems), day(typed["last"], problems)
    if first and last and first > last:
        problems.append(f"“从”写的是 {first}，在“到”的 {last} 后面，请对调。")
    return first, last


def day(text: str, problems: list[str]) -> date | None:
    """A day of an address; None for none. What cannot be read is added to `problems`."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if found.year in _YEARS:
        return found
    problems.append("日期请写成 2022-02-15。")
    return None
