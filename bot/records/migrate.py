"""Bringing the database to the present tables with alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from bot.errors import UserError
from bot.records import database, privacy


def config() -> Config:
    """Alembic's configuration; the scripts lie beside this file and use this process's engine."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return made


def upgrade() -> None:
    """Make the key on first use and bring the tables up to date. Harmless when there is nothing to do.

    Raises:
        UserError: there are records but no key to read them with.
    """
    if not privacy.has_key():
        if inspect(database.engine()).has_table("alembic_version"):
            raise UserError(f"数据库里已有记录，但没有密钥 {privacy.key_file()}；请先从备份放回密钥")
        privacy.make_key()
    command.upgrade(config(), "head")
