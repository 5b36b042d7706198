"""Sets of persons, in SQL: who counts in a column, in which row, and what is known of them (docs/counting.md).

The database aggregates; what comes back are a few numbers a column, however many records there are.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, func, literal, null, select
from sqlalchemy.sql.expression import CTE

from bot import clock
from bot.campaign.table_model import Column, Counts
from bot.records.followups import FollowUp
from bot.records.models import Person, Registration, Service
from bot.report.heads import HEADS, TOLD, head_of
from bot.report.scope import Scope
from bot.report.sql import MOMENT_WIDTH, MomentText, NotSearched

#: What is added to an id, so that all have as many digits.
_ID_BASE = 10**12
_ID_WIDTH = len(str(_ID_BASE))
#: An hour in UTC, in which every day of Beijing begins.
_HOUR, _HOUR_WIDTH = "%Y-%m-%d %H%z", 13


def persons(scope: Scope, column: Column, told: bool = True, since: bool = False) -> CTE:
    """The persons of a column with `counts` or `outcome`; needs bot.report.heads.refresh() before.

    Args:
        scope: what the table is counted over.
        column: the column.
        told: whether what is known of them is asked for, which takes a look at each.
        since: whether it is asked since when they count.

    Returns:
        One row a person: `head`, `unit` (one of the scope's, or null), `gender` and `poverty_alleviated`
        (null where nobody told), and `follow_up_id`, the one that decided (null in a column of services);
        asked for, `since`: the hour of their first counted service (see `day_of`), or the day the work began.
    """
    if column.counts is None:
        return _with_told(_placed(scope, column)).cte("persons")
    hour = func.substr(func.min(MomentText(Service.occurred_at)), 1, _HOUR_WIDTH)
    first = [hour.label("since")] if since else []
    alone = _served_alone(scope, column, column.counts, first)
    linked = _served_linked(scope, column, column.counts, first)
    if not told:
        return select(alone).union_all(select(linked)).cte("persons")
    with_told = select(alone, Person.gender, Person.poverty_alleviated).join(Person, Person.id == alone.c.head)
    return with_told.union_all(_with_told(linked)).cte("persons")


def _with_told(found: CTE) -> Any:
    """Add what is known of each person."""
    known = select(found, *told_of_person()).join(Person, Person.id == found.c.head)
    return known.outerjoin(TOLD, TOLD.c.head == Person.id)


def told_of_person() -> tuple[Any, Any]:
    """What is known of a head, joined with TOLD from outside: what their own record says, else what linked ones do."""
    return (
        func.coalesce(Person.gender, TOLD.c.gender).label("gender"),
        func.coalesce(Person.poverty_alleviated, TOLD.c.poverty_alleviated).label("poverty_alleviated"),
    )


def has(attribute: str, found: CTE) -> Any:
    """The condition that a row of `persons` has what a 其中 column asks for. Unknown is not."""
    if attribute == "female":
        return found.c.gender == "female"
    return found.c.poverty_alleviated.is_(True)


def counted_kind(counts: Counts) -> Any:
    """The condition that a service is of a kind and a topic that count."""
    kind = Service.kind.in_(counts.kinds)
    return kind & Service.topic.not_in(counts.except_topics) if counts.except_topics else kind


def counted_services(scope: Scope, column: Column, counts: Counts, by_person: bool = True) -> Any:
    """The condition that a service counts in a column.

    Args:
        scope: what the table is counted over.
        column: the column.
        counts: what it counts.
        by_person: whether only what counting needs is asked for, person by person; else the whole table is read.
    """
    moment = NotSearched(Service.occurred_at)
    return and_(
        (Service.campaign if by_person else NotSearched(Service.campaign)) == scope.campaign,
        Service.voided_at.is_(None),
        moment >= scope.window.begin(column),
        moment < scope.window.end,
        counted_kind(counts),
    )


def _first_place(scope: Scope) -> Any:
    """The aggregate that holds the unit of the first service with a known one.

    "First" is by moment, then id: both go before the unit in one text, whose least is then the answer.
    """
    place = MomentText(Service.occurred_at).op("||")(cast(Service.id + _ID_BASE, String)).op("||")(Service.unit)
    return func.min(case((Service.unit.in_(scope.units), place)), type_=String())


def day_of(since: str | date) -> date:
    """The day in Beijing of a `since` of `persons`."""
    return since if isinstance(since, date) else clock.in_beijing(datetime.strptime(f"{since}+0000", _HOUR)).date()


def _served_alone(scope: Scope, column: Column, counts: Counts, more: list[Any]) -> CTE:
    """Who was served and is linked to nobody.

    Almost all persons are: grouped in the order of the index that holds all this reads (ix_service_count),
    they need no sorting and no second look.
    """
    each = (
        select(Service.person_id, _first_place(scope).label("first"), *more)
        .where(counted_services(scope, column, counts))
        .group_by(Service.person_id)
        .cte("each_person")
    )
    added = [each.c[column.name] for column in more]
    return (
        select(each.c.person_id.label("head"), _unit_in(each.c.first), null().label("follow_up_id"), *added)
        .outerjoin(HEADS, HEADS.c.person_id == each.c.person_id)
        .where(HEADS.c.head.is_(None))
        .cte("alone")
    )


def _served_linked(scope: Scope, column: Column, counts: Counts, more: list[Any]) -> CTE:
    """Who was served under any of their linked records: few, so that the linked are looked up, not the services."""
    return (
        select(HEADS.c.head, _unit_in(_first_place(scope)), null().label("follow_up_id"), *more)
        .join(Service, Service.person_id == NotSearched(HEADS.c.person_id))
        .where(counted_services(scope, column, counts))
        .group_by(HEADS.c.head)
        .cte("linked")
    )


def _unit_in(first_place: Any) -> Any:
    return func.substr(first_place, MOMENT_WIDTH + _ID_WIDTH + 1).label("unit")


def deciding(scope: Scope) -> CTE:
    """The follow-up that decides for each person: the latest up to the as-of day, over all their job intentions.

    Returns:
        One row a person, as `persons` gives them, and `outcome`, `outcome_on`; the unit is the job intention's.
    """
    return _with_told(_latest(scope)).cte("deciding")


def _latest(scope: Scope) -> CTE:
    head = head_of(Registration.person_id)
    newest_first = (FollowUp.outcome_on.desc(), FollowUp.id.desc())
    ranked = (
        select(
            head.label("head"),
            case((Registration.unit.in_(scope.units), Registration.unit)).label("unit"),
            FollowUp.id.label("follow_up_id"),
            FollowUp.outcome,
            FollowUp.outcome_on,
            func.row_number().over(partition_by=head, order_by=newest_first).label("place"),
        )
        .select_from(FollowUp)
        .join(Registration.__table__, Registration.id == FollowUp.job_intention_id)
        .outerjoin(HEADS, HEADS.c.person_id == Registration.person_id)
        .where(
            Registration.campaign == scope.campaign,
            FollowUp.voided_at.is_(None),
            FollowUp.outcome_on <= scope.window.end_day,
        )
        .cte("ranked")
    )
    kept = [column for column in ranked.c if column.name != "place"]
    return select(*kept).where(ranked.c.place == 1).cte("latest")


def _placed(scope: Scope, column: Column) -> CTE:
    """Who found work of a column's kind within the window."""
    latest = _latest(scope)
    wanted = and_(latest.c.outcome == literal(column.outcome), latest.c.outcome_on >= scope.window.first_day(column))
    kept = (latest.c.head, latest.c.unit, latest.c.follow_up_id, latest.c.outcome_on.label("since"))
    return select(*kept).where(wanted).cte("placed")


def tally(scope: Scope, column: Column) -> Any:
    """How many persons of a column each row has: `unit`, `persons`, and by its `where` each 其中 column."""
    asked = [part.where for part in scope.table.columns if part.subset_of == column.no and part.where]
    found = persons(scope, column, told=bool(asked))
    parts = (func.sum(case((has(attribute, found), 1), else_=0)).label(attribute) for attribute in asked)
    return select(found.c.unit, func.count().label("persons"), *parts).group_by(found.c.unit)
