"""How many people an employer looks for: 招3个人, 要五名, 十来个人, 2-3人."""

from __future__ import annotations

import re

from bot.grammar import Found, fold, numbers, phone, without, work
from bot.grammar.numbers import Number

#: More than any one employer asks for; what is above was miswritten.
MOST = 5_000

_SENTENCE_END = re.compile(r"[。!?;\n]")
_CLAUSE_END = re.compile(r"[,、。!?;\n]")
_MEASURE = re.compile(r"\s?(?:[个個]人?|人(?!员)|名|位|号人)")

#: 招聘会 is an event, and who was hired already is no longer looked for.
_NOT_HIRING = re.compile(
    r"招(?:聘会|工会|[工聘]的|待|呼|商|手|牌|行|录|了|进|到|去)|[应解返竞受]聘|要求|重要|主要|[只不想]要|要[是不得]|找工作|找活|请问|请假|差不多"
)
_HIRING = re.compile(r"[招聘召缺]|用工|空岗|[请差]人|要人(?=[,。、\s])")
_HIRING_NEARBY = re.compile(r"[要需差找请]")
_NUMBER_NAMED = re.compile(r"(?:人数|名额|数量)(?:[:是为有\s]|大概|大约)*$")
_TOTAL = re.compile(r"(?:一共|总共|拢共|加起来)(?:就?[是要招有])?\s?$")
_OTHERS = re.compile(r"(?:加|我|[我咱你他她俺]们|大家|[没还都只]?有|带了?|[来去走]了)\s?$")
_WRONGED = re.compile(
    r"欠|[没不][有得]?[发给结付]|没有?拿|拿不到|讨薪|仲裁|受伤|工伤|辞退|开除|裁员|赔|违法|合法|投诉|举报|[干做]了"
)

_PERSON = re.compile(
    r"\s?(?:[\u4e00-\u9fff]{0,4}?(?:工(?![作资地钱])|[员員师師匠嫂妹嬢姨]儿?|学徒|学生|熟手|兼职|娃儿|工人)|女的|男的|[男女](?!主))"
)
_DESCRIBED = re.compile(r"\s?[\u4e00-\u9fff]{1,8}的")
_NEVER_PERSON = re.compile(
    r"的?\s?(?:月(?!嫂)|小时(?!工)|钟(?!点)|工作(?!人员)|一起)|[^,。]{0,12}的(?:工作|活|岗位|职位|位置|地方|事|单位|厂|店|公司)"
)
_NO_PERSON = re.compile(
    r"的?\s?(?:星期|礼拜|周|天|活|班|[问主难]题|展位|摊位|岗位|职位|位置|地方|条件|证|点|厂|店|公司|单位|人?间|份|民|多少|能|可|补|领)"
)
_CLOSED = re.compile(r"\s*(?:$|[,、。!?;\s)]|[就都也吧嘛哈呀啊啦哦噻行够先试]|左右|以[上内]|上下|要得|工资|月薪)")
_AROUND = re.compile(
    r"(?:大概|大约|差不多|可能|我们|最[少多]|至少|左右|上下|样子|够了?|可以了?|暂时|[男女][工的]|[先就只需要招缺找来吧嘛哈啊呀啦的行,.。!\s])*"
)
_AROUND_PERSONS = re.compile(rf"(?:{_PERSON.pattern}|{_DESCRIBED.pattern})?{_AROUND.pattern}")


def find(text: str) -> list[Found]:
    """Every number of people to be hired that `text` names; of a range the upper one.

    A number counts where hiring is spoken of (招, 聘, 缺, 要 …): 我们三个人没拿到工资 names none. A total is meant
    before its parts (还要加一个，一共三个).
    """
    folded = fold(text)
    folded = without(folded, [(one.start, one.end) for one in phone.find(folded)])
    said = numbers.find(folded)
    totals = [number for number in said if _TOTAL.search(folded, 0, number.start) and _measured(folded, number)]
    if totals:
        counts = [(number, _count(number)) for number in totals]
        return [Found(number.start, number.end, str(count)) for number, count in counts if count is not None]
    return [one for number in said if (one := _found(folded, number)) is not None]


