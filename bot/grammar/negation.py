"""Whether a word is denied: 不是脱贫户, 没得残疾, 不想去广东, 低保没有."""

from __future__ import annotations

import re

#: 是不是, 有没有, 去不去 ask; they deny nothing. What may stand between the denial and the word is short.
_BEFORE = re.compile(
    r"(?:(?<!是)不是|(?<!算)不算|(?<!属)不属于?|并非|非|(?<!有)(?:没有|没得|莫得|没|莫)|(?<![特级区性分差个])别|未|无|(?<!是)(?<!有)(?<!去)(?<!想)(?<!算)不|除了|除开)"
    r"(?:想要?|愿意?|打算|考虑|要|得|会|能|再)?(?:去|到|在|回|跑)?"
    r"(?:当|做|干|搞|住|打|招|叫|领|享受|吃|办|列入|评|算|患|得|有|生|查出|我们?|家里?|屋头|里头|什么|啥子?|任何|哪个|个|的|过|了|又|纳入|是){0,4}$"
)
_AFTER = re.compile(
    r"(?:证|户|人|补助|身份|的)?(?:我们?)?(?:都|又|也|就)?(?:没得|没有|莫得|不是|不算|不去|没|不(?:想)?(?:当|做|干|搞|住|招)|不想去|不考虑|除外)[的了哈啊嘛哦呀]*(?=$|[^\w])"
)
_REACH = 14


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the word at `start` to `end` (exclusive) of the folded `text` is denied by what is around it."""
    return bool(_BEFORE.search(text, max(0, start - _REACH), start) or _AFTER.match(text, end))
