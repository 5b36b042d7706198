"""One message in, the replies out: stored first, then asked, then stored. Free of any page."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from bot import clock
from bot.knowledge import load, urgent
from bot.records import conversations, database
from bot.reply import Reply
from bot.web.rasa_client import NoAnswer, RasaClient

log = logging.getLogger(__name__)

_KEPT_CONTROLS = "\n\t"
_COMMAND = re.compile(r"^[/／]+\s*[A-Za-z_]")
_INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")


class Refused(Exception):
    """A message that cannot be taken; the text says why, to the person who sent it."""


@dataclass(frozen=True)
class Incoming:
    """A message as a channel hands it over.

    Attributes:
        session_token: the secret of the person's session.
        client_id: the sender's own id of the message; sent again, it is the same message.
        text: what was typed; None for a tapped button.
        payload: of the tapped button; None for typed text.
        channel: the channel's name in the records.
    """

    session_token: str
    client_id: str
    text: str | None
    payload: str | None
    channel: str = "web"


@dataclass(frozen=True)
class _Stored:
    conversation_id: str
    message_id: int
    text: str
    received_at: datetime
    is_answered: bool


def clean(text: str, longest: int) -> str:
    """Typed text without control characters and leading slashes.

    A slash at the beginning would be a command to Rasa: only offered buttons may give one.

    Raises:
        Refused: nothing is left, it is a command, or it is longer than `longest` characters.
    """
    if len(text) > longest:
        raise Refused(f"这段话太长了，请分几次发，每次不超过{longest}字。")
    kept = "".join(
        character
        for character in text
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")
    )
    kept = kept.strip()
    if _COMMAND.match(kept):
        raise Refused("这里不用命令，用平常话写您想问的就行。")
    kept = kept.lstrip("/／ \n\t\u3000").strip()
    if all(unicodedata.category(character) in _INVISIBLE for character in kept):
        raise Refused("没有收到内容，请写一句话再发。")
    return kept


class Exchange:
    """Answers messages through Rasa; each message once, however often it is sent.

    Args:
        rasa: the client that asks.
        longest: the longest text taken, in characters.
    """

    def __init__(self, rasa: RasaClient, longest: int) -> None:
        self._rasa = rasa
        self._longest = longest
        self._guard = threading.Lock()
        self._in_flight: dict[int, threading.Event] = {}

    def answer(self, incoming: Incoming) -> list[Reply]:
        """Store the message, ask Rasa, store and return the replies.

        Raises:
            Refused: the message is empty or too long, or its button was never offered.
        """
        stored = self._store(incoming)
        if stored.is_answered:
            return _stored_replies(stored.message_id)
        mine, finished = self._claim(stored.message_id)
        if not mine:
            finished.wait()
            return _stored_replies(stored.message_id)
        try:
            return self._ask(stored, incoming.channel)
        finally:
            with self._guard:
                del self._in_flight[stored.message_id]
            finished.set()

    def _store(self, incoming: Incoming) -> _Stored:
        typed = None if incoming.text is None else clean(incoming.text, self._longest)
        with database.writing() as session:
            conversation = conversations.open_web(session, incoming.session_token, clock.now())
            if typed is None:
                payload = incoming.payload or ""
                title = conversations.offered(session, conversation, payload)
                if title is None:
                    raise Refused("这个按钮已经用不了，请直接打字告诉我。")
                content, text = {"text": title, "payload": payload}, payload
            else:
                content, text = {"text": typed}, typed
            message = conversations.receive(session, conversation, incoming.client_id, content, clock.now())
            return _Stored(
                conversation.id, message.id, text, message.created_at, message.status != conversations.RECEIVED
            )

    def _claim(self, message_id: int) -> tuple[bool, threading.Event]:
        """Whether this call asks; if not, the event that tells when the other call is done."""
        with self._guard:
            if message_id in self._in_flight:
                return False, self._in_flight[message_id]
            self._in_flight[message_id] = threading.Event()
            return True, self._in_flight[message_id]

    def _ask(self, stored: _Stored, channel: str) -> list[Reply]:
        status = conversations.ANSWERED
        try:
            replies = self._rasa.ask(
                stored.conversation_id, stored.text, channel, stored.message_id, stored.received_at
            )
        except NoAnswer as error:
            log.warning("message %s waits for a clerk: %s", stored.message_id, error)
            replies, status = _kept_for_a_clerk(stored.text), conversations.WAITING
        with database.writing() as session:
            return conversations.answer(session, stored.message_id, replies, status, clock.now())


def _stored_replies(message_id: int) -> list[Reply]:
    with database.reading() as session:
        return conversations.replies_to(session, message_id)


def _kept_for_a_clerk(text: str) -> list[Reply]:
    """What is said when the engine is down: an emergency still gets its number."""
    kind = urgent.find(text)
    first = urgent.replies(kind, clock.today()) if kind else []
    labour = load.hotline("labour")
    kept = (
        f"您的话我收到了，也存好了，但系统这会儿答不了，工作人员会来看。\n等不及请打 {labour.number}（{labour.name}）。"
    )
    return [*first, Reply(kept)]
