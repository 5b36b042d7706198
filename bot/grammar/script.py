"""Traditional characters as simplified ones, with the tables of OpenCC (Apache-2.0)."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    """OpenCC from traditional to simplified; it reads its tables when it is made."""
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified characters, with regard to the words around each: 乾淨 but 乾隆."""
    return _converter().convert(text)


@lru_cache(maxsize=4096)
def simplified_character(character: str) -> str:
    """One character as a simplified one, whatever stands around it; all others as they are."""
    return _converter().convert(character) if _FIRST_HAN <= character <= _LAST_HAN else character
