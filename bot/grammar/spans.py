"""Spans of days, and the text that an entity or a slot holds for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """The days from `first` to `last`, both included; `last` is None where it goes on without end."""

    first: date
    last: date | None

    @property
    def open_end(self) -> bool:
        """Whether the span goes on without end."""
        return self.last is None

    @property
    def text(self) -> str:
        """The canonical form: 2022-02-15, 2022-02-15/2022-02-20, or 2022-02-16/ for one without end."""
        if self.last == self.first:
            return self.first.isoformat()
        return f"{self.first.isoformat()}/{self.last.isoformat() if self.last else ''}"

    @property
    def spoken(self) -> str:
        """The days as they are said: 2月15日, 2月15日到2月20日, or 2月16日起."""
        first = f"{self.first.month}月{self.first.day}日"
        if self.last is None:
            return f"{first}起"
        return first if self.last == self.first else f"{first}到{self.last.month}月{self.last.day}日"


def from_text(text: str) -> Span:
    """The span whose canonical form `text` is.

    Raises:
        ValueError: `text` is no such form, or its last day is before its first.
    """
    first, slash, last = text.partition("/")
    begin = date.fromisoformat(first)
    end = date.fromisoformat(last) if last else None if slash else begin
    if end is not None and end < begin:
        raise ValueError(f"{text}: the last day is before the first")
    return Span(begin, end)


@dataclass(frozen=True)
class FoundSpan:
    """Something found in a text: characters `start` to `end` (exclusive) mean `span`."""

    start: int
    end: int
    span: Span

    @property
    def value(self) -> str:
        """The span's canonical form."""
        return self.span.text
