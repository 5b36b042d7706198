"""Where the running assistant listens: `serve` picks free ports, other commands must find them."""

from __future__ import annotations

from pathlib import Path

from bot import settings


def _file(data_dir: Path) -> Path:
    return data_dir / "run" / "rasa.url"


def remember(data_dir: Path, rasa_url: str) -> None:
    """Keep the address of this run's Rasa in the data folder."""
    _file(data_dir).parent.mkdir(parents=True, exist_ok=True)
    _file(data_dir).write_text(rasa_url, encoding="utf-8")


def rasa_url() -> str:
    """The address of Rasa: the setting where it is set, else that of the run in the data folder."""
    current = settings.get()
    kept = _file(current.data_dir)
    if settings.variable("rasa_url") in settings.written_names() or not kept.is_file():
        return current.rasa_url
    return kept.read_text(encoding="utf-8").strip()
