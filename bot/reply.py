"""What the assistant says: the contract between the conversation and every channel."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """A next step that is offered: what it says, and the payload it sends back."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message to a person.

    Attributes:
        text: what is said, in Chinese.
        buttons: next steps; a channel without buttons may leave them out.
        source: notice and clause, or law and article; None for what states no fact.
        progress: where a form stands, `第2步，共5步`; None outside of one.
        session: "new" when the channel must begin a new session and show nothing of this one.
    """

    text: str
    buttons: list[Button] = field(default_factory=list)
    source: str | None = None
    progress: str | None = None
    session: str | None = None

    def beside_text(self) -> dict[str, str | None]:
        """What travels beside text and buttons."""
        return {"source": self.source, "progress": self.progress, "session": self.session}

    def as_dict(self) -> dict[str, Any]:
        """The reply as the HTTP interface shows it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The reply behind `as_dict`."""
        buttons = [Button(**button) for button in data["buttons"]]
        return cls(data["text"], buttons, data["source"], data.get("progress"), data.get("session"))
