"""What the desk tells a clerk to say: the same engine as the chat, asked for the spoken form; nothing is recorded."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot import clock
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.knowledge import answers, choose, desk_topics, urgent
from bot.knowledge import load as knowledge
from bot.knowledge.answers import Done, Question
from bot.records import calls, conversations, database
from bot.records.models import Conversation
from bot.reply import Reply
from bot.web.rasa_client import NoAnswer, RasaClient


@dataclass(frozen=True)
class Said:
    """What the clerk is shown.

    Attributes:
        asked: what was asked, as it is shown: a topic by its name.
        replies: what to say, its source, and what may be asked next.
        service: what saying it does for the caller; None where it is no service, or the engine did not say.
    """

    asked: str
    replies: list[Reply]
    service: Done | None


#: A button that is none here: the caller talks to a person.
_TO_A_PERSON = "/talk_to_human"


def ask(rasa: RasaClient, call_id: str, typed: str, payload: str | None) -> Said:
    """Ask the engine what the caller said, or for a topic.

    Args:
        rasa: the engine's client.
        call_id: the call, Rasa's sender.
        typed: the caller's words; or the two letters of a topic.
        payload: of a button that the engine offered; None for typed words.
    """
    intent = desk_topics.intent_of(typed) if payload is None else None
    asked = payload or (f"/{intent}" if intent else typed)
    at = clock.now()
    with database.writing() as session:
        conversation = session.get(Conversation, call_id)
        message = conversations.receive(session, conversation, uuid.uuid4().hex, {"text": typed, "payload": asked}, at)
        message_id = int(message.id)
    try:
        answered = rasa.ask(call_id, asked, calls.CHANNEL, message_id, at)
    except NoAnswer:
        answered = _without_engine(typed, intent)
    replies = [_for_a_person(reply) for reply in answered]
    with database.writing() as session:
        conversations.answer(session, message_id, replies, conversations.ANSWERED, clock.now())
    shown = answers.title_of(load.current(), intent) if intent else typed
    return Said(shown, replies, service_of(replies, at.date()))


def _for_a_person(reply: Reply) -> Reply:
    return replace(reply, buttons=[button for button in reply.buttons if button.payload != _TO_A_PERSON])


def service_of(replies: list[Reply], day: date) -> Done | None:
    """The service that these replies are.

    Rasa's answer carries words only; which of our texts they are tells what they are about.
    """
    known = _services(load.current().id, day)
    return next((known[reply.text] for reply in replies if reply.text in known), None)


@lru_cache(maxsize=2)
def _services(campaign: str, day: date) -> dict[str, Done]:
    """Each spoken answer of the pack and the knowledge → the service it is."""
    pack = load.load(campaign)
    found = [answers.from_entry(entry, Question(entry.topic, day, True)) for entry in choose.in_force(day).values()]
    found += [answers.answer(pack, Question(intent, day, True)) for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS)]
    return {one.replies[-1].text: one.service for one in found if one.service is not None}


def _without_engine(typed: str, intent: str | None) -> list[Reply]:
    """What can be said when the engine is down: topics all the same, and the number in an emergency."""
    day = clock.today()
    if intent is not None:
        return answers.answer(load.current(), Question(intent, day, True)).replies
    kind = urgent.find(typed)
    if kind is not None:
        return [urgent.reply(kind, day, True)]
    labour = knowledge.hotline("labour")
    return [Reply(f"（系统这会儿听不懂话，请用两个字母选主题；都不是的，请对方打{labour.number}，或者约好回电。）")]
