"""The calendar of fairs: those of the notice and those imported, by day, place and zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.model import Fair, Pack
from bot.grammar import fold, groups
from bot.matching.merging import merge
from bot.matching.place_words import names_place
from bot.records.openings import JobFair

_ZONE_WORDS = ("专场招聘会", "招聘专区", "专区", "专场")


@dataclass(frozen=True)
class FairHit:
    """One fair, or the window of an online one.

    Attributes:
        title: as the source writes it.
        starts_at: its begin; 00:00 where only the day is known.
        ends_at: its end; 23:59 where only the day is known.
        place: where; for an online fair the site, if known.
        unit: the street office of the pack.
        zones: its zones, such as 退役军人专区.
        online: whether it is online.
        url: its address on the web.
        organiser: who holds it.
        source: where this stands: the clause of the notice, or what the import says.
        by_month: the notice names only months, so no day may be said.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str | None = None
    unit: str | None = None
    zones: tuple[str, ...] = ()
    online: bool = False
    url: str | None = None
    organiser: str | None = None
    source: str | None = None
    by_month: bool = False

    @property
    def when(self) -> str:
        """When it is, in Chinese: 2月19日（周六）9:00到12:00, or 2月8日到3月31日."""
        start, end = self.starts_at, self.ends_at
        if self.by_month:
            return f"{start.year}年{start.month}月到{end.month}月"
        if start.date() != end.date():
            return f"{spoken_day(start)}到{spoken_day(end)}"
        weekday = f"{spoken_day(start)}（周{'一二三四五六日'[start.weekday()]}）"
        if start.time() == time() and end.time() == time(23, 59):
            return weekday
        until = "" if end.time() == time(23, 59) else f"到{end.hour}:{end.minute:02d}"
        return f"{weekday}{start.hour}:{start.minute:02d}{until or '开始'}"

    @property
    def where(self) -> str:
        """Where it is, in Chinese."""
        if self.online:
            return self.place or "网上"
        return self.place or self.unit or "地点待定"


def upcoming(
    session: Session,
    pack: Pack,
    now: datetime,
    first: date | None = None,
    last: date | None = None,
    place: str | None = None,
    zone: str | None = None,
) -> list[FairHit]:
    """The fairs that are still on or to come, those with a place first, then by time.

    Args:
        session: a session.
        pack: the campaign's pack; its own fairs are merged with the imported ones.
        now: fairs that are over by now are left out.
        first: the first day asked for.
        last: the last day asked for.
        place: a unit or a place in a person's words (解放碑那边); online fairs have no place.
        zone: a group, such as 退役军人 or 退役军人专场.
    """
    return [
        fair
        for fair in registered(session, pack)
        if fair.ends_at >= now
        and (first is None or fair.ends_at.date() >= first)
        and (last is None or fair.starts_at.date() <= last)
        and (place is None or _is_at(fair, place))
        and (zone is None or _has_zone(fair, zone))
    ]


def registered(session: Session, pack: Pack) -> list[FairHit]:
    """Every fair of a campaign, past ones too, each once: those with a place first, then by time."""
    imported = session.execute(
        select(JobFair).where(JobFair.campaign == pack.id, JobFair.gone_at.is_(None)).order_by(JobFair.id)
    ).scalars()
    hits = merge([*(_from_pack(fair) for fair in pack.fairs), *(_from_import(fair) for fair in imported)])
    return sorted(hits, key=lambda fair: (fair.online, fair.starts_at, fair.title))


def _from_pack(fair: Fair) -> FairHit:
    return FairHit(
        title=fair.name,
        starts_at=clock.in_beijing(datetime.combine(fair.start, time())),
        ends_at=clock.in_beijing(datetime.combine(fair.end, time(23, 59))),
        place=fair.site,
        online=fair.online,
        url=fair.url,
        source=fair.clause,
        by_month=fair.by_month,
    )


def _from_import(fair: JobFair) -> FairHit:
    return FairHit(
        title=fair.title,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        place=fair.place,
        unit=fair.unit,
        zones=tuple(fair.zones),
        online=fair.online,
        url=fair.url,
        organiser=fair.organiser,
        source=fair.source_note or fair.organiser,
    )


def _is_at(fair: FairHit, place: str) -> bool:
    return not fair.online and names_place(place, fair.unit, fair.place)


def _has_zone(fair: FairHit, zone: str) -> bool:
    wanted = _group(zone)
    return any(groups.is_same(wanted, text) for text in (fair.title, *fair.zones))


def _group(zone: str) -> str:
    """退役军人 for 退役军人专场."""
    wanted = fold(zone)
    return next((wanted.removesuffix(word) for word in _ZONE_WORDS if wanted.endswith(word) and wanted != word), wanted)


def spoken_day(moment: date) -> str:
    """A day as it is said: 2 月 19 日, without the year."""
    return f"{moment.month}月{moment.day}日"
