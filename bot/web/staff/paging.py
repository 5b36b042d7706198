"""Long tables, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

PAGE = 50
_LAST = 100_000


@dataclass(frozen=True)
class Paging:
    """Where a table stands.

    Attributes:
        number: the page, from 1.
        total: how many rows there are in all.
        query: what the address asks for besides the page.
    """

    number: int
    total: int
    query: dict[str, str]

    @property
    def last(self) -> int:
        """The last page's number."""
        return max(1, -(-self.total // PAGE))

    def link(self, **changed: Any) -> str:
        """The address's query with some of it changed."""
        return "?" + urlencode({name: value for name, value in {**self.query, **changed}.items() if value != ""})


def number_of(request: Request) -> int:
    """The page that is asked for; 1 for none or nonsense."""
    given = request.query_params.get("page", "")
    return min(max(int(given[:9]), 1), _LAST) if given.isascii() and given.isdigit() else 1


def paging(request: Request, total: int, without: Collection[str] = ()) -> Paging:
    """Where the table of this request stands; `without` names what its links do not go on asking for."""
    query = {name: value for name, value in request.query_params.items() if name != "page" and name not in without}
    return Paging(number_of(request), total, query)


def begin_of(request: Request) -> int:
    """How many rows stand on the pages before."""
    return (number_of(request) - 1) * PAGE
