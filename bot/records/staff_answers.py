"""Answers that clerks wrote to questions nobody could answer: live at once, for everybody, without training.

Only what a clerk wrote is kept as text; of what people asked, a keyed digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, String, Text, delete, select
from sqlalchemy.orm import Session

from bot import embedding
from bot.errors import UserError
from bot.grammar import exact_words
from bot.records import privacy, staff
from bot.records.models import Base, Unanswered
from bot.records.staff import Staff
from bot.records.types import BeijingTime

#: A question means the same as one that is answered from this cosine on. Among forty everyday questions about a
#: dozen matters, no two of different matters came above 0.911 (办残疾证 and 办居住证), half of the alike above 0.947.
SAME_MEANING = 0.93

LONGEST_ANSWER = 1000
LONGEST_SOURCE = 200
MOST_QUESTIONS = 20


class StaffAnswer(Base):
    """An answer, and the questions it is for, as its clerk worded them (a JSON list)."""

    __tablename__ = "staff_answer"

    id = Column(Integer, primary_key=True)
    campaign = Column(String(64), nullable=False, index=True)
    topic = Column(String(64), nullable=False)
    questions = Column(Text, nullable=False)
    answer = Column(Text, nullable=False)
    source = Column(String(200), nullable=False)
    staff_id = Column(ForeignKey(Staff.id), nullable=False)
    written_at = Column(BeijingTime, nullable=False)
    retired_at = Column(BeijingTime)


class SettledQuestion(Base):
    """A question that is off the clerks' list: answered, or, without an answer, not worth one."""

    __tablename__ = "settled_question"

    campaign = Column(String(64), primary_key=True)
    digest = Column(String(64), primary_key=True)
    answer_id = Column(ForeignKey("staff_answer.id"), index=True)
    staff_id = Column(ForeignKey(Staff.id), nullable=False)
    settled_at = Column(BeijingTime, nullable=False)


@dataclass(frozen=True)
class Written:
    """What a clerk wrote.

    Attributes:
        questions: the ways to ask it.
        answer: as it is said.
        source: where it stands: a notice and clause, a law and article, a department's word and day.
        topic: an intent that it belongs to.
    """

    questions: Sequence[str]
    answer: str
    source: str
    topic: str


@dataclass(frozen=True)
class Known:
    """An answer in force.

    Attributes:
        id: its row.
        written: what was written.
        by: name of who wrote it.
        at: when.
    """

    id: int
    written: Written
    by: str
    at: datetime

    @property
    def mark(self) -> str:
        """The source as it is shown with the answer, with who wrote it."""
        return f"{self.written.source}（{self.by}答复，{self.at:%Y-%m-%d}）"


def write(
    session: Session, campaign: str, written: Written, digests: Iterable[str], staff_id: int, at: datetime
) -> StaffAnswer:
    """Write an answer; from the next message on it is said.

    Args:
        session: a writing session.
        campaign: id of the pack.
        written: the answer.
        digests: of the questions on the list that it settles; unknown ones are left out.
        staff_id: who wrote it.
        at: when.

    Raises:
        UserError: question, answer or source is missing or too long.
    """
    questions = [text.strip() for text in written.questions if text.strip()][:MOST_QUESTIONS]
    if not questions:
        raise UserError("请至少写一种问法")
    for text, longest, name in ((written.answer, LONGEST_ANSWER, "回答"), (written.source, LONGEST_SOURCE, "出处")):
        if not 2 <= len(text.strip()) <= longest:
            raise UserError(f"请写{name}，2到{longest}个字")
    row = StaffAnswer(
        campaign=campaign,
        topic=written.topic,
        questions=json.dumps(questions, ensure_ascii=False),
        answer=written.answer.strip(),
        source=written.source.strip(),
        staff_id=staff_id,
        written_at=at,
    )
    session.add(row)
    session.flush()
    settle(session, campaign, digests, row.id, staff_id, at)
    return row


def settle(
    session: Session, campaign: str, digests: Iterable[str], answer_id: int | None, staff_id: int, at: datetime
) -> None:
    """Take questions off the list: answered by `answer_id`, or not worth an answer when that is None."""
    asked = select(Unanswered.digest).where(Unanswered.campaign == campaign, Unanswered.digest.in_(list(digests)))
    for digest in set(session.execute(asked).scalars()):
        session.merge(
            SettledQuestion(campaign=campaign, digest=digest, answer_id=answer_id, staff_id=staff_id, settled_at=at)
        )
    session.flush()


def retire(session: Session, answer_id: int, at: datetime) -> bool:
    """Take an answer back; its questions stand on the list again. Returns whether it was in force until now."""
    row = session.get(StaffAnswer, answer_id)
    if row is None or row.retired_at is not None:
        return False
    row.retired_at = at
    session.execute(delete(SettledQuestion).where(SettledQuestion.answer_id == answer_id))
    return True


def settled(session: Session, campaign: str) -> set[str]:
    """The digests of the questions that are off the list."""
    return set(session.execute(select(SettledQuestion.digest).filter_by(campaign=campaign)).scalars())


def in_force(session: Session, campaign: str) -> list[Known]:
    """The answers that are given, the latest first."""
    names = staff.names(session)
    rows = select(StaffAnswer).filter_by(campaign=campaign).where(StaffAnswer.retired_at.is_(None))
    return [_known(row, names) for row in session.execute(rows.order_by(StaffAnswer.id.desc())).scalars()]


def find(session: Session, campaign: str, text: str) -> Known | None:
    """The answer to a question: by its very words, else by its meaning; None where no clerk has written one.

    Costs 10 to 25 ms the first time for each new wording, of the question and of the answers.
    """
    known = in_force(session, campaign)
    if not known or not exact_words.plain(text):
        return None
    by_words = select(SettledQuestion.answer_id).filter_by(campaign=campaign, digest=digest_of(text))
    settled_by = session.execute(by_words).scalar_one_or_none()
    for one in known:
        wordings = {exact_words.plain(question) for question in one.written.questions}
        if one.id == settled_by or exact_words.plain(text) in wordings:
            return one
    meaning = embedding.embed(text)
    scored = [
        (float(embedding.embed(question) @ meaning), one.id, one) for one in known for question in one.written.questions
    ]
    score, _, best = max(scored, key=lambda found: found[:2])
    return best if score >= SAME_MEANING else None


def digest_of(text: str) -> str:
    """Under which equal questions are kept, punctuation and spaces apart."""
    return privacy.digest("question", exact_words.plain(text))


def _known(row: StaffAnswer, names: dict[int, str]) -> Known:
    written = Written(tuple(json.loads(row.questions)), row.answer, row.source, row.topic)
    return Known(int(row.id), written, names[row.staff_id], row.written_at)
