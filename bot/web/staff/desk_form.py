"""The form at the desk: every field open for direct entry, and the registration it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaign import load
from bot.grammar import groups, phone, salary, sensitive, units
from bot.knowledge import desk_questions, help_topics, privacy
from bot.records.models import HelpRequest, JobIntention, Registration, Vacancy
from bot.records.registrations import Applicant, ConsentGiven
from bot.web.staff.guard import Form
from bot.web.staff.refusals import Refusal

_LONGEST = 60
_LONGEST_STORY = 500
_LARGEST_HEADCOUNT = 10_000
_GENDERS = {"": None, "male": "male", "female": "female"}
_POVERTY = {"": None, "yes": True, "no": False}
#: Between the values of a list, as the chat writes them.
_LIST_MARK = "、"

Kind = privacy.Purpose
KINDS: dict[Kind, str] = {"job_intention": "求职", "help_request": "求助", "vacancy": "招工"}


class Incomplete(Refusal):
    """The form cannot be saved yet.

    Args:
        text: what is missing.
        field: where the clerk types it.
        read_out: what is read out first; "" for nothing.
    """

    def __init__(self, text: str, field: str = "", read_out: str = "") -> None:
        super().__init__(422, text)
        self.field = field
        self.read_out = read_out


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
        Incomplete: something is missing; the clerk is told what to ask or read out.
    """
    kind = next((known for known in KINDS if known == form.get("kind")), None)
    if kind is None:
        raise Incomplete("请选登记什么。", "kind")
    given = {name: form.get(name, "").strip() for name in questions(kind)}
    number = phone.parse(given["phone"])
    if number is None:
        raise Incomplete("请写对方的电话。", "phone")
    left = _left(kind, given)
    draft = form.get("draft", "")[:36]
    if not draft:
        raise Incomplete("表单不完整，请刷新页面再试。")
    applicant = Applicant(
        draft_id=draft,
        phone=number,
        name=_text(given, "name"),
        unit=_unit(given, "place" if kind == "vacancy" else None),
        gender=_GENDERS.get(given.get("gender", "")),
        poverty_alleviated=_POVERTY.get(given.get("poverty_alleviated", "")),
        urgent=bool(given.get("urgent")),
        consents=tuple(_consents(kind, form, given)),
        clerk=login,
    )
    return Filled(applicant, left)


def questions(kind: Kind) -> dict[str, str]:
    """Each field of a form that this campaign needs → what is asked for it."""
    pack = load.current()
    left_out = {
        "unit": not pack.unit_names,
        "gender": not pack.counts_apart("female"),
        "poverty_alleviated": not pack.counts_apart("poverty_alleviated"),
    }
    asked = desk_questions.questions().dict()[kind]
    return {name: question for name, question in asked.items() if not left_out.get(name)}


def consent(kind: Kind) -> str:
    """What is read out before a registration of this kind."""
    return privacy.consent(kind, bool(load.current().unit_names), spoken=True)


def _consents(kind: Kind, form: Form, given: Form) -> list[ConsentGiven]:
    """What the caller agreed to, and to which wording of it.

    Raises:
        Incomplete: something is not agreed to; it comes with what is to be read out.
    """
    if not form.get("consent"):
        raise Incomplete("先念给对方听，同意了打勾，才能登记。", "consent", consent(kind))
    found = [ConsentGiven("personal", privacy.version(consent(kind)))]
    told = sensitive.kinds(_sentences(given))
    if not told:
        return found
    wording = privacy.sensitive(told, spoken=True)
    if not form.get("sensitive"):
        raise Incomplete("这里说到了敏感的事：念给对方听，同意了打勾；不同意就删掉那几个字。", "sensitive", wording)
    return [*found, ConsentGiven("sensitive", privacy.version(wording))]


def _sentences(given: Form) -> str:
    """What the form tells of the caller, as sentences that can be judged."""
    said = [given[name] for name in ("story", "requirements") if given.get(name)]
    said += [f"我今年{given['age']}岁"] if given.get("age", "").isdecimal() else [given.get("age", "")]
    said += [f"我是{given['groups']}"] if given.get("groups") else []
    return "。".join(said)


def _left(kind: Kind, given: Form) -> Registration:
    if kind == "job_intention":
        return JobIntention(
            kind_of_work=_needed(given, "kind_of_work", "对方想做什么工作"),
            place=_text(given, "place"),
            pay=_pay(given),
            start=_text(given, "start"),
            age=_text(given, "age"),
            groups=_groups(given),
        )
    if kind == "help_request":
        if given["topic"] not in {one.code for one in help_topics.topics()}:
            raise Incomplete("请选是哪方面的事。", "topic")
        return HelpRequest(topic=given["topic"], story=_needed(given, "story", "是怎么回事", _LONGEST_STORY))
    return Vacancy(
        company=_needed(given, "company", "单位叫什么"),
        kind_of_work=_needed(given, "kind_of_work", "招什么工种"),
        headcount=_headcount(given),
        pay=_pay(given),
        place=_text(given, "place"),
        requirements=_text(given, "requirements", _LONGEST_STORY),
    )


def _headcount(given: Form) -> int:
    typed = given["headcount"]
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= _LARGEST_HEADCOUNT):
        raise Incomplete("请写招几个人（数字）。", "headcount")
    return int(typed)


def _pay(given: Form) -> str | None:
    """As the chat keeps it, 4000元/月, so that posts can be compared; else in the clerk's words."""
    typed = _text(given, "pay")
    return typed and (salary.parse(typed) or typed)


def _groups(given: Form) -> str | None:
    """The codes of the groups that are named."""
    typed = _text(given, "groups")
    codes = dict.fromkeys(found.value for found in groups.find(typed or ""))
    if typed and not codes:
        raise Incomplete(f"没有“{typed[:10]}”这类人员；不在里面的，空着。", "groups")
    return _LIST_MARK.join(codes) or None


def _unit(given: Form, address: str | None) -> str | None:
    """The street, whole or short (大坪); else the one that an address names."""
    typed, names = given.get("unit", ""), load.current().unit_names
    unit = units.parse(typed, names)
    if typed and unit is None:
        raise Incomplete(f"没有“{typed[:10]}”这个街道；住在别处的，街道空着。", "unit")
    return unit or (units.parse(given[address], names) if address else None)


def _text(given: Form, name: str, longest: int = _LONGEST) -> str | None:
    text = given.get(name, "")
    if len(text) > longest:
        raise Incomplete(f"“{text[:10]}……”太长了，请写{longest}个字以内。", name)
    return text or None


def _needed(given: Form, name: str, what: str, longest: int = _LONGEST) -> str:
    text = _text(given, name, longest)
    if text is None:
        raise Incomplete(f"请写{what}。", name)
    return text
