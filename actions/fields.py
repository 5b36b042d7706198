"""The fields that more than one form asks for."""

from __future__ import annotations

from collections.abc import Callable

from actions import reading
from actions.consent import AGREED
from actions.forms import NO, YES, Field, Slots, says
from bot.campaign import load
from bot.grammar import gender, names, phone, salary, units, work

LONGEST_WORK = 20
LONGEST_KEPT = 60
LONGEST_FREE_TEXT = 500


def work_field(ask: str, again: str, label: str = "工种", why: str = "", may_be_any: bool = False) -> Field:
    """The kind of work, looked for or offered; only who looks for it may take any."""

    def unless_any(found: str | None) -> str | None:
        return found if may_be_any or found != work.any_work() else None

    return Field(
        slot="kind_of_work",
        label=label,
        also_called=("工作", "岗位"),
        ask=says(ask),
        again=again,
        why=why,
        exact=lambda text: unless_any(work.parse_any(text) or reading.only(work.find(text), text)),
        loose=lambda text: unless_any(reading.read_work(text)),
        accepts=lambda value: 0 < len(value) <= LONGEST_WORK and (may_be_any or value != work.any_work()),
    )


def unit_field(ask: str, why: str) -> Field:
    """The street; not asked where the campaign has no reporting units."""
    return Field(
        slot="unit",
        label="街道",
        ask=says(ask),
        again="没有找到这个街道。请点下面的街道，不在里面就点“别的地方”。",
        why=why,
        exact=lambda text: reading.only(units.find(text, reading.unit_names()), text) or reading.read_anywhere(text),
        loose=reading.read_unit,
        accepts=lambda value: value in (*reading.NO_STREET, *reading.unit_names()),
        choices=lambda: {name: name for name in (*reading.unit_names(), reading.ELSEWHERE)},
        applies=lambda slots: bool(reading.unit_names()),
    )


def phone_field(ask: str, why: str) -> Field:
    """A phone that can be called back."""
    return Field(
        slot="phone",
        label="电话",
        also_called=("手机", "号码"),
        ask=says(ask),
        again="这个号码不对。请写11位手机号，或带区号的座机。",
        why=why,
        exact=lambda text: reading.only(phone.find(text), text),
        loose=phone.parse,
        accepts=lambda value: phone.parse(value) == value,
        shown=phone.masked,
    )


def name_field(why: str, is_asked: bool = True) -> Field:
    """How to address the person."""
    return Field(
        slot="person_name",
        label="姓名",
        also_called=("名字",),
        ask=says("怎么称呼您？请写姓名。"),
        again="没看懂姓名。请只写姓名，两到四个字。",
        why=why,
        exact=names.parse,
        loose=names.parse_answer,
        strict=names.parse,
        accepts=lambda value: names.parse_answer(value) == value,
        is_asked=is_asked,
    )


def pay_field(ask: str, is_asked: bool, why: str = "") -> Field:
    """Pay with its period, as people say it."""
    return Field(
        slot="salary",
        label="工资",
        also_called=("待遇", "月薪"),
        ask=says(ask),
        again="没看懂工资。请这样写：4000到5000一个月、200一天，或者“面议”。",
        why=why,
        exact=lambda text: reading.only(salary.find(text), text),
        loose=salary.parse,
        accepts=lambda value: salary.parse(value) == value,
        is_asked=is_asked,
    )


def _is_counted(where: str) -> Callable[[Slots], bool]:
    """Whether the running campaign's table has a 其中 column for it: else nobody needs to know."""
    return lambda slots: load.current().counts_apart(where)


GENDERS = {"男": "male", "女": "female"}

GENDER = Field(
    slot="gender",
    label="性别",
    ask=says("您是男士还是女士？（统计要用，不说也行）"),
    again="请点“男”“女”，或者“不想说”。",
    why="上级的统计表要数其中有多少女同志，只数人数。",
    loose=gender.gender,
    exact=gender.gender,
    accepts=lambda value: value in GENDERS.values(),
    choices=lambda: GENDERS,
    shown=lambda value: next(name for name, code in GENDERS.items() if code == value),
    is_optional=True,
    applies=_is_counted("female"),
)

POVERTY_ALLEVIATED = Field(
    slot="poverty_alleviated",
    label="脱贫人口",
    also_called=("脱贫户", "建档立卡"),
    ask=says("您家是脱贫户（以前的建档立卡户）吗？（统计和帮扶要用，不说也行）"),
    again="请点“是”“不是”，或者“不想说”。",
    why="脱贫户就是以前的建档立卡贫困户，有专门的帮扶，统计表也要数人数；拿不准就点“不想说”。",
    loose=reading.read_poverty,
    accepts=lambda value: value in (YES, NO),
    choices=lambda: {"是": YES, "不是": NO},
    by_intent=AGREED,
    shown=lambda value: "是" if value == YES else "不是",
    is_optional=True,
    applies=_is_counted("poverty_alleviated"),
)
