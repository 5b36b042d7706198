"""The caller's card: who it is, what is open for them; saving what they leave, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot import clock, settings
from bot.knowledge import desk_lines
from bot.matching import offers, outreach, service131
from bot.records import audit, calls, database, erasure, identity, people, registrations
from bot.records.calls import Call
from bot.records.models import Conversation, JobIntention, Person, Registration
from bot.records.staff import Account
from bot.web.staff import pages, shown
from bot.web.staff.desk_form import Filled
from bot.web.staff.refusals import Refusal

_MOST_CALLS = 5


@dataclass(frozen=True)
class Saved:
    """What was saved, and what is read out with it.

    Attributes:
        id: row of the registration.
        said: that it is saved, with its receipt.
        advice: guidance; "" for none.
        posts: each as it is read out.
        course: the same; "" for none.
        missing: what of the 131 service is still to come; "" for nothing.
        services: kind and topic of what reading it out does for the caller, in its order.
    """

    id: int
    said: str
    advice: str = ""
    posts: list[str] = field(default_factory=list)
    course: str = ""
    missing: str = ""
    services: list[tuple[str, str]] = field(default_factory=list)


def caller(call_id: str, account: Account) -> dict[str, object]:
    """For the page's script: the caller's card as HTML, and what the form need not ask them again."""
    return {"card": render(call_id, account), "known": known(call_id)}


def known(call_id: str) -> dict[str, str]:
    """What is known of a call's caller: field of the form → value, "" for what is not."""
    with database.reading() as session:
        person = session.get(Person, session.get(Conversation, call_id).person_id)
        poverty = {True: "yes", False: "no", None: ""}[person.poverty_alleviated]
        told = {"name": person.name, "unit": person.unit, "gender": person.gender, "poverty_alleviated": poverty}
        return {field: value or "" for field, value in told.items()}


def render(call_id: str, account: Account) -> str:
    """The card of a call's caller as HTML; who looks at a known person is logged."""
    with database.writing() as session:
        call = session.get(Call, call_id)
        person = session.get(Person, session.get(Conversation, call_id).person_id)
        same = _same(session, account, call)
        left = people.registrations_of(session, account, same)
        values = {
            "call": call,
            "person": person,
            "others": _others(session, call, account, same),
            "left": [_shown(row) for row in sorted(left, key=_stands)],
            "missing": service131.state(session, int(person.id), settings.get().campaign).missing if left else "",
            "calls": calls.earlier(session, account, same, _MOST_CALLS),
            "outcomes": calls.OUTCOMES,
        }
        if call.phone or person.phone:
            audit.note(session, account.id, "call.caller", f"person:{person.id}", clock.now())
    return str(pages.templates().get_template("staff/desk_card.html").render(values))


def number(session: Session, call: Call) -> str | None:
    """Where the caller is called back: the number of the call, else the one that they left before."""
    return call.phone or session.get(Person, session.get(Conversation, call.id).person_id).phone


def choose(session: Session, call: Call, account: Account, typed: str) -> None:
    """The caller is this one of the people with their phone.

    Raises:
        Refusal: it is none of them.
    """
    holders = people.by_phone(session, account, call.phone) if call.phone else []
    chosen = next((one for one in holders if str(one.id) == typed), None)
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
    said = desk_lines.saved(row.kind, row.receipt)
    if not isinstance(row, JobIntention):
        return Saved(int(row.id), said)
    found = service131.give(session, row.person_id, row.id, campaign, outreach.wish_of(row), at)
    given = {
        "career_guidance": found.guidance,
        "job_recommendation": found.posts,
        "training_recommendation": found.course,
    }
    return Saved(
        id=int(row.id),
        said=said,
        advice=found.advice,
        posts=[offers.written(offers.post(fit)) for fit in found.posts],
        course=offers.written(offers.course(found.course)) if found.course else "",
        missing=service131.state(session, row.person_id, campaign).missing,
        services=[(kind, row.kind) for kind, what in given.items() if what],
    )


def withdraw(session: Session, call: Call, account: Account, typed: str, at: datetime) -> Registration:
    """Take back a registration of the caller's: nobody works on it any more.

    Raises:
        Refusal: it is none of theirs, or nobody works on it by now.
    """
    row = _of_the_caller(session, call, account, typed)
    if row.state != registrations.OPEN:
        raise Refusal(409, "这条登记已经不在办了。")
    registrations.withdraw(session, row, at)
    return row


def erase(session: Session, call: Call, account: Account, typed: str, at: datetime) -> int:
    """Erase who left a registration of the caller's, and all that is kept of them; gives the person's row.

    Raises:
        Refusal: the registration is none of theirs.
    """
    person_id = int(_of_the_caller(session, call, account, typed).person_id)
    erasure.erase(session, person_id, at)
    calls.begin_afresh(session, call, at)
    return person_id


def _of_the_caller(session: Session, call: Call, account: Account, typed: str) -> Registration:
    rows = people.registrations_of(session, account, _same(session, account, call))
    row = next((one for one in rows if str(one.id) == typed), None)
    if row is None:
        raise Refusal(404, "没有这条登记，或者不归您的单位。")
    return row


def _stands(row: Registration) -> tuple[bool, bool]:
    """What is worked on stands first, the urgent before the rest; else the newest."""
    return row.state != registrations.OPEN, not row.urgent


def _shown(row: Registration) -> dict[str, object]:
    told = "，".join(f"{label} {value}" for label, value in shown.details(row))
    return {"row": row, "kind": shown.REGISTRATIONS[row.kind], "state": shown.STATES[row.state], "told": told}


def _same(session: Session, account: Account, call: Call) -> list[int]:
    """The caller, and who is linked to them, as far as the account may see."""
    person_id = int(session.get(Conversation, call.id).person_id)
    return [one for one in identity.same_human(session, person_id) if people.is_visible(session, account, one)]


def _others(session: Session, call: Call, account: Account, same: list[int]) -> list[Person]:
    """Further people with the phone, one of whom may be the caller."""
    holders = people.by_phone(session, account, call.phone) if call.phone else []
    return [one for one in holders if one.id not in same]
