"""Forms as data: which fields, how each is asked and read. What all forms share stands here once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.forms import REQUESTED_SLOT

from bot.reply import Button, Reply

#: In the slot of a field that the person did not want to fill.
SKIPPED = "-"
YES, NO = "yes", "no"
#: Between the values of a list in one slot.
LIST_MARK = "、"

CONSENT_SLOT = "consent"
SENSITIVE_SLOT = "sensitive_consent"
CONFIRMED_SLOT = "confirmed"
DRAFT_SLOT = "draft_id"
#: The field that is asked only because the person wants to add it.
WANTED_SLOT = "wanted"
#: How often the present question was answered in vain, as `slot:times`.
MISSES_SLOT = "misses"

#: Steps that are no questions about the person's matter.
NOT_COUNTED = (CONSENT_SLOT, SENSITIVE_SLOT, CONFIRMED_SLOT)
_OF_THE_DRAFT = (DRAFT_SLOT, WANTED_SLOT, MISSES_SLOT)


#: 不说了 is a goodbye, but not where leaving out is an answer.
_NOT_TOLD = re.compile(
    r"(?:这个|这样)?我?(?:不(?:想|愿意?|方便)?(?:说|讲|写)|写不来|(?:打|等)?电话(?:里头?|上|头)?再?(?:说|讲|摆))[了你嘛哈哦的吧]*"
)

#: Signs around a value that are no part of it.
EDGES = " ，,。.、;；"

Slots = Mapping[str, Any]


def says(text: str) -> Callable[[Slots], str]:
    """A question that does not depend on what is known."""
    return lambda slots: text


@dataclass(frozen=True, eq=False)
class Field:
    """One thing a form asks for.

    Attributes:
        slot: the slot, named like the entity that fills it.
        label: what the person is told is asked for.
        ask: the question, which may depend on what is known.
        why: why it is asked, for who wants to know.
        again: what is said when the answer could not be read.
        ask_again: the question in short, where it was put in full just before; the same where it is empty.
        loose: reads an answer to the question in the person's own words.
        exact: reads a message that is this value and nothing else.
        alone: reads a message that is surely this, whatever was asked; more of it is added.
        strict: reads what is left of a message beside other data; `loose` where it is not given.
        accepts: whether a value from elsewhere (an entity, a button) may stand in the slot.
        choices: buttons: what each says → its value.
        by_intent: dialogue words that answer it: `affirm` → yes.
        shown: the value as it stands in the summary.
        is_optional: whether "不想说" is an answer.
        left_out: what stands in the slot then.
        left_out_title: what the button for it says.
        is_asked: False for what is kept when it is said, and can be added at the summary.
        is_list: whether a message may hold several values, which are all kept.
        is_whole: whether the answer is the whole text, whatever data stands in it: an address.
        takes_questions: whether whatever is said is the answer, even what looks like a question.
        answers_questions: whether such a question is answered as well.
        applies: whether it is to be asked, by what is known.
        also_called: other words for the label, in a correction.
    """

    slot: str
    label: str
    ask: Callable[[Slots], str]
    again: str
    loose: Callable[[str], str | None]
    ask_again: str = ""
    why: str = ""
    exact: Callable[[str], str | None] = lambda text: None
    alone: Callable[[str], str | None] = lambda text: None
    strict: Callable[[str], str | None] | None = None
    accepts: Callable[[str], bool] = lambda value: False
    choices: Callable[[], Mapping[str, str]] = dict
    by_intent: Mapping[str, str] = field(default_factory=dict)
    shown: Callable[[str], str] = str
    is_optional: bool = False
    left_out: str = SKIPPED
    left_out_title: str = "不想说"
    is_asked: bool = True
    is_list: bool = False
    is_whole: bool = False
    takes_questions: bool = False
    answers_questions: bool = False
    applies: Callable[[Slots], bool] = lambda slots: True
    also_called: tuple[str, ...] = ()

    def is_left_out(self, text: str, intent: str) -> bool:
        """Whether a message says that the person does not want to tell, where that is an answer."""
        return self.is_optional and (intent == "skip" or _NOT_TOLD.fullmatch(text.strip(EDGES)) is not None)


@dataclass(frozen=True)
class Form:
    """A Rasa form.

    Attributes:
        name: in domain.yml.
        title: what people call it.
        way_back: what to say to open it again.
        fields: in the order of asking.
        holds_nothing: whether it only looks something up, so that leaving it loses nothing.
        refuses: slot → what is said in place of registering, where its value forbids that.
        needs: slot → whether a message hints that its value must be known, though it is not asked for else.
    """

    name: str
    title: str
    way_back: str
    fields: tuple[Field, ...]
    holds_nothing: bool = False
    refuses: Mapping[str, Callable[[str], Reply | None]] = field(default_factory=dict)
    needs: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)

    def field(self, slot: str | None) -> Field | None:
        """The field that fills `slot`."""
        return next((one for one in self.fields if one.slot == slot), None)

    @property
    def is_registration(self) -> bool:
        """Whether it leaves a registration, and so asks for consent first."""
        return self.field(CONSENT_SLOT) is not None

    def refusal(self, slots: Slots) -> tuple[str, Reply] | None:
        """The slot whose value forbids to register, and what is said then; None where nothing does."""
        given = [(slot, says, slots.get(slot)) for slot, says in self.refuses.items()]
        said = [(slot, says(str(value))) for slot, says, value in given if value not in (None, SKIPPED)]
        return next(((slot, reply) for slot, reply in said if reply is not None), None)

    def needed(self, slots: Slots, text: str) -> str | None:
        """The slot that must be known by what a message hints, where it is not."""
        return next((slot for slot, hints in self.needs.items() if not slots.get(slot) and hints(text)), None)

    def takes(self, slot: str, extras: bool) -> bool:
        """Whether a value is taken that was not asked for just now.

        Consents and the confirmation never are: a button of an earlier form is no answer to this one.
        """
        field = self.field(slot)
        return field is not None and slot not in NOT_COUNTED and (field.is_asked or extras)

    def required(self, slots: Slots) -> list[str]:
        """The slots to ask for, in order, by what is known: after the consent first what is to be added."""
        wanted = slots.get(WANTED_SLOT)
        asked = [one.slot for one in self.fields if (one.is_asked or one.slot == wanted) and one.applies(slots)]
        return sorted(asked, key=lambda slot: (slot != CONSENT_SLOT, slot != wanted))

    def progress(self, slots: Slots, asked: str) -> str | None:
        """`第2步，共5步` for a question about the matter itself."""
        steps = self._steps(slots)
        return f"第{steps.index(asked) + 1}步，共{len(steps)}步" if asked in steps else None

    def _steps(self, slots: Slots) -> list[str]:
        return [slot for slot in self.required(slots) if slot not in NOT_COUNTED]

    def question(self, asked: Field, slots: Slots, is_again: bool = False) -> str:
        """The question for a field; the first says how many will come, the last reads back what was given."""
        if is_again and asked.ask_again:
            return asked.ask_again
        if asked.slot == CONSENT_SLOT:
            return f"好，我帮您办{self.title}，最多问{len(self._steps(slots))}样，一两分钟。\n{asked.ask(slots)}"
        if asked.slot != CONFIRMED_SLOT:
            return asked.ask(slots)
        lines = [f"{one.label}：{one.shown(value)}" for one, value in self.filled(slots)]
        return "\n".join(["您看对不对：", *lines, asked.ask(slots)])

    def filled(self, slots: Slots) -> list[tuple[Field, str]]:
        """What the person gave, for the summary."""
        given = [(one, slots.get(one.slot)) for one in self.fields if one.slot not in NOT_COUNTED]
        return [(one, str(value)) for one, value in given if value not in (None, SKIPPED)]

    def changeable(self, slots: Slots) -> list[Field]:
        """What can be changed or added at the summary."""
        fields = [one for one in self.fields if one.slot not in NOT_COUNTED]
        return [one for one in fields if one.applies(slots) or slots.get(one.slot) is not None]

    def change_buttons(self, slots: Slots) -> list[Button]:
        """A button for each thing that can be changed or added."""
        return [
            Button(
                f"{'改' if slots.get(one.slot) not in (None, SKIPPED) else '补'}{one.label}",
                f"/correct{json.dumps({'field': one.slot})}",
            )
            for one in self.changeable(slots)
        ]

    def empty(self) -> list[EventType]:
        """The events that forget everything the form holds: on opening, on cancelling and after saving."""
        return [SlotSet(slot, None) for slot in (*(one.slot for one in self.fields), *_OF_THE_DRAFT)]

    def close(self) -> list[EventType]:
        """The events that leave the form and keep nothing."""
        return [ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), *self.empty()]
