"""Links in SQL say the same as links in Python, whatever the chains and circles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from bot import clock
from bot.records import database, identity
from bot.records.models import Person, PersonLink
from bot.report import heads

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
PERSONS = 8
link = st.tuples(st.integers(1, PERSONS), st.integers(1, PERSONS), st.booleans()).filter(lambda one: one[0] != one[1])


@given(links=st.lists(link, max_size=12))
@example_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
def test_links_in_sql_are_followed_as_in_python(records: Path, links: list[tuple[int, int, bool]]) -> None:
    with database.writing() as session:
        if session.get(Person, 1) is None:
            session.add_all([Person(id=number, created_at=AT) for number in range(1, PERSONS + 1)])
        session.execute(delete(PersonLink))
        for person, into, undone in links:
            session.add(
                PersonLink(
                    person_id=person, into_id=into, reason="hand", created_at=AT, undone_at=AT if undone else None
                )
            )
            session.flush()
        heads.refresh(session)
        found = {row.person_id: row.head for row in session.execute(select(heads.HEADS))}
        active = identity.active_links(session)
    for number in range(1, PERSONS + 1):
        assert found.get(number, number) == identity.canonical(number, active), (number, links)
