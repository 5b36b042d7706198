"""The queue: what waits, in which order, taken by one clerk only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import clock
from bot.records import conversations, database, erasure, queue, queue_list, registrations, staff
from bot.records.models import HelpRequest, JobIntention, Message, Person, Registration, Vacancy
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.reply import Reply

AT = clock.in_beijing(datetime(2022, 2, 15, 9, 30))
UNIT, OTHER_UNIT = "大坪街道", "化龙桥街道"
Use = Callable[..., None]


@pytest.fixture
def clerks(records: Path) -> tuple[Account, Account, Account]:
    """Two clerks of one unit, and one of another."""
    with database.writing() as session:
        made = [
            staff.add(session, login, login, staff.CLERK, unit, "correct horse battery", AT)
            for login, unit in (("wang", UNIT), ("zhao", UNIT), ("li", OTHER_UNIT))
        ]
    return made[0], made[1], made[2]


def ask(session: Session, device: str, reason: str, minutes: int, urgent: bool = False) -> QueueEntry:
    at = AT + timedelta(minutes=minutes)
    return queue.ask_for_person(session, conversations.open_web(session, device, at), reason, urgent, at)


def leave(session: Session, draft: str, left: Registration, unit: str | None = UNIT, urgent: bool = False) -> None:
    conversation = conversations.open_web(session, draft, AT)
    who = registrations.Applicant(draft, "+8613800000001", "王测试", unit, urgent=urgent)
    registrations.save(session, "yuzhong-2022", conversation, who, left, AT)


def listed(account: Account) -> list[tuple[str, bool]]:
    with database.reading() as session:
        return [(entry.reason, entry.urgent) for entry in queue_list.waiting(session, account)]


def test_urgent_first_then_the_oldest(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        ask(session, "a", queue.LOST, 3)
        ask(session, "b", queue.ASKED, 2)
        ask(session, "c", queue.URGENT, 9, urgent=True)
        ask(session, "d", queue.URGENT, 8, urgent=True)
        person = session.query(Person).first().id
        queue.call_back(session, "1", person, None, "", AT + timedelta(minutes=1), AT - timedelta(days=1))
    with database.reading() as session:
        at = [entry.due_at or entry.created_at for entry in queue_list.waiting(session, clerks[0])]
    assert [int((one - AT).total_seconds() / 60) for one in at] == [8, 9, 1, 2, 3]


def test_a_chat_waits_once_and_the_graver_reason_stays(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        first = ask(session, "a", queue.LOST, 0)
        assert ask(session, "a", queue.URGENT, 5, urgent=True) is first
        assert ask(session, "a", queue.ASKED, 6) is first
        assert (first.reason, first.urgent, first.created_at) == (queue.URGENT, True, AT)
        with pytest.raises(ValueError):
            ask(session, "a", queue.CALLBACK, 7)


def test_what_people_left_waits_and_job_intentions_do_not(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        leave(session, "1", HelpRequest(topic="rights", story="工资没有发"), urgent=True)
        leave(session, "2", Vacancy(company="示例物业公司", kind_of_work="保安", headcount=2), None)
        leave(session, "3", JobIntention(kind_of_work="保安"))
        leave(session, "4", HelpRequest(topic="other", story="……"), OTHER_UNIT)
    queue_list.catch_up(AT)
    queue_list.catch_up(AT)
    assert listed(clerks[0]) == [("help_request", True), ("vacancy", False)]
    assert listed(clerks[2]) == [("vacancy", False), ("help_request", False)]


def test_what_is_withdrawn_waits_no_more(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        leave(session, "1", HelpRequest(topic="rights", story="工资没有发"))
    queue_list.catch_up(AT)
    with database.writing() as session:
        registrations.withdraw(session, session.query(Registration).one(), AT)
    queue_list.catch_up(AT)
    assert listed(clerks[0]) == []
    with database.reading() as session:
        assert session.query(QueueEntry).one().outcome == queue.WITHDRAWN


def test_messages_that_nobody_answered_wait_until_a_clerk_does(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", AT)
        for number in (1, 2):
            sent = conversations.receive(session, conversation, str(number), {"text": "在吗"}, AT)
            conversations.answer(session, sent.id, [], conversations.WAITING, AT)
    queue_list.catch_up(AT)
    assert listed(clerks[0]) == [("waiting", False)]
    with database.writing() as session:
        conversations.clerk_says(session, conversation.id, Reply("在的"), AT, clerks[0].id)
        queue.close(session.query(QueueEntry).one(), clerks[0].id, "solved", None, AT)
    queue_list.catch_up(AT)
    assert listed(clerks[0]) == []
    with database.reading() as session:
        assert [row.status for row in session.query(Message).order_by(Message.id)] == ["answered", "answered", "clerk"]


def test_of_two_at_once_one_wins(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        entry = ask(session, "a", queue.ASKED, 0)
    won: list[int] = []
    barrier = threading.Barrier(8)

    def take(staff_id: int) -> None:
        barrier.wait()
        with database.writing() as session:
            if queue.claim(session, entry.id, staff_id, AT):
                won.append(staff_id)

    threads = [threading.Thread(target=take, args=(clerks[number % 2].id,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 4
    assert len(set(won)) == 1
    with database.reading() as session:
        assert queue.holder(session.get(QueueEntry, entry.id), AT) == won[0]


def test_who_leaves_gives_back_what_they_took(clerks: tuple[Account, ...]) -> None:
    wang, zhao, _ = clerks
    with database.writing() as session:
        entry = ask(session, "a", queue.ASKED, 0)
        assert queue.claim(session, entry.id, wang.id, AT)
        assert not queue.claim(session, entry.id, zhao.id, AT + timedelta(minutes=14))
        queue.hold(entry, zhao.id, AT + timedelta(minutes=14))
        queue.hold(entry, wang.id, AT + timedelta(minutes=10))
        assert queue.holder(entry, AT + timedelta(minutes=25)) == wang.id
        assert queue.talking(session, entry.conversation_id, AT + timedelta(minutes=25)) is entry
        assert queue.holder(entry, AT + timedelta(minutes=26)) is None
        assert queue.talking(session, entry.conversation_id, AT + timedelta(minutes=26)) is None
        assert queue.claim(session, entry.id, zhao.id, AT + timedelta(minutes=26))
        queue.release(session, wang.id)
        assert queue.holder(entry, AT + timedelta(minutes=26)) == zhao.id
        queue.release(session, zhao.id)
        assert queue.holder(entry, AT + timedelta(minutes=26)) is None


def test_what_is_closed_cannot_be_taken_and_may_wait_anew(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        entry = ask(session, "a", queue.ASKED, 0)
        queue.close(entry, clerks[0].id, "solved", None, AT)
        session.flush()
        assert not queue.claim(session, entry.id, clerks[0].id, AT)
        assert ask(session, "a", queue.ASKED, 5) is not entry


def test_who_is_erased_waits_no_more(clerks: tuple[Account, ...]) -> None:
    with database.writing() as session:
        entry = ask(session, "a", queue.ASKED, 0)
        sent = conversations.receive(session, conversations.open_web(session, "a", AT), "1", {"text": "在吗"}, AT)
        conversations.answer(session, sent.id, [], conversations.WAITING, AT)
        person_id = session.query(Person).one().id
        called = queue.call_back(session, "1", person_id, None, "问工资的事", None, AT)
        erasure.erase(session, person_id, AT)
        assert [(one.outcome, one.note) for one in (entry, called)] == [(queue.ERASED, None)] * 2
    queue_list.catch_up(AT)
    assert listed(clerks[0]) == []
