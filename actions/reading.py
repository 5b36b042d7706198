"""Reading answers: from a person's words to the value that stands in a slot, and back into words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from actions.forms import LIST_MARK, NO, YES
from bot import clock
from bot.campaign import load
from bot.grammar import Found, age, company, dates, groups, headcount, is_only, phone, places, spans, units, work

#: In the slot of the street: somewhere that is none of the pack's reporting units; and wherever there is work.
NO_STREET = ELSEWHERE, ANYWHERE = "别的地方", "哪里都行"
_REACH = {
    places.NEAR: "离家近的",
    places.IN_DISTRICT: "本区",
    places.IN_PROVINCE: "本省（市）",
    places.OTHER_PROVINCE: "外省",
    places.ANYWHERE: ANYWHERE,
}

_LONGEST_ADDRESS = 60
_SHORTEST_COMPANY = 4
_LONGEST_REQUIREMENTS = 200
_CONTACT = re.compile(r"[，,。；;\s](?:联系|电话|手机|打)")
_REQUIREMENT = re.compile(
    r"(?:还|也)?(?:要求|要(?:有|会|能|懂|持|细心|吃得?苦|年轻|老实|勤快|熟|肯)|得(?:有|会)|必须|需要?(?:有|会|懂|持)|最好|只要"
    r"|会.{2,}|能(?:吃苦|上夜班|加班|出差|住|熬夜)|限|包(?:吃|住|三餐|食宿)|管(?:饭|吃|住)|[两三]班倒|[单双]休"
    r"|(?:只?要|限)?[男女](?:的|性|工)?(?:$|[,，。；;])|男女(?:不限|都)|.{0,6}\d{2}岁(?:以[上下内]|左右|到)"
    r"|.{0,10}(?:证|经验|优先|到岗)(?:$|[,，。；;]))"
)
_NOT_TO_BE_KEPT = re.compile(r"(?:不|莫|别)(?:要|想|用|同意|准)?(?:保存|保留|留|存|记)|删掉|去掉")
_TO_BE_KEPT = re.compile(r"(?:可以|同意|都|全部|就|一起)*(?:保存|存起?|记起?|留起?)")
_DEADLINE = re.compile(r".{1,10}(?:必须|一定|要|得|能)*(?:到岗|到位|到|来|上班)[的哈嘛噻]*[。！!]?$")
_CLAUSES = re.compile(r"[,，。；;！!\n]+")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_QUESTION = re.compile(r"[?？吗]|怎么|咋|啥|什么|多少|哪")
_COMPANY_ENDING = re.compile(r"(?:公司|厂|店|馆|所|学校|中心|集团|医院|超市|摊|队|社|院|坊|部|园)$")


def only(found: list[Found], text: str) -> str | None:
    """The value of the one thing found, when the text is nothing else."""
    return found[0].value if len(found) == 1 and is_only(text, [(found[0].start, found[0].end)]) else None


def free_text(shortest: int, longest: int) -> Callable[[str], str | None]:
    """Reads any text of a sensible length."""

    def read(text: str) -> str | None:
        said = text.strip()
        return said if shortest <= len(said) <= longest else None

    return read


def unit_names() -> list[str]:
    """The reporting units of the running campaign."""
    return load.current().unit_names


def read_unit(text: str) -> str | None:
    """A unit, that it is none of them, or that any will do."""
    unit = units.parse(text, unit_names()) or read_anywhere(text)
    return unit or (ELSEWHERE if ELSEWHERE in text or places.find(text) else None)


def read_anywhere(text: str) -> str | None:
    """That any place will do, where that is all that is said."""
    return ANYWHERE if places.parse(text) == places.ANYWHERE else None


def spoken_place(value: str) -> str:
    """A place, or a distance, as it is read back."""
    return _REACH.get(value, value)


def read_work(text: str) -> str | None:
    """That any work will do, a kind of work of the list, else a short answer in the person's own words."""
    if any_work := work.parse_any(text):
        return any_work
    found = work.find(text)
    return found[0].value if found else work.parse_free(text)


def read_age(text: str) -> str | None:
    """The age in an answer, in whole years."""
    years = age.parse(text, clock.today())
    return None if years is None else str(years)


