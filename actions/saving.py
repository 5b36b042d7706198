"""Saving a finished registration: once, with its consents, and a receipt to read out on the phone."""

from __future__ import annotations

import asyncio
import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions import reading
from actions.forms import CONSENT_SLOT, DRAFT_SLOT, SENSITIVE_SLOT, SKIPPED, YES, Form, Slots
from actions.turn import Turn
from bot import settings
from bot.grammar import receipts
from bot.knowledge import privacy
from bot.records import database, registrations
from bot.records.models import Conversation, Registration
from bot.reply import Reply


def given(slots: Slots, slot: str) -> str | None:
    """What the person gave for a slot; None where nothing was, or they did not want to say."""
    value = slots.get(slot)
    return None if value in (None, SKIPPED, "") else str(value)


def applicant(form: Form, slots: Slots, unit: str | None) -> registrations.Applicant:
    """Who leaves the registration, out of the form's slots."""
    poverty = given(slots, "poverty_alleviated")
    return registrations.Applicant(
        draft_id=given(slots, DRAFT_SLOT) or str(uuid.uuid4()),
        phone=slots["phone"],
        name=given(slots, "person_name"),
        unit=unit,
        gender=given(slots, "gender"),
        poverty_alleviated=None if poverty is None else poverty == YES,
        urgent=slots.get("urgent") == YES,
        consents=tuple(_consents(form, slots)),
    )


def _consents(form: Form, slots: Slots) -> list[registrations.ConsentGiven]:
    kinds = {CONSENT_SLOT: "personal", SENSITIVE_SLOT: "sensitive"}
    agreed = [(kind, form.field(slot)) for slot, kind in kinds.items() if slots.get(slot) == YES]
    return [
        registrations.ConsentGiven(kind, privacy.version(field.ask(slots)))
        for kind, field in agreed
        if field is not None
    ]


@dataclass(frozen=True)
class Saved:
    """What was saved: the receipt as it is read out, what the form held, and what came with it."""

    receipt: str
    slots: Slots
    more: Any = None


class SaveForm(Action, ABC):
    """Saves a finished form and gives the receipt number; then the form forgets."""

    @property
    @abstractmethod
    def form(self) -> Form:
        """The form that was finished."""

    @abstractmethod
    def registration(self, slots: Slots) -> Registration:
        """The new row, its own columns filled."""

    @abstractmethod
    def thanks(self, saved: Saved) -> list[Reply]:
        """What is said after saving."""

    def unit(self, slots: Slots) -> str | None:
        """The street whose clerks see to it; None for another place."""
        street = given(slots, "unit")
        return None if street in reading.NO_STREET else street

    def also(self, session: Session, saved: Any, turn: Turn, slots: Slots) -> Any:
        """What is done in the same transaction."""
        return None

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Save once, say the receipt number, and forget the slots."""
        turn = Turn.of(tracker)
        if not turn.is_recorded:
            turn.say(dispatcher, Reply("（试运行：没有保存。）"))
            return self.form.empty()
        saved = await asyncio.to_thread(self._save, turn, dict(tracker.slots))
        for reply in self.thanks(saved):
            turn.say(dispatcher, reply)
        return self.form.empty()

    def _save(self, turn: Turn, slots: Slots) -> Saved:
        with database.writing() as session:
            conversation = session.get(Conversation, turn.conversation_id)
            campaign = settings.get().campaign
            who = applicant(self.form, slots, self.unit(slots))
            row = registrations.save(session, campaign, conversation, who, self.registration(slots), turn.received_at)
            return Saved(receipts.spaced(row.receipt), slots, self.also(session, row, turn, slots))
