"""Staff accounts: who works here, in which role and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, delete, select
from sqlalchemy.orm import Session

from bot.errors import UserError
from bot.records.models import Base
from bot.records.types import BeijingTime

CLERK = "clerk"
STATISTICS = "statistics"
ADMIN = "admin"
#: Code of each role → its Chinese name.
ROLES = {CLERK: "经办人员", STATISTICS: "统计人员", ADMIN: "管理员"}

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_LOGIN = re.compile(r"[a-z][a-z0-9_.-]{1,31}")


class Staff(Base):
    """Somebody who works here. A disabled account keeps its row: records name it."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('clerk', 'statistics', 'admin')", name="role_known"),)

    id = Column(Integer, primary_key=True)
    login = Column(String(32), nullable=False, unique=True)
    name = Column(String(32), nullable=False)
    role = Column(String(16), nullable=False)
    unit = Column(String(64))
    password_hash = Column(String(200), nullable=False)
    created_at = Column(BeijingTime, nullable=False)
    disabled_at = Column(BeijingTime)


class StaffSession(Base):
    """A signed-in browser. `digest` is that of its cookie's secret."""

    __tablename__ = "staff_session"

    digest = Column(String(64), primary_key=True)
    staff_id = Column(ForeignKey("staff.id"), nullable=False, index=True)
    created_at = Column(BeijingTime, nullable=False)
    seen_at = Column(BeijingTime, nullable=False)


@dataclass(frozen=True)
class Account:
    """A member of staff as pages know them.

    Attributes:
        id: row of the account.
        login: what they sign in with; records name them by it.
        name: as colleagues read it.
        role: one of ROLES.
        unit: a clerk's unit; None for who belongs to none.
    """

    id: int
    login: str
    name: str
    role: str
    unit: str | None

    @property
    def sees_all_units(self) -> bool:
        """Whether no unit is closed to them."""
        return self.role != CLERK

    def sees(self, *units: str | None) -> bool:
        """Whether something that belongs to `units` is theirs to see: their own unit's, or nobody's."""
        known = {unit for unit in units if unit is not None}
        return self.sees_all_units or not known or self.unit in known


def account(row: Staff) -> Account:
    """A row as pages know it."""
    return Account(row.id, row.login, row.name, row.role, row.unit)


def add(session: Session, login: str, name: str, role: str, unit: str | None, password: str, at: datetime) -> Account:
    """Make an account.

    Args:
        session: a writing session.
        login: small letters, digits, `_ . -`.
        name: as colleagues read it.
        role: one of ROLES.
        unit: needed for a clerk wherever the campaign has units; the caller checks that it is one of them.
        password: never kept, only its hash.
        at: now.

    Raises:
        UserError: login, name or password does not fit, or the login is taken.
    """
    if not _LOGIN.fullmatch(login):
        raise UserError("登录名：请用2到32个小写字母、数字和 _ . - ，以字母开头")
    if not 1 <= len(name) <= 32:
        raise UserError("姓名：请写1到32个字")
    if find(session, login) is not None:
        raise UserError(f"登录名 {login} 已经有了，请换一个（现有的见 python -m bot staff list）")
    row = Staff(login=login, name=name, role=role, unit=unit, password_hash=hashed(login, password), created_at=at)
    session.add(row)
    session.flush()
    return account(row)


def find(session: Session, login: str) -> Staff | None:
    """The account with a login, disabled or not."""
    return session.execute(select(Staff).filter_by(login=login)).scalar_one_or_none()


def existing(session: Session, login: str) -> Staff:
    """The account with a login.

    Raises:
        UserError: there is none.
    """
    row = find(session, login)
    if row is None:
        raise UserError(f"没有 {login} 这个登录名（现有的见 python -m bot staff list）")
    return row


def everybody(session: Session) -> list[Staff]:
    """All accounts, by login."""
    return list(session.execute(select(Staff).order_by(Staff.login)).scalars())


def names(session: Session) -> dict[int, str]:
    """Name of each account by its row."""
    return {row.id: row.name for row in session.execute(select(Staff.id, Staff.name))}


def names_by_login(session: Session) -> dict[str, str]:
    """Name of each account by its login, as records name it."""
    return {row.login: row.name for row in session.execute(select(Staff.login, Staff.name))}


def set_password(session: Session, login: str, password: str) -> Account:
    """Set a new password and end every session of the account; a disabled account works again.

    Raises:
        UserError: no such account, or a password that does not fit.
    """
    row = existing(session, login)
    row.password_hash = hashed(login, password)
    row.disabled_at = None
    _end_sessions(session, row.id)
    return account(row)


def disable(session: Session, login: str, at: datetime) -> Account:
    """Close an account and end its sessions.

    Raises:
        UserError: no such account.
    """
    row = existing(session, login)
    row.disabled_at = row.disabled_at or at
    _end_sessions(session, row.id)
    return account(row)


def hashed(login: str, password: str) -> str:
    """The argon2id hash of a password.

    Raises:
        UserError: it is too short, too long, or the login itself.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UserError(f"密码要{SHORTEST_PASSWORD}到{LONGEST_PASSWORD}个字符")
    if password == login or len(set(password)) < 4:
        raise UserError("密码太容易猜，请换一个")
    return hasher().hash(password)


def hasher() -> PasswordHasher:
    """What makes and checks hashes: argon2id with the library's own costs."""
    return PasswordHasher()


def _end_sessions(session: Session, staff_id: int) -> None:
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff_id))
