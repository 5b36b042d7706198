"""Whom to call when new posts come in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bot.matching import outreach, service131
from bot.matching.wish import Wish
from bot.records import conversations, database, registrations
from bot.records.models import JobIntention
from tests.matching.offers import CAMPAIGN, NOW, TODAY, post

LATER = NOW + timedelta(days=1)


def registered(session: Session, device: str, kind_of_work: str) -> str:
    conversation = conversations.open_web(session, device, NOW)
    given = registrations.Applicant(f"draft-{device}", "+8613800000001", "王测试", "大坪街道")
    left = JobIntention(kind_of_work=kind_of_work)
    return str(registrations.save(session, CAMPAIGN, conversation, given, left, NOW).receipt)


def called(session: Session) -> list[tuple[str, list[str]]]:
    found = outreach.waiting(session, CAMPAIGN, TODAY)
    return [(one.receipt, [fit.post.title for fit in one.fits]) for one in found]


def test_new_posts_are_listed_for_those_they_fit(records: Path) -> None:
    with database.writing() as session:
        assert called(session) == []
        guard, _cook = registered(session, "a", "保安"), registered(session, "b", "厨师")
        post(session, "以前的", imported_at=NOW - timedelta(days=1))
        assert called(session) == []
        post(session, "新的", imported_at=LATER, unit="大坪街道")
        assert called(session) == [(guard, ["新的"])]
        (one,) = outreach.waiting(session, CAMPAIGN, TODAY)
        assert one.wish == Wish("保安", "大坪街道")
        assert one.fits[0].why == "同工种 · 就在大坪街道"
        assert outreach.waiting(session, "fujian-2023", TODAY) == []


def test_who_was_given_them_is_not_called_again_until_newer_ones_come(records: Path) -> None:
    with database.writing() as session:
        guard = registered(session, "a", "保安")
        post(session, "新的", imported_at=LATER)
        (one,) = outreach.waiting(session, CAMPAIGN, TODAY)
        service131.give(session, one.person_id, one.intention_id, CAMPAIGN, one.wish, LATER + timedelta(hours=1))
        assert called(session) == []
        post(session, "更新的", imported_at=LATER + timedelta(days=1))
        assert called(session) == [(guard, ["更新的"])]


def test_what_is_gone_or_over_calls_nobody(records: Path) -> None:
    with database.writing() as session:
        registered(session, "a", "保安")
        post(session, "下架", imported_at=LATER, gone_at=LATER)
        post(session, "过期", imported_at=LATER, valid_until=TODAY - timedelta(days=1))
        assert called(session) == []


def test_who_withdrew_is_not_called(records: Path) -> None:
    with database.writing() as session:
        receipt = registered(session, "a", "保安")
        post(session, "新的", imported_at=LATER)
        registrations.withdraw(session, registrations.by_receipt(session, receipt), NOW)
        assert called(session) == []


def test_a_wish_holds_what_was_said() -> None:
    intention = JobIntention(kind_of_work="保安", unit="大坪街道", pay="60000元/年", place="近", groups="veteran")
    wish = outreach.wish_of(intention)
    assert (str(wish.pay), wish.place, wish.groups) == ("5000元/月", "近", ("退役军人",))
