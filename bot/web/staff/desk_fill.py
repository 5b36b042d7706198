"""What the caller's words tell for the form: suggestions for fields that are still empty."""

from __future__ import annotations

from collections.abc import Iterable

from bot import clock
from bot.campaign import load
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.grammar import (
    Found,
    age,
    company,
    dates,
    gender,
    groups,
    headcount,
    names,
    phone,
    places,
    salary,
    units,
    urgency,
    work,
)
from bot.knowledge import help_topics, urgent

#: Words of so many characters tell what happened; fewer only that help is wanted.
_TELLS_A_STORY = 15
_HELP, _VACANCY = "request_help", "post_vacancy"
#: In these, days and places are the caller's own: in 明天天气怎么样 they are not. None: the engine did not say.
_TELLS_A_WISH = ("register_job_intention", "inform", "correct", "affirm", "nlu_fallback", None)


def suggest(text: str, intent: str | None) -> dict[str, str]:
    """Field → value for what is said without doubt.

    Args:
        text: the caller's words.
        intent: what they were taken for; None where that is not known.
    """
    number = phone.parse(text)
    found: dict[str, str | None] = {
        "phone": phone.national(number) if number else None,
        "kind_of_work": _only(work.find(text)),
        "unit": units.parse(text, load.current().unit_names) if _is_of_the_caller(text, intent) else None,
        "name": _only(names.find(text)),
        "pay": salary.parse(text),
        "age": _only(age.find(text, clock.today())),
        "gender": gender.gender(text),
        "poverty_alleviated": {True: "yes", False: "no", None: None}[groups.poverty_alleviated(text)],
    }
    if intent == _HELP or intent in RIGHTS_INTENTS:
        found |= _story(text, intent)
    elif intent == _VACANCY:
        found |= _vacancy(text, found["unit"])
    elif intent in _TELLS_A_WISH:
        found |= _wish(text)
    return {field: value for field, value in found.items() if value}


def _is_of_the_caller(text: str, intent: str | None) -> bool:
    """Whether a street that is named is where they live: 大坪有没有招聘会 does not say so."""
    return intent not in CAMPAIGN_INTENTS or "住" in text


def _wish(text: str) -> dict[str, str | None]:
    """Where and when somebody wants to work, and who they are; in a question such words are about the answer."""
    span = dates.parse(text, clock.today())
    return {"place": places.parse(text), "start": span.spoken if span else None, "groups": _groups(text)}


def _vacancy(text: str, street: str | None) -> dict[str, str | None]:
    """Who hires how many; the street that is named is where the work is."""
    return {"company": _only(company.find(text)), "headcount": _only(headcount.find(text)), "place": street}


def _story(text: str, intent: str | None) -> dict[str, str | None]:
    """What happened, of which kind it is, and whether it is urgent."""
    if len(text) < _TELLS_A_STORY:
        return {"topic": help_topics.parse(text)}
    is_urgent = urgent.find(text) is not None or urgency.parse(text) == "yes"
    return {
        "topic": help_topics.parse(text) or help_topics.behind([intent] if intent else []),
        "story": text,
        "urgent": "yes" if is_urgent else None,
    }


def _groups(text: str) -> str:
    """The groups that the caller belongs to, by name; 脱贫人口 has a field of its own."""
    codes = dict.fromkeys(found.value for found in groups.find(text) if found.value != groups.POVERTY_ALLEVIATED)
    return "、".join(groups.all_groups()[code].name for code in codes)


def _only(found: Iterable[Found]) -> str | None:
    """The value, where only one is said."""
    values = {one.value for one in found}
    return values.pop() if len(values) == 1 else None
