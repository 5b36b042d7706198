"""What stands beside the table: shares, the 131 service, waiting, what became of messages, opinions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.model import Pack
from bot.records import calls, conversations, database, feedback, queue, staff, unanswered
from bot.records.models import JobIntention, Person, PersonLink, Service
from bot.records.openings import Recommendation
from bot.records.queue import QueueEntry
from bot.records.staff import Account
from bot.reply import Reply
from bot.report import table
from bot.report.figures.completion import Completion, completion
from bot.report.figures.shares import Share, shares
from bot.report.figures.talks import Opinions, opinions, outcomes
from bot.report.figures.waits import Wait, waits
from bot.report.scope import Scope
from tests.report.helpers import AT, CAMPAIGN, DAY, person, serve

BEFORE, AFTER = clock.in_beijing(datetime(2022, 1, 20, 23, 59)), clock.in_beijing(datetime(2022, 2, 16))


@pytest.fixture
def scope(yuzhong: Pack) -> Scope:
    return table.scope_of(yuzhong, DAY)


def test_shares_of_what_counts_by_channel_and_topic(records: Path, scope: Scope) -> None:
    with database.writing() as session:
        who = person(session)
        serve(session, who, unit="大坪街道")
        serve(session, who, topic="free_training", unit="解放碑街道")
        serve(session, who, "rights_consultation", "contract")
        serve(session, who, topic="relief")
        serve(session, who, at=datetime(2022, 2, 16))
        serve(session, who, topic="local_jobs")
        session.get(Service, 2).channel = "hotline"
        session.get(Service, 6).voided_at = AT
        session.flush()
        found, of_unit, nowhere = (shares(session, scope, row) for row in ("总计", "大坪街道", "未归属"))
    assert found.by_channel == [
        Share("web", {6: 1, 12: 1}, 2, pytest.approx(2 / 3)),
        Share("hotline", {6: 1}, 1, pytest.approx(1 / 3)),
    ]
    assert [(one.code, one.services) for one in found.by_topic] == [
        ("contract", {12: 1}),
        ("free_training", {6: 1}),
        ("startup_support", {6: 1}),
    ]
    assert [one.code for one in of_unit.by_topic] == ["startup_support"]
    assert [one.code for one in nowhere.by_topic] == ["contract"]
    assert nowhere.by_channel[0].share == 1.0


def wish(session: Session, who: int, unit: str | None = "大坪街道", at: datetime = AT) -> None:
    left = JobIntention(draft_id=str(who), receipt=str(who), campaign=CAMPAIGN, person_id=who, unit=unit)
    left.state, left.urgent, left.created_at, left.changed_at = "open", False, at, at
    session.add(left)
    session.flush()


def give(session: Session, who: int, posts: range, guidance: bool = True, course: bool = True) -> None:
    kinds = [("post", number) for number in posts]
    kinds += [("guidance", None)] * guidance + [("course", 1)] * course
    for kind, item in kinds:
        session.add(Recommendation(campaign=CAMPAIGN, person_id=who, kind=kind, item_id=item, reason="近", given_at=AT))
    session.flush()


def test_131_is_complete_with_all_three_parts(records: Path, scope: Scope, yuzhong: Pack) -> None:
    assert yuzhong.service_131 is not None
    with database.writing() as session:
        whole, few, nothing, early, two, same = (person(session) for _ in range(6))
        for who in (whole, few, nothing):
            wish(session, who)
        wish(session, early, at=BEFORE)
        wish(session, two, "解放碑街道")
        wish(session, same, None)
        session.add(PersonLink(person_id=same, into_id=two, reason="hand", created_at=AT))
        give(session, whole, range(1, 4))
        give(session, few, range(1, 3), course=False)
        give(session, early, range(1, 4))
        give(session, two, range(1, 3))
        give(session, same, range(2, 4), guidance=False, course=False)
        give(session, person(session), range(1, 4))
        table.build(session, yuzhong, DAY)
        promised = yuzhong.service_131
        assert completion(session, scope, promised) == Completion(4, guidance=3, posts=2, courses=2, complete=2)
        assert completion(session, scope, promised, "大坪街道") == Completion(3, 2, 1, 1, 1)
        assert completion(session, scope, promised, "石油路街道") == Completion(0, 0, 0, 0, 0)


def entry(session: Session, reason: str, taken: int | None, by: Account, **more: object) -> None:
    """Something that waited `taken` minutes, or still waits."""
    key = f"{reason}{session.query(QueueEntry).count()}"
    made = QueueEntry(reason=reason, urgent=False, **{"created_at": AT, "open_key": key, "unit": "大坪街道", **more})
    if taken is not None:
        made.claimed_by, made.claimed_at, made.open_key = by.id, AT + timedelta(minutes=taken), None
    session.add(made)
    session.flush()


def test_how_long_things_waited(records: Path, scope: Scope) -> None:
    with database.writing() as session:
        wang = staff.add(session, "wang", "王经办", staff.CLERK, "大坪街道", "correct horse battery", AT)
        for minutes in (50, 10, 20, 40, 30):
            entry(session, queue.ASKED, minutes, wang)
        entry(session, queue.ASKED, None, wang, unit=None)
        entry(session, queue.URGENT, None, wang, open_key=None)
        entry(session, queue.CALLBACK, 70, wang, due_at=AT + timedelta(hours=1))
        entry(session, queue.CALLBACK, 5, wang, due_at=AT + timedelta(hours=1))
        entry(session, queue.LOST, 5, wang, created_at=AFTER)
        entry(session, queue.LOST, 5, wang, created_at=BEFORE)
        minutes = timedelta(minutes=1)
        assert waits(session, scope) == [
            Wait(queue.URGENT, 1, 0, None, None, None),
            Wait(queue.ASKED, 6, 1, 30 * minutes, 50 * minutes, 50 * minutes),
            Wait(queue.CALLBACK, 2, 0, 0 * minutes, 10 * minutes, 10 * minutes),
        ]
        assert waits(session, scope, "未归属") == [Wait(queue.ASKED, 1, 1, None, None, None)]


def say(session: Session, device: str, number: int, status: str, at: datetime = AT) -> int:
    """A message and what became of it; the row of the answer."""
    conversation = conversations.open_web(session, device, at)
    message = conversations.receive(session, conversation, str(number), {"text": "问"}, at)
    (answer,) = conversations.answer(session, message.id, [Reply("答")], status, at)
    return int(answer.id or 0)


def test_what_became_of_messages(records: Path, scope: Scope) -> None:
    with database.writing() as session:
        for number, status in enumerate(("answered", "answered", "asked_back", "rejected", "with_clerk")):
            say(session, "a", number, status)
        say(session, "a", 8, "answered", BEFORE)
        say(session, "a", 9, "answered", AFTER)
        say(session, "b", 1, "answered")
        conversation = conversations.open_web(session, "b", AT)
        kept = conversations.receive(session, conversation, "1", {"text": "问"}, AT)
        unanswered.keep(session, CAMPAIGN, kept.id, "问", "web", [], AT)
        conversations.receive(session, conversation, "2", {"text": "刚到"}, AT)
        session.get(Person, conversation.person_id).unit = "大坪街道"
        wang = staff.add(session, "wang", "王经办", staff.CLERK, "大坪街道", "correct horse battery", AT)
        call = calls.begin(session, wang, AT)
        on_call = session.get(conversations.Conversation, call.id)
        asked = conversations.receive(session, on_call, "1", {"text": "问"}, AT)
        conversations.answer(session, asked.id, [Reply("答")], "answered", AT)
        assert outcomes(session, scope) == {
            "answered": 2,
            "asked_back": 1,
            "unanswered": 1,
            "rejected": 1,
            "with_clerk": 1,
            "waiting": 0,
        }
        assert sum(outcomes(session, scope, "大坪街道").values()) == 1


def test_what_people_thought(records: Path, scope: Scope) -> None:
    with database.writing() as session:
        for device, stars in (("a", 5), ("b", 4), ("c", 1)):
            conversation = conversations.open_web(session, device, AT)
            answer = say(session, device, 1, "answered")
            feedback.vote(session, conversation, answer, stars > 1, CAMPAIGN, AT)
            feedback.rate(session, conversation, stars, CAMPAIGN, AT)
        late = conversations.open_web(session, "d", AT)
        feedback.rate(session, late, 3, CAMPAIGN, AFTER)
        other = conversations.open_web(session, "e", AT)
        feedback.rate(session, other, 3, "fujian-2023", AT)
        session.get(Person, conversations.open_web(session, "a", AT).person_id).unit = "大坪街道"
        session.flush()
        found, of_unit = opinions(session, scope), opinions(session, scope, "大坪街道")
        nobody = opinions(session, scope, "石油路街道")
    assert found == Opinions({5: 1, 4: 1, 3: 0, 2: 0, 1: 1}, useful=2, useless=1)
    assert (found.rated, found.mean) == (3, pytest.approx(10 / 3))
    assert (of_unit.rated, of_unit.useful, of_unit.useless) == (1, 1, 0)
    assert (nobody.rated, nobody.mean) == (0, 0.0)


def test_a_day_before_the_start_has_no_figures(records: Path, yuzhong: Pack) -> None:
    early = table.scope_of(yuzhong, DAY, date(1, 1, 1))
    with database.writing() as session:
        serve(session, person(session))
        say(session, "a", 1, "answered")
        table.build(session, yuzhong, DAY, as_of=date(1, 1, 1))
        assert shares(session, early).by_topic == []
        assert sum(outcomes(session, early).values()) == 0
        assert waits(session, early) == []
