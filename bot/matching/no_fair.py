"""What is said when no fair fits the question: which comes next, or that the last one is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.matching.fairs import FairHit, registered, spoken_day, upcoming

_SATURDAY = 5


def sentence(
    session: Session,
    pack: Pack,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
    place: str | None = None,
    zone: str | None = None,
) -> str:
    """One sentence for a question to which `upcoming` found nothing; the arguments are the same."""
    everything = registered(session, pack)
    if not everything:
        return "现在还没有登记到招聘会。"
    asked = _asked(now.date(), first, last, place, zone)
    coming = (
        upcoming(session, pack, now, first=first, place=place, zone=zone)
        or upcoming(session, pack, now, place=place, zone=zone)
        or (upcoming(session, pack, now, zone=zone) if zone else [])
        or upcoming(session, pack, now, first=first)
        or upcoming(session, pack, now)
    )
    if not coming:
        final = max(everything, key=lambda fair: fair.ends_at)
        return f"最后一场（{final.title}）已于{_ended(final)}结束。"
    fair = coming[0]
    following = "正在进行的有" if fair.starts_at <= now else "下一场是"
    return f"{asked}没有登记到招聘会，{following}{fair.when}，{fair.title}，在{fair.where}。"


def _ended(fair: FairHit) -> str:
    end = fair.ends_at
    return f"{end.year}年{end.month}月" if fair.by_month else f"{end.year}年{spoken_day(end)}"


def _asked(today: date, first: date | None, last: date | None, place: str | None, zone: str | None) -> str:
    """What was asked for, in a person's words: 这周末解放碑街道退役军人专区."""
    return f"{_days(today, first, last)}{place or ''}{zone or ''}"


def _days(today: date, first: date | None, last: date | None) -> str:
    if first is None:
        return f"{spoken_day(last)}以前" if last else ""
    if last is None:
        return f"{spoken_day(first)}以后"
    if first == last:
        near = {0: "今天", 1: "明天", 2: "后天"}
        return near.get((first - today).days, spoken_day(first))
    if first.weekday() == _SATURDAY and last == first + timedelta(days=1):
        weeks = {0: "这周末", 1: "下周末"}
        monday = today - timedelta(days=today.weekday())
        named = weeks.get((first - monday).days // 7)
        if named:
            return named
    return f"{spoken_day(first)}到{spoken_day(last)}"
