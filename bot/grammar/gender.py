"""Whether the person is a man or a woman, where the text says so of the person."""

from __future__ import annotations

import re
from typing import Literal

from bot.grammar import fold

Gender = Literal["male", "female"]

_SELF = r"(?:我|本人|俺|咱)(?:就)?(?:是|系)?(?:一)?(?:个|名)?"
_WORDS: dict[Gender, str] = {
    "male": r"男(?:性|的|生|士|人|娃儿?|娃子|孩子?)?",
    "female": r"女(?:性|的|生|士|人|娃儿?|娃子|孩子?)?",
}
#: What people are called says who they are only as the whole answer: 大姐你好 is said to somebody else.
_CALLED: dict[Gender, str] = {
    "male": r"先生|小伙子|大叔|爷们",
    "female": r"小姐|大姐|妹儿|嬢嬢|阿姨|宝妈|家庭主妇|妈妈",
}
_TAIL = re.compile(r"[\s,.。!~哈嘛哦呀啊噻撒咯啦吧了的勒]+$")
_ASKED = re.compile(r"[?吗么咋]|啥|什么|怎|哪|不限|都可以|都行|都要")
_ENDS = r"(?=$|[,.。;、/|!\s\d])"


def gender(text: str) -> Gender | None:
    """`male` or `female` where the person says which, as an answer or in a plain statement; else None.

    A word for somebody else (女儿, 老汉儿) and a question (招女的不) say nothing of the person.
    """
    folded = fold(text).strip()
    said = _TAIL.sub("", folded)
    told: list[Gender] = [one for one in _WORDS if _answers(one, said)]
    if not told and not _ASKED.search(folded):
        told = [one for one in _WORDS if _states(one, folded)]
    return told[0] if len(told) == 1 else None


def _answers(one: Gender, said: str) -> bool:
    return bool(re.fullmatch(rf"(?:性别[:是]?|是个?|{_SELF})?(?:{_WORDS[one]}|{_CALLED[one]})", said))


def _states(one: Gender, folded: str) -> bool:
    alone = rf"(?:^|[,.。;、/|:\s]){_WORDS[one]}{_ENDS}"
    of_self = rf"{_SELF}(?:{_WORDS[one]}|宝妈|家庭主妇){_ENDS}" if one == "female" else rf"{_SELF}{_WORDS[one]}{_ENDS}"
    return bool(re.search(f"{alone}|{of_self}", folded))
