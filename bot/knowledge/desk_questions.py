"""What a clerk on a call asks for each field of a form, from data/knowledge/desk_questions.yml."""

from __future__ import annotations

from functools import lru_cache

from bot import settings, yamlfile
from bot.campaign.model import Part


class DeskQuestions(Part):
    """Field → question, for each form."""

    job_intention: dict[str, str]
    help_request: dict[str, str]
    vacancy: dict[str, str]


@lru_cache(maxsize=1)
def questions() -> DeskQuestions:
    """The questions of all forms."""
    return yamlfile.parse(DeskQuestions, settings.ROOT / "data" / "knowledge" / "desk_questions.yml")
