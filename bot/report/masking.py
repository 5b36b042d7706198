"""How much of a person a reader sees, by role (docs/counting.md, "The ledger")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_SHOWN_OF_PHONE = 4
_MOBILE_PREFIX = "+86"
_MOBILE_DIGITS = 11


def _whole(text: str) -> str:
    return text


def surname_only(name: str) -> str:
    """`张*`, however long the name is."""
    return f"{name[:1]}*" if name else ""


def last_four(phone: str) -> str:
    """`****0000`."""
    return f"****{phone[-_SHOWN_OF_PHONE:]}" if phone else ""


def without_middle(phone: str) -> str:
    """`138****0000`; of a number that is no mobile one, the last four digits."""
    digits = phone.removeprefix(_MOBILE_PREFIX)
    return f"{digits[:3]}****{digits[-_SHOWN_OF_PHONE:]}" if len(digits) == _MOBILE_DIGITS else last_four(phone)


@dataclass(frozen=True)
class Mask:
    """What becomes of a name and of a phone."""

    name: Callable[[str], str]
    phone: Callable[[str], str]


#: Role of the reader → mask. Who counts needs to tell persons apart; who calls them back needs the name.
MASKS = {
    "statistics": Mask(surname_only, last_four),
    "clerk": Mask(_whole, without_middle),
    "admin": Mask(_whole, _whole),
}
