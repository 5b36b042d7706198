"""What every step of a call needs: whose call it is, what a service is called, and today's count."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi.responses import JSONResponse
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.intents import topic_of
from bot.campaign.kinds import KIND_NAMES
from bot.knowledge import answers, desk_topics
from bot.records import calls, database
from bot.records.calls import Call
from bot.records.sign_in import SignedIn
from bot.web.staff import pages, shown
from bot.web.staff.refusals import Refusal

ServiceShown = dict[str, str]

#: What is told out of the imported sheets, where the notice itself says nothing that is a service.
_OF_SHEETS = {"ask_job_fair_time_place": "job_fair_information"}


def mine(session: Session, call_id: str, who: SignedIn) -> Call:
    """The clerk's own open call.

    Raises:
        Refusal: there is none, it is a colleague's, or it has ended.
    """
    call = session.get(Call, call_id)
    if call is None or call.staff_id != who.account.id:
        raise Refusal(404, "没有这个电话。")
    if call.ended_at is not None or call.started_at <= clock.now() - calls.LONGEST:
        raise Refusal(409, "这个电话已经结束了，请刷新这一页，接下一个。")
    return call


def service(kind: str, topic: str) -> ServiceShown:
    """A service as the page shows it."""
    topics = shown.topics(load.current())
    return {"kind": kind, "topic": topic, "name": f"{KIND_NAMES[kind]}：{topics.get(topic, topic)}"}


def services_by_hand() -> list[ServiceShown]:
    """What a clerk may record by choosing, for words that the engine did not know: one for each topic."""
    pack, day = load.current(), clock.today()
    found: list[ServiceShown] = []
    for intent in desk_topics.letters():
        done = answers.answer(pack, answers.Question(intent, day, True)).service
        if done is not None:
            found.append(service(done.kind, done.topic))
        elif intent in _OF_SHEETS:
            found.append(service(_OF_SHEETS[intent], topic_of(intent)))
    return found


def counted(who: SignedIn, content: dict[str, Any]) -> JSONResponse:
    """An answer with what the clerk did today."""
    with database.reading() as session:
        return pages.data({**content, "today": asdict(calls.today(session, who.account, clock.now()))})
