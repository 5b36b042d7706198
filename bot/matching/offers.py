"""How a post, a course and a fair are told to a person, in a few short lines."""

from __future__ import annotations

from bot.matching.courses import CourseFit
from bot.matching.fairs import FairHit, spoken_day
from bot.matching.posts import Fit, pay_of


def post(fit: Fit) -> str:
    """Company, post and pay; where; why it fits; whom to call."""
    row = fit.post
    pay = pay_of(row)
    count = f"，招{row.headcount}人" if row.headcount else ""
    lines = [f"▪ {row.company}：{row.title}，{pay or '工资面议'}{count}"]
    where = row.place or row.unit
    if where:
        lines.append(f"  地点：{where}")
    if row.requirements:
        lines.append(f"  要求：{row.requirements}")
    lines.append(f"  为什么推荐：{fit.why}")
    if row.contact_phone:
        lines.append(f"  电话：{row.contact_phone}")
    return "\n".join(lines)


def course(fit: CourseFit) -> str:
    """Title and who holds it; when and where; what it costs; whom to call."""
    row = fit.course
    lines = [f"▪ {row.title}（{row.organiser}）"]
    if row.starts_on:
        until = f"到{spoken_day(row.ends_on)}" if row.ends_on and row.ends_on != row.starts_on else ""
        lines.append(f"  时间：{spoken_day(row.starts_on)}{until or '开班'}")
    where = row.place or row.unit
    if where:
        lines.append(f"  地点：{where}")
    if row.fee:
        lines.append(f"  费用：{row.fee}")
    lines.append(f"  为什么推荐：{fit.why}")
    if row.contact_phone:
        lines.append(f"  电话：{row.contact_phone}")
    return "\n".join(lines)


def fair(hit: FairHit) -> str:
    """Title, when, where, zones, its address on the web."""
    lines = [f"▪ {hit.title}", f"  时间：{hit.when}", f"  地点：{hit.where}"]
    if hit.zones:
        lines.append(f"  专区：{'、'.join(hit.zones)}")
    if hit.url:
        lines.append(f"  网址：{hit.url}")
    return "\n".join(lines)
