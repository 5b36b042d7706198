"""Everything that is no question: greetings, data, corrections, stopping."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.chat import ChatAction, active_form
from actions.forms import Form
from actions.turn import Turn
from bot.campaign import load
from bot.campaign.intents import REQUEST_INTENTS
from bot.knowledge import answers
from bot.reply import Button, Reply

#: What the assistant says to dialogue that asks for nothing.
LINES = {
    "greet": "您好！我是春风行动小助手。招聘会、找工作、培训补贴、工资维权，都可以问我。",
    "thanks": "不用谢，还有什么尽管问。",
    "goodbye": "再见，祝您工作顺利！有事再来问我。",
    "affirm": "好的。您想问什么，直接说就行。",
    "deny": "好的。您想问什么，直接说就行。",
}
CAPABILITIES = (
    "我是春风行动的自动助手，不是真人。您可以用平常话问我：\n"
    "活动时间、招聘会、培训补贴、就近的工作、创业帮扶、欠薪和工伤怎么办、各部门电话；\n"
    "也可以说“我要登记找工作”。拿不准的我会直说，并告诉您找谁。"
)
_OPENERS = ("ask_online_fair", "ask_free_training", "rights_unpaid_wages", "register_job_intention")


class Chat(ChatAction):
    """Greets, thanks, says goodbye and says what it can do."""

    may_be_free_text = False

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_chat"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """A line of its own for each; first steps as buttons outside a form."""
        text = LINES.get(turn.intent, CAPABILITIES)
        opens = turn.intent in ("greet", "ask_capabilities") and form is None
        buttons = [answers.button(load.current(), intent) for intent in _OPENERS] if opens else []
        turn.say(dispatcher, Reply(text, buttons))
        return []


class TakeData(ChatAction):
    """Data by itself fills a form; outside of one the registration is offered."""

    may_be_free_text = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_take_data"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say what could not be read, or ask what the data is for."""
        if form is not None:
            field = form.field(tracker.get_slot("requested_slot"))
            turn.say(dispatcher, Reply(field.again if field else "没看懂，请换个说法。"))
            return []
        intent = "register_job_intention"
        buttons = [Button(REQUEST_INTENTS[intent], f"/{intent}"), answers.button(load.current(), "ask_local_jobs")]
        turn.say(dispatcher, Reply("您是想登记找工作，还是想问事情？", buttons))
        return []


class Correct(ChatAction):
    """A correction with the new value changes it; without one, the field is asked again."""

    may_be_free_text = False

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_correct"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Change what the message names, or ask what to change."""
        if form is None:
            turn.say(dispatcher, Reply("没关系，您重新说一遍就行。"))
            return []
        changes = {**form.read_correction(turn.text), **form.read_entities(tracker.latest_message["entities"])}
        if changes:
            turn.say(dispatcher, Reply("好，改过来。"))
        else:
            turn.say(dispatcher, Reply("没关系。要改哪一项，直接告诉我新的，比如“电话改成……”。"))
        return [SlotSet(slot, value) for slot, value in changes.items()]


class Cancel(Action):
    """Leaves the open form and registers nothing of it."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_cancel"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Stop, and say that nothing was registered."""
        form = active_form(tracker)
        turn = Turn.of(tracker)
        if form is None:
            turn.say(dispatcher, Reply("好的。您想问什么，直接说就行。"))
            return []
        turn.say(dispatcher, Reply("好，没有登记，不会有人联系您。想登记时再跟我说。"))
        return form.close()
