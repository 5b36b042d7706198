"""What a clerk on a call says to what is no question, from data/knowledge/desk_lines.yml.

The chat asks for a form's fields one by one, hands over to a person and begins new sessions; at the desk the clerk is
the person, and the form stands on the page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from bot import settings, yamlfile
from bot.campaign import load
from bot.campaign.model import Part
from bot.grammar import receipts
from bot.knowledge import load as knowledge
from bot.knowledge.answers import spaced
from bot.knowledge.privacy import Purpose

END = "end"
Opens = Literal["job_intention", "help_request", "vacancy", "find", "end"]

#: The engine's form (its name in domain.yml) → the intent that it is opened for.
FORMS = {
    "job_intention_form": "register_job_intention",
    "help_request_form": "request_help",
    "vacancy_form": "post_vacancy",
    "find_record_form": "check_my_request",
    "note_form": "check_my_request",
}
#: Not understood.
LOST = "nlu_fallback"


class Line(Part):
    """What is said to the caller, what the clerk is reminded of, and what the page opens."""

    say: str
    note: str = ""
    open: Opens | None = None


class _DeskLines(Part):
    opening: Line
    offered: Line
    saved: dict[Purpose, str]
    lines: dict[str, Line]


@lru_cache(maxsize=1)
def _listed() -> _DeskLines:
    return yamlfile.parse(_DeskLines, settings.ROOT / "data" / "knowledge" / "desk_lines.yml")


def opening() -> Line:
    """What a call begins with."""
    return _listed().opening


def offered() -> Line:
    """What is said before next steps that the caller may have meant."""
    return _listed().offered


def saved(kind: Purpose, receipt: str) -> str:
    """What is said when a registration is saved."""
    return _listed().saved[kind].format(receipt=receipts.spaced(receipt))


def intents() -> set[str]:
    """The intents that have a line."""
    return set(_listed().lines)


def of(intent: str | None) -> Line | None:
    """The line of an intent; None for a question: the engine's answer is what is said."""
    line = _listed().lines.get(intent or "")
    return line and line.copy(update={"say": line.say.strip().format(whom=_whom())})


def _whom() -> str:
    """Whom else to ask: the campaign's first department, else the labour offices' line."""
    contacts = load.current().contacts
    if contacts:
        return f"{contacts[0].department}，{spaced(contacts[0].phone)}"
    labour = knowledge.hotline("labour")
    return f"{labour.name}，{labour.number}"
