"""The front door in this process, before a stand-in of Rasa."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.web.app import create_app
from tests.web.rasa_stand_in import Rasa, running

Door = Callable[..., TestClient]


@pytest.fixture
def rasa() -> Iterator[type[Rasa]]:
    """A fresh stand-in of Rasa; `url` is where it listens."""
    with running() as handler:
        yield handler


@pytest.fixture
def door(records: Path, rasa: type[Rasa], use_settings: Callable[..., None]) -> Door:
    """Makes front doors: `door(CHUNFENG_EMBED_ORIGINS="…", base_url="https://…")`."""

    def made(base_url: str = "http://testserver", **values: object) -> TestClient:
        use_settings(CHUNFENG_RASA_URL=rasa.url, **values)
        return TestClient(create_app(), base_url=base_url, follow_redirects=False)

    return made
