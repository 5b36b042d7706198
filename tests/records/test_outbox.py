"""What is put into the outbox, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.records import conversations, database, outbox, registrations
from bot.records.models import JobIntention
from bot.records.outbox import Outbox

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
SUBJECT = "job_intention:draft-1"
KEY = f"{SUBJECT}:registered"
EVENT = "job_intention.registered"
GIVEN = registrations.Applicant("draft-1", "+8613800000000", "王测试", "大坪街道")
Use = Callable[..., None]


def rows() -> list[Outbox]:
    with database.reading() as session:
        return list(session.execute(select(Outbox).order_by(Outbox.id)).scalars())


@pytest.fixture
def platform_set(records: Path, use_settings: Use) -> Path:
    use_settings(CHUNFENG_PLATFORM_URL="https://platform.example/events", CHUNFENG_PLATFORM_KEY="key")
    return records


def register() -> str:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", AT)
        left = JobIntention(kind_of_work="保安")
        return str(registrations.save(session, "yuzhong-2022", conversation, GIVEN, left, AT).receipt)


def test_a_job_intention_is_told_once(platform_set: Path) -> None:
    receipt = register()
    assert register() == receipt
    (row,) = rows()
    assert (row.event, row.idempotency_key, row.subject) == (EVENT, KEY, SUBJECT)
    assert (row.created_at, row.next_attempt_at, row.attempts) == (AT, AT, 0)
    assert json.loads(row.payload) == {
        "id": "draft-1",
        "receipt": receipt,
        "campaign": "yuzhong-2022",
        "unit": "大坪街道",
        "channel": "web",
        "name": "王测试",
        "phone": "+8613800000000",
        "kind_of_work": "保安",
        "place": None,
        "pay": None,
        "start": None,
        "age": None,
        "groups": None,
    }


def test_without_a_platform_nothing_is_written(records: Path) -> None:
    register()
    assert rows() == []


def test_the_same_key_changes_nothing(platform_set: Path) -> None:
    with database.writing() as session:
        assert outbox.put(session, EVENT, KEY, {"n": 1}, AT)
        assert not outbox.put(session, EVENT, KEY, {"n": 2}, AT)
    assert [json.loads(row.payload) for row in rows()] == [{"n": 1}]


def test_a_transaction_that_fails_tells_nobody(platform_set: Path) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        outbox.put(session, EVENT, KEY, {}, AT)
        raise RuntimeError
    assert rows() == []


@pytest.mark.parametrize(
    "key", ["", "registered", "job_intention:registered", f"{KEY}\r\nX: y", "job:王测试:registered"]
)
def test_a_key_that_no_header_could_carry_is_a_mistake(platform_set: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not an idempotency key"), database.writing() as session:
        outbox.put(session, EVENT, key, {}, AT)


def test_the_payload_cannot_be_read_in_the_file(platform_set: Path) -> None:
    register()
    database.engine().dispose()
    content = b"".join(path.read_bytes() for path in platform_set.glob("chunfeng.db*"))
    assert KEY.encode() in content
    for private in ("王测试", "13800000000", "保安"):
        assert private.encode() not in content


def test_erasing_drops_one_subject_and_its_data(platform_set: Path) -> None:
    other = "job_intention:draft-2:registered"
    with database.writing() as session:
        for key in (KEY, other):
            outbox.put(session, EVENT, key, {"name": "王测试"}, AT)
        assert outbox.erase(session, SUBJECT, AT) == 1
        assert outbox.erase(session, SUBJECT, AT) == 0
    erased, kept = rows()
    assert (erased.payload, erased.next_attempt_at, erased.dead_at, erased.last_error) == (None, None, AT, "erased")
    assert (kept.idempotency_key, kept.next_attempt_at) == (other, AT)
    with database.writing() as session:
        assert not outbox.put(session, EVENT, KEY, {"name": "王测试"}, AT)
