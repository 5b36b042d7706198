"""Kinds of work, from data/knowledge/work_kinds.yml."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field, validator

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import Found, fold
from bot.grammar.exact_words import plain
from bot.grammar.negation import is_denied
from bot.grammar.patterns import a_pattern

LONGEST_FREE_TEXT = 12
_QUESTION_SIGNS = ("?", "吗", "么", "嘛", "呢", "咋", "怎", "哪", "啥", "什么", "多少", "几")
_LEAD_INS = ("我想找个", "我想找", "我想做", "我想当", "想找个", "想找", "想做", "想当", "找个", "做", "当", "干", "找")
_PARTICLES = "[嘛哈噻撒咯哦呀啊吧的了]*"
_TAILS = ("的工作", "的活路", "的活", "工作", "都可以", "就行", "就要得")


class _Kind(Part):
    name: str
    aliases: list[str] = []


class _AnyWork(Part):
    name: str
    words: list[str] = Field(min_items=1)
    answers: list[str] = Field(min_items=1)

    _patterns = validator("words", "answers", each_item=True, allow_reuse=True)(a_pattern)


class _Kinds(Part):
    any_work: _AnyWork
    work_kinds: list[_Kind] = Field(min_items=1)


@lru_cache(maxsize=1)
def _listed() -> _Kinds:
    return yamlfile.parse(_Kinds, settings.ROOT / "data" / "knowledge" / "work_kinds.yml")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Every word for a kind of work → its name."""
    return {fold(word): kind.name for kind in _listed().work_kinds for word in (kind.name, *kind.aliases)}


@lru_cache(maxsize=1)
def _any_work() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells in any text that every work is welcome, and what does as a whole answer."""
    listed = _listed().any_work
    answers = "|".join([*listed.words, *listed.answers])
    return re.compile("|".join(listed.words)), re.compile(f"(?:我?(?:{answers}){_PARTICLES})+")


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _words()))


def find(text: str) -> list[Found]:
    """Every kind of work that `text` names, the longest word first; where it names none, that any will do."""
    folded, words, found, start = fold(text), _words(), [], 0
    while start < len(folded):
        for length in range(min(_longest(), len(folded) - start), 0, -1):
            name = words.get(folded[start : start + length])
            if name is not None:
                found.append(Found(start, start + length, name))
                start += length
                break
        else:
            start += 1
    return found or _find_any(folded)


def any_work() -> str:
    """The name that stands for every kind of work."""
    return _listed().any_work.name


def parse_any(text: str) -> str | None:
    """`any_work()` where a whole answer to "what work?" says that any will do: 随便, 都行."""
    return any_work() if _any_work()[1].fullmatch(plain(text)) else None


def _find_any(folded: str) -> list[Found]:
    hits = [hit.span() for hit in _any_work()[0].finditer(folded)]
    return [Found(start, end, any_work()) for start, end in hits[:1] if not is_denied(folded, start, end)]


def parse_free(text: str) -> str | None:
    """A short answer to "what work?" that is no question, in the person's own words."""
    said = fold(text).strip(" 。，,.!！~")
    if any(sign in said for sign in _QUESTION_SIGNS) or any(character.isdigit() for character in said):
        return None
    said = next((said[len(lead) :] for lead in _LEAD_INS if said.startswith(lead)), said)
    said = next((said[: -len(tail)] for tail in _TAILS if said.endswith(tail)), said)
    if not 1 < len(said) <= LONGEST_FREE_TEXT or not any("\u4e00" <= character <= "\u9fff" for character in said):
        return None
    return said
