"""The steps that every registration has: consent first, sensitive data apart, the summary last."""

from __future__ import annotations

from typing import Any

from actions import reading
from actions.forms import CONFIRMED_SLOT, CONSENT_SLOT, NO, SENSITIVE_SLOT, YES, Field, Slots, says
from actions.reading import spoken_groups, unit_names
from bot.grammar import sensitive
from bot.knowledge import privacy

AGREED = {"affirm": YES, "deny": NO}

#: The slots that may hold health, disability or a minor's data.
MAY_BE_SENSITIVE = ("story", "note", "group", "age", "requirements")

#: What a clerk reads where somebody would rather not write.
BY_PHONE = "（本人没有写详情，请打电话问）"


def consent_field(purpose: privacy.Purpose) -> Field:
    """What is asked before the first personal datum."""
    return Field(
        slot=CONSENT_SLOT,
        label="同意",
        ask=lambda slots: privacy.consent(purpose, bool(unit_names())),
        again="先定下来同不同意，我才好接着办。",
        ask_again="登记的事，您同意吗？不同意也没关系，照样可以问问题。",
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
        again="先定下来存不存，我才好接着办。",
        ask_again="这部分，您同意保存吗？不同意就不存。",
        loose=reading.read_keeping,
        exact=reading.read_keeping,
        choices=lambda: {"同意保存": YES, "这部分不存": NO},
        by_intent=AGREED,
        accepts=lambda value: value in (YES, NO),
        applies=lambda slots: bool(_sensitive_kinds(slots)),
    )


def _sensitive_kinds(slots: Slots) -> list[str]:
    found = [kind for slot in MAY_BE_SENSITIVE if slots.get(slot) for kind in sensitive.kinds(_sentence(slot, slots))]
    return list(dict.fromkeys(found))


def _sentence(slot: str, slots: Slots) -> str:
    """What a slot says of the person, as a sentence that can be judged."""
    if slot == "age":
        return f"我今年{slots[slot]}岁"
    return f"我是{spoken_groups(slots[slot])}" if slot == "group" else str(slots[slot])


def without_sensitive(slots: Slots) -> dict[str, str | None]:
    """The slots emptied of what a person does not want kept; what is needed is asked again, in other words."""
    return {slot: None for slot in MAY_BE_SENSITIVE if slots.get(slot) and sensitive.kinds(_sentence(slot, slots))}


def told_freely(question: str) -> dict[str, Any]:
    """How a matter is asked for that people tell in their own words, and may rather tell on the phone.

    Args:
        question: the question; where the first answer may not be kept, another one takes its place.
    """
    return {
        "ask": lambda slots: privacy.text().in_other_words.strip() if slots.get(SENSITIVE_SLOT) == NO else question,
        "is_optional": True,
        "left_out": BY_PHONE,
        "left_out_title": "打电话再说",
        "takes_questions": True,
    }


def confirm_field(closing: str) -> Field:
    """The summary, to be confirmed before anything is saved."""
    return Field(
        slot=CONFIRMED_SLOT,
        label="确认",
        ask=says(closing),
        again="对的话请点“对，提交”；哪里不对，直接告诉我，比如“电话改成……”。",
        loose=lambda text: None,
        choices=lambda: {"对，提交": YES, "要改": NO},
        by_intent=AGREED,
        accepts=lambda value: value in (YES, NO),
    )
