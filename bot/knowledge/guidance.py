"""The career guidance that comes with a job intention, from data/knowledge/guidance.yml."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.reply import Reply


class _ForWork(Part):
    kinds: list[str] = Field(min_items=1)
    text: str


class _Guidance(Part):
    source: str
    general: str
    spoken: str
    by_work: list[_ForWork] = []


@lru_cache(maxsize=1)
def _guidance() -> _Guidance:
    return yamlfile.parse(_Guidance, settings.ROOT / "data" / "knowledge" / "guidance.yml")


def kinds_of_work() -> list[str]:
    """The kinds of work that have a line of their own."""
    return [kind for part in _guidance().by_work for kind in part.kinds]


def reply(kind_of_work: str, spoken: bool = False) -> Reply:
    """What is said to somebody who looks for that work."""
    guidance = _guidance()
    own = next((part.text for part in guidance.by_work if kind_of_work in part.kinds), "")
    text = (guidance.spoken if spoken else f"先给您提个醒（职业指导）：\n{guidance.general}").strip()
    return Reply(f"{text}\n{own}" if own else text, source=guidance.source)
