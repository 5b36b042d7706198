"""The help request: a matter written down, for a clerk to call back about."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions import hearing, steps
from actions.filling import OpenForm
from actions.forms import YES, Slots
from actions.registrations import HELP_REQUEST
from actions.saving import Saved, SaveForm, given
from actions.turn import Turn, offered_before
from bot.campaign.intents import RIGHTS_INTENTS
from bot.grammar import urgency
from bot.knowledge import choose, help_topics, load, urgent
from bot.records.models import HelpRequest, Registration
from bot.reply import Button, Reply

#: An opening message of so many letters beside phone and street tells what happened; a shorter one only that help
#: is wanted.
TELLS_A_STORY = 12

#: Another guess of the classifier tells the kind of help when it is at least so likely.
KIND_AT_LEAST = 0.2


class OpenHelpRequest(OpenForm):
    """Opens the help request; what the message tells already is not asked again."""

    form = HELP_REQUEST

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_open_help_request"

    def first_values(self, turn: Turn, tracker: Tracker) -> dict[str, str]:
        """The street and phone in it, and, of a long message, the story and its kind; buttons bring theirs."""
        values = super().first_values(turn, tracker)
        if turn.intent == "affirm" and steps.CALL_ME_NOW.payload in offered_before(tracker):
            return {**values, "urgent": YES}
        if turn.text.startswith("/") or hearing.letters_beside_data(tracker.latest_message) < TELLS_A_STORY:
            return values
        values.setdefault("story", turn.text)
        kind = help_topics.parse(turn.text) or help_topics.behind(_topics(turn))
        if kind is not None:
            values.setdefault("topic", kind)
        pressing = YES if urgent.find(turn.text) else urgency.parse(turn.text)
        if pressing is not None:
            values.setdefault("urgent", pressing)
        return values


def _topics(turn: Turn) -> list[str]:
    """What the message may also be about, likeliest first: other guesses, then the entries that fit."""
    guessed = [name for name, share in turn.guesses if share >= KIND_AT_LEAST and name != turn.intent]
    return [*guessed, *(entry.topic for entry in choose.fitting(turn.hits, turn.received_at.date()))]


class SaveHelpRequest(SaveForm):
    """Saves it; an urgent one stands at the head of the clerks' queue."""

    form = HELP_REQUEST

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_save_help_request"

    def registration(self, slots: Slots) -> Registration:
        """The kind of help and what happened."""
        return HelpRequest(topic=given(slots, "topic"), story=given(slots, "story"))

    def thanks(self, saved: Saved) -> list[Reply]:
        """The receipt, and whom to call for who cannot wait."""
        labour, government = load.hotline("labour"), load.hotline("government")
        soon = "已经标了“很急”，排在最前面。" if saved.slots.get("urgent") == YES else ""
        text = (
            f"报给工作人员了。{soon}\n回执号：{saved.receipt}（请记下来，报回执号就能查、能补充、能撤回）\n"
            f"等不及，可以打 {labour.number}（{labour.name}）或 {government.number}（{government.name}）。"
        )
        law = _law_button(str(saved.slots.get("topic")))
        return [Reply(text, [*law, Button("我的登记", "/check_my_request")])]


def _law_button(topic: str) -> list[Button]:
    """Who asks for help with their rights may want to know them."""
    first = next(iter(RIGHTS_INTENTS))
    return [Button("先看看法律怎么说", f"/{first}")] if topic == "rights" else []
