"""What is on offer: posts, courses and fairs from imports, and what was recommended to whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import declared_attr

from bot.records.models import Base
from bot.records.types import BeijingTime, EncryptedText

_WITHOUT_ITEM = text("item_id IS NULL")


class ImportSource(Base):
    """A sheet on the web. `every_minutes` null: fetched only when asked for.

    `last_error` is why the last fetch gave nothing, `bad_rows` what was not taken of the last good sheet.
    """

    __tablename__ = "import_source"

    id = Column(Integer, primary_key=True)
    kind = Column(String(16), nullable=False)
    campaign = Column(String(64), nullable=False)
    url = Column(String(1000), nullable=False, unique=True)
    every_minutes = Column(Integer)
    etag = Column(String(200))
    last_modified = Column(String(200))
    fetched_at = Column(BeijingTime)
    last_good_at = Column(BeijingTime)
    last_error = Column(String(1000))
    bad_rows = Column(String(1000))


class Imported:
    """What all imported rows share.

    `source_key` makes a repeated import harmless. `seen_at` is when a source last had the row, `gone_at`
    when a re-imported source no longer had it; `import_source_id` is null for a row from a file.
    """

    id = Column(Integer, primary_key=True)
    source_key = Column(String(64), nullable=False, unique=True)
    imported_at = Column(BeijingTime, nullable=False)
    seen_at = Column(BeijingTime, nullable=False)
    gone_at = Column(BeijingTime)

    @declared_attr
    def import_source_id(cls) -> Any:
        """The source that had the row last."""
        return Column(ForeignKey("import_source.id"), index=True)


class JobPost(Imported, Base):
    """A vacancy. `kind_of_work` is a name of work_kinds.yml where the row names one; no `pay_period`: 面议."""

    __tablename__ = "job_post"
    __table_args__ = (CheckConstraint("pay_period IN ('month', 'day', 'hour')", name="pay_period_known"),)

    company = Column(String(200), nullable=False)
    title = Column(String(200), nullable=False)
    kind_of_work = Column(String(64), nullable=False, index=True)
    headcount = Column(Integer)
    pay_low = Column(Integer)
    pay_high = Column(Integer)
    pay_period = Column(String(8))
    unit = Column(String(64))
    place = Column(String(200))
    requirements = Column(String(1000))
    groups = Column(JSON, nullable=False)
    contact_phone = Column(String(32))
    valid_until = Column(Date)


class Course(Imported, Base):
    """A training course. Whoever comes after `valid_until` is too late to sign up."""

    __tablename__ = "course"

    title = Column(String(200), nullable=False)
    kind_of_work = Column(String(64), nullable=False, index=True)
    organiser = Column(String(200), nullable=False)
    unit = Column(String(64))
    place = Column(String(200))
    starts_on = Column(Date)
    ends_on = Column(Date)
    fee = Column(String(64))
    subsidised = Column(Boolean)
    contact_phone = Column(String(32))
    valid_until = Column(Date)


class JobFair(Imported, Base):
    """A job fair, or the window of an online one."""

    __tablename__ = "job_fair"

    campaign = Column(String(64), nullable=False, index=True)
    title = Column(String(200), nullable=False)
    starts_at = Column(BeijingTime, nullable=False)
    ends_at = Column(BeijingTime, nullable=False)
    place = Column(String(200))
    unit = Column(String(64))
    zones = Column(JSON, nullable=False)
    online = Column(Boolean, nullable=False)
    url = Column(String(1000))
    organiser = Column(String(200))
    source_note = Column(String(200))


class Recommendation(Base):
    """Something given to a person within the 131 service, once. Guidance has no item."""

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint("kind IN ('post', 'course', 'guidance')", name="recommendation_kind_known"),
        UniqueConstraint("campaign", "person_id", "kind", "item_id", name="item_once"),
        # NULLs differ from each other in a unique key, so guidance needs one of its own.
        Index(
            "guidance_once",
            "campaign",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_WITHOUT_ITEM,
            postgresql_where=_WITHOUT_ITEM,
        ),
    )

    id = Column(Integer, primary_key=True)
    campaign = Column(String(64), nullable=False)
    person_id = Column(ForeignKey("person.id"), nullable=False, index=True)
    registration_id = Column(Integer)
    kind = Column(String(16), nullable=False)
    item_id = Column(Integer)
    reason = Column(EncryptedText, nullable=False)
    given_at = Column(BeijingTime, nullable=False)
