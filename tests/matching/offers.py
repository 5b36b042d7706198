"""Posts, courses and fairs for the tests, made up."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from bot import clock
from bot.records.openings import Course, JobFair, JobPost

NOW = clock.in_beijing(datetime(2022, 2, 15, 9))
TODAY = NOW.date()
CAMPAIGN = "yuzhong-2022"
_numbers = count(1)


def _kept(session: Session, table: Any, values: dict[str, Any]) -> Any:
    row = table(source_key=f"test-{next(_numbers)}", **{"imported_at": NOW, "seen_at": NOW, **values})
    session.add(row)
    session.flush()
    return row


def post(session: Session, title: str = "保安", kind_of_work: str = "保安", **values: Any) -> JobPost:
    """A post of a company of its own, unless `values` name one."""
    company = f"示例公司{next(_numbers)}"
    given = {"company": company, "title": title, "kind_of_work": kind_of_work, "groups": [], **values}
    return _kept(session, JobPost, given)


def course(session: Session, title: str, kind_of_work: str, **values: Any) -> Course:
    """A course of an invented school."""
    return _kept(session, Course, {"title": title, "kind_of_work": kind_of_work, "organiser": "示例学校", **values})


def fair(
    session: Session, title: str, day: tuple[int, int], hours: tuple[int, int] = (9, 12), **values: Any
) -> JobFair:
    """A fair in 2022, from one full hour to another."""
    starts, ends = (clock.in_beijing(datetime(2022, *day, hour)) for hour in hours)
    given = {"campaign": CAMPAIGN, "title": title, "starts_at": starts, "ends_at": ends, "zones": [], "online": False}
    return _kept(session, JobFair, {**given, **values})
