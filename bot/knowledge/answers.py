"""What is said to a question: one intent and one day in, one answer out. Reads files, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.campaign.intents import REQUEST_INTENTS, RIGHTS_INTENTS, topic_of
from bot.campaign.model import Answer as PackAnswer
from bot.campaign.model import NotCovered, Pack
from bot.campaign.phase import phase_of
from bot.knowledge import load
from bot.knowledge.model import Entry
from bot.reply import Button, Reply


@dataclass(frozen=True)
class Done:
    """A service that answering does for a person (docs/counting.md)."""

    kind: str
    topic: str


@dataclass(frozen=True)
class Answer:
    """What is said, and the service it is; None where nothing is recorded."""

    reply: Reply
    service: Done | None = None


def answer(pack: Pack, intent: str, day: date, spoken: bool = False) -> Answer:
    """The answer to a question on `day`.

    Args:
        pack: the campaign that is running.
        intent: one of the `ask_*` of a pack or the `rights_*`.
        day: the day in Beijing.
        spoken: the script for a clerk to read aloud, instead of the written form.
    """
    if intent in RIGHTS_INTENTS:
        return _from_law(intent, day, spoken)
    entry = pack.answers[intent]
    if isinstance(entry, NotCovered):
        return Answer(_not_covered(pack, intent, entry, spoken))
    return _from_notice(pack, intent, entry, day, spoken)


def title_of(pack: Pack, intent: str) -> str:
    """What a button that leads to `intent` says."""
    if intent in pack.answers:
        return pack.answers[intent].title
    return RIGHTS_INTENTS.get(intent) or REQUEST_INTENTS[intent]


def button(pack: Pack, intent: str) -> Button:
    """A button that leads to `intent`."""
    return Button(title=title_of(pack, intent), payload=f"/{intent}")


def _from_notice(pack: Pack, intent: str, entry: PackAnswer, day: date, spoken: bool) -> Answer:
    text = entry.spoken if spoken else entry.written
    lead = _phase_sentence(pack, entry, day)
    reply = Reply(
        text=f"{lead}\n{text.strip()}" if lead else text.strip(),
        buttons=[button(pack, other) for other in entry.next],
        source=f"{pack.document} {'；'.join(dict.fromkeys(source.clause for source in entry.sources))}",
    )
    return Answer(reply, Done(entry.service, topic_of(intent)) if entry.service else None)


def _phase_sentence(pack: Pack, entry: PackAnswer, day: date) -> str:
    """An answer about a window opens with its phase; any other only when the campaign is not on."""
    if entry.window and entry.window != "period":
        fair = next(fair for fair in pack.fairs if fair.id == entry.window)
        return phase_of(fair, day).sentence("这场线上招聘会" if fair.online else "这场招聘会")
    phase = phase_of(pack.period, day)
    if entry.window or not phase.is_open:
        return phase.sentence("活动") + ("" if entry.window else "通知里是这样写的：")
    return ""


def _not_covered(pack: Pack, intent: str, entry: NotCovered, spoken: bool) -> Reply:
    """The notice is silent: that is said, and whom to ask instead."""
    labour = load.hotline("labour")
    contact = pack.contact(entry.department)
    if spoken:
        number = f"{contact.department}，{spaced(contact.phone)}" if contact else labour.number
        return Reply(f"{entry.title}，这次的通知没有写。\n请打{number}问。", source=pack.document)
    ask = f"可以问{contact.department}：{contact.phone}；也可以打" if contact else "请打"
    others = [other for other in ("ask_contact_department", "talk_to_human") if other != intent]
    return Reply(
        text=f"通知没有写“{entry.title}”，我不乱说。\n{ask} {labour.number}（{labour.name}）问当地人社部门。",
        buttons=[button(pack, other) for other in others],
        source=f"{pack.document}：没有写这一项",
    )


def spaced(number: str) -> str:
    """A number in groups of four, as it is read aloud."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _from_law(topic: str, day: date, spoken: bool) -> Answer:
    file = load.rights()
    entry = _opener(file.entries, topic, day)
    reply = Reply(
        text=entry.spoken.strip() if spoken else written(entry),
        buttons=[Button(REQUEST_INTENTS["talk_to_human"], "/talk_to_human")],
        source="；".join(entry.citations),
    )
    return Answer(reply, Done(file.service, topic_of(topic)))


def _opener(entries: list[Entry], topic: str, day: date) -> Entry:
    return next(entry for entry in entries if entry.topic == topic and entry.opener and entry.is_in_force(day))


def written(entry: Entry) -> str:
    """An entry in its fixed order: law, what to do now, evidence, deadline, who helps."""
    lines = [entry.law, f"现在可以：{entry.act}"]
    if entry.evidence:
        lines.append(f"留好证据：{entry.evidence}")
    if entry.deadline:
        lines.append(f"时间：{entry.deadline}")
    lines.append(f"找人帮：{entry.helper}")
    return "\n".join(line.strip() for line in lines)
