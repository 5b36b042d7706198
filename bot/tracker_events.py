"""Rasa's own record of a conversation, for who asked to be erased.

Rasa keeps a conversation's events in the table `events` of CHUNFENG_TRACKER_URL (rasa.core.tracker_store,
SQLTrackerStore). It writes the last turn after the action that erased, so they go when the answer is back.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import column, delete, inspect, select, table

from bot import settings
from bot.records import database
from bot.records.models import Conversation

_EVENTS = table("events", column("sender_id"))


def forget_erased(before: datetime) -> int:
    """Delete the events of conversations that were marked as erased up to `before`. Returns of how many."""
    with database.reading() as session:
        marked = select(Conversation.id).where(Conversation.erased_at <= before)
        identifiers = list(session.execute(marked).scalars())
    if not identifiers:
        return 0
    engine = database.make_engine(settings.get().tracker_url)
    try:
        if inspect(engine).has_table(_EVENTS.name):
            with engine.begin() as connection:
                connection.execute(delete(_EVENTS).where(_EVENTS.c.sender_id.in_(identifiers)))
    finally:
        engine.dispose()
    with database.writing() as session:
        for conversation in session.execute(select(Conversation).where(Conversation.id.in_(identifiers))).scalars():
            conversation.erased_at = None
    return len(identifiers)
