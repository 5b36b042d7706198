"""One round of deliveries: each due event is sent, until none is left or the platform has trouble."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import clock, settings
from bot.delivery import queue
from bot.delivery.platform import Outcome, Platform, Verdict
from bot.records import database

log = logging.getLogger(__name__)


@dataclass
class Delivered:
    """What a round brought: events taken, events refused for good, events to be tried again."""

    delivered: int = 0
    refused: int = 0
    failed: int = 0


def run() -> None:
    """The scheduled job: deliver what is due, when a platform is set."""
    current = settings.get()
    if current.platform_url and current.platform_key is not None:
        deliver_due(Platform(current.platform_url, current.platform_key.get_secret_value()))


def deliver_due(platform: Platform, now: Callable[[], datetime] = clock.now) -> Delivered:
    """Send what is due, one event after the other. Nothing is locked while the platform is asked.

    A process that dies after sending and before writing that down sends the event again later, with the
    same key: at least once. A round ends at the first failure that is not about the event itself, so that
    a platform in trouble is asked once a round, each time with another event.

    Args:
        platform: where to.
        now: the clock; answers take time, so it is read before and after each.
    """
    done = Delivered()
    while not done.failed:
        with database.writing() as session:
            claimed = queue.claim(session, now())
        if claimed is None:
            break
        outcome = platform.send(claimed.idempotency_key, message(claimed))
        with database.writing() as session:
            queue.settle(session, claimed, outcome, now())
        _count(done, claimed, outcome)
    return done


def message(claimed: queue.Claimed) -> dict[str, object]:
    """An event as the platform gets it (docs/platform.md)."""
    return {
        "event": claimed.event,
        "key": claimed.idempotency_key,
        "occurred_at": claimed.happened_at.isoformat(timespec="seconds"),
        "demonstration": clock.is_demonstration(),
        "data": claimed.data,
    }


def _count(done: Delivered, claimed: queue.Claimed, outcome: Outcome) -> None:
    if outcome.verdict is Verdict.DELIVERED:
        done.delivered += 1
        return
    log.warning("outbox %s (%s): %s, %s", claimed.id, claimed.event, outcome.said, outcome.verdict.value)
    if outcome.verdict is Verdict.REFUSED:
        done.refused += 1
    else:
        done.failed += 1
