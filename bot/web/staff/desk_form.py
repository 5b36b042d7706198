"""The form at the desk: every field open for direct entry, and the registration it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaign import load
from bot.grammar import phone, sensitive, units
from bot.knowledge import help_topics, privacy
from bot.records.models import HelpRequest, JobIntention, Registration, Vacancy
from bot.records.registrations import Applicant, ConsentGiven
from bot.web.staff.guard import Form
from bot.web.staff.refusals import Refusal

_LONGEST = 60
_LONGEST_STORY = 500
_LARGEST_HEADCOUNT = 10_000
_GENDERS = {"": None, "male": "male", "female": "female"}
_POVERTY = {"": None, "yes": True, "no": False}

Kind = privacy.Purpose
KINDS: dict[Kind, str] = {"job_intention": "求职", "help_request": "求助", "vacancy": "招工"}


@dataclass(frozen=True)
class Filled:
    """A form that can be saved."""

    applicant: Applicant
    left: Registration


def read(form: Form, login: str) -> Filled:
    """What the clerk filled in.

    Args:
        form: as it was posted.
        login: of the clerk.

    Raises:
        Refusal: something is missing; the clerk is told what to ask or read out.
    """
    kind = next((known for known in KINDS if known == form.get("kind")), None)
    if kind is None:
        raise Refusal(422, "请选登记什么。")
    number = phone.parse(form.get("phone", ""))
    if number is None:
        raise Refusal(422, "请写对方的电话。")
    left = _left(kind, form)
    if not form.get("consent"):
        raise Refusal(422, f"要先念给对方听，对方同意才能登记：{consent(kind)}")
    consents = [ConsentGiven("personal", privacy.version(consent(kind)))]
    told = sensitive.kinds("。".join(form.get(name, "") for name in ("story", "groups", "age", "requirements")))
    if told and not form.get("sensitive"):
        raise Refusal(422, f"这里说到了敏感的事，念给对方听，同意了勾第二个框；不同意就删掉：{privacy.sensitive(told)}")
    if told:
        consents.append(ConsentGiven("sensitive", privacy.version(privacy.sensitive(told))))
    applicant = Applicant(
        draft_id=form.get("draft", "")[:36],
        phone=number,
        name=_text(form, "name"),
        unit=_unit(form),
        gender=_GENDERS.get(form.get("gender", "")),
        poverty_alleviated=_POVERTY.get(form.get("poverty_alleviated", "")),
        urgent=bool(form.get("urgent")),
        consents=tuple(consents),
        clerk=login,
    )
    if not applicant.draft_id:
        raise Refusal(422, "表单不完整，请刷新页面再试。")
    return Filled(applicant, left)


def _left(kind: Kind, form: Form) -> Registration:
    if kind == "job_intention":
        return JobIntention(
            kind_of_work=_needed(form, "kind_of_work", "对方想做什么工作"),
            place=_text(form, "place"),
            pay=_text(form, "pay"),
            start=_text(form, "start"),
            age=_text(form, "age"),
        )
    if kind == "help_request":
        topic = form.get("topic", "")
        if topic not in {one.code for one in help_topics.topics()}:
            raise Refusal(422, "请选是哪方面的事。")
        return HelpRequest(topic=topic, story=_needed(form, "story", "是怎么回事", _LONGEST_STORY))
    headcount = form.get("headcount", "").strip()
    if not (headcount.isascii() and headcount.isdigit() and 0 < int(headcount[:9]) <= _LARGEST_HEADCOUNT):
        raise Refusal(422, "请写招几个人（数字）。")
    return Vacancy(
        company=_needed(form, "company", "单位叫什么"),
        kind_of_work=_needed(form, "kind_of_work", "招什么工种"),
        headcount=int(headcount),
        pay=_text(form, "pay"),
        place=_text(form, "place"),
        requirements=_text(form, "requirements", _LONGEST_STORY),
    )


def _unit(form: Form) -> str | None:
    """The street, whole or short (大坪)."""
    typed = form.get("unit", "").strip()
    unit = units.parse(typed, load.current().unit_names)
    if typed and unit is None:
        raise Refusal(422, f"没有“{typed[:10]}”这个街道；住在别处的，街道空着。")
    return unit


def _text(form: Form, name: str, longest: int = _LONGEST) -> str | None:
    text = form.get(name, "").strip()
    if len(text) > longest:
        raise Refusal(422, f"“{text[:10]}……”太长了，请写{longest}个字以内。")
    return text or None


def _needed(form: Form, name: str, what: str, longest: int = _LONGEST) -> str:
    text = _text(form, name, longest)
    if text is None:
        raise Refusal(422, f"请写{what}。")
    return text


def consent(kind: privacy.Purpose) -> str:
    """What is read out before a registration of this kind."""
    return privacy.consent(kind, bool(load.current().unit_names))
