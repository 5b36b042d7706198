"""Whether a text tells of somebody's health, a disability, or a minor: from data/knowledge/sensitive.yml.

个人信息保护法 asks for a separate consent to these (第二十八条, 第二十九条) and for that of a guardian where
a child is under 14 (第三十一条); all below the age at which work may begin count here.

It is heard where a sentence names a person (我, 他, 老婆, 娃儿) or simply states it (怀孕了，想找轻松点的).
A question without a person (这个病假怎么算, 残疾人有啥补贴) and the name of a policy alone (工伤认定)
are about the rules and tell of nobody; the 我 of a polite opening (我想问一下) is no person. What is
denied (没得病) is not told. In doubt it is told: to ask once too often does less harm than to keep
what nobody allowed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pydantic import Field, validator

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import fold
from bot.grammar.negation import is_denied
from bot.grammar.patterns import a_pattern

Code = Literal["health", "disability", "minor"]

MINOR: Code = "minor"
_SENTENCE = re.compile(r"[^。!！;；\n]+[。!！;；\n]?")
_ONES = "一二三四五六七八九"
_AGE = re.compile(rf"(?<![\d{_ONES}十百几两])(\d{{1,2}}|十[{_ONES}]?|[{_ONES}两半])(?:周)?岁(?!以[上下内]|月|起)")
_CHILD_AGE = re.compile(rf"(?<![\d{_ONES}十百])(?:\d|[{_ONES}两几]|十[一二])个月大")


class _Kind(Part):
    code: Code
    name: str
    words: list[str] = Field(min_items=1)
    topics: list[str] = []
    unless: list[str] = []

    _patterns = validator("words", "topics", "unless", each_item=True, allow_reuse=True)(a_pattern)


class _Sensitive(Part):
    under_age: int
    kinds: list[_Kind] = Field(min_items=1)
    persons: list[str] = Field(min_items=1)
    lead_ins: list[str]
    asks: list[str] = Field(min_items=1)

    _patterns = validator("persons", "lead_ins", "asks", each_item=True, allow_reuse=True)(a_pattern)


@lru_cache(maxsize=1)
def _sensitive() -> _Sensitive:
    return yamlfile.parse(_Sensitive, settings.ROOT / "data" / "knowledge" / "sensitive.yml")


@lru_cache(maxsize=16)
def _any(*patterns: str) -> re.Pattern[str]:
    """A pattern for any of the patterns; one that matches nothing where there is none."""
    return re.compile("|".join(patterns) or r"(?!)")


def kinds(text: str) -> list[str]:
    """The kinds of sensitive data that `text` tells of somebody: health, disability, minor, in this order."""
    folded = fold(text)
    told = {code for sentence in _SENTENCE.findall(folded) for code in _in_sentence(sentence)}
    return [kind.code for kind in _sensitive().kinds if kind.code in told]


def under_age() -> int:
    """The age in whole years below which somebody is a minor here."""
    return _sensitive().under_age


def _in_sentence(sentence: str) -> set[Code]:
    listed = _sensitive()
    bare = _any(*listed.lead_ins).sub("", sentence)
    has_person = bool(_any(*listed.persons).search(bare))
    if not has_person and _any(*listed.asks).search(bare.rstrip("。!！;；~ ")):
        return set()
    return {kind.code for kind in listed.kinds if _tells(kind, bare, has_person)}


def _tells(kind: _Kind, sentence: str, has_person: bool) -> bool:
    rest = _any(*kind.unless).sub(" ", sentence)
    heard = _any(*kind.words, *(kind.topics if has_person else []))
    named = any(not is_denied(rest, hit.start(), hit.end()) for hit in heard.finditer(rest))
    return named or (kind.code == MINOR and _names_a_young_age(rest))


def _names_a_young_age(sentence: str) -> bool:
    return bool(_CHILD_AGE.search(sentence)) or any(_years(hit[1]) < under_age() for hit in _AGE.finditer(sentence))


def _years(written: str) -> int:
    """Years of age in digits or characters, 一 to 十九; 半 is 0."""
    if written.isdigit():
        return int(written)
    tens, ones = written[0] == "十", written[-1]
    return 10 * tens + (2 if ones == "两" else _ONES.find(ones) + 1)
