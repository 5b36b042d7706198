"""What each form of a date means: the patterns of `bot.grammar.dates`, and how each is read.

A reader takes its match, today, and the day before which the span must not have ended; it
returns None for a day that does not exist (2月31号) or is past (这周一 on a Wednesday). The patterns
are tried in their order, and what one has matched is not looked at again, read or not.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache

from bot.grammar import festivals, lunar
from bot.grammar.spans import Span

Reader = Callable[["re.Match[str]", date, date], "Span | None"]

_ONES = "一二三四五六七八九"
_NUMERALS = {
    tens + one: number * 10 + _ONES.find(one) + 1 if one else number * 10
    for tens, number in (("", 0), ("十", 1), ("二十", 2), ("廿", 2), ("三十", 3))
    for one in ("", *_ONES)
    if tens + one
}
_NUMBER = rf"(?:\d{{1,2}}|[二三]?十[{_ONES}]?|廿[{_ONES}]?|[{_ONES}])"
#: After a day without 号: what makes it a number of something else (2月3个人, 2.5天).
_NOT_A_DAY = rf"(?![\d{_ONES}十]|\.\d|\s?[个天人块元毛角千百万倍折岁名位点时分%米公斤吨k平㎡小寸亩家版])"
_PART = r"(?P<part>上旬|中旬|下旬|底(?!薪)|末|初|中)"
_YEAR = r"(?:(?<!\d)(?P<year>20\d\d|[23]\d)年|(?P<said_year>今年|明年|后年)的?)"
#: With a year, or with nothing before it that makes it a number (三个月) or another year's (1990年2月).
_MONTH = rf"(?:{_YEAR}|(?<![\d.第每个年{_ONES}十]))(?P<month>{_NUMBER})月"
#: 2月的工资 is no plan for February.
_OWED = r"(?!份?的?(?:工资|工钱|加班|社保|考勤|钱))"
#: 月初, 月中 and 月底 as spans of days; the last one goes to the end of the month.
_PARTS = {
    "初": (1, 7),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "底": (25, 31),
    "末": (25, 31),
}
_WEEKDAYS = {**{day: number for number, day in enumerate("一二三四五六日")}, "天": 6}
_DAYS_AHEAD = {"今": 0, "明": 1, "后": 2, "大后": 3}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def number(written: str) -> int:
    """A number from 1 to 39 in digits or characters."""
    return int(written) if written.isdigit() else _NUMERALS[written]


def _group(match: re.Match[str], name: str) -> str | None:
    """What a group matched; None also where the form has no such group."""
    return match.groupdict().get(name)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _days(first: date | None, days: int = 1) -> Span | None:
    return Span(first, first + timedelta(days=days - 1)) if first else None


def _month(year: int, month: int, part: str | None = None) -> Span | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    begin, end = _PARTS[part] if part else (1, last)
    return Span(date(year, month, begin), date(year, month, min(end, last)))


def _first(candidates: Iterable[Span | None], since: date) -> Span | None:
    return next((span for span in candidates if span and (span.last or span.first) >= since), None)


def _months(since: date) -> Iterable[tuple[int, int]]:
    return (divmod(since.year * 12 + since.month - 1 + ahead, 12) for ahead in range(3))


def _full(match: re.Match[str], today: date, since: date) -> Span | None:
    return _days(_date(int(match["year"]), int(match["month"]), int(match["day"])))


def _month_day(match: re.Match[str], today: date, since: date) -> Span | None:
    month, day = number(match["month"]), _group(match, "day")

    def in_year(year: int) -> Span | None:
        if day:
            return _days(_date(year, month, number(day)))
        return _month(year, month, _group(match, "part"))

    if match["year"]:
        return in_year(int(match["year"]) % 100 + 2000)
    if match["said_year"]:
        return in_year(today.year + ("今明后").index(match["said_year"][0]))
    return _first(map(in_year, (since.year, since.year + 1)), since)


def _dotted(match: re.Match[str], today: date, since: date) -> Span | None:
    month, day = int(match["month"]), int(match["day"])
    return _first((_days(_date(year, month, day)) for year in (since.year, since.year + 1)), since)


def _lunar(match: re.Match[str], today: date, since: date) -> Span | None:
    named, day = match["named"], match["day"]
    month = _LUNAR_MONTHS.get(named) or number(named)

    def in_year(year: int) -> Span | None:
        return _days(lunar.solar(year, month, number(day))) if day else Span(*lunar.month(year, month))

    return _first(map(in_year, (since.year - 1, since.year, since.year + 1)), since) if 1 <= month <= 12 else None


def _lunar_day(match: re.Match[str], today: date, since: date) -> Span | None:
    if match["new_year"]:
        days = (lunar.solar(year, 1, number(match["day"])) for year in (since.year, since.year + 1))
        return _first(map(_days, days), since)
    return _days(lunar.next_day(number(match["day"]), since))


def _new_years_eve(match: re.Match[str], today: date, since: date) -> Span | None:
    new_years = (lunar.month(year, 1)[0] for year in (since.year, since.year + 1))
    return _first((_days(first - timedelta(days=1)) for first in new_years), since)


def _after_new_year(match: re.Match[str], today: date, since: date) -> Span | None:
    """过完年 is from the day after 正月十五 on, when the feast is over."""
    starts = (lunar.solar(year, 1, 16) for year in (since.year, since.year + 1))
    return next((Span(start, None) for start in starts if start and start >= since), None)


def _week(match: re.Match[str], today: date, since: date) -> Span | None:
    said, day = _group(match, "rel") or "", match["day"]
    if said.startswith("上"):
        return None
    monday = since - timedelta(days=since.weekday()) + timedelta(weeks=said.count("下"))
    if day is None:
        return Span(monday, monday + timedelta(days=6))
    if day == "末":
        return Span(monday + timedelta(days=5), monday + timedelta(days=6))
    weekday = _WEEKDAYS[day]
    found = monday + timedelta(days=weekday)
    if found < since:
        return None if said else _days(found + timedelta(weeks=1))
    return _days(found)


def _day(match: re.Match[str], today: date, since: date) -> Span | None:
    return _days(today + timedelta(days=_DAYS_AHEAD[match["day"] or match["near"]]))


def _this_month(match: re.Match[str], today: date, since: date) -> Span | None:
    said = _group(match, "rel") or ""
    months = list(_months(since))[said.count("下") :]
    if said:
        months = months[:1]
    return _first((_month(year, month + 1, match["part"]) for year, month in months), since)


def _day_of_month(match: re.Match[str], today: date, since: date) -> Span | None:
    last = number(match["day"])
    begin = number(match["begin"]) if match["begin"] else last
    for year, month in _months(since):
        first = _date(year, month + 1, begin)
        end = (
            _date(year + (month + 1) // 12, (month + 1) % 12 + 1, last)
            if last < begin
            else _date(year, month + 1, last)
        )
        if first and end and since <= end:
            return Span(first, end)
    return None


def _open(match: re.Match[str], today: date, since: date) -> Span | None:
    return Span(today, None)


def _festival(match: re.Match[str], today: date, since: date) -> Span | None:
    festival = festivals.by_word()[match["festival"]]
    on = lunar.solar if festival.lunar else _date
    years = (since.year, since.year + 1)
    return _first((_days(on(year, festival.month, festival.day), festival.days) for year in years), since)


@lru_cache(maxsize=1)
def forms() -> list[tuple[re.Pattern[str], Reader]]:
    """Every form with its reader, in the order in which they are tried."""
    feasts = "|".join(sorted(map(re.escape, festivals.by_word()), key=len, reverse=True))
    lunar_day = rf"初?(?P<day>{_NUMBER}){_NOT_A_DAY}号?"
    first_ten = rf"(?P<day>[{_ONES}十])(?![定些个起学毕文年级切直旦生班样般次])"
    written: list[tuple[str, Reader]] = [
        (r"(?<!\d)(?P<year>20\d\d)(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)", _full),
        (r"(?:大年|年)三十(?:晚上?|夜)?|除夕|三十(?:晚上|夜)", _new_years_eve),
        (rf"(?:农历|阴历|旧历)?(?P<named>[正冬腊])月(?:{lunar_day}|[里间])?", _lunar),
        (rf"(?:农历|阴历|旧历)(?P<named>{_NUMBER})月{lunar_day}", _lunar),
        (rf"(?P<named>{_NUMBER})月初{first_ten}", _lunar),
        (rf"(?P<new_year>大?年|新年)?(?<![当最起之月读上念])初{first_ten}", _lunar_day),
        (rf"{_MONTH}份?的?(?P<day>{_NUMBER})(?:[号日]|{_NOT_A_DAY})", _month_day),
        (
            rf"(?<![满欠用签龄休孕近拖几训习干做前])(?<![干做上欠差]了){_MONTH}(?:份?{_PART}|份?)(?![\d怀]){_OWED}",
            _month_day,
        ),
        (
            r"(?<![\d./:v￥$约第资薪午晚早])(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?:号|日|(?!上班|下班)"
            + _NOT_A_DAY
            + ")",
            _dotted,
        ),
        (r"(?<![\d./:])(?P<month>\d{1,2})/(?P<day>\d{2})(?:号|日|" + _NOT_A_DAY + ")", _dotted),
        (
            r"(?P<rel>下下个?|下个?|这个?|本|上个?)(?:周|星期|礼拜)(?P<day>[一二三四五六日天末](?!天))?(?![边围岁年])(?:以?内|之内)?",
            _week,
        ),
        (
            rf"(?<![每{_ONES}十两几半整全\d])(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])(?!天|[双单]休)",
            _week,
        ),
        (r"(?P<day>大后|(?<![然以之今最先前班完饭])后)[天日]|(?P<near>[今明])(?:[天日]|儿个?|早上?|晚上?)", _day),
        (rf"(?P<rel>下下个?|下个?|这个?|本|当)月(?:份?{_PART}|份?){_OWED}", _this_month),
        (rf"(?<![个每半{_ONES}十几\d])月{_PART}", _this_month),
        (
            rf"(?<![\d.第\]〕路街巷弄村栋幢楼号门班床工学线铁道{_ONES}十百话码编文尾单牌a-z])"
            rf"(?:(?P<begin>{_NUMBER})[号日]?[到至~—–-])?(?P<day>{_NUMBER})"
            r"(?:号(?![线楼门院店厂仓桌柜窗车机房铺馆文码库公井台栋幢单桥矿工地街路岗令字选染坑床人码桩屋井子])"
            r"|日(?!内|游|之|后|语|本|常|薪))",
            _day_of_month,
        ),
        (
            r"(?:过年|春节|元宵)(?:以|之|过)?后(?!天)|(?:过完|过了|翻过|翻了|等过)(?:大?年|春节)|[翻开]年(?:以后|之后|过?后)?"
            rf"|(?<![\d{_ONES}十两几半多数去今明前后成百])年(?:以|之|过)?后(?!天)",
            _after_new_year,
        ),
        (rf"(?<![{_ONES}十零\d])(?P<festival>{feasts})(?![{_ONES}十零\d]){_OWED}", _festival),
        (r"现在|马上|立刻|立马|立即|随时|这会儿?", _open),
    ]
    return [(re.compile(pattern), reader) for pattern, reader in written]
