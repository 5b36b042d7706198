"""Telephone numbers, with the rules of Google's libphonenumber."""

from __future__ import annotations

import re

import phonenumbers

from bot.grammar import Found, fold

REGION = "CN"
_DIGIT_RUN = re.compile(r"\+?\d(?:[\s\-.]{0,2}\d){6,}")


def find(text: str) -> list[Found]:
    """Every valid Chinese number in `text`; the value is in E.164 form."""
    found = []
    for run in _DIGIT_RUN.finditer(fold(text)):
        number = _parse(run.group())
        if number is not None:
            found.append(Found(run.start(), run.end(), number))
    return found


def parse(text: str) -> str | None:
    """The one number in `text` in E.164 form; None when there is none, or more than one."""
    values = {found.value for found in find(text)}
    return values.pop() if len(values) == 1 else None


def masked(number: str) -> str:
    """A number as it may be shown: all but the first three and the last four digits hidden."""
    parsed = phonenumbers.parse(number, REGION)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL).replace(" ", "")
    return f"{national[:3]}****{national[-4:]}"


def _parse(digits: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
