"""The fields that more than one form asks for, and the steps that every registration has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.forms import (
    CONFIRMED_SLOT,
    CONSENT_SLOT,
    NO,
    SENSITIVE_SLOT,
    YES,
    Field,
    Slots,
)
from bot.campaign import load
from bot.grammar import Found, groups, is_only, names, phone, places, salary, sensitive, units, work
from bot.knowledge import privacy

#: In the slot of the street: somewhere that is none of the pack's reporting units.
ELSEWHERE = "别的地方"

LONGEST_WORK = 20
LONGEST_KEPT = 60
LONGEST_FREE_TEXT = 500

#: The slots that may hold health, disability or a minor's data, and what stands there when it is not kept.
MAY_BE_SENSITIVE = ("story", "note", "groups", "age", "requirements")
NOT_KEPT = "（本人不同意保存这部分）"

AGREED = {"affirm": YES, "deny": NO}


def only(found: list[Found], text: str) -> str | None:
    """The value of the one thing found, when the text is nothing else."""
    return found[0].value if len(found) == 1 and is_only(text, [(found[0].start, found[0].end)]) else None


def says(text: str) -> Callable[[Slots], str]:
    """A question that does not depend on what is known."""
    return lambda slots: text


def free_text(shortest: int, longest: int) -> Callable[[str], str | None]:
    """Reads any text of a sensible length."""

    def read(text: str) -> str | None:
        said = text.strip()
        return said if shortest <= len(said) <= longest else None

    return read


def unit_names() -> list[str]:
    """The reporting units of the running campaign."""
    return load.current().unit_names


def read_unit(text: str) -> str | None:
    """A unit, or that it is none of them."""
    return units.parse(text, unit_names()) or (ELSEWHERE if ELSEWHERE in text or places.find(text) else None)


def _read_work(text: str) -> str | None:
    found = work.find(text)
    return found[0].value if found else work.parse_free(text)


def work_field(ask: str, again: str, label: str = "工种", why: str = "") -> Field:
    """The kind of work, looked for or offered."""
    return Field(
        slot="kind_of_work",
        label=label,
        also_called=("工作", "岗位"),
        ask=says(ask),
        again=again,
        why=why,
        exact=lambda text: only(work.find(text), text),
        loose=_read_work,
        accepts=lambda value: 0 < len(value) <= LONGEST_WORK,
    )


def unit_field(ask: str, why: str) -> Field:
    """The street; not asked where the campaign has no reporting units."""
    return Field(
        slot="unit",
        label="街道",
        ask=says(ask),
        again="没有找到这个街道。请点下面的街道，不在里面就点“别的地方”。",
        why=why,
        exact=lambda text: only(units.find(text, unit_names()), text),
        loose=read_unit,
        accepts=lambda value: value == ELSEWHERE or value in unit_names(),
        choices=lambda: {name: name for name in (*unit_names(), ELSEWHERE)},
        applies=lambda slots: bool(unit_names()),
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
        exact=lambda text: only(phone.find(text), text),
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
        exact=lambda text: only(salary.find(text), text),
        loose=salary.parse_answer,
        accepts=lambda value: salary.from_text(value) is not None,
        is_asked=is_asked,
    )


def consent_field(purpose: privacy.Purpose, opening: str) -> Field:
    """What is asked before the first personal datum."""
    return Field(
        slot=CONSENT_SLOT,
        label="同意",
        ask=lambda slots: f"{opening}\n{privacy.consent(purpose)}",
        again="请点“同意”或“不同意”。不同意也没关系，照样可以问问题。",
        why=privacy.text().why_at_all.strip(),
        loose=lambda text: None,
        choices=lambda: {"同意，开始登记": YES, "不同意": NO},
        by_intent=AGREED,
        accepts=lambda value: value in (YES, NO),
    )


def sensitive_field() -> Field:
    """What is asked before health, disability or a minor's data is kept."""
    return Field(
        slot=SENSITIVE_SLOT,
        label="敏感信息",
        ask=lambda slots: privacy.sensitive(_sensitive_kinds(slots)),
        again="请点“同意保存”或“这部分不存”。",
        loose=lambda text: None,
        choices=lambda: {"同意保存": YES, "这部分不存": NO},
        by_intent=AGREED,
        accepts=lambda value: value in (YES, NO),
        applies=lambda slots: bool(_sensitive_kinds(slots)),
    )


def _sensitive_kinds(slots: Slots) -> list[str]:
    found = [kind for slot in MAY_BE_SENSITIVE if slots.get(slot) for kind in sensitive.kinds(_sentence(slot, slots))]
    return list(dict.fromkeys(found))


def _sentence(slot: str, slots: Slots) -> str:
    return f"我今年{slots[slot]}岁" if slot == "age" else str(slots[slot])


def without_sensitive(slots: Slots) -> dict[str, str]:
    """What stands in the slots instead, for a person who does not want that part kept."""
    return {
        slot: NOT_KEPT for slot in MAY_BE_SENSITIVE if slots.get(slot) and sensitive.kinds(_sentence(slot, slots))
    }


def confirm_field(summary: Callable[[Slots], str]) -> Field:
    """The summary, to be confirmed before anything is saved."""
    return Field(
        slot=CONFIRMED_SLOT,
        label="确认",
        ask=summary,
        again="对的话请点“对，提交”；哪里不对，直接告诉我，比如“电话改成……”。",
        loose=lambda text: None,
        choices=lambda: {"对，提交": YES, "要改": NO},
        by_intent=AGREED,
        accepts=lambda value: value in (YES, NO),
    )
