"""The proof that a pack says what its notice says: `python -m bot campaign check FILE`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot import yamlfile
from bot.campaign.check_table import Problem, column_problems
from bot.campaign.intents import CAMPAIGN_INTENTS
from bot.campaign.model import Answer, NotCovered, Pack, Source
from bot.errors import UserError

SPOKEN_LIMIT = 28

#: What the skeleton of a new pack holds where a clerk has to write.
TO_FILL = "待填"
_SENTENCE_ENDS = re.compile(r"[，。！？；：、\n]+")
_NOT_SPOKEN = re.compile(r"[()（）\[\]【】<>《》]|https?:|www\.")
_NUMBER = re.compile(r"(\d+)(年|月|日|号|天|次|个|项|家|人|岁|元|万|倍|小时|服务)?")
_LIST_MARK = re.compile(r"^\s*\d+\. ", re.MULTILINE)
_QUOTATION_MARKS = re.compile(r"[“”]")
_WHITE = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """`text` without any white space: the notices break inside words."""
    return _WHITE.sub("", text)


def check(path: Path, hotlines: frozenset[str] = frozenset()) -> list[str]:
    """Check one pack file.

    Args:
        path: the YAML file.
        hotlines: national numbers that an answer may name although the notice does not.

    Returns:
        One line for each problem, naming file, key and cure; empty when the pack is right.
    """
    try:
        pack = Pack.parse_obj(yamlfile.read(path))
    except UserError as error:
        return [str(error)]
    except ValidationError as error:
        return list(yamlfile.problems(path, error))
    notice_file = path.parent / pack.notice
    if not notice_file.is_file():
        return [f"{yamlfile.shown(path)}：notice：没有 {yamlfile.shown(notice_file)} 这个文件，请放入通知全文"]
    notice = squeeze(notice_file.read_text(encoding="utf-8"))
    found = [
        *_identity(pack, path, notice),
        *_quotes(pack, notice),
        *_promise(pack),
        *_annex(pack, notice),
        *column_problems(pack),
        *_answers(pack),
        *_numbers(pack, notice, hotlines),
    ]
    return [f"{yamlfile.shown(path)}：{problem.key}：{problem.cure}" for problem in found]


def _identity(pack: Pack, path: Path, notice: str) -> Iterator[Problem]:
    if pack.id != path.stem:
        yield Problem("id", f"与文件名 {path.stem} 不同，请改成一样")
    for key in ("title", "place", "document"):
        if TO_FILL in getattr(pack, key):
            yield Problem(key, "还是“待填”，请照通知填上")
    for number, issuer in enumerate(pack.issuers):
        if squeeze(issuer) not in notice:
            yield Problem(f"issuers.{number}", f"通知里找不到“{issuer}”，请照通知填发文单位的全称")
    if all(isinstance(entry, NotCovered) for entry in pack.answers.values()):
        yield Problem(
            "answers", "20个问题都写着 not_covered，助手什么也答不了；通知写了的请写上 written、spoken 和 sources"
        )
    if pack.table and not pack.units:
        yield Problem("units", "有统计表就要有填报单位，请补上名单和出处")


def _sources(pack: Pack) -> Iterator[tuple[str, Source]]:
    yield "theme", pack.theme
    yield "period", pack.period
    if pack.reporting:
        yield "reporting", pack.reporting
    for number, contact in enumerate(pack.contacts):
        yield f"contacts.{number}", contact
    for number, fair in enumerate(pack.fairs):
        yield f"fairs.{number}", fair
    if pack.service_131:
        yield "service_131", pack.service_131
    for intent, answer in pack.answers.items():
        for number, source in enumerate(answer.sources if isinstance(answer, Answer) else []):
            yield f"answers.{intent}.sources.{number}", source
    for number, source in enumerate(pack.table.sources if pack.table else []):
        yield f"table.sources.{number}", source


def _quotes(pack: Pack, notice: str) -> Iterator[Problem]:
    for key, source in _sources(pack):
        if squeeze(source.quote) not in notice:
            yield Problem(f"{key}.quote", f"通知里找不到“{source.quote[:20]}…”，请从 {pack.notice} 原样复制")
    for number, contact in enumerate(pack.contacts):
        yield from _in_quote(f"contacts.{number}", contact, ("department", "person"))
        if not re.search(rf"(?<!\d){re.escape(contact.phone)}(?!\d)", contact.quote):
            yield Problem(f"contacts.{number}.phone", "与 quote 里写的不一样，请照通知改正")
    for number, fair in enumerate(pack.fairs):
        yield from _in_quote(f"fairs.{number}", fair, ("name", "text", "site", "url"))
    yield from _in_quote("theme", pack.theme, ("text",))
    yield from _in_quote("period", pack.period, ("text",))


def _promise(pack: Pack) -> Iterator[Problem]:
    promise = pack.service_131
    if promise is None:
        return
    for field in ("guidance", "posts", "courses"):
        if not re.search(rf"(?<!\d){getattr(promise, field)}[个次]", promise.quote):
            yield Problem(f"service_131.{field}", "与 quote 里写的不一样，请照通知改正")


def _in_quote(key: str, source: Source, fields: tuple[str, ...]) -> Iterator[Problem]:
    for field in fields:
        if squeeze(getattr(source, field) or "") not in squeeze(source.quote):
            yield Problem(f"{key}.{field}", "与 quote 里写的不一样，请照通知改正")


def _annex(pack: Pack, notice: str) -> Iterator[Problem]:
    if pack.table is None:
        return
    texts = {key: getattr(pack.table, key) for key in ("title", "row_label", "unit_line", "signature")}
    texts.update({f"notes.{number}": note for number, note in enumerate(pack.table.notes)})
    for column in pack.table.columns:
        texts[f"columns.{column.no - 1}.group"] = column.group
        texts[f"columns.{column.no - 1}.label"] = column.label
    for key, text in texts.items():
        if squeeze(text) not in notice:
            yield Problem(f"table.{key}", f"附件里找不到“{text[:20]}”，请照附件改正")


def _answers(pack: Pack) -> Iterator[Problem]:
    for intent in CAMPAIGN_INTENTS:
        if intent not in pack.answers:
            yield Problem(f"answers.{intent}", "缺这个意图的回答；通知没有写的，请写 not_covered: true")
    departments = {contact.department for contact in pack.contacts}
    for intent, entry in pack.answers.items():
        key = f"answers.{intent}"
        if intent not in CAMPAIGN_INTENTS:
            yield Problem(key, "没有这个意图，请检查拼写；可用的意图见 docs/intents.md")
        if isinstance(entry, NotCovered):
            if entry.department is not None and entry.department not in departments:
                yield Problem(f"{key}.department", "不在 contacts 里，请写 contacts 里的部门名称")
            continue
        if entry.window is not None and entry.window not in pack.windows():
            yield Problem(f"{key}.window", f"没有这个时间段；可用的有 {'、'.join(pack.windows())}")
        for name, script in (("spoken", entry.spoken), ("beside", entry.beside or "")):
            for cure in spoken_problems(script):
                yield Problem(f"{key}.{name}", cure)


def spoken_problems(spoken: str) -> Iterator[str]:
    """What makes a script hard to read aloud: long stretches without a pause, brackets, addresses."""
    if _NOT_SPOKEN.search(spoken):
        yield "念稿里不要有括号、书名号和网址，请改成口语"
    for stretch in _SENTENCE_ENDS.split(spoken):
        if len(stretch.strip()) > SPOKEN_LIMIT:
            yield f"“{stretch.strip()[:12]}…”一口气念不完，请断成{SPOKEN_LIMIT}字以内"


def _numbers(pack: Pack, notice: str, hotlines: frozenset[str]) -> Iterator[Problem]:
    """A telephone, a day or a count that is not in the notice was taken from elsewhere or mistyped."""
    known = _QUOTATION_MARKS.sub("", notice)
    for intent, entry in pack.answers.items():
        if isinstance(entry, NotCovered):
            continue
        said = _QUOTATION_MARKS.sub("", _LIST_MARK.sub("", f"{entry.written}\n{entry.spoken}\n{entry.beside or ''}"))
        numbers = {match.group() for match in _NUMBER.finditer(said) if match.group(1) not in hotlines}
        for number in sorted(numbers):
            if number not in known:
                yield Problem(f"answers.{intent}", f"数字 {number} 不在通知里，请改正或删去")
