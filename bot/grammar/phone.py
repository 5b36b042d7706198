"""Telephone numbers, typed or as they are said (幺三八…), with the rules of Google's libphonenumber.

A number must look like one before libphonenumber is asked, for it takes 10000-15000 (a wage) and
2022-02-18 09 (a time) for landlines: a mobile number, a landline with its area code, or 400 and 800.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.grammar import Found, fold

REGION = "CN"
#: 洞幺两拐勾 are how numbers are said where 零一二七九 could be misheard.
_SPOKEN = str.maketrans("零〇洞一幺壹二两贰三叁四肆五伍六陆七柒拐八捌九玖勾", "0001112223344556677788999")
_BETWEEN = r"[\s\-–—.·,，、()点杠\u200b-\u200d\ufeff]"
_RUN = re.compile(rf"\(?\+?\d(?:{_BETWEEN}{{0,3}}\d){{6,}}")
_NOT_DIGITS = re.compile(r"[^\d+]")
_SHAPE = re.compile(r"(?:(?:\+|00)?86)?1[3-9]\d{9}|(?:\+|00)86\d{9,11}|0\d{9,11}|[48]00\d{7}")
#: Numbers within a longer run: each whole, so that no part of an identity or bank card is taken for one.
_WITHIN = re.compile(
    rf"(?<!\d)(?:1[3-9]\d(?:\d{{8}}|{_BETWEEN}\d{{4}}{_BETWEEN}\d{{4}})|0\d{{2,3}}{_BETWEEN}?\d{{7,8}}|[48]00\d{{7}})(?!\d)"
)
_TOLL_FREE_GROUPS = re.compile(r"\d{10}|\d{3}\D.*|\d{4}\D\d{3}\D\d{3}")
#: 一 and 两 beside a number may belong to the words around it: 打13800000000一下.
_LOOSE = "一两"
_MONEY = re.compile(r"\s*[元块万千百%]")


def find(text: str) -> list[Found]:
    """Every valid Chinese number in `text`; the value is in E.164 form."""
    typed = fold(text)
    said = typed.translate(_SPOKEN)
    found = []
    for run in _RUN.finditer(said):
        if not _MONEY.match(said, run.end()):
            found.extend(_in_run(typed, said, run.start(), run.end()))
    return found


def parse(text: str) -> str | None:
    """The one number in `text` in E.164 form; None when there is none, or more than one."""
    values = {found.value for found in find(text)}
    return values.pop() if len(values) == 1 else None


def national(number: str) -> str:
    """A number as it is dialled in China; what is no number in E.164 form stays as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return shown.replace(" ", "-" if shown.startswith("0") else "")


def masked(number: str) -> str:
    """A number as it may be shown: all but the first three and the last four digits hidden."""
    parsed = phonenumbers.parse(number, REGION)
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL).replace(" ", "")
    return f"{national[:3]}****{national[-4:]}"


def _in_run(typed: str, said: str, start: int, end: int) -> list[Found]:
    """The whole run as one number; or without a loose 一; or the numbers that stand in it."""
    for first, last in _trimmed(typed, start, end):
        number = _parse(said[first:last])
        if number is not None:
            return [Found(first, last, number)]
    for written in (typed, said):
        inside = [(one.start(), one.end()) for one in _WITHIN.finditer(written, start, end)]
        parsed = [Found(first, last, number) for first, last in inside if (number := _parse(written[first:last]))]
        if parsed:
            return parsed
    return []


def _trimmed(typed: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    yield start, end
    if typed[end - 1] in _LOOSE:
        yield start, end - 1
    if typed[start] in _LOOSE:
        yield start + 1, end


def _parse(written: str) -> str | None:
    digits = _NOT_DIGITS.sub("", written)
    if not _SHAPE.fullmatch(digits):
        return None
    if digits[1:3] == "00" and not _TOLL_FREE_GROUPS.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
