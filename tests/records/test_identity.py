"""Who is the same person: phone and name, devices, links."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.records import conversations, database, identity
from bot.records.models import Person, PersonKey, PersonLink

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
PHONE, OTHER_PHONE = "+8613800000001", "+8613800000002"


def somebody(session: Session, device: str) -> Person:
    """Whoever talks on a device now."""
    return session.get(Person, conversations.open_web(session, device, AT).person_id)


def introduced(session: Session, device: str, name: str, phone: str) -> Person:
    """The person on a device after giving name and phone."""
    conversation = conversations.open_web(session, device, AT)
    person = identity.introduce(session, session.get(Person, conversation.person_id), name, phone, AT)
    conversation.person_id = person.id
    return person


def humans(session: Session) -> int:
    """How many different humans the records know."""
    links = identity.active_links(session)
    ids = session.execute(select(Person.id)).scalars()
    return len({identity.canonical(one, links) for one in ids})


def test_one_device_is_one_person_until_told(records: Path) -> None:
    with database.writing() as session:
        assert somebody(session, "a").id == somebody(session, "a").id
        assert somebody(session, "b").id != somebody(session, "a").id


def test_who_gives_name_and_phone_stays_the_same_person(records: Path) -> None:
    with database.writing() as session:
        before = somebody(session, "a").id
        assert introduced(session, "a", "王测试", PHONE).id == before
        assert introduced(session, "a", " 王 测试", PHONE).id == before
        assert humans(session) == 1


def test_a_second_name_and_phone_from_one_device_is_a_new_person(records: Path) -> None:
    with database.writing() as session:
        first = introduced(session, "a", "王测试", PHONE)
        second = introduced(session, "a", "李测试", OTHER_PHONE)
        assert first.id != second.id
        assert (first.name, first.phone) == ("王测试", PHONE)
        assert (second.name, second.phone) == ("李测试", OTHER_PHONE)
        assert humans(session) == 2


def test_the_same_name_with_a_new_number_is_the_same_person(records: Path) -> None:
    with database.writing() as session:
        first = introduced(session, "a", "王测试", PHONE)
        assert introduced(session, "a", "王测试", OTHER_PHONE).id == first.id
        assert len(session.execute(select(PersonKey).filter_by(person_id=first.id, kind="phone")).all()) == 2


def test_the_same_name_and_phone_on_two_devices_is_one_human(records: Path) -> None:
    with database.writing() as session:
        first = introduced(session, "a", "王测试", PHONE)
        second = introduced(session, "b", "王测试", PHONE)
        assert first.id != second.id
        assert humans(session) == 1
        assert identity.canonical(second.id, identity.active_links(session)) == first.id


def test_two_names_on_one_phone_are_two_humans(records: Path) -> None:
    with database.writing() as session:
        introduced(session, "a", "王测试", PHONE)
        introduced(session, "b", "李测试", PHONE)
        assert humans(session) == 2


def test_a_third_name_is_not_linked_through_somebody_without_a_name(records: Path) -> None:
    with database.writing() as session:
        nameless = identity.new_person(session, AT)
        identity.add_key(session, nameless, identity.PHONE, PHONE)
        introduced(session, "a", "王测试", PHONE)
        introduced(session, "b", "李测试", PHONE)
        assert humans(session) == 2


def test_undoing_a_link_makes_two_humans_again(records: Path) -> None:
    with database.writing() as session:
        introduced(session, "a", "王测试", PHONE)
        introduced(session, "b", "王测试", PHONE)
        session.execute(select(PersonLink)).scalar_one().undone_at = AT
        session.flush()
        assert humans(session) == 2


def test_who_was_told_apart_stays_apart(records: Path) -> None:
    with database.writing() as session:
        introduced(session, "a", "王测试", PHONE)
        introduced(session, "b", "王测试", PHONE)
        session.execute(select(PersonLink)).scalar_one().undone_at = AT
        introduced(session, "b", "王测试", PHONE)
        assert humans(session) == 2


def test_links_in_a_circle_are_one_human() -> None:
    circle = {1: 2, 2: 3, 3: 1, 4: 3}
    assert {identity.canonical(one, circle) for one in (1, 2, 3, 4)} == {1}


def test_names_are_compared_without_dots_and_spaces() -> None:
    assert len({identity.plain_name(name) for name in ("买买提·测", "买买提•测", "买买提 测", "买买提.测")}) == 1
