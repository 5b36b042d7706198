"""Bringing the database to the present tables with alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from bot.errors import UserError
from bot.records import (
    activities,
    audit,
    calls,
    database,
    feedback,
    followups,
    models,
    openings,
    outbox,
    privacy,
    queue,
    snapshots,
    staff,
    staff_answers,
)
from bot.records.models import Meta

KEY_CHECK = "key_check"

#: Every module that declares tables: imported here, so that alembic compares with all of them.
TABLE_MODULES = (
    models,
    openings,
    outbox,
    feedback,
    activities,
    followups,
    snapshots,
    staff,
    audit,
    queue,
    staff_answers,
    calls,
)


def config() -> Config:
    """Alembic's configuration; the scripts lie beside this file and use this process's engine."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def ensure_key() -> None:
    """Make the key on first use.

    Raises:
        UserError: there are records but no key to read them with.
    """
    if not privacy.has_key():
        if inspect(database.engine()).has_table("alembic_version"):
            raise UserError(f"数据库里已有记录，但没有密钥 {privacy.key_file()}；请先从备份放回密钥")
        privacy.make_key()


def upgrade() -> None:
    """Make the key on first use and bring the tables up to date. Harmless when there is nothing to do.

    Raises:
        UserError: the key is missing, or another than the records were written with.
    """
    ensure_key()
    command.upgrade(config(), "head")
    with database.writing() as session:
        kept = session.get(Meta, KEY_CHECK)
        if kept is None:
            session.add(Meta(name=KEY_CHECK, value=privacy.digest(KEY_CHECK, "")))
        elif kept.value != privacy.digest(KEY_CHECK, ""):
            raise UserError("密钥和数据不配套：请放回原来的 secret.key 或 CHUNFENG_SECRET_KEY")
