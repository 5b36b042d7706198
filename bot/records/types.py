"""Column types of our own."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.types import TypeDecorator

from bot import clock
from bot.records import privacy


class EncryptedText(TypeDecorator):
    """Text that is encrypted at rest; it cannot be searched, only read back."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """On the way into the database."""
        return None if value is None else privacy.encrypt(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """On the way out of the database."""
        return None if value is None else privacy.decrypt(value)


class BeijingTime(TypeDecorator):
    """A moment: kept as UTC, read back as Beijing time. A time without a zone is an error."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On the way into the database: UTC without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """On the way out of the database: Beijing time."""
        return None if value is None else value.replace(tzinfo=timezone.utc).astimezone(clock.BEIJING)
