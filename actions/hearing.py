"""What a message says of the things a form asks for: by itself, or as the answer to the question put last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.forms import EDGES, LIST_MARK, Field, Form
from bot.grammar import fold, without
from bot.grammar.exact_words import plain
from bot.grammar.negation import is_denied

#: A message as Rasa understood it: text, intent, entities.
Message = Mapping[str, Any]
Entity = Mapping[str, Any]

#: Words that name a field and are no part of its value: 李四，电话…
_FIELD_WORDS = re.compile(r"我的|名字|姓名|电话|手机|号码|街道是|工种|[:：]")
_ASKS = re.compile(r"[?？吗么呢咋]|怎|啥|什么|多少|哪|几|有没|没得$|能不能|可不可以|要不要|是不是|不$")
_SURELY_ASKS = re.compile(
    r"[?？吗咋]|怎|啥|什么|多少|好多|好久|多久|哪|有没|没得$|能不能|可不可以|(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|要不得|[啷嘞]个"
)
_PIECES = re.compile(r"[\s，,。.、;；]+")

#: Of numbers only 不是 denies: 不到四千 and 不低于50岁 give them.
_NUMBERS = ("salary", "age", "headcount", "date")
_IS_NOT = re.compile(r"(?<!是)不是\s*$")
#: What replaces the number before it; what gives up the word before it: 保安不当了, 保安换成保洁.
_REPLACED = re.compile(r"[改换](?:成|为|到)|[写打说填搞]?错了")
_GIVEN_UP = re.compile(
    r"(?:街道|那边|这边)?我?(?:不(?:想)?(?:当|做|干|搞|去|住|要)|[改换](?:成|为|到|做)|[写打说填搞]?错了)"
)


def asks(text: str) -> bool:
    """Whether a text sounds like a question."""
    return _ASKS.search(text) is not None


def surely_asks(text: str) -> bool:
    """Whether a text is plainly a question, and no answer with a number in it: 十几个."""
    return _SURELY_ASKS.search(text) is not None


def said(form: Form, latest: Message, name: str = "") -> dict[str, str]:
    """What a message says by itself, whatever was asked. Two different values are none, unless it is a list.

    What is denied (不当保安了，当厨师) is not said, nor what is part of a name (重庆 in 重庆示例加工厂).

    Args:
        form: the form whose fields are looked for.
        latest: the message.
        name: something else in the message whose parts say nothing.
    """
    values: dict[Field, dict[str, None]] = {}
    for entity in _placed(form, entities_of(latest)):
        field = form.field(entity["entity"])
        if field is None or _is_in_a_name(entity, latest, name):
            continue
        if field.accepts(str(entity["value"])) and not denies(entity, latest):
            values.setdefault(field, {})[str(entity["value"])] = None
    return {field.slot: LIST_MARK.join(found) for field, found in values.items() if len(found) == 1 or field.is_list}


def _placed(form: Form, entities: list[Entity]) -> list[Entity]:
    """The entities, a street as the place where a form asks for no street of its own: nothing is more exact."""
    streets = [entity for entity in entities if entity["entity"] == "unit"]
    if not streets or form.field("unit") is not None:
        return entities
    others = [entity for entity in entities if entity["entity"] not in ("unit", "place")]
    return [*others, *({**street, "entity": "place"} for street in streets)]


def _is_in_a_name(entity: Entity, latest: Message, name: str) -> bool:
    """Whether something is a part of an employer's name, or of another one."""
    names = [(one["start"], one["end"]) for one in entities_of(latest) if one["entity"] == "company"]
    start = (latest.get("text") or "").find(name) if name else -1
    names += [(start, start + len(name))] if start >= 0 else []
    span = (entity.get("start") or 0, entity.get("end") or 0)
    return entity["entity"] != "company" and any(one[0] <= span[0] < span[1] <= one[1] for one in names)


def denies(entity: Entity, latest: Message) -> bool:
    """Whether a message names something only to deny it."""
    if not entity.get("end"):
        return False
    folded = fold(latest.get("text") or "")
    if entity["entity"] in _NUMBERS:
        return bool(_IS_NOT.search(folded, 0, entity["start"]) or _REPLACED.match(folded, entity["end"]))
    return is_given_up(folded, entity["start"], entity["end"])


def is_given_up(folded: str, start: int, end: int) -> bool:
    """Whether what stands at `start` to `end` (exclusive) of a folded text is denied or replaced by what is around."""
    return is_denied(folded, start, end) or _GIVEN_UP.match(folded, end) is not None


def answer(form: Form, asked: Field | None, latest: Message, may_be_free_text: bool) -> dict[str, str]:
    """What a message in the middle of a form fills.

    Args:
        form: the form that is open.
        asked: the field that was asked for.
        latest: the tracker's latest message.
        may_be_free_text: False for a message that was understood as a question: then only one
            that is the asked value and nothing else is taken as the answer.
    """
    text = latest.get("text") or ""
    intent = str((latest.get("intent") or {}).get("name"))
    chosen = _chosen(asked, text) if asked is not None else None
    if asked is not None and chosen is not None:
        return {asked.slot: chosen}
    if asked is not None and intent in asked.by_intent:
        return {asked.slot: asked.by_intent[intent]}
    if asked is not None and asked.is_left_out(text, intent):
        return {asked.slot: asked.left_out}
    if not may_be_free_text:
        value = _beside_question(form, asked, latest) if asked else None
        return {asked.slot: value} if asked and value else {}
    values = said(form, latest)
    if asked is not None and (asked.slot not in values or asked.is_whole):
        free = _freely(asked, latest)
        if free is not None:
            return {asked.slot: free} if asked.is_whole else {**said(form, latest, free), asked.slot: free}
    return values


def _chosen(asked: Field, text: str) -> str | None:
    """The value of a button whose words were typed."""
    said = plain(text)
    return next((value for title, value in asked.choices().items() if plain(title) == said), None)


def _beside_question(form: Form, asked: Field, latest: Message) -> str | None:
    """The answer in a message that sounds like a question: the value alone, or stated without asking anything."""
    text = latest.get("text") or ""
    alone = (asked.loose if asked.takes_questions else asked.exact)(text)
    return alone or (None if asks(text) else said(form, latest).get(asked.slot))


def _freely(asked: Field, latest: Message) -> str | None:
    """The answer in the person's own words; beside other data only what is surely one."""
    text = latest.get("text") or ""
    if text.startswith("/"):
        return None
    exact = asked.exact(text)
    if asked.takes_questions or asked.is_whole:
        return exact or asked.loose(text.strip())
    if any(denies(entity, latest) for entity in entities_of(latest) if entity["entity"] == asked.slot):
        return None
    if exact is not None:
        return exact
    spans = [(entity["start"], entity["end"]) for entity in entities_of(latest) if entity.get("start") is not None]
    if not spans:
        return asked.loose(text.strip(EDGES))
    rest = _FIELD_WORDS.sub(" ", without(text, spans)).strip(EDGES)
    if asked.strict is None:
        return asked.loose(rest)
    return next((value for piece in _PIECES.split(rest) if (value := asked.strict(piece)) is not None), None)


def letters_beside_data(latest: Message) -> int:
    """How many letters a message has beside what the grammars found in it."""
    spans = [(entity["start"], entity["end"]) for entity in entities_of(latest) if entity.get("end")]
    return sum(character.isalpha() for character in without(latest.get("text") or "", spans))


def entities_of(latest: Message) -> list[Entity]:
    """What the grammars found in a message."""
    return latest.get("entities") or []
