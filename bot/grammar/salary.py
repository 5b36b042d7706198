"""Salaries with their period, as wished or offered: 五六千, 200一天, 时薪18, 月薪4500以上, 面议."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.grammar import Found, fold, numbers, phone, without
from bot.grammar.numbers import Number

Period = Literal["month", "day", "hour", "piece", "year"]

NEGOTIABLE = "面议"
PIECEWORK = "计件"

_SHOWN: dict[Period, str] = {"month": "月", "day": "天", "hour": "小时", "piece": "件", "year": "年"}
_CANONICAL = re.compile(rf"(\d+)(?:-(\d+))?元/({'|'.join(_SHOWN.values())})")

#: Least and most that anybody is paid, in yuan; what is outside was miswritten or is no salary.
_PLAUSIBLE: dict[Period, tuple[int, int]] = {
    "month": (300, 100_000),
    "day": (30, 3_000),
    "hour": (5, 500),
    "piece": (1, 1_000),
    "year": (5_000, 2_000_000),
}
#: An amount of this size that names no period is meant by the month.
_MONTHLY = range(1_000, 50_001)
#: Less than this is not taken for a wage when nothing but the number is said.
_LEAST_UNSAID = 1_500
_YEARS = range(1_900, 2_100)

_UNITS: dict[Period, str] = {
    "month": "个?月|m",
    "day": "天|日|d",
    "hour": "个?小时|个?钟头|个?钟|时|h",
    "piece": "件|单|双|条|套",
    "year": "年",
}
_NAMED_PERIODS: dict[Period, str] = {
    "month": "月薪|月工资|月收入|月入|底薪|保底|综合",
    "day": "日薪|日工资?|天工|当?[日天]结",
    "hour": "时薪|小时工资?|计时",
    "piece": "(?!)",
    "year": "年薪|年收入",
}
_EACH = r"(?:每一?|一|1|按)"
_MONEY = r"\s?(?:元|块钱?|塊錢?|rmb)"
_ABOUT = r"(?:左右|上下|以上|往上|朝上|起步|起|打底|以内|之间|点|\+)"
#: Each text fits these in one way only: a second way would let a long message take ever longer to read.
_SAID_BEFORE = (
    r"(?:工资|工資|薪资|薪水|待遇|收入|要求|税前|税后|到手|底薪|保底|综合|大概|大约|差不多|最少|最低|至少|起码|少说|不得?[低少]于"
    r"|[包管吃住希望期想要可以能够达到得给开拿挣有是为算按也就都我嘛个¥:,\s])*"
)


def _one_of(words: dict[Period, str], before: str = "") -> str:
    return "|".join(rf"(?P<{before}{period}>{words[period]})" for period in get_args(Period))


_BEFORE = re.compile(rf"(?:{_EACH}(?:{_one_of(_UNITS)})|{_one_of(_NAMED_PERIODS, 'named_')}){_SAID_BEFORE}$")
_WAGE_BEFORE = re.compile(rf"(?:工资|工資|工钱|薪资|薪水|薪酬|薪金|待遇|报酬|收入){_SAID_BEFORE}$")
_AFTER = re.compile(
    rf"(?P<money>{_MONEY})?(?:{_ABOUT})?\s?"
    rf"(?:(?:(?:/人)?/|{_EACH}|(?<=[元块钱]))(?:{_one_of(_UNITS)})|{_one_of(_NAMED_PERIODS, 'named_')})?(?:{_ABOUT})?"
)
_COUNTED = re.compile(
    r"\s?(?:[个個人名位岁歲月年日号點点天周次趟单件只台辆条户家层楼栋间米平方斤吨字份步倍分秒度杯瓶箱桶碗桌亩头棵句页株里升届期路]"
    r"|小时|钟头|课时|公里|公斤)"
)

_SENTENCE_END = re.compile(r"[。!?;\n]")
_CLAUSE_END = re.compile(r"[,、。!?;\n]")
_SPACE = re.compile(r"\s")
_DEBT = re.compile(
    r"欠|赔|罚|借|押金|克扣|[被倒乱]扣|扣[了我]|讨薪|仲裁|贷款|[没不][有得]?[发给结付]|没有?拿|拿不到|只[发给]|[发给]了|彩礼|赡养|抚养费|违约|私了|骗"
)
_COST_BEFORE = re.compile(
    r"(?<!免)费|社保|医保|补[贴助偿]|奖|租|礼金|(?<!工)价|花|买|存[款了]|攒|亏|交了|缴|付|收(?![入银])|低保|失业[金保]|养老金|退休[金工费]|红包"
    r"|救助|最低工资|报销|损失|利息|[货工]程?款|[定订]金|保证金|退(?![役伍休])|转[账了]|涨|还[我钱款债给了]|值(?![班守])|编号|号码|邮编|验证码|密码"
)
_COST_AFTER = re.compile(r"的?(?!.?[加包含免报交缴有])[^,。;]{0,3}(?:费|补[贴助偿]|奖|红包|租|社保|押金|工伤|罚款)")
_UNSAID_BEFORE = re.compile(rf"(?:那|写成|改[成为]|应该|吧)*{_SAID_BEFORE}")
_UNSAID_AFTER = re.compile(
    r"\s*(?:$|[,、。!?;\s)]|[就也都包管加带交缴吧嘛哈呀啊啦哦噻撒捏咯了行够好得整]|[大小]工|[五六]险|提成|要得|可以|底薪|即可"
    r"|的?(?:工资|样子|话)|的(?:活|工作|班|岗位|$|[,、。!?;\s]))"
)
_SPENT_BEFORE = re.compile(r"(?:[了交认出垫价]|只[有拿认]|变成|才|基数|降到|拿到)$")
_NEGOTIABLE_SAID = re.compile(
    r"面议|(?:工资|待遇|薪资|价格|价钱|工钱)(?:面谈|当面谈|好说|好谈|可谈|好商量|另议|再谈)"
    r"|(?:^|(?<=[,。、\s]))(?:面谈|当面谈|可谈|好商量|再谈)(?=[嘛吧哈的]*(?:$|[,。、\s]))"
)
_PIECEWORK_SAID = re.compile(
    r"(?:^|(?<=[,。、\s]))(?:工资)?(?:是|按|就)?(?:计件|按件|论件)(?=[制算计的结工资费嘛吧]*(?:$|[,。、\s]))"
)


@dataclass(frozen=True)
class Salary:
    """An amount or range in yuan for one period.

    `high` is None when one figure was named: 四千, 四千左右 and 四千以上 are all 4000.
    """

    low: int
    high: int | None
    period: Period

    def __str__(self) -> str:
        """Show the canonical text, such as 4000-5000元/月 or 200元/天."""
        amount = str(self.low) if self.high is None else f"{self.low}-{self.high}"
        return f"{amount}元/{_SHOWN[self.period]}"

    @classmethod
    def from_text(cls, text: str) -> Salary | None:
        """The salary that a canonical text means; None for 面议 and 计件, which name no amount.

        Raises:
            ValueError: the text is not canonical.
        """
        if text in (NEGOTIABLE, PIECEWORK):
            return None
        match = _CANONICAL.fullmatch(text)
        if match is None:
            raise ValueError(f"不是规范的工资写法：{text}")
        low, high, shown = match.groups()
        (period,) = (period for period, name in _SHOWN.items() if name == shown)
        return cls(int(low), None if high is None else int(high), period)


def find(text: str) -> list[Found]:
    """Every salary in `text` in its canonical form; without one, the words 面议 and 计件.

    Sentences of debts, deductions and loans name none; nor do costs, subsidies and premiums.
    """
    folded = fold(text)
    folded = without(folded, [(one.start, one.end) for one in phone.find(folded)])
    found = [one for number in numbers.find(folded) if (one := _found(folded, number)) is not None]
    return found or [
        Found(match.start(), match.end(), value)
        for value, said in ((NEGOTIABLE, _NEGOTIABLE_SAID), (PIECEWORK, _PIECEWORK_SAID))
        for match in said.finditer(folded)
    ]


def parse(text: str) -> str | None:
    """The one salary that `text` names, in its canonical form; None when there is none, or more than one."""
    values = {found.value for found in find(text)}
    return values.pop() if len(values) == 1 else None


def _found(folded: str, number: Number) -> Found | None:
    start, end = _bounds(_SENTENCE_END, folded, number)
    clause_start, _ = _bounds(_CLAUSE_END, folded, number)
    after = _AFTER.match(folded, number.end, end)
    assert after is not None, "every part of the pattern is optional"
    said_before, clause = folded[start : number.start], folded[clause_start : number.start]
    if _DEBT.search(folded, start, end) or _COST_BEFORE.search(clause) or _COST_AFTER.match(folded, after.end(), end):
        return None
    before = _BEFORE.search(said_before)
    period = _period(after) or (_period(before) if before is not None else None)
    if not after.group().strip() and _COUNTED.match(folded, number.end):
        return None
    wage = before or _WAGE_BEFORE.search(said_before)
    if period is None and number.low in _MONTHLY and (wage or _is_meant(folded, number, clause, after)):
        period = "month"
    if period is None or not _is_plausible(number, period):
        return None
    begin = number.start if wage is None else start + wage.start()
    return Found(begin, after.end(), str(Salary(number.low, number.high, period)))


def _bounds(boundary: re.Pattern[str], folded: str, number: Number) -> tuple[int, int]:
    """Where the sentence or clause around `number` starts and ends."""
    starts = [match.end() for match in boundary.finditer(folded, 0, number.start)]
    end = boundary.search(folded, number.end)
    return starts[-1] if starts else 0, len(folded) if end is None else end.start()


def _period(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    return next((one for one in get_args(Period) if groups[one] or groups[f"named_{one}"]), None)


def _is_meant(folded: str, number: Number, clause: str, after: re.Match[str]) -> bool:
    """Whether an amount without a word for wages is one: 包吃住四千, 三千块就要得, but not 四千买的."""
    if number.low < _LEAST_UNSAID or _SPENT_BEFORE.search(clause) or not _UNSAID_AFTER.match(folded, after.end()):
        return False
    if after["money"] is not None or not folded[number.start : number.end].isdigit():
        return True
    is_year = number.low in _YEARS and number.low % 100 != 0
    return not is_year and _UNSAID_BEFORE.fullmatch(_SPACE.split(clause)[-1]) is not None


def _is_plausible(number: Number, period: Period) -> bool:
    least, most = _PLAUSIBLE[period]
    return least <= number.low and (number.high or number.low) <= most
