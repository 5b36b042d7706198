"""What tests share: settings of their own, a database of their own, the running assistant."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import clock, settings
from bot.campaign import load as campaigns
from bot.records import database, migrate, privacy
from tests.stack import Stack

CACHES = (settings.get, clock.offset, database.engine, privacy._secret, privacy._fernet, privacy._digest_key)


def forget() -> None:
    """Let the next call read the settings anew."""
    if database.engine.cache_info().currsize:
        database.engine().dispose()
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture
def use_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set settings for one test: `use_settings(CHUNFENG_NOW="2022-02-15T09:00")`."""

    def use(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, str(value))
        forget()

    for name in list(os.environ):
        if name.startswith(settings.PREFIX) or name == "PORT":
            monkeypatch.delenv(name)
    forget()
    yield use
    monkeypatch.undo()
    forget()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty database and its key, to be copied: migrating takes longer than most tests do."""
    folder = tmp_path_factory.mktemp("migrated")
    with pytest.MonkeyPatch.context() as environment:
        for name in list(os.environ):
            if name.startswith(settings.PREFIX):
                environment.delenv(name)
        environment.setenv(f"{settings.PREFIX}DATA_DIR", str(folder))
        forget()
        migrate.upgrade()
        forget()
    return folder


@pytest.fixture
def records(migrated: Path, use_settings: Callable[..., None], tmp_path: Path) -> Path:
    """An empty, migrated database in a folder of its own; the clock stands at 2022-02-15 09:00."""
    use_settings(CHUNFENG_DATA_DIR=tmp_path, CHUNFENG_NOW="2022-02-15T09:00")
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def yuzhong() -> campaigns.Pack:
    """The pack of the Yuzhong notice."""
    return campaigns.load("yuzhong-2022")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole assistant, started once: front door, Rasa, action server, database."""
    with Stack(tmp_path_factory.mktemp("stack")) as running:
        yield running
