"""Who is the same person (docs/counting.md, "One person").

The notice says 人数, persons, not visits, and does not say how to tell persons apart; these rules
are our reading of it. Same phone with an equal or missing name: one person. Different names: two.
Nobody is ever merged away: a link says that two records are one human, and can be undone.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.records import privacy
from bot.records.models import Person, PersonKey, PersonLink

PHONE = "phone"
NAME = "name"
WEB_SESSION = "web_session"
_SEPARATORS = re.compile(r"[\s·・•‧.]+")


def plain_name(name: str) -> str:
    """A name as it is compared: full width folded, white space and middle dots removed."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name))


def new_person(session: Session, at: datetime) -> Person:
    """A person of whom nothing is known yet."""
    person = Person(created_at=at)
    session.add(person)
    session.flush()
    return person


def add_key(session: Session, person: Person, kind: str, value: str) -> None:
    """Remember a digest by which the person is found again; a second time changes nothing."""
    wanted = privacy.digest(kind, value)
    held = select(PersonKey.id).filter_by(person_id=person.id, kind=kind, digest=wanted)
    if session.execute(held).first() is None:
        session.add(PersonKey(person_id=person.id, kind=kind, digest=wanted))
        session.flush()


def active_links(session: Session) -> dict[int, int]:
    """Each linked person → the person they were linked into, without the undone links."""
    rows = session.execute(
        select(PersonLink.person_id, PersonLink.into_id).where(PersonLink.undone_at.is_(None)).order_by(PersonLink.id)
    )
    return {row.person_id: row.into_id for row in rows}


def canonical(person_id: int, links: dict[int, int]) -> int:
    """The end of the chain of links that starts at a person; of a circle, its oldest person."""
    chain = [person_id]
    while chain[-1] in links:
        following = links[chain[-1]]
        if following in chain:
            return min(chain[chain.index(following) :])
        chain.append(following)
    return chain[-1]


def introduce(session: Session, person: Person, name: str | None, phone: str, at: datetime) -> Person:
    """A name and a phone were given in `person`'s conversation: who is it?

    Args:
        session: a writing session.
        person: who the conversation belonged to so far.
        name: as given, checked already; None where none was given.
        phone: as given, in E.164 form.
        at: when it was given.

    Returns:
        `person` with name and phone; or a new person, when this is somebody else on the same
        device. Either is linked to the oldest person elsewhere with the same phone and an equal
        or missing name.
    """
    if not _may_be(person.name, name) or (person.phone not in (None, phone) and person.name is None):
        person = new_person(session, at)
    person.name = person.name or name
    person.phone = phone
    add_key(session, person, PHONE, phone)
    if person.name:
        add_key(session, person, NAME, plain_name(person.name))
    link_to_known(session, person, phone, at)
    return person


def _may_be(known: str | None, given: str | None) -> bool:
    return known is None or given is None or plain_name(known) == plain_name(given)


def link_to_known(session: Session, person: Person, phone: str, at: datetime) -> None:
    """Link `person` to the oldest person with this phone whose names, linked ones included, all agree."""
    rows = session.execute(
        select(PersonKey.person_id)
        .filter_by(kind=PHONE, digest=privacy.digest(PHONE, phone))
        .order_by(PersonKey.person_id)
    )
    holders = [found for (found,) in rows if found != person.id]
    if not holders:
        return
    links = _links_around(session, [person.id, *holders])
    mine = canonical(person.id, links)
    undone = _undone_pairs(session, {person.id, *holders, *links, *links.values()})
    for found in holders:
        other = canonical(found, links)
        if (
            other != mine
            and frozenset((other, mine)) not in undone
            and all(_may_be(known, person.name) for known in _names(session, other, links))
        ):
            older, newer = sorted((other, mine))
            session.add(PersonLink(person_id=newer, into_id=older, reason="same_phone", created_at=at))
            session.flush()
            return


def _links_around(session: Session, persons: list[int]) -> dict[int, int]:
    """`active_links`, as far as they touch any of `persons` directly or through others.

    There may be as many links as persons; whoever is met is linked to a few.
    """
    links: dict[int, int] = {}
    seen: set[int] = set()
    fresh = set(persons)
    while fresh:
        seen |= fresh
        touching = or_(PersonLink.person_id.in_(fresh), PersonLink.into_id.in_(fresh))
        rows = session.execute(
            select(PersonLink.person_id, PersonLink.into_id)
            .where(PersonLink.undone_at.is_(None), touching)
            .order_by(PersonLink.id)
        ).all()
        links.update((row.person_id, row.into_id) for row in rows)
        fresh = {one for row in rows for one in row} - seen
    return links


def _undone_pairs(session: Session, persons: set[int]) -> set[frozenset[int]]:
    """Who of `persons` was told apart by hand: that decision is not made again by a phone."""
    rows = session.execute(
        select(PersonLink.person_id, PersonLink.into_id).where(
            PersonLink.undone_at.is_not(None), PersonLink.person_id.in_(persons)
        )
    )
    return {frozenset((row.person_id, row.into_id)) for row in rows}


def same_human(session: Session, person_id: int) -> list[int]:
    """Every person linked to this one, directly or through others, and the person themselves."""
    links = _links_around(session, [person_id])
    return _group(canonical(person_id, links), links)


def _group(head: int, links: dict[int, int]) -> list[int]:
    return sorted({head, *(one for one in links if canonical(one, links) == head)})


def _names(session: Session, head: int, links: dict[int, int]) -> list[str | None]:
    return list(session.execute(select(Person.name).where(Person.id.in_(_group(head, links)))).scalars())
