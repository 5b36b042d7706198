"""One message in, the replies out: stored first, then asked, then stored. Free of any page."""

from __future__ import annotations

import logging
import re
import threading
import unicodedata
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot import clock, tracker_events
from bot.knowledge import load, privacy, urgent
from bot.records import conversations, database, queue
from bot.reply import Reply
from bot.web import emergencies
from bot.web.rasa_client import NoAnswer, RasaClient

log = logging.getLogger(__name__)

#: A reply that ends the session: the channel begins a new one and shows nothing of this one.
NEW_SESSION = "new"

_KEPT_CONTROLS = "\n\t"
_HEAD = re.compile(r"[\s/／\u200b-\u200f\u2060\ufeff]*")
_COMMAND = re.compile(r"[A-Za-z_]")
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
        address: a digest of where it came from, against guessing; None where the channel has none.
    """

    session_token: str
    client_id: str
    text: str | None
    payload: str | None
    channel: str = "web"
    address: str | None = None


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
    head = _HEAD.match(kept)
    kept = kept[head.end() :].strip() if head else kept
    if head and set(head.group()) & set("/／") and _COMMAND.match(kept):
        raise Refused("这里不用命令，用平常话写您想问的就行。")
    if all(unicodedata.category(character) in _INVISIBLE for character in kept):
        raise Refused("没有收到内容，请写一句话再发。")
    return kept


class Exchange:
    """Answers messages through Rasa; each message once, however often it is sent.

    Args:
        rasa: the client that asks.
        longest: the longest text taken, in characters.
        patience: seconds that a repeated message waits for the answer to the first.
    """

    def __init__(self, rasa: RasaClient, longest: int, patience: float = 30.0) -> None:
        self._rasa = rasa
        self._longest = longest
        self._patience = patience
        self._guard = threading.Lock()
        self._in_flight: dict[int, threading.Event] = {}

    def answer(self, incoming: Incoming) -> list[Reply]:
        """Store the message, ask Rasa, store and return the replies.

        Raises:
            Refused: the message is empty or too long, or its button was never offered.
        """
        message_id = self._store(incoming)
        mine, finished = self._claim(message_id)
        if not mine:
            finished.wait(self._patience)
            return self._replies_or_kept(message_id)
        try:
            return self._ask(message_id, incoming)
        finally:
            with self._guard:
                del self._in_flight[message_id]
            finished.set()

    def _store(self, incoming: Incoming) -> int:
        """The id of the message's row, new or found again."""
        if incoming.text is not None:
            content = {"text": clean(incoming.text, self._longest)}
        else:
            content = {"text": self._offered_title(incoming), "payload": str(incoming.payload)}
        with database.writing() as session:
            conversation = conversations.open_web(session, incoming.session_token, clock.now())
            message = conversations.receive(session, conversation, incoming.client_id, content, clock.now())
            return int(message.id)

    @staticmethod
    def _offered_title(incoming: Incoming) -> str:
        with database.reading() as session:
            conversation = conversations.find(session, incoming.session_token)
            title = conversation and conversations.offered(session, conversation, str(incoming.payload))
        if not title:
            raise Refused("这个按钮已经用不了，请直接打字告诉我。")
        return title

    def _claim(self, message_id: int) -> tuple[bool, threading.Event]:
        """Whether this call asks; if not, the event that tells when the other call is done."""
        with self._guard:
            if message_id in self._in_flight:
                return False, self._in_flight[message_id]
            self._in_flight[message_id] = threading.Event()
            return True, self._in_flight[message_id]

    def _ask(self, message_id: int, incoming: Incoming) -> list[Reply]:
        """Ask what the stored row says, unless it is answered by now; the row is the only source."""
        with database.reading() as session:
            stored = conversations.question(session, message_id)
            clerk = queue.talking(session, stored.conversation_id, clock.now())
        if stored.is_answered:
            return self._replies_or_kept(message_id)
        if privacy.changes_person(stored.text):  # always done, also while a clerk talks or the engine is down
            with database.writing() as session:
                return conversations.answer(
                    session, message_id, [privacy.person_changed()], conversations.ANSWERED, clock.now()
                )
        is_about_own_data = privacy.concerns_own_data(stored.text)  # nobody's leave is needed, nor a clerk's
        if clerk is not None and not is_about_own_data:
            return self._leave_to_clerk(message_id, stored)
        try:
            replies = self._rasa.ask(
                stored.conversation_id,
                stored.text,
                incoming.channel,
                message_id,
                stored.received_at,
                stored.idle_seconds,
                incoming.address,
            )
            status = next((reply.outcome for reply in replies if reply.outcome), conversations.ANSWERED)
        except NoAnswer as error:
            log.warning("message %s waits for a clerk: %s", message_id, error)
            replies, status = _kept_for_a_clerk(stored.text), conversations.WAITING
        with database.writing() as session:
            taken = queue.talking(session, stored.conversation_id, clock.now())
            if taken is not None and not is_about_own_data:  # while Rasa was asked
                replies, status = _for_a_clerk(session, stored), conversations.WITH_CLERK
            elif status == conversations.WAITING:
                emergencies.heard(session, stored)
            kept = conversations.answer(session, message_id, replies, status, clock.now())
        if any(reply.session == NEW_SESSION for reply in kept):
            tracker_events.forget_erased(clock.now())
        return kept

    @staticmethod
    def _leave_to_clerk(message_id: int, stored: conversations.StoredQuestion) -> list[Reply]:
        """A clerk is talking and reads the message; the assistant is silent."""
        with database.writing() as session:
            replies = _for_a_clerk(session, stored)
            return conversations.answer(session, message_id, replies, conversations.WITH_CLERK, clock.now())

    @staticmethod
    def _replies_or_kept(message_id: int) -> list[Reply]:
        """What was answered; or, where nothing was, that the message is kept."""
        with database.reading() as session:
            replies = conversations.replies_to(session, message_id)
            stored = conversations.question(session, message_id)
            return replies or ([] if stored.is_with_clerk else _kept_for_a_clerk(stored.text))


def _for_a_clerk(session: Session, stored: conversations.StoredQuestion) -> list[Reply]:
    """What is said while a clerk talks: the number in an emergency; who reads it, the first time; else nothing."""
    kind = emergencies.heard(session, stored)
    said = [urgent.reply(kind, clock.today())] if kind else []
    entry = queue.talking(session, stored.conversation_id, clock.now())
    if entry is not None and conversations.is_first_for_clerk(session, stored.conversation_id, entry.claimed_at):
        said.append(Reply("工作人员正在看这段对话，马上回您。"))
    return said


def _kept_for_a_clerk(text: str) -> list[Reply]:
    """What is said when the engine is down: an emergency still gets its number."""
    kind = urgent.find(text)
    first = [urgent.reply(kind, clock.today())] if kind else []
    labour = load.hotline("labour")
    kept = (
        f"您的话我收到了，也存好了，但系统这会儿答不了，工作人员会来看。\n等不及请打 {labour.number}（{labour.name}）。"
    )
    return [*first, Reply(kept)]
