"""How posts, courses and fairs are told: as cards, and in the same few lines for a channel without cards."""

from __future__ import annotations

from collections.abc import Sequence

from bot.grammar import phone
from bot.matching import where
from bot.matching.courses import CourseFit
from bot.matching.fairs import FairHit, spoken_day
from bot.matching.posts import Fit, pay_of
from bot.matching.wish import Wish
from bot.reply import Button, Card, Reply


def told(lead: str, cards: Sequence[Card], buttons: Sequence[Button] = (), source: str | None = None) -> Reply:
    """A reply that lists cards; its text says the same."""
    text = "\n".join([lead, *map(written, cards)])
    return Reply(text, list(buttons), source, cards=list(cards), lead=lead)


def posts(lead: str, wish: Wish, fits: Sequence[Fit], buttons: Sequence[Button] = ()) -> Reply:
    """A reply that lists posts; where none is in the place that was asked for, that is said first."""
    place = where.wanted(wish)
    if place is not None and not any(fit.is_there for fit in fits):
        is_street = place == wish.unit
        nowhere = f"实话跟您说，{place}的岗位眼下没有登记到。近处的有："
        lead = f"{lead.removesuffix('：')}（{place}眼下没有，这些在近处）：" if is_street else nowhere
    return told(lead, [post(fit) for fit in fits], buttons)


def written(card: Card) -> str:
    """A card as lines of text."""
    lines = [f"▪ {card.title}", *card.lines]
    lines += [card.note] if card.note else []
    lines += [f"电话：{card.phone}"] if card.phone else []
    return "\n".join(lines)


def post(fit: Fit) -> Card:
    """A post: company, pay, place, requirements; why it fits; whom to call."""
    row = fit.post
    count = f"，招{row.headcount}人" if row.headcount else ""
    lines = [f"{pay_of(row) or '工资面议'}{count}"]
    lines += [f"地点：{row.place or row.unit}"] if row.place or row.unit else []
    lines += [f"要求：{row.requirements}"] if row.requirements else []
    return Card(f"{row.title}（{row.company}）", lines, f"为什么推荐：{fit.why}", _dialled(row.contact_phone))


def course(fit: CourseFit) -> Card:
    """A course: who holds it, when, where, what it costs; why it fits; whom to call."""
    row = fit.course
    lines = [f"{row.organiser}"]
    if row.starts_on:
        until = f"到{spoken_day(row.ends_on)}" if row.ends_on and row.ends_on != row.starts_on else "开班"
        lines.append(f"时间：{spoken_day(row.starts_on)}{until}")
    lines += [f"地点：{row.place or row.unit}"] if row.place or row.unit else []
    lines += [f"费用：{row.fee}"] if row.fee else []
    return Card(row.title, lines, f"为什么推荐：{fit.why}", _dialled(row.contact_phone))


def fair(hit: FairHit) -> Card:
    """A fair: when, where, its zones, its address on the web."""
    lines = [f"时间：{hit.when}", f"地点：{hit.where}"]
    lines += [f"专区：{'、'.join(hit.zones)}"] if hit.zones else []
    lines += [f"网址：{hit.url}"] if hit.url else []
    return Card(hit.title, lines)


def _dialled(number: str | None) -> str | None:
    """A number as it is dialled here: 023-0000-0001."""
    return phone.national(number) if number else None
