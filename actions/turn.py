"""The message that is being answered, as actions see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import clock
from bot.knowledge.answers import Question
from bot.knowledge.hit import KNOWLEDGE, Hit, read_hits
from bot.reply import Reply

_BLANK_LINES = re.compile(r"\n\s*\n")

SHELL = "cmdline"
HOTLINE = "hotline"

#: After so long a silence a form asks whether to go on.
AWAY_SECONDS = 30 * 60


@dataclass(frozen=True)
class Turn:
    """One message of a person.

    Attributes:
        conversation_id: Rasa's sender; the id of the conversation's row.
        channel: web, hotline, or cmdline for `rasa shell`.
        text: as the engine got it.
        intent: what was understood.
        message_id: our row of the message; None in `rasa shell`, where nothing is recorded.
        received_at: when the front door got the message.
        guesses: intents and confidences, most likely first.
        hits: knowledge entries found for the text, best first.
        entry_id: the knowledge entry that a button asked for.
        idle_seconds: how long the person had been silent before.
        address: a digest of the sender's address; None where the channel has none.
        form: the form that is open, by its name in domain.yml.
    """

    conversation_id: str
    channel: str
    text: str
    intent: str
    message_id: int | None
    received_at: datetime
    guesses: list[tuple[str, float]]
    hits: list[Hit]
    entry_id: str | None
    idle_seconds: float = 0.0
    address: str | None = None
    form: str | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """The turn of a tracker's latest message."""
        latest = tracker.latest_message
        metadata: dict[str, Any] = latest.get("metadata") or {}
        received = metadata.get("received_at")
        return cls(
            conversation_id=tracker.sender_id,
            channel=tracker.get_latest_input_channel() or SHELL,
            text=latest.get("text") or "",
            intent=(latest.get("intent") or {}).get("name") or "",
            message_id=metadata.get("message_id"),
            received_at=clock.in_beijing(datetime.fromisoformat(received)) if received else clock.now(),
            guesses=[(guess["name"], guess["confidence"]) for guess in latest.get("intent_ranking") or []],
            hits=read_hits(latest.get(KNOWLEDGE)),
            entry_id=next(tracker.get_latest_entity_values("entry"), None),
            idle_seconds=float(metadata.get("idle_seconds") or 0.0),
            address=metadata.get("address"),
            form=(tracker.active_loop or {}).get("name"),
        )

    @property
    def spoken(self) -> bool:
        """Whether a clerk reads the answer aloud."""
        return self.channel == HOTLINE

    @property
    def is_recorded(self) -> bool:
        """Whether what is done leaves a record: not in `rasa shell`, and at the desk only by the clerk's key."""
        return self.message_id is not None and self.channel != HOTLINE

    @property
    def was_away(self) -> bool:
        """Whether the person comes back after a long silence."""
        return self.idle_seconds >= AWAY_SECONDS

    def question(self, intent: str) -> Question:
        """This message as a question about `intent`."""
        return Question(intent, self.received_at.date(), self.spoken, self.hits, self.entry_id)

    def say(self, dispatcher: CollectingDispatcher, reply: Reply) -> None:
        """Send a reply. The source travels beside the text; a shell has no other place than the text.

        The desk is told what was understood as well: its clerk fills the forms, and says other things than a chat.

        Rasa's channels make a message of each paragraph (rasa.core.channels.channel, send_text_message): no blank line.
        """
        reply = replace(reply, text=_BLANK_LINES.sub("\n", reply.text))
        if self.channel == SHELL:
            text = f"{reply.text}\n（{reply.source}）" if reply.source else reply.text
            dispatcher.utter_message(text=text, buttons=_buttons(reply))
            return
        beside = {**reply.beside_text(), **({"intent": self.intent, "form": self.form} if self.spoken else {})}
        dispatcher.utter_message(
            text=reply.text,
            buttons=_buttons(reply),
            json_message={name: value for name, value in beside.items() if value},
        )


def offered_before(tracker: Tracker) -> list[str]:
    """The payloads of the buttons that stood under the answer to the message before."""
    users = [place for place, event in enumerate(tracker.events) if event["event"] == "user"]
    since = tracker.events[users[-2] : users[-1]] if len(users) > 1 else []
    said = [event.get("data") or {} for event in since if event["event"] == "bot"]
    return [button["payload"] for data in said for button in data.get("buttons") or []]


def _buttons(reply: Reply) -> list[dict[str, str]]:
    return [{"title": button.title, "payload": button.payload} for button in reply.buttons]
