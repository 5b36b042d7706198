"""How the chat did: what became of people's messages, and what they thought of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.records.calls import CHANNEL as HOTLINE
from bot.records.conversations import ANSWERED, WAITING, WITH_CLERK
from bot.records.feedback import FEWEST_STARS, MOST_STARS, Feedback, Rating
from bot.records.models import Conversation, Message, Person, Unanswered
from bot.reply import ASKED_BACK, REJECTED, UNANSWERED
from bot.report.scope import TOTAL, Scope
from bot.report.sql import in_row

#: What became of a message → its name, in the order in which the page has them.
OUTCOMES = {
    ANSWERED: "答上了",
    ASKED_BACK: "没听准，反问了",
    UNANSWERED: "没答上，记下来了",
    REJECTED: "不归春风行动管",
    WITH_CLERK: "工作人员在答",
    WAITING: "系统没答，等工作人员",
}


def outcomes(session: Session, scope: Scope, row: str = TOTAL) -> dict[str, int]:
    """What became of the messages within the window up to the as-of day → how many; all of OUTCOMES.

    What clerks type at the desk is left out. A question on the list of unanswered ones counts as such, also
    where a clerk has answered it since.

    Args:
        session: a reading session.
        scope: what the table is counted over; messages know no campaign.
        row: the people who named one street, or none; or all.
    """
    became = case((Unanswered.id.is_not(None), UNANSWERED), else_=Message.status)
    asked = (
        select(became.label("outcome"), func.count().label("messages"))
        .select_from(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Unanswered, Unanswered.message_id == Message.id)
        .where(
            Message.client_id.is_not(None),
            Message.created_at >= scope.window.start,
            Message.created_at < scope.window.end,
            Conversation.channel != HOTLINE,
        )
        .group_by(became)
    )
    found = {one.outcome: int(one.messages) for one in session.execute(_of_row(asked, scope, row))}
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}


@dataclass(frozen=True)
class Opinions:
    """What people thought: each number of stars → talks; answers that were of use, and that were not."""

    stars: dict[int, int]
    useful: int
    useless: int

    @property
    def rated(self) -> int:
        """How many talks were rated."""
        return sum(self.stars.values())

    @property
    def mean(self) -> float:
        """The mean of the stars; 0 where nobody rated."""
        return sum(stars * talks for stars, talks in self.stars.items()) / self.rated if self.rated else 0.0


def opinions(session: Session, scope: Scope, row: str = TOTAL) -> Opinions:
    """What people thought within the window up to the as-of day; takes the same as `outcomes`."""
    talks = select(Rating.stars, func.count().label("talks"))
    talks = talks.join(Conversation, Conversation.id == Rating.conversation_id).where(*_given(Rating, scope))
    found = {one.stars: int(one.talks) for one in session.execute(_of_row(talks.group_by(Rating.stars), scope, row))}
    answers = select(Feedback.useful, func.count().label("answers"))
    answers = (
        answers.join(Message, Message.id == Feedback.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(*_given(Feedback, scope))
        .group_by(Feedback.useful)
    )
    said = {bool(one.useful): int(one.answers) for one in session.execute(_of_row(answers, scope, row))}
    stars = {number: found.get(number, 0) for number in range(MOST_STARS, FEWEST_STARS - 1, -1)}
    return Opinions(stars, said.get(True, 0), said.get(False, 0))


def _given(model: Any, scope: Scope) -> list[Any]:
    within = (model.given_at >= scope.window.start, model.given_at < scope.window.end)
    return [model.campaign == scope.campaign, *within]


def _of_row(asked: Any, scope: Scope, row: str) -> Any:
    if row == TOTAL:
        return asked
    return asked.join(Person, Person.id == Conversation.person_id).where(in_row(scope, Person.unit, row))
