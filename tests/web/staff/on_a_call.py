"""What the tests of the desk share: taking a call, somebody who is known, and what was recorded."""

from __future__ import annotations

from collections.abc import Callable

from bot import clock
from bot.campaign.load import load
from bot.knowledge import answers
from bot.knowledge.answers import Question
from bot.records import conversations, database, registrations
from bot.records.models import HelpRequest, Registration, Service
from tests.web.staff.conftest import Desk

SignIn = Callable[[str], Desk]
CALLER = "13800000001"
FORM = {"draft": "draft-1", "kind": "job_intention", "phone": CALLER, "consent": "yes", "kind_of_work": "保安"}


def spoken(intent: str) -> str:
    """What the pack says aloud about a topic."""
    return answers.answer(load("yuzhong-2022"), Question(intent, clock.today(), True)).replies[-1].text


def begin(desk: Desk, phone: str = CALLER) -> str:
    """Take a call; its address."""
    return f"/desk/calls/{desk.post('/desk/calls', phone=phone)['call']}"


def leave(left: Registration, device: str, who: registrations.Applicant) -> Registration:
    """Somebody left a registration on the chat page."""
    with database.writing() as session:
        conversation = conversations.open_web(session, device, clock.now())
        return registrations.save(session, "yuzhong-2022", conversation, who, left, clock.now())


def knows(unit: str | None = "大坪街道", device: str = "a", name: str = "王测试") -> int:
    """Somebody with the caller's phone has asked for help before; the person's row."""
    who = registrations.Applicant(f"before-{device}", f"+86{CALLER}", name, unit)
    return int(leave(HelpRequest(topic="rights", story="工资没有发"), device, who).person_id)


def services() -> list[tuple[str, str, str | None, str | None, str]]:
    """Every service on record: kind, topic, unit, clerk, channel."""
    with database.reading() as session:
        rows = session.query(Service).order_by(Service.id)
        return [(row.kind, row.topic, row.unit, row.clerk, row.channel) for row in rows]
