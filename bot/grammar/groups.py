"""Groups of people that the notices name, from data/knowledge/groups.yml.

A group is found where it is named, of oneself or in a question (残疾人有啥政策), but not where it is
denied (不是脱贫户, 没得残疾).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field, validator

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import Found, exact_words, fold, without
from bot.grammar.negation import is_denied
from bot.grammar.patterns import a_pattern

POVERTY_ALLEVIATED = "poverty_alleviated"
_ASKED = re.compile(r"[?？吗么咋]|啥|什么|怎|哪|是不是|有没有|有没得|能不能|可不可以|算不算")
_OTHERS = re.compile(r"[他她]|别人|人家|邻居|朋友|亲戚|同事|老乡|隔壁|我们(?:公司|厂|单位|村)")
_ONESELF = re.compile(r"我|本人|俺|咱|屋头|家里|家庭|^(?:是|属于|算|就是)")
_TAIL = re.compile(r"[\s,，.。!！~哈嘛哦呀啊噻的勒]+$")


class Group(Part):
    """One group: its code, its name, where a notice names it, and how people say it."""

    code: str
    name: str
    notice: str
    sensitive: bool = False
    words: list[str] = Field(min_items=1)
    unless: list[str] = []

    _patterns = validator("words", "unless", each_item=True, allow_reuse=True)(a_pattern)


class _Groups(Part):
    groups: list[Group] = Field(min_items=1)


@lru_cache(maxsize=1)
def _listed() -> _Groups:
    return yamlfile.parse(_Groups, settings.ROOT / "data" / "knowledge" / "groups.yml")


def all_groups() -> dict[str, Group]:
    """Each code → its group, in the order of the file."""
    return {group.code: group for group in _listed().groups}


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str], re.Pattern[str] | None]]:
    return [
        (group.code, re.compile("|".join(group.words)), re.compile("|".join(group.unless)) if group.unless else None)
        for group in all_groups().values()
    ]


def find(text: str) -> list[Found]:
    """Every group that `text` names and does not deny, in the order of the text; the value is its code."""
    folded = fold(text)
    found: list[Found] = []
    for code, words, unless in _patterns():
        rest = without(folded, [hit.span() for hit in unless.finditer(folded)]) if unless else folded
        found.extend(
            Found(hit.start(), hit.end(), code)
            for hit in words.finditer(rest)
            if not is_denied(rest, hit.start(), hit.end())
        )
    return sorted(found, key=lambda one: one.start)


def is_same(one: str, other: str) -> bool:
    """Whether two names mean the same people: 妇女专场 and 女性专区, 退役军人 and 退役军人专区."""
    codes = [{found.value for found in find(text)} for text in (one, other)]
    if all(codes):
        return bool(codes[0] & codes[1])
    return fold(one) in fold(other) or fold(other) in fold(one)


def poverty_alleviated(text: str) -> bool | None:
    """Whether the person says to be one of the 脱贫人口; None where the text does not say, asks, or tells of others.

    A household counts as its members do: 我家是脱贫户. 返贫监测对象 are counted apart and say nothing here.
    """
    folded = fold(text)
    hits = list(_words_of(POVERTY_ALLEVIATED).finditer(folded))
    if not hits or _ASKED.search(folded) or _OTHERS.search(folded):
        return None
    denied = [is_denied(folded, hit.start(), hit.end()) for hit in hits]
    if all(denied):
        return False
    whole = _TAIL.sub("", folded) == hits[0].group()
    return True if not any(denied) and (whole or _ONESELF.search(folded)) else None


def poverty_answer(text: str) -> bool | None:
    """The answer to "are you one of the 脱贫人口?": there 是 and 没有 are enough."""
    said = exact_words.words().get(exact_words.plain(text))
    if said in ("affirm", "deny"):
        return said == "affirm"
    return poverty_alleviated(text)


def _words_of(code: str) -> re.Pattern[str]:
    return next(words for one, words, _ in _patterns() if one == code)
