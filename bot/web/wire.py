"""Lines and replies as pages get them: the JSON of docs/http.md, and what the template shows."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from bot.records import conversations, feedback
from bot.records.models import Conversation
from bot.reply import Reply

#: What is said of a line beside who, when and which; the rest of its content is not for the page.
_SHOWN = ("text", "buttons", "source", "progress", "cards", "lead")


def reply(said: Reply) -> dict[str, Any]:
    """A reply, with its row."""
    return {"id": said.id, **said.as_dict()}


def line(one: conversations.Line) -> dict[str, Any]:
    """A line of a conversation."""
    shown = {name: value for name, value in one.content.items() if name in _SHOWN}
    told = {"id": one.id, "who": one.who, "at": one.at.isoformat(timespec="seconds")}
    return {**told, **({"client_id": one.client_id} if one.client_id else {}), **shown}


def history(session: Session, conversation: Conversation | None) -> list[dict[str, Any]]:
    """The lines of a conversation with what was said of its answers, oldest first; without erased ones."""
    if conversation is None:
        return []
    lines = [line(one) for one in conversations.history(session, conversation) if one.content["text"]]
    votes = feedback.votes(session, [one["id"] for one in lines])
    return [{**one, "useful": votes[one["id"]]} if one["id"] in votes else one for one in lines]
