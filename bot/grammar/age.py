"""A person's own age: 我45岁, 四十五了, 今年五十二, 78年的, 1978年5月3日出生."""

from __future__ import annotations

import re
from datetime import date

from bot.grammar import Found, fold, numbers, phone, without
from bot.grammar.numbers import Number

_AGES = range(1, 121)
#: Who looks for work is so old; without 岁, a number outside of this is no age.
_WORKING_AGES = range(14, 81)

_SENTENCE_END = re.compile(r"[。!?;\n]")
_CLAUSE_END = re.compile(r"[,、。!?;\n]")
_YEARS_OLD = re.compile(r"\s?[周虚]?[岁歲]")

_LIMIT_BEFORE = re.compile(
    r"(?:超过|不[到满过超]|未满|年满|(?<![刚才已我])满了?|达到?|到|至|放宽到|[限小大低高]于?|每)\s?$"
)
_LIMIT_AFTER = re.compile(
    r"\s?(?:以[上下内前后]|[之及到至]|半?的?(?:娃|孩|小孩|儿子|女儿|宝宝|孙|老[人年汉妈爸]|父|母|爸|妈)|会不会|能?可?以?退休)"
)
#: 五十几岁的老太婆 speaks of herself, 十六七岁的打工有什么规定 of nobody.
_ATTRIBUTE = re.compile(r"的(?![老女男大]?人|老太|了)")
_OTHERS = re.compile(
    r"娃|孩|儿子|女儿|闺女|孙|(?<!宝)妈|爸|老汉|父|母|爷|奶|外[婆公]|公公|婆婆|老[公婆人伴]|媳妇|丈夫|妻|爱人|弟|妹|哥|姐|叔|伯|姑"
    r"|舅|侄|同事|老板|朋友|工友|(?<!其)他|她|猫|狗"
)
_HIRING = re.compile(r"招(?!聘会|工会)|聘请|[要请]个|缺|年龄(?:限|要求|放宽|不限)")

_ABOUT = r"(?:今年|现在|已经|刚好|马上|过[了完]年|差不多|大概|虚岁|周岁|[都也快刚才满为就:,\s])*"
_SELF_BEFORE = re.compile(rf"(?:我|本人|自己|俺){_ABOUT}$")
_AGE_BEFORE = re.compile(rf"(?:今年|现在|年龄是?|年纪|岁数|刚满|(?:^|[\s,人])[男女](?:性|的)?){_ABOUT}$")
_NOTHING_BEFORE = re.compile(rf"{_ABOUT}人?{_ABOUT}")
_OPEN_AFTER = re.compile(
    r"\s*(?:了|左右|上下|$|[,。、!?;\s)]|[嘛吧哈呀啊啦哦噻撒咯]|[做干想带]|的人了|初中|高中|离异|[未已]婚)"
)
_OVER = ("出头", "好几")
_ANSWER_AFTER = re.compile(r"(?:左右|上下|样子|[,\s][男女]|[整岁歲的了嘛吧哈呀啊啦哦噻撒咯,。.!\s])*")

_D = "[零〇一二三四五六七八九]"
_BORN = re.compile(
    rf"(?<![\d零〇一二三四五六七八九十])(?P<year>\d{{4}}|\d{{2}}|{_D}{{4}}|{_D}{{2}})\s?年"
    r"(?:\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?[日号])?)?"
    r"\s?(?P<said>出生|生人|生的|生(?![活产意病效日育孩娃气])|的人?(?=\s*(?:$|[,。、!?;\s嘛哈啊呀了哦])))"
)
_BORN_BEFORE = re.compile(r"(?:^|[\s,])(?:我|本人|是|属于|[,\s])*$")
_BORN_ANSWER = re.compile(
    r"(?:我|是|出?生于?|[:\s])*(?P<year>(?:19|20)\d{2}|\d{2}(?=\s?年))\s?[年.\-/]?(?:\s?(?P<month>\d{1,2})\s?[月.\-/]?"
    r"(?:\s?(?P<day>\d{1,2})\s?[日号]?)?)?[的生嘛哈了。\s]*"
)
_VALUES = str.maketrans({"〇": "0", **{digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}})


