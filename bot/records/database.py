"""The one engine of a process, and the two ways to use it: reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from bot import settings
from bot.errors import UserError

SQLITE_BUSY_SECONDS = 15


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite gets WAL, foreign keys, a real pool and its own BEGIN.

    The driver's own BEGIN comes too late for a transaction that reads before it writes, so that two
    writers could meet in the middle; `writing()` therefore begins IMMEDIATE
    (SQLAlchemy documentation, "Serializable isolation / Savepoints / Transactional DDL" of pysqlite).

    Raises:
        UserError: the address is not one of SQLAlchemy's.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UserError("CHUNFENG_DATABASE_URL 不是数据库地址；例：sqlite:////srv/chunfeng/chunfeng.db") from None
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": SQLITE_BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "")
    connection.exec_driver_sql(f"BEGIN {mode}")


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, made at first use."""
    return make_engine(settings.get().database_url)


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one state of the records and changes nothing."""
    with Session(engine(), future=True, expire_on_commit=False) as session:
        yield session


def must_exist() -> None:
    """For a command that must not make a database.

    Raises:
        UserError: there is none yet, or it has no tables.
    """
    url = settings.get().database_url
    if url.startswith("sqlite:///") and not Path(url[len("sqlite:///") :]).is_file():
        raise UserError(f"还没有数据库（{url}）；请先运行 make run，或用 CHUNFENG_DATA_DIR 指明数据在哪里")
    if not inspect(engine()).has_table("alembic_version"):
        raise UserError(f"数据库 {engine().url.render_as_string()} 里还没有表；请先运行 python -m bot migrate")


@contextmanager
def reading_existing() -> Iterator[Session]:
    """`reading`, for a command that must not make a database.

    Raises:
        UserError: nothing has been recorded yet.
    """
    must_exist()
    with reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: all of it is kept, or, after an exception, none of it."""
    writer = engine().execution_options(sqlite_begin="IMMEDIATE")
    with Session(writer, future=True, expire_on_commit=False) as session, session.begin():
        yield session
