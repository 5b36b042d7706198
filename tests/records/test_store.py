"""What is written once stays once; what is private cannot be read in the file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot import clock
from bot.errors import UserError
from bot.records import conversations, database, migrate, privacy, registrations, services, unanswered
from bot.records.models import Base, JobIntention, Person, PersonKey, Service
from bot.reply import Button, Reply

AT = clock.in_beijing(datetime(2022, 2, 15, 23, 59, 59))
CAMPAIGN = "yuzhong-2022"
GIVEN = registrations.Applicant("draft-1", "+8613800000001", "王测试", "大坪街道")


def done(person_id: int, source_key: str) -> services.ServiceDone:
    return services.ServiceDone(CAMPAIGN, person_id, "policy_consultation", "startup_support", "web", AT, source_key)


def test_the_migrations_make_the_tables_of_the_models(records: Path) -> None:
    with database.engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrating_again_changes_nothing(records: Path) -> None:
    migrate.upgrade()


def test_the_key_file_is_for_its_owner_only(records: Path) -> None:
    assert (records / "secret.key").stat().st_mode & 0o777 == 0o600


def test_records_without_their_key_are_not_overwritten(records: Path) -> None:
    (records / "secret.key").unlink()
    with pytest.raises(UserError, match="先从备份放回密钥"):
        migrate.upgrade()


def test_another_key_is_told_from_broken_data(records: Path, use_settings: Callable[..., None]) -> None:
    with database.writing() as session:
        person = Person(name="王测试", created_at=AT)
        session.add(person)
    use_settings(CHUNFENG_SECRET_KEY="another key, long enough")
    with pytest.raises(UserError, match="密钥和数据不配套"):
        migrate.upgrade()
    with database.reading() as session, pytest.raises(UserError, match="密钥和数据不配套"):
        session.execute(select(Person)).scalars().all()


def test_nothing_private_stands_in_the_file(records: Path) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "token", AT)
        message = conversations.receive(session, conversation, "1", {"text": "我叫王测试"}, AT)
        conversations.answer(session, message.id, [Reply("王测试您好")], conversations.ANSWERED, AT)
        registrations.save(session, CAMPAIGN, conversation, GIVEN, JobIntention(kind_of_work="保安"), AT)
        unanswered.keep(session, CAMPAIGN, message.id, "王测试问的话", "web", ["ask_local_jobs"], AT)
    database.engine().dispose()
    content = b"".join(path.read_bytes() for path in records.glob("chunfeng.db*"))
    for private in ("王测试", "13800000001", "保安", "token"):
        assert private.encode() not in content


def test_a_service_is_recorded_once(records: Path) -> None:
    with database.writing() as session:
        person = conversations.open_web(session, "a", AT).person_id
        assert services.record(session, done(person, "msg:1:policy_consultation:startup_support"))
        assert not services.record(session, done(person, "msg:1:policy_consultation:startup_support"))
    with database.reading() as session:
        (service,) = session.execute(select(Service)).scalars()
        assert (service.category, service.occurred_at) == ("public_employment_service", AT)


def test_a_service_needs_a_person_that_exists(records: Path) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        services.record(session, done(4711, "msg:1:a:b"))


def test_two_writers_at_once_record_once(records: Path) -> None:
    with database.writing() as session:
        person = conversations.open_web(session, "a", AT).person_id
    start = threading.Barrier(8)
    problems: list[Exception] = []

    def write() -> None:
        start.wait()
        try:
            with database.writing() as session:
                services.record(session, done(person, "msg:9:policy_consultation:startup_support"))
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with database.reading() as session:
        assert len(session.execute(select(Service)).all()) == 1


def test_a_transaction_that_fails_leaves_nothing(records: Path) -> None:
    with pytest.raises(RuntimeError), database.writing() as session:
        conversations.open_web(session, "a", AT)
        raise RuntimeError
    with database.reading() as session:
        assert session.execute(select(Person)).all() == []


def test_a_message_is_stored_and_answered_once(records: Path) -> None:
    reply = Reply("您好", [Button("线上招聘会", "/ask_online_fair")], "通知 二")
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", AT)
        first = conversations.receive(session, conversation, "1", {"text": "你好"}, AT)
        assert conversations.receive(session, conversation, "1", {"text": "别的"}, AT).id == first.id
        assert conversations.answer(session, first.id, [reply], conversations.ANSWERED, AT) == [reply]
        assert conversations.answer(session, first.id, [Reply("晚了")], conversations.ANSWERED, AT) == [reply]
        assert [line.content["text"] for line in conversations.history(session, conversation)] == ["你好", "您好"]


def test_the_same_message_id_in_another_conversation_is_another_message(records: Path) -> None:
    with database.writing() as session:
        ids = {
            conversations.receive(session, conversations.open_web(session, device, AT), "1", {"text": "你好"}, AT).id
            for device in ("a", "b")
        }
        assert len(ids) == 2


def test_only_offered_payloads_are_known(records: Path) -> None:
    with database.writing() as session:
        mine = conversations.open_web(session, "a", AT)
        message = conversations.receive(session, mine, "1", {"text": "你好"}, AT)
        conversations.answer(session, message.id, [Reply("好", [Button("时间", "/ask_campaign_time")])], "answered", AT)
        assert conversations.offered(session, mine, "/ask_campaign_time") == "时间"
        assert conversations.offered(session, mine, "/ask_online_fair") is None
        assert conversations.offered(session, conversations.open_web(session, "b", AT), "/ask_campaign_time") is None


def test_unanswered_questions_are_counted_over_spelling(records: Path) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", AT)
        for number, text in enumerate(["养老院招人不", "养老院，招人不？", "别的问题"]):
            message = conversations.receive(session, conversation, str(number), {"text": text}, AT)
            for _ in range(2):
                unanswered.keep(session, CAMPAIGN, message.id, text, "web", ["ask_local_jobs"], AT)
        most_asked, other = unanswered.open_questions(session, CAMPAIGN)
        assert (most_asked.text, most_asked.times, most_asked.candidates) == ("养老院，招人不？", 2, ["ask_local_jobs"])
        assert other.times == 1


def test_digests_differ_by_kind_and_hide_the_value(records: Path) -> None:
    assert privacy.digest("phone", "1") != privacy.digest("web_session", "1")
    with database.writing() as session:
        conversations.open_web(session, "a", AT)
        (key,) = session.execute(select(PersonKey)).scalars()
        assert key.digest == privacy.digest("web_session", "a")
        assert len(key.digest) == 64


def test_a_short_key_is_refused(records: Path, use_settings: Callable[..., None]) -> None:
    use_settings(CHUNFENG_SECRET_KEY="short")
    with pytest.raises(UserError, match="密钥太短"):
        privacy.encrypt("x")


def test_rasas_conversations_make_no_key_over_records(records: Path) -> None:
    from bot.tracker_store import EncryptedTrackerStore

    (records / "secret.key").unlink()
    with pytest.raises(UserError, match="先从备份放回密钥"):
        EncryptedTrackerStore()


def test_an_error_of_the_database_shows_nothing_private(records: Path) -> None:
    with pytest.raises(IntegrityError) as caught, database.writing() as session:
        session.add(Person(name="王测试", phone="+8613800000001", gender="neither", created_at=AT))
    assert "13800000001" not in str(caught.value)
    assert "王测试" not in str(caught.value)


def test_what_a_stopped_process_left_goes_to_the_clerks(records: Path) -> None:
    with database.writing() as session:
        message = conversations.receive(session, conversations.open_web(session, "a", AT), "1", {"text": "在吗"}, AT)
        assert conversations.give_up_waiting(session, AT) == []
        assert conversations.give_up_waiting(session, AT + timedelta(seconds=1)) == [message.id]
        assert message.status == "waiting"


def test_a_table_can_be_rebuilt_while_others_point_to_it(records: Path) -> None:
    """What a later migration does on SQLite: foreign keys must not stop it."""
    with database.writing() as session:
        services.record(session, done(conversations.open_web(session, "a", AT).person_id, "msg:1:a:b"))
    command.downgrade(migrate.config(), "base")
    command.upgrade(migrate.config(), "head")


def test_a_moment_without_a_zone_is_refused(records: Path) -> None:
    with pytest.raises(Exception, match="time zone"), database.writing() as session:
        session.add(Person(created_at=datetime(2022, 2, 15)))
        session.flush()
