"""What the assistant says: the contract between the conversation and every channel."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

#: What became of a message that was not answered: asked back what is meant, found no answer, is none of our business.
ASKED_BACK, UNANSWERED, REJECTED = "asked_back", "unanswered", "rejected"

#: What an engine tells of itself beside a reply.
_TOLD_APART = ("intent", "form", "service")
_NOT_SAID = ("id", "outcome", *_TOLD_APART)


@dataclass(frozen=True)
class Button:
    """A next step that is offered: what it says, and the payload it sends back."""

    title: str
    payload: str


@dataclass(frozen=True)
class Card:
    """One post, fair or course of a list.

    Attributes:
        title: what it is.
        lines: what one needs to know of it, a fact a line.
        note: why it fits, or what to mind; None where there is nothing to say.
        phone: whom to call, as it is dialled; None where there is nobody.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    note: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Reply:
    """One message to a person.

    Attributes:
        text: what is said, in Chinese, complete without the cards.
        buttons: next steps; a channel without buttons may leave them out.
        source: notice and clause, or law and article; None for what states no fact.
        progress: where a form stands, `第2步，共5步`; None outside of one.
        session: "new" when the channel must begin a new session and show nothing of this one.
        cards: the same list as in `text`, for a channel that can show it as cards.
        lead: what such a channel says above the cards in place of `text`; None: `text` stays.
        rate: whether this ends the talk, so that a channel may ask how it was.
        outcome: ASKED_BACK, UNANSWERED or REJECTED; None for an answer. For the figures, no part of what is said.
        id: our row of it, once it is stored; no part of what is said.
        intent: what the message was taken for; told to the desk only, and no part of what is said.
        form: the form that the engine has open, as `intent`.
        service: kind and topic of the service that the answer is, as `intent`.
    """

    text: str
    buttons: list[Button] = field(default_factory=list)
    source: str | None = None
    progress: str | None = None
    session: str | None = None
    cards: list[Card] = field(default_factory=list)
    lead: str | None = None
    rate: bool = False
    outcome: str | None = field(default=None, compare=False)
    id: int | None = field(default=None, compare=False)
    intent: str | None = field(default=None, compare=False)
    form: str | None = field(default=None, compare=False)
    service: dict[str, str] | None = field(default=None, compare=False)

    def beside_text(self) -> dict[str, Any]:
        """What travels beside text and buttons."""
        beside = {**self.as_dict(), "outcome": self.outcome}
        return {name: beside[name] for name in beside if name not in ("text", "buttons")}

    def with_beside(self, beside: dict[str, Any]) -> Reply:
        """The reply with what travelled beside its text; unknown names and empty values are left out."""
        given = {name: beside[name] for name in (*self.beside_text(), *_TOLD_APART) if beside.get(name)}
        if "cards" in given:
            given["cards"] = [Card(**card) for card in given["cards"]]
        return replace(self, **given)

    def as_dict(self) -> dict[str, Any]:
        """The reply as it is kept, and as the HTTP interface shows it beside its id."""
        return {name: value for name, value in asdict(self).items() if name not in _NOT_SAID}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """The reply behind `as_dict`; of an erased one only the empty text is left."""
        buttons = [Button(**button) for button in data.get("buttons", [])]
        return cls(data["text"], buttons).with_beside(data)
