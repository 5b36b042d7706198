"""What somebody is looking for."""

from __future__ import annotations

from dataclasses import dataclass

from bot.grammar import work
from bot.grammar.pay import Pay


@dataclass(frozen=True)
class Wish:
    """The work a person wants; everything but the kind may be unknown.

    Attributes:
        kind_of_work: in the words of work_kinds.yml or in the person's own.
        unit: the street office of the pack where they would work.
        place: the same in their own words, such as 解放碑那边.
        pay: what they want at least.
        groups: groups with posts of their own that the person belongs to, such as 退役军人.
    """

    kind_of_work: str
    unit: str | None = None
    place: str | None = None
    pay: Pay | None = None
    groups: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """The names of work_kinds.yml that the wish names; empty for work that is not in the list."""
        return frozenset(found.value for found in work.find(self.kind_of_work)) - {work.any_work()}

    @property
    def is_any(self) -> bool:
        """Whether any work will do."""
        return self.kind_of_work == work.any_work()
