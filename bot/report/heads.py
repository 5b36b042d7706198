"""Links between persons as tables in SQL: what bot.records.identity.canonical does, for all persons at once.

Two temporary tables hold the linked persons only. A query could work them out by itself each time, but then the
database would have to guess how many there are, and SQLite guesses so badly that a join takes minutes.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, case, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import DropTable

from bot.records.models import Person, PersonLink

_METADATA = MetaData()


def _temporary(name: str, *columns: Column) -> Table:
    return Table(name, _METADATA, *columns, prefixes=["TEMPORARY"], postgresql_on_commit="DROP")


#: Each member of a group of linked persons and the one they count as. Who is not in it counts as themselves.
HEADS = _temporary(
    "report_head", Column("person_id", Integer, primary_key=True, autoincrement=False), Column("head", Integer)
)
#: For each head, what the oldest linked person who told it said.
TOLD = _temporary(
    "report_told",
    Column("head", Integer, primary_key=True, autoincrement=False),
    Column("gender", String(6)),
    Column("poverty_alleviated", Boolean),
)


def refresh(session: Session) -> None:
    """Work the two tables out anew, for the transaction of `session`. Every count begins with it.

    A chain of links is followed to its end; of a circle, its oldest person is the end.
    """
    for table in (HEADS, TOLD):
        session.execute(DropTable(table, if_exists=True))
        table.create(session.connection(), checkfirst=False)
    session.execute(insert(HEADS).from_select(["person_id", "head"], _ends()))
    members = HEADS.alias("members")
    own = select(HEADS.c.head, HEADS.c.head.label("itself")).where(HEADS.c.head.not_in(select(members.c.person_id)))
    session.execute(insert(HEADS).from_select(["person_id", "head"], own.distinct()))
    session.execute(insert(TOLD).from_select(["head", "gender", "poverty_alleviated"], _told()))


def _ends() -> Any:
    newest = select(func.max(PersonLink.id)).where(PersonLink.undone_at.is_(None)).group_by(PersonLink.person_id)
    links = select(PersonLink.person_id, PersonLink.into_id).where(PersonLink.id.in_(newest)).cte("links")
    walk = select(links.c.person_id, links.c.into_id.label("reached")).cte("walk", recursive=True)
    onwards = links.alias("onwards")
    walk = walk.union(select(walk.c.person_id, onwards.c.into_id).join(onwards, onwards.c.person_id == walk.c.reached))
    circles = select(walk.c.person_id).where(walk.c.person_id == walk.c.reached).cte("circles")
    leads_on = links.alias("leads_on")
    end = func.max(case((leads_on.c.person_id.is_(None), walk.c.reached)))
    oldest = func.min(case((circles.c.person_id.is_not(None), walk.c.reached)))
    return (
        select(walk.c.person_id, func.coalesce(end, oldest))
        .outerjoin(leads_on, leads_on.c.person_id == walk.c.reached)
        .outerjoin(circles, circles.c.person_id == walk.c.reached)
        .group_by(walk.c.person_id)
    )


def _told() -> Any:
    told = (
        select(
            HEADS.c.head,
            func.min(case((Person.gender.is_not(None), Person.id))).label("gender_by"),
            func.min(case((Person.poverty_alleviated.is_not(None), Person.id))).label("poverty_by"),
        )
        .join(Person, Person.id == HEADS.c.person_id)
        .group_by(HEADS.c.head)
        .cte("told")
    )
    gender, poverty = Person.__table__.alias("gender_teller"), Person.__table__.alias("poverty_teller")
    return (
        select(told.c.head, gender.c.gender, poverty.c.poverty_alleviated)
        .outerjoin(gender, gender.c.id == told.c.gender_by)
        .outerjoin(poverty, poverty.c.id == told.c.poverty_by)
    )


def head_of(person_id: Any) -> Any:
    """The expression for whom `person_id` counts as, in a query that joins HEADS on it from outside."""
    return func.coalesce(HEADS.c.head, person_id)
