"""Run the migrations on this process's own engine."""

from __future__ import annotations

from alembic import context

from bot.records import database
from bot.records.models import Base


def run() -> None:
    """Run the asked-for migrations in one transaction.

    SQLite rebuilds a table to change it, which needs foreign keys off meanwhile; they cannot be
    switched inside a transaction.
    """
    with database.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            user_module_prefix="types.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA foreign_keys=ON")


run()
