"""Everything that is no question: greetings, data, corrections, stopping."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import corrections, hearing, steps
from actions.chat import LISTEN, ChatAction, active_form, asked_field
from actions.fallback import LOST, Fallback, times_lost
from actions.forms import Form
from actions.registrations import JOB_INTENTION, VACANCY
from actions.turn import Turn, offered_before
from bot.campaign import load
from bot.grammar import exact_words
from bot.knowledge import answers, privacy
from bot.reply import Button, Reply

#: What the assistant says to dialogue that asks for nothing.
LINES = {
    "greet": "您好！我是春风行动小助手。招聘会、找工作、培训补贴、工资维权，都可以问我。",
    "thanks": "不用谢，还有什么尽管问。",
    "affirm": "好的。您想问什么，直接说就行。",
    "deny": "好的。您想问什么，直接说就行。",
    "skip": "好的，不说没关系。",
    "resume": "好的。您想问什么，直接说就行。",
}
IN_A_FORM = {"affirm": "好，接着来。", "deny": "好，接着来。", "resume": "好，接着来。"}
NEEDED = "这一项是办这件事要用的，缺了它，工作人员没法帮您；不想填，说“算了”就停，什么都不保存。"
CAPABILITIES = (
    "我是春风行动的自动助手，不是真人。您可以用平常话问我：\n"
    "活动时间、招聘会、培训补贴、就近的工作、创业帮扶、欠薪和工伤怎么办、各部门电话；\n"
    "也可以说“我要登记找工作”“请人联系我”“我要招人”“我的登记”。拿不准的我会直说，并告诉您找谁。"
)
_OPENERS = ("ask_online_fair", "ask_free_training", "rights_unpaid_wages", "register_job_intention", "request_help")

_CHANGE_OR_HELP = "要换个人用吗？换了，前面的内容就清掉，重新开始。帮家里人登记不用换，填他（她）的就行。"

#: What data by itself may be meant for.
_WHAT_FOR = ("register_job_intention", "post_vacancy", "ask_local_jobs")

#: So many things that a job intention asks for, the work among them: then data by itself opens it.
OPENS_WITH = 2


class Chat(ChatAction):
    """Greets, thanks, says goodbye and says what it can do."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_chat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """A goodbye sets an open form aside, whatever it asks for; what only sounds like one is asked back."""
        turn, form = Turn.of(tracker), active_form(tracker)
        asked = asked_field(form, tracker)
        if form is None or asked is None or not _says_goodbye(turn) or asked.is_left_out(turn.text, turn.intent):
            return await super().run(dispatcher, tracker, domain)
        if exact_words.last(turn.text) != "goodbye":
            if asked.takes_questions or asked.slot in hearing.answer(form, asked, tracker.latest_message, True):
                return await TakeData().run(dispatcher, tracker, domain)
            turn.say(dispatcher, steps.put_aside())
            return [LISTEN]
        turn.say(dispatcher, steps.goodbye(form))
        return [*form.close(), LISTEN]

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """A line of its own for each; first steps as buttons outside a form."""
        if _says_goodbye(turn):
            turn.say(dispatcher, steps.goodbye(None))
            return []
        if form is None and turn.intent == "affirm" and _call_me_was_offered(tracker):
            return [FollowupAction("action_open_help_request")]
        text = LINES.get(turn.intent, CAPABILITIES)
        if form is not None:
            asked = asked_field(form, tracker)
            text = NEEDED if turn.intent == "skip" and asked is not None else IN_A_FORM.get(turn.intent, text)
        opens = turn.intent in ("greet", "ask_capabilities") and form is None
        buttons = [answers.button(load.current(), intent) for intent in _OPENERS] if opens else []
        turn.say(dispatcher, Reply(text, buttons))
        return []


def _call_me_was_offered(tracker: Tracker) -> bool:
    """Whether to be called back was the one thing offered, so that 要得 takes it."""
    offered = offered_before(tracker)
    return len(offered) == 1 and offered[0] in (steps.CALL_ME.payload, steps.CALL_ME_NOW.payload)


def _says_goodbye(turn: Turn) -> bool:
    """Whether a message is a goodbye, or thanks and then says goodbye."""
    return turn.intent == "goodbye" or exact_words.last(turn.text) == "goodbye"


class Explain(ChatAction):
    """Says why something is asked, and what becomes of it."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_explain"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """About the field that was asked for; else about all of it."""
        turn.say(dispatcher, steps.why(asked_field(form, tracker)))
        return []


class ChangePerson(Action):
    """Begins afresh for somebody else on the same device: nothing of the last person shows."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_change_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """The channel begins a new session; said in other words, it is asked back: helping a relative is no change."""
        turn, form = Turn.of(tracker), active_form(tracker)
        if not privacy.changes_person(turn.text):
            turn.say(
                dispatcher,
                Reply(_CHANGE_OR_HELP, [Button("换个人用", "/change_person"), Button("不换，接着来", "/resume")]),
            )
            return [LISTEN]
        turn.say(dispatcher, privacy.person_changed())
        return [*(form.close() if form else []), AllSlotsReset()]


class TakeData(ChatAction):
    """Data by itself fills a form; outside of one the registration is opened or offered."""

    may_be_free_text = True
    takes_extras = True

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_take_data"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Say what could not be read, open the registration, or ask what the data is for."""
        opens = _opened_by(tracker)
        if opens and (form is None or form.holds_nothing):
            return [FollowupAction(opens)]
        if form is not None:
            return self.could_not_read(turn, form, dispatcher, tracker)
        if hearing.surely_asks(turn.text) or times_lost(tracker) >= LOST:
            return await Fallback().respond(turn, None, dispatcher, tracker)
        buttons = [answers.button(load.current(), intent) for intent in _WHAT_FOR]
        turn.say(dispatcher, Reply("您是想找工作、招人，还是想问事情？", buttons))
        return []


def _opened_by(tracker: Tracker) -> str | None:
    """The action of the form that data by itself opens: so many people wanted, or a wish for work with more to it."""
    if {"kind_of_work", "headcount"} <= set(hearing.said(VACANCY, tracker.latest_message)):
        return "action_open_vacancy"
    wished = hearing.said(JOB_INTENTION, tracker.latest_message)
    return "action_open_job_intention" if "kind_of_work" in wished and len(wished) >= OPENS_WITH else None


class Correct(ChatAction):
    """A correction with the new value changes it; without one, the field is asked again."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_correct"

    async def respond(
        self, turn: Turn, form: Form | None, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """Change what the message names, or ask what to change."""
        if form is None:
            turn.say(dispatcher, Reply("没关系，您重新说一遍就行。已经提交的，说“我的登记”就能补充。"))
            return []
        named = form.field(next(tracker.get_latest_entity_values("field"), None))
        if named is not None:
            return [*steps.change({named.slot: None}), FollowupAction(form.name)]
        changes: corrections.Changes = {**hearing.said(form, tracker.latest_message)}
        if not changes:
            turn.say(dispatcher, steps.what_to_change(form, tracker.slots))
            return [LISTEN]
        turn.say(dispatcher, steps.changed(form, tracker.slots, changes))
        return steps.change(changes)


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
        turn.say(dispatcher, Reply(f"好，{steps.stopped(form)}"))
        return form.close()
