"""Opening a registration from outside its conversation: receipt and last four digits, and few tries."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records import tries
from bot.records.models import Registration
from bot.records.registrations import ERASED

#: The limit in one conversation or at one receipt …
LIMIT = tries.Limit(5, timedelta(minutes=10), timedelta(days=1))
#: … and from one address, which many phones may share.
ADDRESS_LIMIT = tries.Limit(30, timedelta(minutes=10), timedelta(days=1))
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
    counted = {f"conversation {conversation_id}": LIMIT, f"receipt {receipt}": LIMIT}
    if address:
        counted[f"address {address}"] = ADDRESS_LIMIT
    blocked = tries.blocked_until(session, counted, at)
    if blocked is not None:
        return Opened(None, blocked)
    found = session.execute(select(Registration).filter_by(receipt=receipt)).scalar_one_or_none()
    if found is not None and found.state != ERASED and hmac.compare_digest(found.phone[-LAST_DIGITS:], last_four):
        return Opened(found)
    tries.count(session, counted, at)
    return Opened(None)
