"""我的登记: what a person left, seen, added to, withdrawn, erased; by device, or receipt and last four digits."""

from __future__ import annotations

import asyncio

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session

from actions import records_told, steps
from actions.chat import LISTEN, ChatAction
from actions.forms import Form
from actions.registrations import FIND_RECORD, NOTE
from actions.turn import Turn
from bot.grammar import withdrawal
from bot.grammar.withdrawal import Wanted
from bot.records import access, database, erasure, registrations
from bot.records.models import Conversation, Registration
from bot.reply import Button, Reply

#: The receipt that was opened in this conversation by its number and the last four digits.
OPENED_SLOT = "opened"

MOST_SHOWN = 3

NOTHING = Reply("这里没有找到您的登记。")


class MyRecords(ChatAction):
    """Shows what was left, or asks for the receipt; takes the steps that its buttons offer."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_my_records"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """A step of a button; else the list; else the question for the receipt."""
        if turn.message_id is None:
            turn.say(dispatcher, Reply("（试运行：没有登记可查。）"))
            return []
        step = next(tracker.get_latest_entity_values("do"), None)
        receipt = next(tracker.get_latest_entity_values("receipt"), None)
        opened = tracker.get_slot(OPENED_SLOT)
        if step and receipt:
            return await self._step(step, str(receipt), turn, dispatcher, opened)
        wanted = withdrawal.parse(turn.text) if turn.intent == "withdraw_my_data" else None
        asked = await asyncio.to_thread(_ask_back, wanted, turn, opened) if wanted is not None else None
        if asked is not None:
            turn.say(dispatcher, asked)
            return [LISTEN]
        if wanted is not None and form is not None and form.is_registration:
            turn.say(dispatcher, Reply(f"好，{steps.stopped(form)}"))
            return [*form.close(), LISTEN]
        shown = await asyncio.to_thread(_list, turn, opened)
        for reply in shown if form is None else [Reply(reply.text) for reply in shown]:
            turn.say(dispatcher, reply)
        if shown:
            return []
        if form is FIND_RECORD:
            turn.say(dispatcher, Reply("报了回执号，就能看、能补充、能撤回。"))
            return []
        if form is not None:
            turn.say(dispatcher, Reply("等这个填完，再说“我的登记”，报回执号就能查。"))
            return []
        turn.say(dispatcher, NOTHING)
        return [*FIND_RECORD.empty(), FollowupAction(FIND_RECORD.name)]

    async def _step(
        self, step: str, receipt: str, turn: Turn, dispatcher: CollectingDispatcher, opened: str | None
    ) -> list[EventType]:
        if step == "add":
            return [ActiveLoop(None), *NOTE.empty(), SlotSet(OPENED_SLOT, receipt), FollowupAction(NOTE.name)]
        reply = await asyncio.to_thread(_take, step, receipt, turn, opened)
        turn.say(dispatcher, reply)
        return []


class FindRecord(Action):
    """Opens a registration by receipt and last four digits; wrong tries are counted."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_save_find_record"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Show it, or say that nothing fits; never which of the two was wrong."""
        turn = Turn.of(tracker)
        receipt, last_four = tracker.get_slot("receipt"), tracker.get_slot("last_four")
        found, reply = await asyncio.to_thread(_open, turn, receipt, last_four)
        turn.say(dispatcher, reply)
        return [*FIND_RECORD.empty(), *([SlotSet(OPENED_SLOT, receipt)] if found else [])]


class SaveNote(Action):
    """Adds what the person wrote to the registration that was opened."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_save_note"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Add it once."""
        turn = Turn.of(tracker)
        reply = await asyncio.to_thread(_add, turn, str(tracker.get_slot(OPENED_SLOT)), str(tracker.get_slot("note")))
        turn.say(dispatcher, reply)
        return [*NOTE.empty(), LISTEN]


def _permitted(session: Session, turn: Turn, opened: str | None) -> list[Registration]:
    """What this conversation may see: what was left in it, and what was opened by its receipt."""
    mine = registrations.left_in(session, session.get(Conversation, turn.conversation_id))
    other = registrations.by_receipt(session, opened) if opened else None
    return mine if other is None or other in mine else [other, *mine]


def _one(session: Session, turn: Turn, opened: str | None, receipt: str) -> Registration | None:
    return next((row for row in _permitted(session, turn, opened) if row.receipt == receipt), None)


def _list(turn: Turn, opened: str | None) -> list[Reply]:
    with database.reading() as session:
        return [records_told.shown(session, row) for row in _permitted(session, turn, opened)[:MOST_SHOWN]]


def _ask_back(wanted: Wanted, turn: Turn, opened: str | None) -> Reply | None:
    """Whether that is surely wanted, and of which registration; None where this conversation may see none."""
    with database.reading() as session:
        rows = _permitted(session, turn, opened)
        if not rows:
            return None
        found = records_told.which(wanted, rows)
        return found if isinstance(found, Reply) else records_told.ask_back(session, wanted, found)


def _open(turn: Turn, receipt: str, last_four: str) -> tuple[bool, Reply]:
    with database.writing() as session:
        tried = access.open_by_receipt(
            session, receipt, last_four, turn.conversation_id, turn.address, turn.received_at
        )
        if tried.registration is not None:
            return True, records_told.shown(session, tried.registration)
    if tried.blocked_until is not None:
        return False, Reply(f"试的次数太多了，请{tried.blocked_until:%H:%M}以后再试，或者找人工。", [steps.PERSON])
    again = Button("再试一次", "/check_my_request")
    return False, Reply("回执号和电话后四位对不上，请看看是不是写错了。", [again, steps.PERSON])


def _take(step: str, receipt: str, turn: Turn, opened: str | None) -> Reply:
    """Ask back, withdraw or erase."""
    with database.writing() as session:
        row = _one(session, turn, opened, receipt)
        if row is None:
            return NOTHING
        if step in records_told.ASKED_BACK:
            return records_told.ask_back(session, records_told.ASKED_BACK[step], row)
        if step == "withdraw_yes":
            registrations.withdraw(session, row, turn.received_at)
            return Reply("撤回了，不会再有人为这件事联系您。已经统计过的人次不变。")
        if step != "erase_yes":
            return NOTHING
        erasure.erase(session, row.person_id, turn.received_at)
        return Reply(
            "删好了：姓名、电话、登记、说过的话都没有了。已经统计过的人次只剩一个没有名字的数。", session="new"
        )


def _add(turn: Turn, receipt: str, text: str) -> Reply:
    with database.writing() as session:
        row = _one(session, turn, receipt, receipt)
        if row is None:
            return NOTHING
        registrations.add_note(session, row, int(turn.message_id or 0), text, turn.received_at)
        return Reply("补上了，工作人员看得到。", [Button("我的登记", "/check_my_request")])
