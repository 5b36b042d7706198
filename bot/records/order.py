"""By what a table is sorted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Order:
    """By which column a table is sorted, and whether the greatest comes first."""

    by: str
    is_descending: bool = True

    @classmethod
    def read(cls, given: str, known: Collection[str], otherwise: str) -> Order:
        """The order that an address asks for: `unit`, or `-unit` for the greatest first.

        Args:
            given: as it stands in the address.
            known: the columns there are.
            otherwise: the column by which the table is sorted, the greatest first, for anything else.
        """
        by = given.removeprefix("-")
        return cls(by, given.startswith("-")) if by in known else cls(otherwise)

    def of(self, column: Any) -> Any:
        """A column as a query is ordered by it."""
        return column.desc() if self.is_descending else column
