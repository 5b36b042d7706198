"""Questions that found no answer: kept for the clerks, with how often each was asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.records import staff_answers
from bot.records.models import Unanswered


@dataclass(frozen=True)
class OpenQuestion:
    """One unanswered question.

    Attributes:
        digest: under which it is kept.
        text: as it was asked last.
        times: how often it was asked, punctuation and spaces apart.
        last_at: when it was asked last, Beijing time.
        channels: where it was asked.
        candidates: what the assistant thought of, best first: intents and knowledge entries.
    """

    digest: str
    text: str
    times: int
    last_at: datetime
    channels: list[str]
    candidates: list[str]


def keep(
    session: Session,
    campaign: str,
    message_id: int,
    text: str,
    channel: str,
    candidates: Sequence[str],
    at: datetime,
) -> None:
    """Keep a question, once for each message.

    Args:
        session: a writing session.
        campaign: id of the pack.
        message_id: the message that asked.
        text: the question.
        channel: where it was asked.
        candidates: what the assistant thought of, best first.
        at: when it was asked.
    """
    if session.execute(select(Unanswered.id).filter_by(message_id=message_id)).first() is not None:
        return
    session.add(
        Unanswered(
            message_id=message_id,
            campaign=campaign,
            digest=staff_answers.digest_of(text),
            text=text,
            channel=channel,
            candidates=json.dumps(list(candidates), ensure_ascii=False),
            asked_at=at,
        )
    )


def open_questions(session: Session, campaign: str) -> list[OpenQuestion]:
    """The campaign's questions that no clerk has settled yet, the most asked first."""
    done = staff_answers.settled(session, campaign)
    rows = session.execute(select(Unanswered).filter_by(campaign=campaign).order_by(Unanswered.id)).scalars()
    groups: dict[str, list[Unanswered]] = {}
    for row in rows:
        if row.digest not in done:
            groups.setdefault(row.digest, []).append(row)
    found = [
        OpenQuestion(
            digest=group[-1].digest,
            text=group[-1].text,
            times=len(group),
            last_at=group[-1].asked_at,
            channels=sorted({row.channel for row in group}),
            candidates=json.loads(group[-1].candidates),
        )
        for group in groups.values()
    ]
    return sorted(found, key=lambda question: (-question.times, question.text))
