"""How much the checks ask of the database: no query may hold every person against every other."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.records import database
from bot.records.identity import WEB_SESSION
from bot.records.models import Person, PersonKey
from bot.report import check, table
from tests.report.helpers import AT, DAY, serve

STEPS = 100


def visitors(session: Session, first: int, last: int) -> None:
    """People known by nothing but the session of a web page, each with a service."""
    numbers = range(first, last)
    session.execute(insert(Person.__table__), [{"id": one, "created_at": AT} for one in numbers])
    keys = [{"person_id": one, "kind": WEB_SESSION, "digest": f"{one:064}"} for one in numbers]
    session.execute(insert(PersonKey.__table__), keys)
    for one in numbers:
        serve(session, one, unit="大坪街道")


def work(session: Session, pack: Pack) -> int:
    """How many hundreds of steps SQLite takes for all checks."""
    scope, built = table.scope_of(pack, DAY), table.build(session, pack, DAY)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection = session.connection().connection.dbapi_connection
    connection.set_progress_handler(count, STEPS)
    check.run(session, scope, built)
    connection.set_progress_handler(None, STEPS)
    return steps


def test_four_times_the_persons_are_about_four_times_the_work(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        visitors(session, 1, 201)
        few = work(session, yuzhong)
        visitors(session, 201, 801)
        assert work(session, yuzhong) < 6 * few
