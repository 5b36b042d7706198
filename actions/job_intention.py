"""The job intention: kind of work, street, name, phone; in the end a receipt number."""

from __future__ import annotations

import asyncio
import uuid

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.forms import DRAFT_SLOT, AskField, Field, Form, FormValidation
from actions.turn import Turn
from bot import settings
from bot.campaign import load
from bot.grammar import Found, is_only, names, phone, units, work
from bot.records import database, job_intentions
from bot.records.models import Conversation
from bot.reply import Reply

#: Stands in the slot of the street where the campaign's notice has no reporting units: it is not asked then.
NO_UNIT = "-"

LONGEST_WORK = 20


def _only(found: list[Found], text: str) -> str | None:
    """The value of the one thing found, when the text is nothing else."""
    return found[0].value if len(found) == 1 and is_only(text, [(found[0].start, found[0].end)]) else None


def _any_work(text: str) -> str | None:
    found = work.find(text)
    return found[0].value if found else work.parse_free(text)


def _unit_names() -> list[str]:
    return load.current().unit_names


KIND_OF_WORK = Field(
    slot="kind_of_work",
    label="工种",
    also_called=("工作",),
    ask="您想做什么工作？比如：保安、保洁、厨师、电工。",
    again="没看懂您想做哪一行。写工种就行，比如：保安、保洁、厨师。",
    exact=lambda text: _only(work.find(text), text),
    loose=_any_work,
    accepts=lambda value: 0 < len(value) <= LONGEST_WORK,
)
UNIT = Field(
    slot="unit",
    label="街道",
    ask="您住在（或想在）哪个街道？",
    again="没有找到这个街道。请点下面的街道，或写街道名称。",
    exact=lambda text: _only(units.find(text, _unit_names()), text),
    loose=lambda text: units.parse(text, _unit_names()),
    accepts=lambda value: value in _unit_names(),
    choices=_unit_names,
)
PERSON_NAME = Field(
    slot="person_name",
    label="姓名",
    also_called=("名字",),
    ask="怎么称呼您？请写姓名。",
    again="没看懂姓名。请只写姓名，两到四个字。",
    exact=names.parse,
    loose=names.parse_answer,
    accepts=lambda value: names.parse_answer(value) == value,
)
PHONE = Field(
    slot="phone",
    label="电话",
    also_called=("手机", "号码"),
    ask="您的电话号码是多少？有合适的岗位好通知您。",
    again="这个号码不对。请写11位手机号，或带区号的座机。",
    exact=lambda text: _only(phone.find(text), text),
    loose=phone.parse,
    accepts=lambda value: phone.parse(value) == value,
)
JOB_INTENTION = Form("job_intention_form", (KIND_OF_WORK, UNIT, PERSON_NAME, PHONE))


def _asked() -> list[Field]:
    """The fields that are asked for in the running campaign."""
    return [field for field in JOB_INTENTION.fields if field is not UNIT or _unit_names()]


def _opening() -> str:
    labels = [field.label for field in _asked()]
    return (
        f"好，我帮您登记求职意向，只问{len(labels)}样：{'、'.join(labels)}。\n"
        "这些只用来给您介绍工作，加密保存，只有经办人员能看。随时说“算了”就停，不会登记。"
    )


class ValidateJobIntention(FormValidation):
    """Reads the message that opened the form."""

    form = JOB_INTENTION


class AskKindOfWork(AskField):
    """Asks what work is wanted."""

    field = KIND_OF_WORK


class AskUnit(AskField):
    """Asks for the street."""

    field = UNIT


class AskPersonName(AskField):
    """Asks for the name."""

    field = PERSON_NAME


class AskPhone(AskField):
    """Asks for the phone."""

    field = PHONE


class OpenJobIntention(Action):
    """Opens the form empty, whoever used it before; one that is open already reads the message instead."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_open_job_intention"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Say what is kept and why, and give the draft its id."""
        if (tracker.active_loop or {}).get("name") == JOB_INTENTION.name:
            values = JOB_INTENTION.read_answer(tracker, may_be_free_text=True)
            return [SlotSet(slot, value) for slot, value in values.items()]
        Turn.of(tracker).say(dispatcher, Reply(_opening()))
        events = [*JOB_INTENTION.empty(), SlotSet(DRAFT_SLOT, str(uuid.uuid4()))]
        return events if UNIT in _asked() else [*events, SlotSet(UNIT.slot, NO_UNIT)]


class SubmitJobIntention(Action):
    """Saves the finished form and gives the receipt number."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_submit_job_intention"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Save once, say the receipt number, and forget the slots."""
        turn = Turn.of(tracker)
        given = job_intentions.JobIntentionGiven(
            draft_id=tracker.get_slot(DRAFT_SLOT) or str(uuid.uuid4()),
            kind_of_work=tracker.get_slot(KIND_OF_WORK.slot),
            unit=None if tracker.get_slot(UNIT.slot) == NO_UNIT else tracker.get_slot(UNIT.slot),
            name=tracker.get_slot(PERSON_NAME.slot),
            phone=tracker.get_slot(PHONE.slot),
        )
        if not turn.is_recorded:
            turn.say(dispatcher, Reply("（试运行：没有保存。）"))
            return JOB_INTENTION.empty()
        receipt = await asyncio.to_thread(_save, turn, given)
        turn.say(dispatcher, Reply(_thanks(given, receipt)))
        return JOB_INTENTION.empty()


def _save(turn: Turn, given: job_intentions.JobIntentionGiven) -> str:
    with database.writing() as session:
        conversation = session.get(Conversation, turn.conversation_id)
        return job_intentions.save(session, settings.get().campaign, conversation, given, turn.received_at)


def _thanks(given: job_intentions.JobIntentionGiven, receipt: str) -> str:
    street = f"街道：{given.unit}\n" if given.unit else ""
    return (
        f"登记好了。\n回执号：{receipt[:4]} {receipt[4:]}（请记下来）\n"
        f"想做：{given.kind_of_work}\n{street}姓名：{given.name}\n电话：{phone.masked(given.phone)}\n"
        "有合适的岗位，工作人员会打这个电话。"
    )
