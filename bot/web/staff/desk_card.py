"""The caller's card: who it is, what is open for them; and saving what they leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot import clock, settings
from bot.matching import offers, outreach, service131
from bot.records import audit, calls, database, identity, people, registrations
from bot.records.calls import Call
from bot.records.models import Conversation, JobIntention, Person
from bot.records.staff import Account
from bot.web.staff import pages, shown
from bot.web.staff.desk_form import Filled
from bot.web.staff.refusals import Refusal

_MOST_CALLS = 5


@dataclass(frozen=True)
class Saved:
    """What was saved, and what is read out with it."""

    id: int
    receipt: str
    kind: str
    advice: str
    posts: list[str]
    course: str
    missing: str


def render(call_id: str, account: Account) -> str:
    """The card of a call's caller as HTML; who looks at a known person is logged."""
    with database.writing() as session:
        call = session.get(Call, call_id)
        person = session.get(Person, session.get(Conversation, call_id).person_id)
        same = [one for one in identity.same_human(session, int(person.id)) if people.is_visible(session, account, one)]
        left = people.registrations_of(session, account, same)
        values = {
            "call": call,
            "person": person,
            "others": _others(session, call, account, same),
            "left": [(row, shown.REGISTRATIONS[row.kind], shown.STATES[row.state]) for row in left],
            "missing": service131.state(session, int(person.id), settings.get().campaign).missing if left else "",
            "calls": calls.earlier(session, account, same, _MOST_CALLS),
            "outcomes": calls.OUTCOMES,
        }
        if call.phone:
            audit.note(session, account.id, "call.caller", f"person:{person.id}", clock.now())
    return str(pages.templates().get_template("staff/desk_card.html").render(values))


def choose(session: Session, call: Call, account: Account, typed: str) -> None:
    """The caller is this one of the people with their phone.

    Raises:
        Refusal: it is none of them.
    """
    known = people.by_phone(session, account, call.phone) if call.phone else []
    chosen = next((one for one in known if str(one.id) == typed), None)
    if chosen is None:
        raise Refusal(404, "没有这个人，或者不归您的单位。")
    calls.choose(session, call, int(chosen.id))


def save(session: Session, call: Call, filled: Filled, at: datetime) -> Saved:
    """Save a registration; a job intention brings what the notice promises, to be read out.

    That the posts were recommended is recorded as matching needs it; the services are the clerk's to record.
    """
    conversation = session.get(Conversation, call.id)
    campaign = settings.get().campaign
    row = registrations.save(session, campaign, conversation, filled.applicant, filled.left, at)
    calls.choose(session, call, int(row.person_id))
    name = shown.REGISTRATIONS[row.kind]
    if not isinstance(row, JobIntention):
        return Saved(int(row.id), row.receipt, name, "", [], "", "")
    found = service131.give(session, row.person_id, row.id, campaign, outreach.wish_of(row), at)
    return Saved(
        id=int(row.id),
        receipt=row.receipt,
        kind=name,
        advice=found.advice,
        posts=[offers.written(offers.post(fit)) for fit in found.posts],
        course=offers.written(offers.course(found.course)) if found.course else "",
        missing=service131.state(session, row.person_id, campaign).missing,
    )


def _others(session: Session, call: Call, account: Account, same: list[int]) -> list[Person]:
    """Further people with the phone, one of whom may be the caller."""
    known = people.by_phone(session, account, call.phone) if call.phone else []
    return [one for one in known if one.id not in same]
