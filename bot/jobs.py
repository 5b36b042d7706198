"""Scheduled work: a few jobs, each at its own pace in a thread of its own, so that none holds up another.

A scheduling library is not used: APScheduler writes the text of an error into the log, where a person's data
could stand, and waits for a running job before the process ends.
"""

from __future__ import annotations

import logging
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot import clock, tracker_events
from bot.delivery import deliver

log = logging.getLogger(__name__)

#: How long a running job may go on after the stop; each must bear being cut off, as by a power cut.
GRACE_SECONDS = 0.5
#: Rasa writes the turn that erased after the action; only then its events can go.
ERASED_FOR = timedelta(minutes=1)
_STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}


@dataclass(frozen=True)
class Job:
    """Something done again and again.

    Attributes:
        name: for the log.
        every_seconds: pause between the end of one run and the next.
        run: does it once; what it needs it opens and closes itself.
    """

    name: str
    every_seconds: float
    run: Callable[[], object]


def _fetch_sheets() -> None:
    """Fetch the sheets that are due. Reading them loads numpy, whose threads must inherit the blocked signals."""
    from bot.imports import remote

    remote.fetch_due(clock.now())


JOBS = (
    Job("outbox", 10, deliver.run),
    Job("sheets", 60, _fetch_sheets),
    Job("erased talks", 300, lambda: tracker_events.forget_erased(clock.now() - ERASED_FOR)),
)


def serve(jobs: Sequence[Job] = JOBS) -> None:
    """Do the jobs until SIGTERM or SIGINT; then end within a second. To be called in the main thread."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)  # before the threads, which inherit it
    stop = threading.Event()
    threads = start(jobs, stop)
    signal.sigwait(_STOP_SIGNALS)
    stop.set()
    for thread in threads:
        thread.join(GRACE_SECONDS / len(threads))


def start(jobs: Sequence[Job], stop: threading.Event) -> list[threading.Thread]:
    """Do each job at once and then after each pause, until `stop` is set. Returns at once, with the threads."""
    threads = [threading.Thread(target=_repeat, args=(job, stop), name=job.name, daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    return threads


def _repeat(job: Job, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            job.run()
        except Exception as error:  # a job that fails is tried again; its message may hold what a person wrote
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            log.error("job %s failed: %s at %s", job.name, type(error).__name__, place)
        stop.wait(job.every_seconds)
