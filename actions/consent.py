"""The steps that every registration has: consent first, sensitive data apart, the summary last."""

from __future__ import annotations

from actions.forms import CONFIRMED_SLOT, CONSENT_SLOT, NO, SENSITIVE_SLOT, YES, Field, Slots, says
from actions.reading import spoken_groups, unit_names
from bot.grammar import sensitive
from bot.knowledge import privacy

AGREED = {"affirm": YES, "deny": NO}

#: The slots that may hold health, disability or a minor's data, and what stands there when it is not kept.
MAY_BE_SENSITIVE = ("story", "note", "group", "age", "requirements")
NOT_KEPT = "（本人不同意保存这部分）"
_NO_TEXT = ("group", "age")


def consent_field(purpose: privacy.Purpose) -> Field:
    """What is asked before the first personal datum."""
    return Field(
        slot=CONSENT_SLOT,
        label="同意",
        ask=lambda slots: privacy.consent(purpose, bool(unit_names())),
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
    """What a slot says of the person, as a sentence that can be judged."""
    if slot == "age":
        return f"我今年{slots[slot]}岁"
    return f"我是{spoken_groups(slots[slot])}" if slot == "group" else str(slots[slot])


def without_sensitive(slots: Slots) -> dict[str, str | None]:
    """What stands in the slots instead, for a person who does not want that part kept."""
    kept = {slot: None if slot in _NO_TEXT else NOT_KEPT for slot in MAY_BE_SENSITIVE}
    return {slot: kept[slot] for slot in kept if slots.get(slot) and sensitive.kinds(_sentence(slot, slots))}


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
