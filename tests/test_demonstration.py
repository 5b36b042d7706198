"""What a demonstration begins with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from bot import clock, demonstration
from bot.records import database
from bot.records.openings import Course, JobFair, JobPost

NOW = clock.in_beijing(datetime(2022, 2, 15, 9))


def counts() -> list[int]:
    with database.reading() as session:
        return [session.execute(select(func.count()).select_from(one)).scalar() for one in (JobPost, Course, JobFair)]


def test_the_samples_come_once_and_only_under_their_own_campaign(records: Path) -> None:
    demonstration.load_samples("fujian-2023", NOW)
    assert counts() == [0, 0, 0]
    demonstration.load_samples("yuzhong-2022", NOW)
    first = counts()
    assert all(first)
    demonstration.load_samples("yuzhong-2022", NOW)
    assert counts() == first
