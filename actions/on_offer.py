"""What the imported sheets add to an answer: fairs by day, place and group; posts and courses by work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import topic_of
from bot.grammar import dates, groups, work
from bot.knowledge.answers import Done
from bot.matching import courses, fairs, no_fair, offers, posts, where
from bot.matching.wish import Wish
from bot.records import database
from bot.reply import Button, Reply

FAIRS = ("ask_job_fair_time_place", "ask_online_fair")
POSTS = ("ask_local_jobs", "ask_labor_export")
COURSES = ("ask_free_training",)

MOST_FAIRS = 4
MOST_POSTS = 3


@dataclass(frozen=True)
class OnOffer:
    """What is said before and after the notice's own answer, and the service that telling it is."""

    before: list[Reply] = field(default_factory=list)
    after: list[Reply] = field(default_factory=list)
    service: Done | None = None


def find(turn: Turn, intent: str, entities: list[dict[str, Any]]) -> OnOffer:
    """What fits the question, out of the sheets; reads the database."""
    if intent not in (*FAIRS, *POSTS, *COURSES):
        return OnOffer()
    said = {str(one["entity"]): str(one["value"]) for one in entities}
    with database.reading() as session:
        if intent in FAIRS:
            return _fairs(session, turn, intent, said)
        wish = Wish(said.get("kind_of_work", work.any_work()), unit=said.get("unit"), place=said.get("place"))
        if wish.is_any and where.wanted(wish) is None and "kind_of_work" not in said:
            return OnOffer()
        return _posts(session, turn, intent, wish) if intent in POSTS else _course(session, turn, wish)


def _fairs(session: Session, turn: Turn, intent: str, said: dict[str, str]) -> OnOffer:
    """The calendar: what was asked for comes first; asked in general, it comes after the notice."""
    pack, now = load.current(), turn.received_at
    span = dates.parse(turn.text, now.date())
    first, last = (span.first, span.last) if span else (None, None)
    place = said.get("unit") or said.get("place")
    zone = next((groups.all_groups()[one.value].name for one in groups.find(turn.text)), None)
    asked = any(one is not None for one in (first, last, place, zone))
    found = fairs.upcoming(session, pack, now, _at_least_today(first, now.date()), last, place, zone)
    if not asked:
        imported = [hit for hit in found if not hit.online and hit.source is not None]
        told = [_calendar(imported, "现在登记到的招聘会：")] if imported and intent == FAIRS[0] else []
        return OnOffer(after=told)
    if not found:
        return OnOffer(before=[Reply(no_fair.sentence(session, pack, now, first, last, place, zone))])
    done = Done("job_fair_information", topic_of(intent))
    return OnOffer(before=[_calendar(found, "您问的招聘会：")], service=done)


def _at_least_today(first: date | None, today: date) -> date | None:
    return max(first, today) if first else None


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
    return OnOffer(before=[told], service=Done("job_information", topic_of(intent)))


def _course(session: Session, turn: Turn, wish: Wish) -> OnOffer:
    found = courses.best(session, wish, turn.received_at.date())
    if found is None:
        return OnOffer()
    told = offers.told("现在登记到的培训：", [offers.course(found)])
    return OnOffer(before=[told], service=Done("training_information", "free_training"))
