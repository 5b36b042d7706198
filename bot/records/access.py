"""Opening a registration from outside its conversation: receipt and last four digits, and few tries."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records import privacy
from bot.records.models import FailedAccess, Registration
from bot.records.registrations import ERASED

#: After so many wrong tries in one conversation or at one receipt …
MOST_FAILURES = 5
#: … or from one address, which many phones may share …
MOST_FROM_ADDRESS = 30
#: … each further one blocks for twice as long as the one before, beginning with this, up to a day.
FIRST_BLOCK = timedelta(minutes=10)
LONGEST_BLOCK = timedelta(days=1)
LAST_DIGITS = 4


@dataclass(frozen=True)
class Opened:
    """What became of a try: the registration, or until when no further try is heard."""

    registration: Registration | None
    blocked_until: datetime | None = None


def open_by_receipt(
    session: Session, receipt: str, last_four: str, conversation_id: str, address: str | None, at: datetime
) -> Opened:
    """Open a registration by its receipt number and the last four digits of its phone.

    Args:
        session: a writing session: a wrong try is written down.
        receipt: eight digits.
        last_four: four digits.
        conversation_id: where the try was made.
        address: a digest of the sender's address; None where the channel has none.
        at: when the try was made.
    """
    counted = [(f"conversation {conversation_id}", MOST_FAILURES), (f"receipt {receipt}", MOST_FAILURES)]
    counted += [(f"address {address}", MOST_FROM_ADDRESS)] if address else []
    subjects = [privacy.digest("access", name) for name, _ in counted]
    tries = [session.get(FailedAccess, subject) for subject in subjects]
    limited = zip(tries, counted, strict=True)
    blocked = max((_blocked_until(one, most) for one, (_, most) in limited if one is not None), default=None)
    if blocked is not None and blocked > at:
        return Opened(None, blocked)
    found = session.execute(select(Registration).filter_by(receipt=receipt)).scalar_one_or_none()
    if found is not None and found.state != ERASED and hmac.compare_digest(found.phone[-LAST_DIGITS:], last_four):
        return Opened(found)
    for subject, failed in zip(subjects, tries, strict=True):
        if failed is None:
            session.add(FailedAccess(subject=subject, failures=1, last_at=at))
        else:
            failed.failures = 1 if at - failed.last_at > LONGEST_BLOCK else failed.failures + 1
            failed.last_at = at
    return Opened(None)


def _blocked_until(failed: FailedAccess, most: int) -> datetime:
    over = failed.failures - most
    if over < 0:
        return failed.last_at
    return failed.last_at + min(FIRST_BLOCK * 2 ** min(over, 10), LONGEST_BLOCK)