def find(text: str, today: date) -> list[Found]:
    """The ages that people give of themselves in `text`, in whole years; those of others and limits are none.

    五十几 and 五十出头 are 50: the least that was said. Who names only a year of birth is as old as on the last day of
    `today`'s year.
    """
    folded = fold(text)
    folded = without(folded, [(one.start, one.end) for one in phone.find(folded)])
    born = list(_BORN.finditer(folded))
    found = [one for match in born if (one := _found_born(folded, match, today)) is not None]
    rest = without(folded, [match.span() for match in born])
    found += [one for number in numbers.find(rest) if (one := _found(rest, number)) is not None]
    return sorted(found, key=lambda one: one.start)


def parse(text: str, today: date) -> int | None:
    """The age in an answer to "how old are you?", where a mere 45 or 1978 is one as well.

    None when there is none, or more than one.
    """
    folded = fold(text).strip()
    born = _BORN_ANSWER.fullmatch(folded)
    if born is not None:
        return _within(_WORKING_AGES, _age_born(born, today))
    values = {int(found.value) for found in find(text, today)}
    only = numbers.find(folded)
    if not values and len(only) == 1 and _ANSWER_AFTER.fullmatch(folded, only[0].end):
        before = folded[: only[0].start]
        if _NOTHING_BEFORE.fullmatch(before) or _SELF_BEFORE.fullmatch(before) or _AGE_BEFORE.fullmatch(before):
            return _within(_WORKING_AGES, _years(only[0]))
    return values.pop() if len(values) == 1 else None


def _found(folded: str, number: Number) -> Found | None:
    before, after = _sentence_around(folded, number.start, number.end)
    unit = _YEARS_OLD.match(folded, number.end)
    end = number.end if unit is None else unit.end()
    of_self = _SELF_BEFORE.search(before) is not None
    of_another = _OTHERS.search(before) or _HIRING.search(before) or _HIRING.search(after)
    if _LIMIT_BEFORE.search(before) or _LIMIT_AFTER.match(folded, end) or (of_another and not of_self):
        return None
    if unit is not None:
        if _ATTRIBUTE.match(folded, end) and not of_self:
            return None
        age = _within(_AGES, _years(number))
    else:
        age = _within(_WORKING_AGES, _years(number)) if _is_unsaid_age(folded, before, number) else None
    return None if age is None else Found(number.start, end, str(age))


def _is_unsaid_age(folded: str, before: str, number: Number) -> bool:
    """Whether a number without 岁 is one: 我今年38, 女,39, 四十五了, 五十出头."""
    if not _OPEN_AFTER.match(folded, number.end):
        return False
    if _SELF_BEFORE.search(before) or _AGE_BEFORE.search(before):
        return True
    clause = _CLAUSE_END.split(before)[-1]
    over = folded[number.start : number.end].endswith(_OVER) or folded.startswith("了", number.end)
    return over and _NOTHING_BEFORE.fullmatch(clause) is not None


def _found_born(folded: str, match: re.Match[str], today: date) -> Found | None:
    before, _ = _sentence_around(folded, match.start(), match.end())
    of_self = _BORN_BEFORE.search(before) is not None
    surely = not match["said"].startswith("的")
    if (_OTHERS.search(before) and not before.endswith("我")) or not (of_self or surely):
        return None
    age = _within(_AGES if surely else _WORKING_AGES, _age_born(match, today))
    return None if age is None else Found(match.start(), match.end(), str(age))


def _age_born(match: re.Match[str], today: date) -> int | None:
    """The age of who was born as `match` says; a year of two digits lies in the hundred years before `today`."""
    year = int(match["year"].translate(_VALUES))
    if len(match["year"]) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year else 0
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return today.year - year - ((month, day) > (today.month, today.day))


def _years(number: Number) -> int | None:
    """四十五六 is 45; 18到45 is a range that no one person has."""
    return number.low if number.high is None or number.high - number.low == 1 else None


def _within(ages: range, age: int | None) -> int | None:
    return age if age in ages else None


def _sentence_around(folded: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after characters `start` to `end` in their sentence."""
    return _SENTENCE_END.split(folded[:start])[-1], _SENTENCE_END.split(folded[end:])[0]
