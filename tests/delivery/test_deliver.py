"""From the outbox to a platform: once in normal running, at least once in any."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.delivery import deliver, queue
from bot.delivery.deliver import Delivered, deliver_due
from bot.delivery.platform import Platform
from bot.records import conversations, database, outbox, registrations
from bot.records.models import JobIntention
from bot.records.outbox import Outbox
from bot.settings import ROOT
from tests.delivery.stand_in import KEY, Answer, StandIn

START = clock.in_beijing(datetime(2022, 2, 15, 9))
Use = Callable[..., None]


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
def platform(records: Path, use_settings: Use) -> Iterator[StandIn]:
    with StandIn() as running:
        use_settings(CHUNFENG_PLATFORM_URL=running.url, CHUNFENG_PLATFORM_KEY=KEY)
        clock.offset()  # the demonstration clock starts at the first look
        yield running


def put(*keys: str) -> None:
    with database.writing() as session:
        for key in keys:
            outbox.put(session, "job_intention.registered", key, {"name": "王测试", "key": key}, START)


def rows() -> list[Outbox]:
    with database.reading() as session:
        return list(session.execute(select(Outbox).order_by(Outbox.id)).scalars())


def state() -> queue.State:
    with database.reading() as session:
        return queue.state(session)


def client(platform: StandIn) -> Platform:
    return Platform(platform.url, KEY, timeout=(1, 0.5))


def test_an_event_is_delivered_once_and_its_data_goes(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    now.forward(days=1)
    assert deliver_due(client(platform), now) == Delivered()
    assert platform.sent_keys() == ["a:1:done"]
    (row,) = rows()
    assert (row.delivered_at, row.payload, row.next_attempt_at, row.attempts) == (START, None, None, 1)


def test_the_page_shows_what_is_sent(platform: StandIn, now: Clock) -> None:
    page = (ROOT / "docs" / "platform.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    example = json.loads(block)
    draft = example["data"]["id"]
    given = registrations.Applicant(draft, "+8613800000000", "王测试", "大坪街道")
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", START)
        example["data"]["receipt"] = registrations.save(
            session, "yuzhong-2022", conversation, given, JobIntention(kind_of_work="保安"), START
        ).receipt
    deliver_due(client(platform), now)
    assert platform.received[0].body == example
    assert f"Idempotency-Key: {platform.sent_keys()[0]}\n" in page
    assert f"| `{example['event']}` |" in page
    assert f", {queue.MOST_ATTEMPTS} times in all" in page


def test_the_job_delivers_to_the_platform_of_the_settings(platform: StandIn) -> None:
    put("a:1:done")
    deliver.run()
    assert platform.sent_keys() == ["a:1:done"]
    assert platform.received[0].headers["Authorization"] == f"Bearer {KEY}"


def test_nothing_is_sent_once_the_platform_is_switched_off(platform: StandIn, use_settings: Use) -> None:
    put("a:1:done")
    use_settings(CHUNFENG_PLATFORM_URL="")
    deliver.run()
    assert platform.received == []
    assert state().waiting == 1


def test_after_an_error_it_is_sent_again_with_the_same_key(platform: StandIn, now: Clock) -> None:
    platform.answers = [Answer(500)]
    put("a:1:done")
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    now.forward(seconds=29)
    assert deliver_due(client(platform), now) == Delivered()
    now.forward(seconds=1)
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    assert platform.sent_keys() == ["a:1:done", "a:1:done"]
    assert rows()[0].last_error is None


def test_waits_double_up_to_an_hour_and_last_over_a_weekend() -> None:
    waits = [queue.wait_after(attempts) for attempts in range(1, queue.MOST_ATTEMPTS)]
    assert [wait.total_seconds() / 60 for wait in waits[:9]] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    friday_evening_to_monday_morning = timedelta(hours=63)
    assert friday_evening_to_monday_morning < sum(waits, timedelta(0)) < timedelta(days=3)


def test_the_last_attempt_in_vain_makes_a_dead_letter(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    platform.answers = [Answer(503)] * queue.MOST_ATTEMPTS
    for _ in range(queue.MOST_ATTEMPTS + 5):
        deliver_due(client(platform), now)
        now.forward(hours=1)
    assert len(platform.received) == queue.MOST_ATTEMPTS
    assert [(letter.attempts, letter.last_error) for letter in state().letters] == [(queue.MOST_ATTEMPTS, "HTTP 503")]
    with database.writing() as session:
        queue.retry(session, now())
    platform.answers = [Answer(503)]
    deliver_due(client(platform), now)
    assert (rows()[0].dead_at, rows()[0].next_attempt_at) == (None, now() + timedelta(seconds=30))


def test_retry_after_holds_everything_that_waits(platform: StandIn, now: Clock) -> None:
    put("a:1:done", "b:2:done")
    platform.answers = [Answer(429, {"Retry-After": "120"})]
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    now.forward(seconds=119)
    assert deliver_due(client(platform), now) == Delivered()
    now.forward(seconds=1)
    assert deliver_due(client(platform), now) == Delivered(delivered=2)


def test_retry_after_is_obeyed_up_to_an_hour(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    platform.answers = [Answer(503, {"Retry-After": str(10**6)})]
    deliver_due(client(platform), now)
    assert rows()[0].next_attempt_at == START + timedelta(hours=1)


def test_a_shorter_retry_after_does_not_shorten_the_wait(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    platform.answers = [Answer(429, {"Retry-After": "1"})]
    deliver_due(client(platform), now)
    assert rows()[0].next_attempt_at == START + timedelta(seconds=30)


def test_a_refused_event_is_a_dead_letter_and_the_others_go_on(platform: StandIn, now: Clock) -> None:
    put("a:1:done", "a:1:withdrawn", "b:2:done")
    platform.answers = [Answer(422)]
    assert deliver_due(client(platform), now) == Delivered(delivered=2, refused=1)
    assert platform.sent_keys() == ["a:1:done", "a:1:withdrawn", "b:2:done"]
    assert state() == queue.State(
        waiting=0,
        failing=0,
        oldest=None,
        last_error=None,
        delivered=2,
        letters=[queue.Letter(1, "job_intention.registered", START, START, 1, "HTTP 422")],
    )
    assert json.loads(rows()[0].payload) == {"name": "王测试", "key": "a:1:done"}


def test_dead_letters_are_sent_again_when_told(platform: StandIn, now: Clock) -> None:
    put("a:1:done", "b:2:done")
    platform.answers = [Answer(422), Answer(422)]
    deliver_due(client(platform), now)
    with database.writing() as session:
        assert queue.retry(session, now(), 2) == 1
        assert queue.retry(session, now(), 2) == 0
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    with database.writing() as session:
        assert queue.retry(session, now()) == 1
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    assert platform.sent_keys() == ["a:1:done", "b:2:done", "b:2:done", "a:1:done"]
    assert [row.payload for row in rows()] == [None, None]


def test_no_answer_in_time_is_tried_again(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    platform.answers = [Answer(after=1)]
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    assert state().last_error == "ReadTimeout"
    now.forward(seconds=30)
    assert deliver_due(client(platform), now) == Delivered(delivered=1)


def test_a_platform_that_is_down_is_asked_once_a_round(platform: StandIn, now: Clock) -> None:
    put("a:1:done", "b:2:done")
    platform.__exit__()
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    assert [(row.attempts, row.last_error) for row in rows()] == [(1, "ConnectionError"), (1, "ConnectionError")]
    assert (state().waiting, state().failing, state().oldest) == (2, 2, START)


def test_who_dies_after_sending_sends_again_with_the_same_key(
    platform: StandIn, now: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a:1:done")
    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(queue, "settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        deliver_due(client(platform), now)
    assert deliver_due(client(platform), now) == Delivered()
    now.forward(seconds=queue.LEASE.total_seconds())
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    assert platform.sent_keys() == ["a:1:done", "a:1:done"]


def test_nothing_is_locked_while_the_platform_is_asked(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    platform.answers = [Answer(after=0.4)]
    sending = threading.Thread(target=deliver_due, args=(client(platform), now))
    sending.start()
    while sending.is_alive() and not platform.received:
        time.sleep(0.01)
    put("b:2:done")
    assert sending.is_alive()
    sending.join()


def test_two_deliverers_at_once_send_each_event_once_and_in_order(platform: StandIn, now: Clock) -> None:
    keys = [f"a:{subject}:{number}" for number in range(5) for subject in range(6)]
    put(*keys)
    platform.answers = [Answer(after=0.01) for _ in keys]
    problems: list[BaseException] = []

    def work() -> None:
        try:
            while state().waiting:
                deliver_due(client(platform), now)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sorted(platform.sent_keys()) == sorted(keys)
    for subject in range(6):
        mine = [key for key in platform.sent_keys() if key.startswith(f"a:{subject}:")]
        assert mine == [f"a:{subject}:{number}" for number in range(5)]


def test_an_event_waits_for_the_earlier_ones_of_its_subject(platform: StandIn, now: Clock) -> None:
    put("a:1:done", "a:1:withdrawn", "b:2:done")
    platform.answers = [Answer(500)]
    assert deliver_due(client(platform), now) == Delivered(failed=1)
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    now.forward(seconds=30)
    assert deliver_due(client(platform), now) == Delivered(delivered=2)
    assert platform.sent_keys() == ["a:1:done", "b:2:done", "a:1:done", "a:1:withdrawn"]


def test_a_late_failure_changes_nothing_for_the_next_holder(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    with database.writing() as session:
        first = queue.claim(session, now())
    now.forward(minutes=2)
    with database.writing() as session:
        second = queue.claim(session, now())
        assert first is not None
        assert second is not None
        queue.settle(session, first, queue.Outcome(queue.Verdict.REFUSED, "HTTP 422"), now())
    assert (rows()[0].lease, rows()[0].dead_at) == (second.lease, None)
    with database.writing() as session:
        queue.settle(session, first, queue.Outcome(queue.Verdict.DELIVERED, "HTTP 200"), now())
    assert rows()[0].delivered_at == now()


@pytest.mark.parametrize("verdict", [queue.Verdict.DELIVERED, queue.Verdict.TRY_AGAIN])
def test_what_is_erased_on_its_way_is_over_before_the_next(
    platform: StandIn, now: Clock, verdict: queue.Verdict
) -> None:
    put("a:1:done")
    with database.writing() as session:
        claimed = queue.claim(session, now())
        assert claimed is not None
    with database.writing() as session:
        outbox.erase(session, "a:1", now())
    put("a:1:erased")
    assert deliver_due(client(platform), now) == Delivered()
    with database.writing() as session:
        queue.settle(session, claimed, queue.Outcome(verdict, "x"), now())
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    assert platform.sent_keys() == ["a:1:erased"]
    with database.writing() as session:
        assert queue.retry(session, now()) == 0
    assert state().letters == []


def test_what_was_erased_while_its_sender_died_holds_nothing_up(platform: StandIn, now: Clock) -> None:
    put("a:1:done")
    with database.writing() as session:
        queue.claim(session, now())
    with database.writing() as session:
        outbox.erase(session, "a:1", now())
    put("a:1:erased")
    now.forward(seconds=queue.LEASE.total_seconds())
    assert deliver_due(client(platform), now) == Delivered(delivered=1)
    assert platform.sent_keys() == ["a:1:erased"]


def test_the_log_names_nobody(platform: StandIn, now: Clock, caplog: pytest.LogCaptureFixture) -> None:
    put("a:1:done")
    platform.answers = [Answer(422)]
    deliver_due(client(platform), now)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("bot.")] == [
        "outbox 1 (job_intention.registered): HTTP 422, refused"
    ]
