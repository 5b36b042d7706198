"""Rasa's own record of a conversation goes with the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot import clock, settings, tracker_events
from bot.records import conversations, database
from bot.records.models import Conversation

AT = clock.in_beijing(datetime(2022, 2, 15, 9))


def events() -> list[str]:
    engine = database.make_engine(settings.get().tracker_url)
    with engine.connect() as connection:
        return list(connection.execute(sa.text("SELECT sender_id FROM events ORDER BY id")).scalars())


def test_only_the_events_of_erased_conversations_go(records: Path) -> None:
    with database.writing() as session:
        gone, stays = (conversations.open_web(session, device, AT) for device in ("a", "b"))
        gone.erased_at = AT
        gone_id, stays_id = gone.id, stays.id
    engine = database.make_engine(settings.get().tracker_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255))"))
        for sender in (gone_id, stays_id, gone_id):
            connection.execute(sa.text("INSERT INTO events (sender_id) VALUES (:sender)"), {"sender": sender})
    assert tracker_events.forget_erased(AT - timedelta(seconds=1)) == 0
    assert events() == [gone_id, stays_id, gone_id]
    assert tracker_events.forget_erased(AT) == 1
    assert events() == [stays_id]
    assert tracker_events.forget_erased(AT) == 0
    with database.reading() as session:
        assert session.get(Conversation, gone_id).erased_at is None


def test_without_a_record_of_rasa_there_is_nothing_to_forget(records: Path) -> None:
    with database.writing() as session:
        conversations.open_web(session, "a", AT).erased_at = AT
    assert tracker_events.forget_erased(AT) == 1
