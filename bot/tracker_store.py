"""Rasa's conversations, kept like everything a person says: encrypted at rest."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.orm import DeclarativeMeta, registry

from bot import settings
from bot.records import migrate
from bot.records.database import make_engine
from bot.records.types import EncryptedText

_registry = registry()


class EncryptedTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with the events' content encrypted, on a pooled engine.

    Named in endpoints.yml. The address comes from the setting TRACKER_URL.
    """

    class Base(metaclass=DeclarativeMeta):
        """The base of Rasa's one table, apart from the records' own."""

        __abstract__ = True
        registry = _registry
        metadata = _registry.metadata
        __init__ = _registry.constructor

    class SQLEvent(Base):
        """Rasa's table of events; `data`, which holds texts and slots, is encrypted."""

        __tablename__ = "events"

        id = sa.Column(sa.Integer, primary_key=True)
        sender_id = sa.Column(sa.String(255), nullable=False, index=True)
        type_name = sa.Column(sa.String(255), nullable=False)
        timestamp = sa.Column(sa.Float)
        intent_name = sa.Column(sa.String(255))
        action_name = sa.Column(sa.String(255))
        data = sa.Column(EncryptedText)

    def __init__(
        self,
        host: str | None = None,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        migrate.ensure_key()
        super(SQLTrackerStore, self).__init__(domain, event_broker, **kwargs)
        self.engine = make_engine(settings.get().tracker_url)
        self.Base.metadata.create_all(self.engine)
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)
