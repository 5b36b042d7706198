"""What the imported sheets add to an answer: fairs by day, place and group; posts and courses by work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from sqlalchemy.orm import Session

from actions import fairs_asked
from actions.fairs_asked import FAIRS, FairsAsked
from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import topic_of
from bot.grammar import work
from bot.knowledge.answers import Done
from bot.matching import courses, fairs, no_fair, offers, posts, where
from bot.matching.wish import Wish
from bot.records import database
from bot.reply import Button, Reply

POSTS = ("ask_local_jobs", "ask_labor_export")
COURSES = ("ask_free_training",)

MOST_FAIRS = 4
MOST_POSTS = 3


@dataclass(frozen=True)
class OnOffer:
    """What is said before the notice's own answer, and the service that telling it is.

    Attributes:
        replies: what the sheets have, or that they have nothing of the kind.
        service: None where nothing was told that was asked for.
        answers: whether the sheets answer the question, so that the notice must not say that it is not known.
    """

    replies: list[Reply] = field(default_factory=list)
    service: Done | None = None
    answers: bool = False


def find(turn: Turn, intent: str, entities: list[dict[str, Any]]) -> OnOffer:
    """What fits the question, out of the sheets; reads the database."""
    if intent not in (*FAIRS, *POSTS, *COURSES):
        return OnOffer()
    said = {str(one["entity"]): str(one["value"]) for one in entities}
    with database.reading() as session:
        if intent in FAIRS:
            return fairs_of(session, turn, intent, fairs_asked.read(turn.text, entities, turn.received_at.date()))
        wish = Wish(said.get("kind_of_work", work.any_work()), unit=said.get("unit"), place=said.get("place"))
        if wish.is_any and where.wanted(wish) is None and "kind_of_work" not in said:
            return OnOffer()
        return _posts(session, turn, intent, wish) if intent in POSTS else _course(session, turn, wish)


def fairs_of(session: Session, turn: Turn, intent: str, asked: FairsAsked) -> OnOffer:
    """The calendar: what was asked for; asked in general, what the sheets have."""
    pack, now = load.current(), turn.received_at
    named = (asked.first, asked.last, asked.place, asked.zone)
    found = fairs.upcoming(session, pack, now, *named)
    told = Done("job_fair_information", topic_of(intent))
    if asked.is_open:
        imported = [hit for hit in found if not hit.online and hit.source is not None]
        if not imported or intent != FAIRS[0]:
            return OnOffer()
        return OnOffer([_calendar(imported, "现在登记到的招聘会：")], told, answers=True)
    if not found:
        is_known = bool(fairs.registered(session, pack))
        return OnOffer([Reply(no_fair.sentence(session, pack, now, *named))], answers=is_known)
    return OnOffer([_calendar(found, "您问的招聘会：")], told, answers=True)


def go_on(turn: Turn, tracker: Tracker) -> OnOffer | None:
    """What a day, a street or a group by itself asks after a question about fairs; None for any other message.

    Reads the database.
    """
    asked = fairs_asked.goes_on(tracker, turn.received_at.date())
    if asked is None:
        return None
    with database.reading() as session:
        return fairs_of(session, turn, FAIRS[0], asked)


def _calendar(found: list[fairs.FairHit], opening: str) -> Reply:
    shown = found[:MOST_FAIRS]
    more = f"（还有{len(found) - len(shown)}场，说日子或街道，我再找）" if len(found) > len(shown) else ""
    sources = "；".join(dict.fromkeys(hit.source for hit in shown if hit.source))
    return offers.told(f"{opening}{more}", [offers.fair(hit) for hit in shown], source=sources or None)


def _posts(session: Session, turn: Turn, intent: str, wish: Wish) -> OnOffer:
    found = posts.best(session, wish, turn.received_at.date(), MOST_POSTS)
    if not found:
        return OnOffer()
    register = Button("登记求职，给我推荐", "/register_job_intention")
    lead = "现在登记到的岗位：" if wish.is_any else f"现在登记到的“{wish.kind_of_work}”岗位："
    told = offers.posts(lead, wish, found, [register])
    return OnOffer([told], Done("job_information", topic_of(intent)), answers=True)


def _course(session: Session, turn: Turn, wish: Wish) -> OnOffer:
    found = courses.best(session, wish, turn.received_at.date())
    if found is None:
        return OnOffer()
    told = offers.told("现在登记到的培训：", [offers.course(found)])
    return OnOffer([told], Done("training_information", "free_training"), answers=True)
