"""Follow-up of job intentions: once, with its day, voidable."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import clock
from bot.errors import UserError
from bot.records import conversations, database, followups, registrations
from bot.records.followups import Found
from bot.records.models import JobIntention
from bot.records.registrations import Applicant

AT = clock.in_beijing(datetime(2022, 2, 15, 9))


def intention(session: Session) -> int:
    talk = conversations.open_web(session, "a", AT)
    given = Applicant("draft-1", "+8613800000000", "张三", "大坪街道")
    return int(registrations.save(session, "yuzhong-2022", talk, given, JobIntention(kind_of_work="保安"), AT).id)


def test_a_follow_up_is_recorded_once(records: Path) -> None:
    with database.writing() as session:
        found = Found(intention(session), "employed_in_district", date(2022, 2, 14))
        assert followups.record(session, found, "clerk", AT, "form:1")
        assert not followups.record(session, found, "clerk", AT, "form:1")
        assert [row.outcome for row in followups.history(session, found.job_intention_id)] == ["employed_in_district"]


@pytest.mark.parametrize(
    ("outcome", "day", "said"),
    [
        ("employed", date(2022, 2, 14), "没有 employed 这种结果；可用的有 employed_in_district"),
        ("still_looking", date(2022, 2, 16), "就业日期还没有到"),
    ],
)
def test_what_does_not_fit_is_refused(records: Path, outcome: str, day: date, said: str) -> None:
    with database.writing() as session, pytest.raises(UserError, match=said):
        followups.record(session, Found(intention(session), outcome, day), "clerk", AT, "form:1")


def test_a_follow_up_needs_its_job_intention(records: Path) -> None:
    with database.writing() as session, pytest.raises(UserError, match="没有这条求职登记"):
        followups.record(session, Found(7, "still_looking", date(2022, 2, 14)), "clerk", AT, "form:1")


def test_voiding_needs_a_reason_and_happens_once(records: Path) -> None:
    with database.writing() as session:
        found = Found(intention(session), "employed_in_district", date(2022, 2, 14))
        followups.record(session, found, "clerk", AT, "form:1")
        (row,) = followups.history(session, found.job_intention_id)
        with pytest.raises(UserError, match="作废要写原因"):
            followups.void(session, row.id, "", "chief", AT)
        assert followups.void(session, row.id, "记错了人", "chief", AT)
        assert not followups.void(session, row.id, "又一次", "other", AT)
        assert (row.voided_by, row.void_reason) == ("chief", "记错了人")
        with pytest.raises(UserError, match="没有这条回访记录"):
            followups.void(session, 99, "记错了人", "chief", AT)


def test_a_correction_keeps_what_was_said_before(records: Path) -> None:
    with database.writing() as session:
        wrong = Found(intention(session), "employed_in_district", date(2022, 2, 14))
        right = Found(wrong.job_intention_id, "employed_in_province", date(2022, 2, 13))
        followups.record(session, wrong, "clerk", AT, "form:1")
        (row,) = followups.history(session, wrong.job_intention_id)
        assert followups.correct(session, row.id, right, "听错了", "chief", AT, "form:2")
        assert not followups.correct(session, row.id, right, "听错了", "chief", AT, "form:2")
        history = followups.history(session, wrong.job_intention_id)
        assert [(one.outcome, one.voided_by, one.void_reason) for one in history] == [
            ("employed_in_province", None, None),
            ("employed_in_district", "chief", "听错了"),
        ]
        with pytest.raises(UserError, match="刚刚被人作废或改过"):
            followups.correct(session, row.id, wrong, "又改", "other", AT, "form:3")
