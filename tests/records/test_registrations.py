"""Registrations: saved once, opened by few tries, withdrawn, erased down to the count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.load import Pack
from bot.records import (
    access,
    conversations,
    corrections,
    database,
    erasure,
    followups,
    migrate,
    registrations,
    unanswered,
)
from bot.records.followups import FollowUp, Found
from bot.records.models import (
    Consent,
    Conversation,
    HelpRequest,
    JobIntention,
    Message,
    Person,
    PersonKey,
    Registration,
    RegistrationNote,
    Service,
    Vacancy,
)
from bot.report import table

AT = clock.in_beijing(datetime(2022, 2, 15, 9, 30))
CAMPAIGN = "yuzhong-2022"
PHONE = "+8613800000001"


def applicant(draft: str = "draft-1", name: str | None = "王测试", **more: object) -> registrations.Applicant:
    return registrations.Applicant(draft, PHONE, name, "大坪街道", **more)  # type: ignore[arg-type]


def save(session: Session, device: str, who: registrations.Applicant, left: Registration) -> Registration:
    conversation = conversations.open_web(session, device, AT)
    return registrations.save(session, CAMPAIGN, conversation, who, left, AT)


def columns(pack: Pack) -> dict[int, int]:
    with database.reading() as session:
        total = table.build(session, pack, date(2022, 2, 15)).total.numbers
    return {number: count for number, count in enumerate(total, 1) if count}


def test_a_draft_is_saved_once_and_keeps_its_receipt(records: Path) -> None:
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        again = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        assert again is saved
        assert len(saved.receipt) == 8
        assert saved.receipt.isdigit()
    with database.reading() as session:
        assert len(session.execute(select(Registration)).all()) == 1
        assert len(session.execute(select(Service)).all()) == 1
        assert session.execute(select(Person)).scalar_one().unit == "大坪街道"


@pytest.mark.parametrize(
    ("left", "kind", "topic", "counted"),
    [
        (JobIntention(kind_of_work="保安"), "job_intention", "job_intention", {6: 1}),
        (HelpRequest(topic="employment", story="……"), "help_request", "employment", {6: 1}),
        (HelpRequest(topic="training", story="……"), "help_request", "training", {6: 1}),
        (HelpRequest(topic="rights", story="……"), "rights_help_request", "rights", {12: 1}),
        (HelpRequest(topic="relief", story="……"), "help_request", "relief", {}),
        (HelpRequest(topic="travel", story="……"), "help_request", "travel", {}),
        (HelpRequest(topic="psychological", story="……"), "help_request", "psychological", {}),
        (HelpRequest(topic="other", story="……"), "help_request", "other", {}),
        (Vacancy(company="示例物业公司", kind_of_work="保安", headcount=2), "employer_service", "vacancy", {}),
    ],
)
def test_what_a_registration_counts_as(
    records: Path, yuzhong: Pack, left: Registration, kind: str, topic: str, counted: dict[int, int]
) -> None:
    with database.writing() as session:
        save(session, "a", applicant(), left)
    with database.reading() as session:
        service = session.execute(select(Service)).scalar_one()
        assert (service.kind, service.topic, service.unit) == (kind, topic, "大坪街道")
    assert columns(yuzhong) == counted


def test_gender_and_poverty_status_reach_columns_7_and_8(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = applicant(gender="female", poverty_alleviated=True)
        save(session, "a", who, JobIntention(kind_of_work="保洁"))
    assert columns(yuzhong) == {6: 1, 7: 1, 8: 1}


def test_what_was_not_said_stays_as_it_was_known(records: Path) -> None:
    with database.writing() as session:
        save(session, "a", applicant(gender="female", poverty_alleviated=False), JobIntention(kind_of_work="保洁"))
        save(session, "a", applicant("draft-2"), JobIntention(kind_of_work="厨师"))
        person = session.execute(select(Person)).scalar_one()
        assert (person.gender, person.poverty_alleviated) == ("female", False)


def test_consents_are_kept_with_their_wording(records: Path) -> None:
    given = (registrations.ConsentGiven("personal", "abc"), registrations.ConsentGiven("sensitive", "def"))
    with database.writing() as session:
        save(session, "a", applicant(consents=given), JobIntention(kind_of_work="保安"))
        rows = session.execute(select(Consent).order_by(Consent.id)).scalars()
        assert [(row.kind, row.wording, row.given_at) for row in rows] == [
            ("personal", "abc", AT),
            ("sensitive", "def", AT),
        ]


def test_only_who_talks_now_sees_what_was_left_on_the_device(records: Path) -> None:
    with database.writing() as session:
        save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        other = registrations.Applicant("draft-2", "+8613800000002", "李测试", "大坪街道")
        save(session, "a", other, JobIntention(kind_of_work="厨师"))
        conversation = conversations.open_web(session, "a", AT)
        (seen,) = registrations.left_in(session, conversation)
        assert seen.kind_of_work == "厨师"


def test_a_note_is_added_once_for_each_message(records: Path) -> None:
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        message = conversations.receive(session, conversations.open_web(session, "a", AT), "1", {"text": "晚上"}, AT)
        for _ in range(2):
            registrations.add_note(session, saved, message.id, "晚上才能接电话", AT)
        (note,) = session.execute(select(RegistrationNote)).scalars()
        assert note.text == "晚上才能接电话"


def test_withdrawing_keeps_the_count(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        registrations.withdraw(session, saved, AT)
        assert saved.state == "withdrawn"
    assert columns(yuzhong) == {6: 1}


def test_a_registration_opens_by_receipt_and_last_four_digits(records: Path) -> None:
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        assert access.open_by_receipt(session, saved.receipt, "0001", "c", None, AT).registration is saved
        assert access.open_by_receipt(session, saved.receipt, "0002", "c", None, AT) == access.Opened(None)


def test_guessing_is_slowed_and_blocked(records: Path) -> None:
    """10,000 guesses, a new conversation each, one address: only a handful in a day are heard."""
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        heard = 0
        for guess in range(10_000):
            at = AT + timedelta(seconds=8 * guess)
            tried = access.open_by_receipt(session, saved.receipt, f"{guess:04d}"[::-1], f"c{guess}", "address", at)
            heard += tried.blocked_until is None
            assert tried.registration is None or guess < 5
        assert heard <= 15


def test_blocking_one_receipt_leaves_the_others_open(records: Path) -> None:
    with database.writing() as session:
        mine = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        other = save(session, "b", applicant("draft-2", "李测试"), JobIntention(kind_of_work="厨师"))
        for number in range(8):
            access.open_by_receipt(session, mine.receipt, "9999", f"c{number}", None, AT)
        assert access.open_by_receipt(session, mine.receipt, "0001", "d", None, AT).blocked_until is not None
        assert access.open_by_receipt(session, other.receipt, "0001", "d", None, AT).registration is other
        tomorrow = AT + timedelta(days=1, seconds=1)
        assert access.open_by_receipt(session, mine.receipt, "0001", "d", None, tomorrow).registration is mine


def test_erasing_leaves_the_count_and_nothing_of_the_person(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = applicant(gender="female", poverty_alleviated=True)
        saved = save(session, "a", who, HelpRequest(topic="employment", story="我是王测试，电话13800000001"))
        conversation = conversations.open_web(session, "a", AT)
        message = conversations.receive(session, conversation, "1", {"text": "我是王测试"}, AT)
        unanswered.keep(session, CAMPAIGN, message.id, "我是王测试", "web", [], AT)
        registrations.add_note(session, saved, message.id, "13800000001", AT)
        receipt = saved.receipt
    before = columns(yuzhong)
    with database.writing() as session:
        erasure.erase(session, 1, AT)
    assert before == columns(yuzhong) == {6: 1, 7: 1, 8: 1}
    with database.reading() as session:
        assert session.execute(select(PersonKey)).all() == []
        assert session.execute(select(RegistrationNote)).all() == []
        assert unanswered.open_questions(session, CAMPAIGN) == []
        person = session.execute(select(Person)).scalar_one()
        assert (person.name, person.phone) == (None, None)
        (gone,) = session.execute(select(HelpRequest)).scalars()
        assert (gone.story, gone.phone, gone.state) == (None, None, "erased")
        assert [row.content for row in session.execute(select(Message)).scalars()] == ['{"text": ""}']
        assert conversations.find(session, "a") is None
        assert session.get(Conversation, conversation.id).erased_at == AT
    with database.writing() as session:
        assert access.open_by_receipt(session, receipt, "0001", "c", None, AT).registration is None
        back = save(session, "b", applicant("draft-2"), JobIntention(kind_of_work="保安"))
        assert back.person_id != 1
    assert columns(yuzhong)[6] == 2


def test_erasing_empties_what_clerks_wrote_about_the_person(records: Path) -> None:
    with database.writing() as session:
        left = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        other = save(session, "b", applicant("draft-2", "李测试"), JobIntention(kind_of_work="厨师"))
        for number, intention in enumerate((left, other)):
            followups.record(session, Found(intention.id, "still_looking", AT.date()), "wang", AT, f"form:{number}")
            (asked,) = followups.history(session, intention.id)
            followups.void(session, asked.id, "王测试接的电话，打错了", "wang", AT)
            service = session.query(Service).filter_by(person_id=intention.person_id).first()
            corrections.void(service, "王测试记了两次", AT)
        erasure.erase(session, left.person_id, AT)
    with database.reading() as session:
        asked, kept = session.query(FollowUp).order_by(FollowUp.id)
        assert (asked.void_reason, asked.voided_by, kept.void_reason) == (None, "wang", "王测试接的电话，打错了")
        voided = session.query(Service).filter(Service.voided_at.is_not(None)).order_by(Service.id)
        assert [service.void_reason for service in voided] == [None, "王测试记了两次"]


def test_erasing_one_person_leaves_who_uses_the_device_now(records: Path) -> None:
    with database.writing() as session:
        save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        conversation = conversations.open_web(session, "a", AT)
        conversations.receive(session, conversation, "1", {"text": "我是王测试"}, AT)
        later = AT + timedelta(minutes=5)
        other = registrations.Applicant("draft-2", "+8613800000002", "李测试", "大坪街道")
        registrations.save(session, CAMPAIGN, conversation, other, JobIntention(kind_of_work="厨师"), later)
        conversations.receive(session, conversation, "2", {"text": "我是李测试"}, later)
        erasure.erase(session, 1, later)
    with database.reading() as session:
        found = conversations.find(session, "a")
        assert found is not None
        assert [line.content["text"] for line in conversations.history(session, found)] == ["", "我是李测试"]
        (seen,) = registrations.left_in(session, found)
        assert seen.kind_of_work == "厨师"


def test_job_intentions_from_before_move_into_the_new_tables(records: Path) -> None:
    with database.writing() as session:
        saved = save(session, "a", applicant(), JobIntention(kind_of_work="保安"))
        receipt = saved.receipt
    command.downgrade(migrate.config(), "0003")
    with database.reading() as session:
        assert session.execute(text("SELECT receipt FROM job_intention")).scalar_one() == receipt
    command.upgrade(migrate.config(), "head")
    with database.reading() as session:
        (moved,) = session.execute(select(JobIntention)).scalars()
        assert (moved.receipt, moved.kind_of_work, moved.phone, moved.state) == (receipt, "保安", PHONE, "open")
        assert (moved.unit, moved.urgent, moved.created_at) == ("大坪街道", False, AT)
