"""Whole numbers as people write them: 3800, 三千八, 1万2, 5k-8k, 五六千, 两千多."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.grammar import fold

#: Characters that mean the same as one in the grammar below; each keeps its place.
_SAME = str.maketrans("〇兩俩仨萬億仟佰", "零两两三万亿千百")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "k": 1000, "w": 10_000}
_D = "[一二两三四五六七八九]"

#: 三千一天 is three thousand a day, not 3100; 二十一天 is twenty-one days.
_COUNTED_ONE = "(?:[个個天日月年件晚夜班趟单次人位名]|小时|钟)"
_SPOKEN_RUN = rf"(?:(?!(?<=[二两三四五六七八九百千万])一{_COUNTED_ONE})[零一二两三四五六七八九十百千万亿])+"
_SECTION = rf"(?=[零一二两三四五六七八九十])(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十)?(?:零?{_D})?"
_WELL_FORMED = re.compile(rf"(?:{_SECTION}亿)?(?:{_SECTION}万)?(?:{_SECTION})?")
_PAIR = re.compile("一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九")

_FIGURES = (
    r"(?P<whole>\d+(?:,\d{3}){1,4}(?!\d)|\d+)(?P<part>\.\d+)?"
    rf"(?:\s?(?P<unit>[百千万亿kw])(?:(?P<more>\d{{1,4}}|{_D})(?!{_COUNTED_ONE})(?P<more_unit>[百千])?)?)?"
    r"(?!\d|[.:/]\d|%|[a-z]|[百千万亿十])"
)
_TERM = re.compile(
    rf"(?<![\d.a-z/])(?<!\d:)(?:{_FIGURES})|(?<![几第初周期拜统唯])(?<!(?<![岁人])数)(?P<spoken>{_SPOKEN_RUN})"
)
_TO = re.compile(r"(?:元|块钱?|塊錢?|岁|歲)?\s?(?:-{1,2}|~|—{1,2}|–|至|到)\s?")
_MORE = re.compile(r"好几|出头|几|余|多(?![少久大])|来(?=[个個名位人块塊元岁歲天号])")
_BARE_UNIT_MORE = re.compile(r"[把多来]")
_HYPHENS = "-–−"
_NOT_COUNTED = re.compile(
    "一[下些起样直定般旦切共向律致会点边哈同旁方面手]|十[分足]|四[川处季]|五险|[两三][江峡路]|七[星夕]|九龙"
)


@dataclass(frozen=True)
class Number:
    """A number in a text, at characters `start` to `end` (exclusive); `high` is None unless it is a range.

    两千多 and 三十几 are 2000 and 30: the least that was said.
    """

    start: int
    end: int
    low: int
    high: int | None = None


@dataclass(frozen=True)
class _Term:
    """One number, or a spoken pair (五六千), before it is known whether a range goes on from it."""

    end: int
    low: Decimal
    high: int | None
    #: What the number stands before: 1000 in 5k and 五千, 1 in 5 and 五.
    scale: int


def find(text: str) -> list[Number]:
    """Every number in `text`. A negative one, an ordinal, a share, a date or time in figures is none."""
    folded, found, position = fold(text).translate(_SAME), [], 0
    while (match := _TERM.search(folded, position)) is not None:
        term = _term(match, folded)
        if term is None or _is_negative(folded, match.start()):
            position = match.end()
            continue
        number, position = _range_from(folded, match.start(), term)
        if number is not None:
            found.append(number)
    return found


def parse(text: str) -> Number | None:
    """The number that all of `text` is, or None."""
    numbers = find(text)
    if len(numbers) != 1:
        return None
    number = numbers[0]
    return number if (text[: number.start] + text[number.end :]).strip() == "" else None


def _range_from(folded: str, start: int, term: _Term) -> tuple[Number | None, int]:
    """The number or range that begins with `term`, and where to read on."""
    link = _TO.match(folded, term.end)
    second = _TERM.match(folded, link.end()) if link is not None else None
    to = _term(second, folded) if second is not None else None
    if to is None:
        if link is not None and folded[link.end() : link.end() + 1].isdigit():
            return None, link.end()
        return Number(start, _with_more(folded, term.end), int(term.low), term.high), term.end
    low = term.low * to.scale if term.scale == 1 and term.low * to.scale < to.low else term.low
    if term.high is not None or to.high is not None or low >= to.low:
        return None, to.end
    if re.match(r"[-~–]\d", folded[to.end :]):
        return None, to.end
    return Number(start, _with_more(folded, to.end), int(low), int(to.low)), to.end


def _term(match: re.Match[str], folded: str) -> _Term | None:
    """What one match means: figures, with or without a unit, or spoken digits."""
    if match["spoken"] is None:
        return _figures(match)
    run = match["spoken"]
    if len(run) == 1 and run in _UNITS and run != "十":
        more = _BARE_UNIT_MORE.match(folded, match.end())
        return None if more is None else _Term(more.end(), Decimal(_UNITS[run]), None, 1)
    if _NOT_COUNTED.match(folded, match.start()) and len(run) == 1:
        return None
    pair = _PAIR.search(run)
    if pair is not None:
        low, high = (_spoken(run[: pair.start()] + digit + run[pair.end() :]) for digit in pair.group())
        if low is not None and high is not None:
            return _Term(match.end(), Decimal(low), high, 1)
    value = _spoken(run)
    if value is None:
        return None
    scale = _UNITS[run[1]] if len(run) > 1 and run[0] in _DIGITS and run[1] in _UNITS else 1
    return _Term(match.end(), Decimal(value), None, scale)


def _figures(match: re.Match[str]) -> _Term:
    scale = _UNITS.get(match["unit"], 1)
    value = Decimal(match["whole"].replace(",", "") + (match["part"] or "")) * scale
    more = match["more"]
    if more is not None and len(more) == 1:
        value += (_DIGITS.get(more) or int(more)) * _UNITS.get(match["more_unit"], scale // 10)
    elif more is not None:
        value += int(more) * _UNITS.get(match["more_unit"], 1)
    return _Term(match.end(), value, None, scale)


def _spoken(run: str) -> int | None:
    """三千八 → 3800, 一万零五十 → 10050; None when the characters make no number."""
    if not _WELL_FORMED.fullmatch(run):
        return None
    total = section = digit = 0
    unit = 1
    for character in run:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "零":
            unit = 10
        elif character in "万亿":
            unit = _UNITS[character]
            total, section, digit = total + (section + digit) * unit, 0, 0
        else:
            unit = _UNITS[character]
            section, digit = section + (digit or 1) * unit, 0
    return total + section + digit * max(unit // 10, 1)


def _with_more(folded: str, end: int) -> int:
    """Where the number ends when 多, 来 or 出头 belongs to it."""
    more = _MORE.match(folded, end)
    return end if more is None else more.end()


def _is_negative(folded: str, start: int) -> bool:
    """-3 is negative; in 保安-3人 the stroke parts two things."""
    before = folded[start - 2 : start - 1] if start > 1 else ""
    return start > 0 and folded[start - 1] in _HYPHENS and not "\u4e00" <= before <= "\u9fff"
