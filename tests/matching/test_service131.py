"""The 131 service: what was given to whom, once, and what is still missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.matching import service131
from bot.matching.wish import Wish
from bot.records import database, identity
from bot.records.models import PersonLink
from bot.records.openings import Recommendation
from tests.matching.offers import CAMPAIGN, NOW, course, post

WISH = Wish("保安", "大坪街道")


def missing(session: Session, person_id: int, campaign: str = CAMPAIGN) -> str:
    return service131.state(session, person_id, campaign).missing


def test_nobody_was_given_anything_at_first(records: Path) -> None:
    with database.writing() as session:
        person = identity.new_person(session, NOW)
        assert missing(session, person.id) == "还差1次职业指导、3个岗位、1门培训"


def test_what_was_given_is_recorded_once_and_the_state_says_what_lacks(records: Path) -> None:
    with database.writing() as session:
        person = identity.new_person(session, NOW)
        for number in range(2):
            post(session, f"保安{number}", unit="大坪街道")
        given = service131.give(session, person.id, 7, CAMPAIGN, WISH, NOW)
        assert (given.guidance, len(given.posts), given.course) == (True, 2, None)
        assert missing(session, person.id) == "还差1个岗位、1门培训"
        course(session, "保安员培训", "保安")
        post(session, "保安新", unit="大坪街道")
        service131.give(session, person.id, 7, CAMPAIGN, WISH, NOW)
        service131.give(session, person.id, 7, CAMPAIGN, WISH, NOW)
        state = service131.state(session, person.id, CAMPAIGN)
        assert (state.guidance, state.posts, state.course, state.missing) == (True, 3, True, "")
        rows = session.execute(select(Recommendation).order_by(Recommendation.id)).scalars().all()
        assert [(row.kind, row.item_id, row.registration_id, row.reason) for row in rows] == [
            ("guidance", None, 7, "保安"),
            ("post", 1, 7, "同工种 · 就在大坪街道"),
            ("post", 2, 7, "同工种 · 就在大坪街道"),
            ("post", 3, 7, "同工种 · 就在大坪街道"),
            ("course", 1, 7, "同工种 · 地点要问单位"),
        ]


def test_the_advice_is_about_the_work_and_then_for_everybody() -> None:
    first, *rest = service131.guidance.advice(WISH).splitlines()
    assert first == "保安类岗位先问排班：几班倒，夜班有没有补贴；退役军人可以说明，有的单位优先。"
    assert service131.guidance.advice(Wish("剪纸")).splitlines() == rest
    assert len(rest) == 2


def test_linked_records_are_one_person(records: Path) -> None:
    with database.writing() as session:
        older, newer = identity.new_person(session, NOW), identity.new_person(session, NOW)
        session.add(PersonLink(person_id=newer.id, into_id=older.id, reason="same_phone", created_at=NOW))
        post(session)
        service131.give(session, newer.id, None, CAMPAIGN, WISH, NOW)
        assert missing(session, older.id) == missing(session, newer.id) == "还差2个岗位、1门培训"
        service131.give(session, older.id, None, CAMPAIGN, WISH, NOW)
        assert len(session.execute(select(Recommendation)).all()) == 2


def test_each_campaign_has_its_own_131_and_one_without_it_misses_nothing(records: Path) -> None:
    with database.writing() as session:
        person = identity.new_person(session, NOW)
        service131.give(session, person.id, None, "fujian-2023", WISH, NOW)
        assert missing(session, person.id, "fujian-2023") == ""
        assert missing(session, person.id) == "还差1次职业指导、3个岗位、1门培训"


def test_the_database_keeps_guidance_from_being_written_twice(records: Path) -> None:
    def guidance() -> Recommendation:
        return Recommendation(campaign=CAMPAIGN, person_id=1, kind="guidance", reason="保安", given_at=NOW)

    with pytest.raises(IntegrityError), database.writing() as session:
        identity.new_person(session, NOW)
        session.add_all([guidance(), guidance()])


def test_the_reason_cannot_be_read_in_the_file(records: Path) -> None:
    with database.writing() as session:
        person = identity.new_person(session, NOW)
        service131.give(session, person.id, None, CAMPAIGN, Wish("剪纸"), NOW)
    database.engine().dispose()
    assert "剪纸".encode() not in b"".join(path.read_bytes() for path in records.glob("chunfeng.db*"))
