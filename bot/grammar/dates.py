"""When somebody means: 明天, 下周三, 2月18号, 正月十五以后, 年后, 月底, 随时.

Nothing lies in the past unless it is written with a year: 1月5号, said in February, is next year's.
A date that has just gone by with 以后 is from today on. 以后 begins the day after, 起 on the day
itself; 之前 is from today to the day itself. 过完年 and 年后 are from the day after 正月十五 on, of the
lunar new year that is coming or just past. A bare 初八 is the next eighth day of a lunar month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.grammar import fold
from bot.grammar.date_forms import Reader, forms
from bot.grammar.spans import FoundSpan, Span

_AFTER = re.compile(r"(?:以后|之后|过后|过了|后头?(?![天日来面悔续勤备台门方果]))")
_FROM = re.compile(r"(?:以?起(?![床来码诉])|开始)")
_BEFORE = re.compile(r"(?:以前|之前|前(?![台面天厅程年途后]))")
_PASSED = re.compile(r"(?:过完|过了|等过)$")
_TO = re.compile(r"\s*(?:到|至|[-~—–])\s*")
#: 1月以后 said in February is from now on, not from next year's February.
_JUST_PAST, _FAR = timedelta(days=60), timedelta(days=180)


@dataclass(frozen=True)
class _Read:
    """A form in a text, and how to read it again for another day."""

    start: int
    end: int
    span: Span
    match: re.Match[str]
    reader: Reader


def find(text: str, today: date) -> list[FoundSpan]:
    """Every date or span of days in `text`, as meant on `today`, in the order of the text."""
    folded = fold(text)
    read = sorted(_forms(folded, today), key=lambda one: one.start)
    found: list[FoundSpan] = []
    following = iter(range(len(read)))
    for index in following:
        one = read[index]
        if index + 1 < len(read) and _TO.fullmatch(folded, one.end, read[index + 1].start):
            other = read[next(following)]
            found.append(FoundSpan(one.start, other.end, _clipped(_joined(one, other, today), one, today)))
        else:
            found.append(_with_words_around(folded, one, today))
    return found


def parse(text: str, today: date) -> Span | None:
    """The one span of days that `text` means; None when there is none, or more than one."""
    spans = {found.span for found in find(text, today)}
    return spans.pop() if len(spans) == 1 else None


def _forms(folded: str, today: date) -> Iterator[_Read]:
    rest = folded
    for pattern, reader in forms():
        for match in pattern.finditer(rest):
            span = reader(match, today, today)
            if span is not None:
                yield _Read(match.start(), match.end(), span, match, reader)
        rest = pattern.sub(lambda match: "\0" * len(match.group()), rest)


def _with_words_around(folded: str, one: _Read, today: date) -> FoundSpan:
    """The form with what stands before and after it: 过完…, …以后, …起, …之前."""
    start, end = one.start, one.end
    span = _clipped(one.span, one, today)
    passed = _PASSED.search(folded, max(0, start - 2), start)
    after = _AFTER.match(folded, end)
    if one.span.last is not None and (passed or after):
        start, end = passed.start() if passed else start, after.end() if after else end
        return FoundSpan(start, end, Span(_from_now(one, today) or one.span.last + timedelta(days=1), None))
    if one.span.last is None:
        return FoundSpan(start, end, Span(_from_now(one, today) or one.span.first, None))
    if starting := _FROM.match(folded, end):
        return FoundSpan(start, starting.end(), Span(_from_now(one, today) or span.first, None))
    if (before := _BEFORE.match(folded, end)) and one.span.last >= today:
        return FoundSpan(start, before.end(), Span(today, one.span.last))
    return FoundSpan(start, end, span)


def _from_now(one: _Read, today: date) -> date | None:
    """Today, where the form means a day that has just gone by and comes again only in a long time."""
    if one.span.first - today < _FAR or _has_year(one):
        return None
    earlier = one.reader(one.match, today, today - _JUST_PAST)
    return today if earlier is not None and earlier.first <= today else None


def _joined(one: _Read, other: _Read, today: date) -> Span:
    """From the first form to the second, which is read again where it would come before."""
    first, last = one.span, other.span
    if last.last is not None and first.first > last.last:
        earlier = one.reader(one.match, today, today - _JUST_PAST)
        if earlier is not None and earlier.first <= last.last:
            first = earlier
        else:
            last = other.reader(other.match, first.first, first.first) or last
    if last.last is not None and last.last < first.first:
        return first
    return Span(first.first, last.last)


def _clipped(span: Span, one: _Read, today: date) -> Span:
    """The span without the days that are past, unless a year says that they are meant."""
    if _has_year(one) or (span.last is not None and span.last < today):
        return span
    return Span(max(span.first, today), span.last)


def _has_year(one: _Read) -> bool:
    groups = one.match.groupdict()
    return bool(groups.get("year") or groups.get("said_year"))
