"""Names of persons, as an answer to "what is your name?" or after 我叫."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import Found, fold, half_width

_HAN = r"[\u4e00-\u9fff]"
_INTRODUCED = re.compile(rf"(?:我叫|名字叫|名字是|姓名是|姓名[:：]?|名叫|叫做)\s*({_HAN}(?:{_HAN}|·){{1,7}})")
_LEAD_IN = re.compile(r"^(?:我的?名字(?:叫|是)?|姓名(?:是|叫)?|名叫|我是|我叫|叫做|叫|是)[:：,，\s]*")
_WHOLE = re.compile(rf"^{_HAN}(?:{_HAN}|·){{1,10}}$")
_TAIL = re.compile(r"[的哈嘛呀啊哦吧了。.,，!！~\s]+$")
_NOT_IN_A_NAME = re.compile(
    r"[吗呢么啥哪怎咋谁您你我他她们]|电话|街道|工作|登记|不|没有|什么|多少|谢谢|时间|安全|方便|马上|周末|白天|包吃|包住|车费|管理"
)
_LONGEST_HAN = 4


class _Surnames(Part):
    surnames: list[str] = Field(min_items=1)


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    listed = yamlfile.parse(_Surnames, settings.ROOT / "data" / "knowledge" / "surnames.yml").surnames
    return frozenset(surname for line in listed for surname in line.split())


def parse(text: str) -> str | None:
    """The name that `text` is, or None: two to four characters that begin with a surname, or one with 中点."""
    said = parse_answer(text)
    if said is None or "·" in said or fold(said[:1]) in _surnames() or fold(said[:2]) in _surnames():
        return said
    return None


def parse_answer(text: str) -> str | None:
    """The name in an answer to "what is your name?": there a rare surname is one as well.

    The characters stay those the person wrote: 乾 in a name is not 干.
    """
    said = _TAIL.sub("", _LEAD_IN.sub("", half_width(text).strip())).replace("・", "·")
    if not _WHOLE.match(said) or _NOT_IN_A_NAME.search(fold(said)):
        return None
    return said if "·" in said or len(said) <= _LONGEST_HAN else None


def find(text: str) -> list[Found]:
    """Names that the text introduces (我叫…)."""
    found = []
    for match in _INTRODUCED.finditer(half_width(text)):
        for length in range(min(_LONGEST_HAN, len(match.group(1))), 1, -1):
            name = parse(match.group(1)[:length])
            if name is not None:
                found.append(Found(match.start(1), match.start(1) + length, name))
                break
    return found
