"""The employer's vacancy, for a clerk to check and publish."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions import reading
from actions.filling import OpenForm
from actions.forms import Slots
from actions.registrations import VACANCY
from actions.saving import Saved, SaveForm, given
from actions.turn import Turn
from bot.campaign import load
from bot.grammar import units
from bot.knowledge import answers
from bot.records.models import Registration, Vacancy
from bot.reply import Button, Reply

_REQUIREMENTS = re.compile(r"要求[:：是]?\s*([^。！!\n]{2,100})")


class OpenVacancy(OpenForm):
    """Opens the vacancy."""

    form = VACANCY

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_open_vacancy"

    def first_values(self, turn: Turn, tracker: Tracker) -> dict[str, str]:
        """What the message says, and what it requires; a day is a deadline."""
        entities = tracker.latest_message.get("entities") or []
        values = super().first_values(turn, tracker)
        listed = _REQUIREMENTS.search(turn.text)
        requirements = reading.read_requirements(listed.group(1)) if listed else reading.requirements_in(turn.text)
        day = next((str(one["value"]) for one in entities if one["entity"] == "date"), None)
        deadline = reading.spoken_deadline(day, turn.received_at.date()) if day else None
        if requirements or deadline:
            values["requirements"] = "；".join(filter(None, (requirements, deadline)))
        return values


class SaveVacancy(SaveForm):
    """Saves it; a clerk checks it before anybody is sent there."""

    form = VACANCY

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_save_vacancy"

    def registration(self, slots: Slots) -> Registration:
        """The post as the employer described it."""
        return Vacancy(
            company=given(slots, "company"),
            kind_of_work=given(slots, "kind_of_work"),
            headcount=int(slots["headcount"]),
            pay=given(slots, "salary"),
            place=given(slots, "place"),
            requirements=given(slots, "requirements"),
        )

    def unit(self, slots: Slots) -> str | None:
        """The street in which the work is: its clerks check the vacancy."""
        return units.parse(str(slots.get("place") or ""), reading.unit_names())

    def thanks(self, saved: Saved) -> list[Reply]:
        """The receipt, and what happens next."""
        text = (
            f"收到了，报给工作人员核实，核实以后再发给求职的人。\n"
            f"回执号：{saved.receipt}（请记下来，报回执号就能查、能补充、能撤回）"
        )
        support = answers.button(load.current(), "ask_employer_support")
        return [Reply(text, [support, Button("我的登记", "/check_my_request")])]
