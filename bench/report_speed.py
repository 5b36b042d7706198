"""How long the whole table takes, beside a bare count in SQL of its two columns of services, on the same database.

Run: python -m bench.report_speed [services] [persons]
Makes a database of 1,000,000 services of 300,000 made-up persons in a temporary folder, then prints, from one
run and the best of several rounds taken in turn: the bare count as SQLite chooses to run it and as it can be told
to, the table, what the report page asks besides, the workbook; each as seconds and as its ratio to the bare count;
and how much memory the process needed for a tenth of the records and for all of them.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import text

from bot import clock, settings
from bot.campaign.load import load
from bot.campaign.model import Pack
from bot.records import database, migrate, privacy
from bot.records.identity import PHONE, WEB_SESSION
from bot.records.models import Person, PersonKey, PersonLink, Service
from bot.report import check, curves, table
from bot.report.figures.shares import shares
from bot.report.formats import FORMATS

ROUNDS = 5
BATCH = 10_000
DAY = date(2022, 3, 31)
FIRST = clock.in_beijing(datetime(2022, 1, 15))
#: One service in so many has no unit, was voided; one person in so many is linked to another.
NO_UNIT, VOIDED, LINKED = 8, 100, 20
#: Read the whole table; read the index that was made for counting.
SCAN, COVERED = "NOT INDEXED", "INDEXED BY ix_service_count"
TOPICS = ("startup_support", "free_training", "local_jobs", "unpaid_wages", "social_assistance", "relief")


def persons(count: int, pack: Pack) -> Iterator[dict[str, Any]]:
    """Made-up persons, a third each of known gender and of unknown."""
    for number in range(1, count + 1):
        yield {
            "id": number,
            "name": "王测试",
            "phone": "+8613800000000",
            "gender": random.choice(["female", "male", None]),
            "poverty_alleviated": random.choice([True, False, None]),
            "unit": random.choice(pack.unit_names),
            "created_at": FIRST,
        }


def keys(count: int) -> Iterator[dict[str, Any]]:
    """Of every second person a phone, of the others nothing but the session of a web page."""
    for number in range(1, count + 1):
        yield {"person_id": number, "kind": PHONE if number % 2 else WEB_SESSION, "digest": f"{number:064}"}


def services(first: int, last: int, count: int, pack: Pack) -> Iterator[dict[str, Any]]:
    """Made-up services with the ids `first` to `last`, before, within and after the window."""
    kinds = [kind for column in pack.table.columns if column.counts for kind in column.counts.kinds]
    for number in range(first, last + 1):
        kind = random.choice(kinds)
        yield {
            "id": number,
            "campaign": pack.id,
            "person_id": random.randint(1, count),
            "category": "rights_protection" if "rights" in kind else "public_employment_service",
            "kind": kind,
            "topic": random.choice(TOPICS),
            "unit": None if random.randrange(NO_UNIT) == 0 else random.choice(pack.unit_names),
            "channel": "web",
            "occurred_at": FIRST + timedelta(seconds=random.randrange(80 * 86400)),
            "source_key": f"msg:{number}:{kind}",
            "voided_at": FIRST if random.randrange(VOIDED) == 0 else None,
        }


def fill(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows in batches."""
    while batch := list(islice(rows, BATCH)):
        with database.writing() as session:
            session.execute(model.__table__.insert(), batch)


def bare(session: Any, pack: Pack, by_unit: bool = False, how: str = "") -> None:
    """What one would type to count the persons of columns 6 and 12 by hand: no links, no rows, no 其中.

    Args:
        session: a reading session.
        pack: the campaign.
        by_unit: a number for each unit instead of one.
        how: SCAN or COVERED: told how to go about it, which SQLite does not choose by itself.
    """
    grouped = "unit, " if by_unit else ""
    for column in pack.table.columns:
        if column.counts:
            listed = ", ".join(f"'{kind}'" for kind in column.counts.kinds)
            session.execute(
                text(
                    f"SELECT {grouped}COUNT(DISTINCT person_id) FROM service {how} WHERE campaign = '{pack.id}' "
                    "AND voided_at IS NULL AND occurred_at >= '2022-01-20 16:00:00.000000' "
                    f"AND occurred_at < '2022-03-31 16:00:00.000000' AND kind IN ({listed})"
                    + (" GROUP BY unit" if by_unit else "")
                )
            ).all()


def memory() -> int:
    """The most memory this process has needed so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(pack: Pack) -> None:
    """Time everything in turn, so that a busy machine is busy for all, and print the best of each."""
    best: dict[str, float] = {}
    scope, column = table.scope_of(pack, DAY), pack.table.columns[5]
    for _ in range(ROUNDS):
        with database.reading() as session:
            built: list[table.StatisticsTable] = []
            works: dict[str, Callable[[], object]] = {
                "bare count": lambda session=session: bare(session, pack),
                "bare count by unit": lambda session=session: bare(session, pack, by_unit=True),
                "bare count, full scan": lambda session=session: bare(session, pack, how=SCAN),
                "bare count, best index": lambda session=session: bare(session, pack, how=COVERED),
                "whole table": lambda session=session, built=built: built.append(table.build(session, pack, DAY)),
                "its workbook": lambda built=built: FORMATS["xlsx"](built[0]),
                "its checks": lambda session=session, built=built: check.run(session, scope, built[0]),
                "a cell's first records": lambda built=built: list(islice(built[0].rows[0].cells[7].records(), 50)),
                "curve of column 6": lambda session=session: curves.daily(session, scope, column),
                "shares": lambda session=session: shares(session, scope),
            }
            for name, work in works.items():
                best[name] = min(best.get(name, float("inf")), timed(work))
    for name, seconds in best.items():
        print(f"  {name:22} {seconds:6.2f} s = {seconds / best['bare count']:.2f} x the bare count")


def main(records: int = 1_000_000, people: int = 300_000) -> None:
    """Build, measure, print."""
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update({"CHUNFENG_DATA_DIR": folder, "CHUNFENG_NOW": "2022-03-31T09:00"})
        settings.get.cache_clear()
        migrate.upgrade()
        token = privacy.encrypt("王测试")
        privacy.encrypt = lambda _text: token  # one token for all: encrypting is not what is measured
        pack = load("yuzhong-2022")
        fill(Person, persons(people, pack))
        fill(PersonKey, keys(people))
        linked = random.sample(range(2, people), people // LINKED)
        fill(PersonLink, iter([_link(one) for one in linked]))
        done = 0
        for share in (records // 10, records):
            fill(Service, services(done + 1, share, people, pack))
            done = share
            print(f"{share} services of {people} persons", flush=True)
            measure(pack)
            print(f"  memory: {memory()} MB at most")


def _link(person: int) -> dict[str, Any]:
    return {"person_id": person, "into_id": random.randint(1, person - 1), "reason": "same_phone", "created_at": FIRST}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
