"""The audit log: who looked at, changed or exported which record, and when; never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Session

from bot.records.models import Base
from bot.records.staff import Staff
from bot.records.types import BeijingTime

#: What is logged → how the page calls it.
ACTIONS = {
    "session.begin": "登录",
    "session.end": "退出",
    "person.look": "查看人员",
    "person.search": "查找人员",
    "person.change": "改人员信息",
    "person.merge": "合并人员",
    "person.unmerge": "撤销合并",
    "person.refused": "打开别的单位的人员（没让看）",
    "registration.look": "查看登记",
    "registration.refused": "打开别的单位的登记（没让看）",
    "registration.close": "办结登记",
    "registration.follow_up": "求职跟踪",
    "service.search": "查找服务记录",
    "service.export": "导出服务记录",
    "service.refused": "打开别的单位的服务记录（没让看）",
    "service.void": "作废服务记录",
    "conversation.look": "查看对话",
    "conversation.answer": "回复对话",
    "queue.look": "查看排队",
    "queue.claim": "领取",
    "queue.release": "放回",
    "queue.close": "办结",
    "queue.refused": "打开别的单位的事（没让看）",
    "question.look": "查看没答上的问题",
    "question.answer": "写回答",
    "question.export": "导出回答",
    "report.look": "查看统计表",
    "report.open": "打开统计表的一格",
    "report.export": "导出统计表",
    "report.freeze": "报送统计表",
    "call.begin": "接起电话",
    "call.caller": "查看来电人",
    "call.service": "记服务",
    "call.register": "电话登记",
    "call.withdraw": "电话里撤回登记",
    "call.erase": "电话里删除信息",
    "call.end": "挂断电话",
    "activity.look": "查看活动记录",
    "activity.enter": "记活动",
    "activity.change": "改活动记录",
    "activity.void": "作废活动记录",
    "activity.import": "导入活动记录",
    "activity.export": "导出活动记录",
    "activity.refused": "打开别的单位的活动记录（没让看）",
    "audit.look": "查看日志",
}


class Audit(Base):
    """One line of the log. `record` names a row, such as `person:17`; empty where many were listed."""

    __tablename__ = "audit"

    id = Column(Integer, primary_key=True)
    staff_id = Column(ForeignKey(Staff.id), nullable=False, index=True)
    action = Column(String(32), nullable=False)
    record = Column(String(64), nullable=False, index=True)
    at = Column(BeijingTime, nullable=False, index=True)


@dataclass(frozen=True)
class Entry:
    """One line as the page shows it."""

    staff_id: int
    action: str
    record: str
    at: datetime


def note(session: Session, staff_id: int, action: str, record: str, at: datetime) -> None:
    """Write a line, in the transaction of what it is about.

    Args:
        session: a writing session.
        staff_id: who.
        action: one of ACTIONS.
        record: which row, such as `person:17`; "" where many were listed.
        at: when.

    Raises:
        KeyError: there is no such action.
    """
    ACTIONS[action]
    session.add(Audit(staff_id=staff_id, action=action, record=record, at=at))


def last(session: Session, action: str, record: str) -> Entry | None:
    """The latest line about one record."""
    rows = select(Audit).filter_by(action=action, record=record).order_by(Audit.id.desc()).limit(1)
    found = session.execute(rows).scalar_one_or_none()
    return Entry(found.staff_id, found.action, found.record, found.at) if found else None


def page(session: Session, staff_id: int | None, record: str, begin: int, most: int) -> tuple[list[Entry], int]:
    """Lines of the log, newest first, and how many there are in all.

    Args:
        session: a session.
        staff_id: only theirs; None for everybody's.
        record: only about this row; "" for all.
        begin: leave out so many.
        most: give at most so many.
    """
    asked = select(Audit)
    if staff_id is not None:
        asked = asked.where(Audit.staff_id == staff_id)
    if record:
        asked = asked.where(Audit.record == record)
    total = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    rows = session.execute(asked.order_by(Audit.id.desc()).offset(begin).limit(most)).scalars()
    return [Entry(row.staff_id, row.action, row.record, row.at) for row in rows], int(total)