def parse(text: str) -> int | None:
    """The headcount in an answer to "how many people?", where a mere 3 or 三个 is one as well.

    None when there is none (若干, 几个), or more than one.
    """
    folded = fold(text)
    only = numbers.find(folded)
    if len(only) == 1:
        measured = _measured(folded, only[0])
        after = _AROUND if measured is None else _AROUND_PERSONS
        if _AROUND.fullmatch(folded, 0, only[0].start) and after.fullmatch(folded, measured or only[0].end):
            return _count(only[0])
    values = {found.value for found in find(text)}
    return int(values.pop()) if len(values) == 1 else None


def _found(folded: str, number: Number) -> Found | None:
    count, end = _count(number), _measured(folded, number)
    start = _after_last(_SENTENCE_END, folded, number.start)
    before = _NOT_HIRING.sub(lambda match: " " * len(match.group()), folded[start : number.start])
    if count is None or _OTHERS.search(before) or _WRONGED.search(folded, start, _until(folded, number.end)):
        return None
    if _NUMBER_NAMED.search(before):
        return Found(number.start, end or number.end, str(count))
    if end is None or _NEVER_PERSON.match(folded, end):
        return None
    return Found(number.start, end, str(count)) if _is_meant(folded, before, number, end) else None


def _is_meant(folded: str, before: str, number: Number, end: int) -> bool:
    """Whether hiring is spoken of (`before` the number, or by naming the post) and persons are counted."""
    clause = before[_after_last(_CLAUSE_END, before, len(before)) :]
    is_person, is_one = _is_person(folded, end), (number.high or number.low) == 1
    if not is_person and _NO_PERSON.match(folded, end):
        return False
    surely = is_person or _counts_persons(folded, number, end)
    if _HIRING.search(before):
        return surely or bool(_DESCRIBED.match(folded, end))
    if _HIRING_NEARBY.search(clause):
        return surely or (not is_one and bool(_DESCRIBED.match(folded, end)))
    if _HIRING_NEARBY.search(before) and is_person and not is_one:
        return True
    return _names_a_post(folded, clause, number, end)


def _count(number: Number) -> int | None:
    count = number.high or number.low
    return count if number.low > 0 and count <= MOST else None


def _measured(folded: str, number: Number) -> int | None:
    """Where the word for persons after `number` ends; None without one. 俩 needs none."""
    measure = _MEASURE.match(folded, number.end)
    if measure is not None:
        return measure.end()
    return number.end if folded[number.end - 1] in "俩仨" else None


def _is_person(folded: str, end: int) -> bool:
    """Whether somebody who works follows: 三个保安, 两个妹儿."""
    kinds = work.find(folded[end : end + 8])
    return _PERSON.match(folded, end) is not None or any(kind.start == 0 for kind in kinds)


def _counts_persons(folded: str, number: Number, end: int) -> bool:
    """名 and 人 count persons only; 个 does when nothing else that it could count comes after it."""
    return folded[number.end : end].strip() not in ("个", "個") or _CLOSED.match(folded, end) is not None


def _names_a_post(folded: str, clause: str, number: Number, end: int) -> bool:
    """三名保安 or 普工二十名, with no word for hiring."""
    if folded[number.end : end].strip() not in ("名", "人"):
        return False
    if not clause.strip():
        return _is_person(folded, end)
    kinds = work.find(clause)
    return bool(kinds) and kinds[-1].end == len(clause.rstrip(" :")) and bool(_CLOSED.match(folded, end))


def _after_last(boundary: re.Pattern[str], folded: str, end: int) -> int:
    return max((match.end() for match in boundary.finditer(folded, 0, end)), default=0)


def _until(folded: str, start: int) -> int:
    end = _SENTENCE_END.search(folded, start)
    return len(folded) if end is None else end.start()
