"""Corrections, whatever is being asked: 不当保安了，当厨师; 不是解放碑，是大坪; 工资改成五千; 名字写错了."""

from __future__ import annotations

import re

from actions import hearing
from actions.forms import CONFIRMED_SLOT, EDGES, NOT_COUNTED, SKIPPED, Field, Form, Slots
from actions.hearing import Message
from bot.grammar import fold

Changes = dict[str, str | None]

_NAMED_WRONG = re.compile(r"刚才|我的|(?:写|打|填|说|搞)?错了?|不对|改一下|改|补|名字|手机|号码")
_NEW_VALUE = re.compile(r"(?:应该是|改成|改为|换成|不是.{1,8}是|是|叫)\s*([^是叫]+)$")

#: Without one of these, a message that names a field tells something else: 工资多少, 我想换一下工作.
_SIGNAL = re.compile(r"(?:改成|改为|换成|应该是)\s*\S|[写打填说搞弄]错|(?<!是)不是.{1,8}[是叫]")
_CHANGED_TO = re.compile(r"[改换](?:成|为|到|做)")
_NOT_BUT = re.compile(r"(?<!是)不是(.{1,12}?)[，,\s]*是([^，,。;；]+)$")
#: What stands before the value that takes its place, in a person's own words.
_INSTEAD = re.compile(r"(?:[改换](?:成|为|到)|是|叫|当|做|干|去)\s*([^，,。;；]+)$")


def read(form: Form, asked: Field | None, latest: Message, slots: Slots) -> Changes:
    """What a message changes of what the form holds.

    Args:
        form: the form that is open.
        asked: the field that was asked for.
        latest: the tracker's latest message.
        slots: what is known.

    Returns:
        Slot → new value; None for one to be asked again. Empty for any other message: a question, a button,
        a matter told in a person's own words.
    """
    text = latest.get("text") or ""
    if text.startswith("/") or (asked is not None and (asked.takes_questions or asked.is_whole)):
        return {}
    at_summary = asked is not None and asked.slot == CONFIRMED_SLOT
    if hearing.surely_asks(text) or (hearing.asks(text) and not at_summary):
        return {}
    is_answer = asked is not None and asked.slot in hearing.said(form, latest)
    is_correction = at_summary or (latest.get("intent") or {}).get("name") == "correct"
    return (
        ({} if is_answer else _added(form, text, slots))
        or (_chosen(form, text, slots) if at_summary else {})
        or _contrasted(form, asked, latest, slots)
        or _changed_to(form, latest, slots)
        or (named(form, text) if is_correction or _SIGNAL.search(text) else {})
    )


def named(form: Form, text: str) -> Changes:
    """The new value of the field that a text names; None for a field to be asked again."""
    for field in form.fields:
        if field.slot not in NOT_COUNTED and any(word in text for word in (field.label, *field.also_called)):
            new = _NEW_VALUE.search(text)
            rest = _NAMED_WRONG.sub("", text.replace(field.label, "")) if new is None else new.group(1)
            return {field.slot: field.loose(rest.strip(EDGES + "了")) if rest.strip(EDGES) else None}
    return {}


def _added(form: Form, text: str, slots: Slots) -> Changes:
    """What a message plainly is, whatever was asked, added to what is known of it."""
    alone = {field.slot: value for field in form.fields if (value := field.alone(text)) is not None}
    known = {slot: str(slots.get(slot) or "") for slot in alone}
    return {
        slot: "；".join(filter(None, (known[slot], value))) for slot, value in alone.items() if value != known[slot]
    }


def _chosen(form: Form, text: str, slots: Slots) -> Changes:
    """At the summary, another choice for a thing that has few: 不急."""
    fields = [field for field in form.fields if field.slot not in NOT_COUNTED and field.choices()]
    chosen = {field.slot: field.exact(text) for field in fields}
    return {slot: value for slot, value in chosen.items() if value not in (None, slots.get(slot))}


def _contrasted(form: Form, asked: Field | None, latest: Message, slots: Slots) -> Changes:
    """Known values that the message denies, each with what it says instead."""
    instead = hearing.said(form, latest)
    changes = _paired(form, asked, latest, slots)
    for field in form.fields:
        if field is asked or field.slot in (*changes, *NOT_COUNTED) or slots.get(field.slot) in (None, SKIPPED):
            continue
        given_up = _given_up(field, str(slots[field.slot]), latest)
        new = instead.get(field.slot)
        if given_up is not None and new != slots[field.slot]:
            changes[field.slot] = new or _in_own_words(field, latest, given_up)
    return {**{slot: new for slot, new in instead.items() if changes and form.takes(slot, extras=False)}, **changes}


def _paired(form: Form, asked: Field | None, latest: Message, slots: Slots) -> Changes:
    """A known value and the new one in the words of an answer: 不是两个，是三个."""
    pair = _NOT_BUT.search(latest.get("text") or "")
    if pair is None:
        return {}
    old, new = (said.strip(EDGES) for said in pair.groups())
    fields = [one for one in form.fields if one is not asked and one.slot not in NOT_COUNTED and slots.get(one.slot)]
    known = [(field.slot, field.loose(new)) for field in fields if field.loose(old) == slots[field.slot]]
    return dict(known) if len(known) == 1 and known[0][1] is not None else {}


def _given_up(field: Field, value: str, latest: Message) -> int | None:
    """Where the mention of a known value ends that the message gives up; None where it gives up none."""
    folded = fold(latest.get("text") or "")
    ends = [
        (int(entity["end"]), hearing.denies(entity, latest))
        for entity in hearing.entities_of(latest)
        if entity["entity"] == field.slot and str(entity["value"]) == value and entity.get("end")
    ]
    if not field.choices():
        words = re.finditer(re.escape(fold(value)), folded)
        ends += [(word.end(), hearing.is_given_up(folded, word.start(), word.end())) for word in words]
    return next((end for end, is_given_up in ends if is_given_up), None)


def _in_own_words(field: Field, latest: Message, after: int) -> str | None:
    """What is named in place of a value, in words that no grammar knows."""
    rest = (latest.get("text") or "")[after:]
    new = _INSTEAD.search(rest)
    return (field.strict or field.loose)(new.group(1).strip(EDGES)) if new else field.exact(rest.strip(EDGES + "了"))


def _changed_to(form: Form, latest: Message, slots: Slots) -> Changes:
    """Known values that a 改成 or 换成 replaces without naming the old one."""
    if not _CHANGED_TO.search(latest.get("text") or ""):
        return {}
    new = hearing.said(form, latest)
    return {slot: value for slot, value in new.items() if slots.get(slot) not in (None, value)}
