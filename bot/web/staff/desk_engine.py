"""What the desk tells a clerk to say: the same engine as the chat, asked for the spoken form; nothing is recorded."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from bot import clock
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.grammar import exact_words
from bot.knowledge import answers, choose, desk_lines, desk_topics, urgent
from bot.knowledge import load as knowledge
from bot.knowledge.answers import Done, Question
from bot.knowledge.desk_lines import Line
from bot.records import calls, conversations, database
from bot.records.models import Conversation
from bot.reply import Button, Reply
from bot.web.rasa_client import NoAnswer, RasaClient


@dataclass(frozen=True)
class Said:
    """What the clerk is shown.

    Attributes:
        asked: what was asked, as it is shown: a topic by its name.
        replies: what to say, its source, and what may be asked next.
        service: what saying it does for the caller; None where it is no service, or the engine did not say.
        note: what the clerk is reminded of; "" for nothing.
        opens: what the page opens: a form, the search, the end of the call; None for nothing.
        intent: what the caller's words were taken for; None where the engine did not say.
    """

    asked: str
    replies: list[Reply]
    service: Done | None
    note: str = ""
    opens: str | None = None
    intent: str | None = None


_CANCEL = "/cancel"
_QUESTIONS = frozenset({*CAMPAIGN_INTENTS, *RIGHTS_INTENTS})
#: Offered to everybody who was not understood: no guess at what they meant.
_CALL_ME = "request_help"


def ask(rasa: RasaClient, call_id: str, typed: str, payload: str | None) -> Said:
    """Ask the engine what the caller said, or for a topic.

    Args:
        rasa: the engine's client.
        call_id: the call, Rasa's sender.
        typed: the caller's words; or the two letters of a topic.
        payload: of a button that the engine offered; None for typed words.
    """
    topic = desk_topics.intent_of(typed) if payload is None else None
    asked = payload or (f"/{topic}" if topic else typed)
    shown = answers.title_of(load.current(), topic) if topic else typed
    at = clock.now()
    with database.writing() as session:
        conversation = session.get(Conversation, call_id)
        message = conversations.receive(session, conversation, uuid.uuid4().hex, {"text": shown, "payload": asked}, at)
        message_id = int(message.id)
    try:
        answered = rasa.ask(call_id, asked, calls.CHANNEL, message_id, at)
    except NoAnswer:
        answered = _without_engine(typed, topic)
    if any(reply.form for reply in answered):
        _set_aside(rasa, call_id, at)
    said = _at_the_desk(shown, answered, at.date())
    with database.writing() as session:
        conversations.answer(session, message_id, said.replies, conversations.ANSWERED, clock.now())
    return said


def again(session: Session, conversation: Conversation) -> Said | None:
    """What was said last in a call, for a page that was loaded again; None before the first question."""
    lines = conversations.history(session, conversation)
    last = max((place for place, line in enumerate(lines) if line.who == "person"), default=None)
    if last is None:
        return None
    replies = [Reply.from_dict(line.content) for line in lines[last + 1 :]]
    return Said(str(lines[last].content["text"]), replies, service_of(replies, clock.today()))


def opens(button: Button) -> str | None:
    """What a next step opens on the page, a form or the search; None where the engine is asked."""
    line = desk_lines.of(_intent_of(button))
    return line.open if line is not None and line.open != desk_lines.END and "{" not in button.payload else None


def service_of(replies: list[Reply], day: date) -> Done | None:
    """The service that these replies are: the engine names it; without the engine, the words of our texts tell it."""
    named = next((reply.service for reply in replies if reply.service), None)
    if named is not None:
        return Done(**named)
    known = _services(load.current().id, day)
    return next((known[reply.text] for reply in replies if reply.text in known), None)


def _set_aside(rasa: RasaClient, call_id: str, at: datetime) -> None:
    """Close the engine's form: the clerk fills the one on the page, and the next words are no answer to a question."""
    try:
        rasa.ask(call_id, _CANCEL, calls.CHANNEL, None, at)
    except NoAnswer:
        return  # still open, it shows in the next answer and is closed then


def _at_the_desk(asked: str, answered: list[Reply], day: date) -> Said:
    """The engine's answer as a clerk can use it: what is only said in a chat is said in the desk's own words.

    What names its source answers the caller, whatever else their words were taken for.
    """
    form = next((reply.form for reply in answered if reply.form), None)
    intent = desk_lines.FORMS.get(form or "") or next((reply.intent for reply in answered if reply.intent), None)
    line = desk_lines.of(intent)
    told = [_for_a_clerk(reply) for reply in answered if line is None or reply.source]
    if line is None or told:
        return Said(asked, told, service_of(told, day), intent=intent)
    buttons = [button for reply in answered for button in _for_a_clerk(reply).buttons] if line.open is None else []
    if intent == desk_lines.LOST and any(_intent_of(button) != _CALL_ME for button in buttons):
        line = desk_lines.offered()
    return _own(asked, line, buttons, intent)


def _own(asked: str, line: Line, buttons: list[Button], intent: str | None) -> Said:
    return Said(asked, [Reply(line.say, buttons)], None, line.note, line.open, intent)


def _for_a_clerk(reply: Reply) -> Reply:
    """Without the steps of a chat: only questions and forms lead on."""
    buttons = [button for button in reply.buttons if _intent_of(button) in _QUESTIONS or opens(button)]
    return replace(reply, buttons=buttons)


def _intent_of(button: Button) -> str:
    return button.payload.lstrip("/").partition("{")[0]


@lru_cache(maxsize=2)
def _services(campaign: str, day: date) -> dict[str, Done]:
    """Each spoken answer of the pack and the knowledge → the service it is."""
    pack = load.load(campaign)
    found = [answers.from_entry(entry, Question(entry.topic, day, True)) for entry in choose.in_force(day).values()]
    found += [answers.answer(pack, Question(intent, day, True)) for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS)]
    return {one.replies[-1].text: one.service for one in found if one.service is not None}


def _without_engine(typed: str, topic: str | None) -> list[Reply]:
    """What can be said when the engine is down: topics and dialogue words all the same, the number in an emergency."""
    day = clock.today()
    if topic is not None:
        return answers.answer(load.current(), Question(topic, day, True)).replies
    kind = urgent.find(typed)
    if kind is not None:
        return [urgent.reply(kind, day, True)]
    labour = knowledge.hotline("labour")
    word = exact_words.words().get(exact_words.plain(typed))
    text = f"（系统这会儿听不懂话，请用两个字母选主题；都不是的，请对方打{labour.number}，或者约好回电。）"
    return [Reply(text, intent=word)]
