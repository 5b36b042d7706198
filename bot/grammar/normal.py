"""What people write, made even for understanding: one script, one width, no noise.

Places of characters are lost on the way. A grammar that says where something stands works on
`bot.grammar.fold` instead.
"""

from __future__ import annotations

import re
import unicodedata

from bot.grammar.script import simplified

#: Control and zero-width characters, halves of broken ones, signs that only colour or join emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff"
    "\U0001f3fb-\U0001f3ff]"
)
#: 哈哈哈 says no more than 哈哈. Digits stay: 13800000000. www is no emphasis, wwww is.
_LONG_LETTERS = re.compile(r"([^\W\d_a-zA-Z])\1{2,}|([a-zA-Z])\2{3,}")
#: One sign again and again, or two in turn: ！！！, ?!?!, 😂😂😂.
_LONG_SIGNS = re.compile(r"((?:[^\w\s]|_){1,2}?)\1+")
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """`text` half-width, simplified, without unseen characters, long repeats and spare white space.

    Capitals stay as they are. A text that is normal stays the same.
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    short = _LONG_LETTERS.sub(lambda run: 2 * (run[1] or run[2]), simplified(seen))
    return _SPACE.sub(" ", _LONG_SIGNS.sub(r"\1", short)).strip()


def even(text: str) -> str:
    """`text` as it is compared with others: normal, in small letters."""
    return normal(text).lower()
