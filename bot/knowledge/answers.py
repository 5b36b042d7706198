"""What is said to a question: an intent, a day and what was found in, replies out. Reads files, writes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.campaign.intents import REQUEST_INTENTS, RIGHTS_INTENTS, topic_of
from bot.campaign.model import Answer as PackAnswer
from bot.campaign.model import NotCovered, Pack
from bot.campaign.phase import phase_of
from bot.knowledge import choose, load
from bot.knowledge.hit import Hit
from bot.knowledge.model import Entry
from bot.reply import Button, Reply

#: How many other cases of a topic are offered behind an answer.
MOST_NEIGHBOURS = 2


@dataclass(frozen=True)
class Done:
    """A service that answering does for a person (docs/counting.md)."""

    kind: str
    topic: str


@dataclass(frozen=True)
class Question:
    """What was asked.

    Attributes:
        intent: one of the `ask_*` of a pack or the `rights_*`.
        day: the day in Beijing.
        spoken: the script for a clerk to read aloud is wanted, not the written form.
        hits: the knowledge entries found for it, best first.
        entry_id: the entry that a button asked for.
        is_beside: whether what the imported sheets have on it is said before.
    """

    intent: str
    day: date
    spoken: bool = False
    hits: Sequence[Hit] = ()
    entry_id: str | None = None
    is_beside: bool = False


@dataclass(frozen=True)
class Answer:
    """What is said, and the service it is; None where nothing is recorded."""

    replies: list[Reply]
    service: Done | None = None


def answer(pack: Pack, question: Question) -> Answer:
    """The answer to a question: from the notice, else from the law behind it, else that neither has it."""
    asked_for = choose.in_force(question.day).get(question.entry_id or "")
    if asked_for is not None:
        return from_entry(asked_for, question)
    if question.intent in RIGHTS_INTENTS:
        return _from_law(pack, question)
    entry = pack.answers[question.intent]
    if isinstance(entry, NotCovered):
        return _not_covered(pack, entry, question)
    return _from_notice(pack, entry, question)


def title_of(pack: Pack, intent: str) -> str:
    """What a button that leads to `intent` says."""
    if intent in pack.answers:
        return pack.answers[intent].title
    return RIGHTS_INTENTS.get(intent) or REQUEST_INTENTS[intent]


def button(pack: Pack, intent: str) -> Button:
    """A button that leads to `intent`."""
    return Button(title=title_of(pack, intent), payload=f"/{intent}")


def entry_button(entry: Entry) -> Button:
    """A button that leads to one knowledge entry."""
    return Button(title=entry.title, payload=f"/{entry.topic}{json.dumps({'entry': entry.id})}")


def from_entry(entry: Entry, question: Question) -> Answer:
    """The answer that one knowledge entry gives, with the topic's next best cases as buttons."""
    others = choose.cases_of(entry.topic, question.hits, question.day, MOST_NEIGHBOURS, without=entry.id)
    human = Button(REQUEST_INTENTS["talk_to_human"], "/talk_to_human")
    reply = Reply(
        text=entry.spoken.strip() if question.spoken else written(entry),
        buttons=[*(entry_button(other) for other in others), human],
        source=cited(entry.citations),
    )
    return Answer([reply], Done(load.services()[entry.id], topic_of(entry.topic)))


def written(entry: Entry) -> str:
    """An entry in its fixed order: law, what to do now, evidence or papers, deadline, who helps."""
    lines = [entry.law, f"现在可以：{entry.act}"]
    if entry.evidence:
        lines.append(f"{'留好证据' if entry.topic in RIGHTS_INTENTS else '要带'}：{entry.evidence}")
    if entry.deadline:
        lines.append(f"时间：{entry.deadline}")
    lines.append(f"找人帮：{entry.helper}")
    return "\n".join(line.strip() for line in lines)


def cited(citations: Sequence[str]) -> str:
    """Citations with each law named once: 《劳动法》第四十四条、第五十条；《劳动合同法》第三十条."""
    by_law: dict[str, list[str]] = {}
    for citation in citations:
        end = max(citation.rfind("》"), citation.rfind("号")) + 1
        by_law.setdefault(citation[:end], []).append(citation[end:])
    return "；".join(law + "、".join(filter(None, articles)) for law, articles in by_law.items())


def spaced(number: str) -> str:
    """A number in groups of four, as it is read aloud."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _from_law(pack: Pack, question: Question) -> Answer:
    entry = choose.best_for(question.intent, question.hits, question.day)
    if entry is None:
        silent = NotCovered(title=RIGHTS_INTENTS[question.intent], not_covered=True)
        return Answer([_silence(pack, silent, question)])
    return from_entry(entry, question)


def _from_notice(pack: Pack, entry: PackAnswer, question: Question) -> Answer:
    text = ((question.is_beside and entry.beside) or (entry.spoken if question.spoken else entry.written)).strip()
    lead = _phase_sentence(pack, entry, question.day)
    cases = choose.cases_of(question.intent, question.hits, question.day, MOST_NEIGHBOURS)
    reply = Reply(
        text=f"{lead}\n{text}" if lead else text,
        buttons=[*(entry_button(case) for case in cases), *(button(pack, other) for other in entry.next)],
        source=f"{pack.document} {'；'.join(dict.fromkeys(source.clause for source in entry.sources))}",
    )
    return Answer([reply], Done(entry.service, topic_of(question.intent)) if entry.service else None)


def _phase_sentence(pack: Pack, entry: PackAnswer, day: date) -> str:
    """An answer about a window opens with its phase; any other only when the campaign is not on."""
    if entry.window and entry.window != "period":
        fair = next(fair for fair in pack.fairs if fair.id == entry.window)
        return phase_of(fair, day).sentence("这场线上招聘会" if fair.online else "这场招聘会")
    phase = phase_of(pack.period, day)
    if entry.window or not phase.is_open:
        return phase.sentence("活动") + ("" if entry.window else "通知里是这样写的：")
    return ""


def _not_covered(pack: Pack, entry: NotCovered, question: Question) -> Answer:
    """The notice is silent: that is said first; then what the law behind the topic says, where there is one."""
    law = choose.best_for(question.intent, question.hits, question.day)
    silence = _silence(pack, entry, question)
    if law is None:
        return Answer([silence])
    said = from_entry(law, question)
    return Answer([Reply(silence.text, source=silence.source), *said.replies], said.service)


def _silence(pack: Pack, entry: NotCovered, question: Question) -> Reply:
    """That the notice does not say it, and whom to ask: the department named, else the labour offices' line."""
    labour = load.hotline("labour")
    contact = pack.contact(entry.department)
    if question.spoken:
        number = f"{contact.department}，{spaced(contact.phone)}" if contact else labour.number
        return Reply(f"{entry.title}，这次的通知没有写。\n请打{number}问。", source=pack.document)
    line = f"请打 {labour.number}（{labour.name}）问。"
    ask = f"可以问{contact.department}：{contact.phone}；问不到的，{line}" if contact else line
    others = [other for other in ("ask_contact_department", "talk_to_human") if other != question.intent]
    return Reply(
        text=f"通知没有写“{entry.title}”，我不乱说。\n{ask}",
        buttons=[button(pack, other) for other in others],
        source=f"{pack.document}：没有写这一项",
    )
