"""The migration that brings the staff side: names that were known before are found, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from sqlalchemy import inspect, text

from bot.records import database, migrate, privacy
from bot.records.models import PersonKey

BEFORE = "0004"


def test_names_known_before_are_found_after(use_settings: Callable[..., None], tmp_path: Path) -> None:
    use_settings(CHUNFENG_DATA_DIR=tmp_path)
    migrate.ensure_key()
    command.upgrade(migrate.config(), BEFORE)
    with database.writing() as session:
        row = "INSERT INTO person (id, name, created_at) VALUES (:id, :name, '2022-02-15 01:00:00.000000')"
        session.execute(text(row), {"id": 1, "name": privacy.encrypt("王 测试")})
        session.execute(text(row), {"id": 2, "name": None})
    command.upgrade(migrate.config(), "head")
    with database.reading() as session:
        (key,) = session.query(PersonKey)
        assert (key.person_id, key.kind, key.digest) == (1, "name", privacy.digest("name", "王测试"))
    command.downgrade(migrate.config(), BEFORE)
    assert not inspect(database.engine()).has_table("staff")
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM person_key")).scalar_one() == 0
    command.upgrade(migrate.config(), "head")
