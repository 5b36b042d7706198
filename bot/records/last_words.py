"""What people said last in their conversations, for lists that tell one conversation from another."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.records.models import Message


def of_people(session: Session, conversation_ids: Collection[str], most: int) -> dict[str, list[str]]:
    """The last lines of the person in each conversation, newest first, without erased ones.

    Args:
        session: a session.
        conversation_ids: which conversations.
        most: at most so many lines of each.
    """
    newest = func.row_number().over(partition_by=Message.conversation_id, order_by=Message.id.desc())
    theirs = select(Message.id, newest.label("place")).where(
        Message.conversation_id.in_(conversation_ids), Message.client_id.is_not(None)
    )
    theirs = theirs.subquery()
    rows = select(Message).join(theirs, theirs.c.id == Message.id).where(theirs.c.place <= most)
    found: dict[str, list[str]] = {}
    for row in session.execute(rows.order_by(Message.id.desc())).scalars():
        text = str(json.loads(row.content)["text"])
        if text:
            found.setdefault(str(row.conversation_id), []).append(text)
    return found
