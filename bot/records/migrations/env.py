"""Run the migrations on this process's own engine."""

from __future__ import annotations

from alembic import context

from bot.records import database
from bot.records.models import Base


def run() -> None:
    """Run the asked-for migrations in one transaction."""
    with database.engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            user_module_prefix="types.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
