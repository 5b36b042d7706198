"""Signing in: password, lock-out, and the sessions that follow."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot import settings
from bot.records import database, privacy, staff, tries
from bot.records.staff import Account, Staff, StaffSession

#: Wrong passwords for one account, and from one address, which an office may share. The longest wait for an
#: account is short: else anybody could keep a clerk out of work.
ACCOUNT_LIMIT = tries.Limit(5, timedelta(minutes=1), timedelta(minutes=15))
ADDRESS_LIMIT = tries.Limit(20, timedelta(minutes=1), timedelta(hours=2))

_TOKEN_BYTES = 32
#: `seen_at` is written at most so often.
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A session: whose it is, and the token that its forms carry."""

    account: Account
    csrf: str


@dataclass(frozen=True)
class Tried:
    """What became of a try to sign in: the new session's secret, or until when none is heard, or neither."""

    account: Account | None = None
    token: str | None = None
    blocked_until: datetime | None = None


def sign_in(login: str, password: str, address: str, at: datetime) -> Tried:
    """Check a password and begin a session.

    The try is counted as failed before the slow hash is worked out, so that many tries at once are no way
    round the lock-out, and no transaction is open meanwhile.

    Args:
        login: as typed.
        password: as typed.
        address: a digest of where it came from.
        at: now.
    """
    limits = {f"account {login}": ACCOUNT_LIMIT, f"staff address {address}": ADDRESS_LIMIT}
    with database.writing() as session:
        blocked = tries.blocked_until(session, limits, at)
        if blocked is not None:
            return Tried(blocked_until=blocked)
        tries.count(session, limits, at)
        row = staff.find(session, login)
    known = row is not None and row.disabled_at is None
    if not _fits(row.password_hash if row and known else _nobodys_hash(), password) or not known:
        return Tried()
    with database.writing() as session:
        tries.forget(session, f"account {login}")
        tries.take_back(session, f"staff address {address}")
        return _begin(session, login, at)


def _begin(session: Session, login: str, at: datetime) -> Tried:
    row = staff.existing(session, login)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(StaffSession(digest=_digest(token), staff_id=row.id, created_at=at, seen_at=at))
    return Tried(staff.account(row), token)


def resume(token: str, at: datetime, is_active: bool) -> SignedIn | None:
    """The session behind a cookie's secret; None when there is none or it has ended.

    Args:
        token: the secret.
        at: now.
        is_active: whether a person did something, as against a page that looks for news by itself.
    """
    current = settings.get()
    with database.reading() as session:
        row = session.get(StaffSession, _digest(token))
        who = session.get(Staff, row.staff_id) if row else None
    if row is None or who is None or who.disabled_at is not None:
        return None
    idle, age = at - row.seen_at, at - row.created_at
    if idle > timedelta(minutes=current.staff_idle_minutes) or age > timedelta(hours=current.staff_session_hours):
        return None
    if is_active and idle > _SEEN_EVERY:
        with database.writing() as session:
            seen = session.get(StaffSession, row.digest)
            if seen is not None:
                seen.seen_at = at
    return SignedIn(staff.account(who), privacy.digest("csrf", token))


def sign_out(session: Session, token: str) -> None:
    """End a session."""
    session.execute(delete(StaffSession).where(StaffSession.digest == _digest(token)))


def forget_ended(session: Session, at: datetime) -> None:
    """Drop the rows of sessions that ended by their age."""
    oldest = at - timedelta(hours=settings.get().staff_session_hours)
    session.execute(delete(StaffSession).where(StaffSession.created_at < oldest))


def _digest(token: str) -> str:
    return privacy.digest("staff_session", token)


def _fits(password_hash: str, password: str) -> bool:
    try:
        return staff.hasher().verify(password_hash, password[: staff.LONGEST_PASSWORD])
    except (VerifyMismatchError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    """What the password for an unknown login is compared with, so that it takes as long as for a known one."""
    return staff.hasher().hash(secrets.token_urlsafe(_TOKEN_BYTES))