def read_date(text: str) -> str | None:
    """When somebody can begin, as a span of days."""
    span = dates.parse(text, clock.today())
    return span.text if span else None


def spoken_date(value: str) -> str:
    """A span of days as it is read back."""
    return spans.from_text(value).spoken


def read_groups(text: str) -> str | None:
    """The groups that a text names, as a list of codes."""
    return LIST_MARK.join(dict.fromkeys(found.value for found in groups.find(text))) or None


def spoken_groups(value: str) -> str:
    """A list of codes as names."""
    known = groups.all_groups()
    return LIST_MARK.join(known[code].name if code in known else code for code in value.split(LIST_MARK))


def read_poverty(text: str) -> str | None:
    """Whether the person is one of the 脱贫人口: `yes` or `no`."""
    told = groups.poverty_answer(text)
    return None if told is None else YES if told else NO


def read_keeping(text: str) -> str | None:
    """Whether a part may be kept, in so many words: `yes` or `no`."""
    if _NOT_TO_BE_KEPT.search(text):
        return NO
    return YES if _TO_BE_KEPT.fullmatch(text.strip(" 。！!，,嘛噻吧")) else None


def read_headcount(text: str) -> str | None:
    """How many people, as figures."""
    number = headcount.parse(text)
    return None if number is None else str(number)


def read_company(text: str) -> str | None:
    """The one company that a text names as such."""
    values = {found.value for found in company.find(text)}
    return values.pop() if len(values) == 1 else None


def read_company_beside(text: str) -> str | None:
    """A company's name in a piece of a message that holds other data as well."""
    piece = text.strip()
    is_name = len(piece) >= _SHORTEST_COMPANY and not any(character.isdigit() for character in piece)
    return read_company(piece) or (company.parse_answer(piece) if is_name else None)


def read_company_name(text: str) -> str | None:
    """A company's name and nothing else, whatever it sounds like: 维权律师事务所, 爱心托儿所."""
    said = text.strip()
    return company.parse_answer(said) if _COMPANY_ENDING.search(said) and not _QUESTION.search(said) else None


def read_place(text: str) -> str | None:
    """An address or a street, as it is written, when it names a unit or a place."""
    said = text.strip()
    named = units.find(said, unit_names()) or places.find(said)
    return said if named and len(said) <= _LONGEST_ADDRESS and not _QUESTION.search(said) else None


def read_requirements(text: str) -> str | None:
    """What is required of an applicant, without the telephone that follows it."""
    said = _CONTACT.split(text.strip())[0].strip(" ，,。；;")
    return without_numbers(said) if 2 <= len(said) <= _LONGEST_REQUIREMENTS else None


def read_requirement_alone(text: str) -> str | None:
    """What is required of an applicant, where a message is plainly that: 要有焊工证, 周五前到岗."""
    span = dates.parse(text, clock.today()) if _DEADLINE.fullmatch(text.strip()) else None
    if span is not None:
        return spoken_deadline(span.text, clock.today())
    return read_requirements(text) if _REQUIREMENT.match(text.strip()) else None


def requirements_in(text: str) -> str | None:
    """The clauses of a longer text that are plainly requirements: 男的，40岁以下."""
    clauses = [clause.strip() for clause in _CLAUSES.split(_CONTACT.split(text)[0])]
    return "，".join(clause for clause in clauses if _REQUIREMENT.match(clause)) or None


def spoken_deadline(value: str, today: date) -> str:
    """By when somebody must come: a span from today on is a deadline."""
    span = spans.from_text(value)
    if span.last is None or span.last == span.first or span.first > today:
        return f"{spoken_date(value)}到岗"
    return f"{span.last.month}月{span.last.day}日前到岗"


def without_numbers(text: str) -> str:
    """A text as it is read back: telephones and identity numbers hidden."""
    spans = [(found.start, found.end) for found in phone.find(text)]
    hidden = "".join("*" if any(start <= at < end for start, end in spans) else one for at, one in enumerate(text))
    return _IDENTITY.sub(lambda found: "*" * len(found.group()), hidden)
