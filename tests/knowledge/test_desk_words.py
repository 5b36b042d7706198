"""What a clerk on a call reads out can be read aloud, whatever form or line it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.campaign.check import spoken_problems
from bot.knowledge import desk_lines, desk_questions, privacy


def read_out() -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    for intent in desk_lines.intents():
        line = desk_lines.of(intent)
        assert line is not None
        yield intent, line.say
    yield "opening", desk_lines.opening().say
    yield "offered", desk_lines.offered().say
    for kind, asked in desk_questions.questions().dict().items():
        yield from ((f"{kind}.{field}", question) for field, question in asked.items())
    for kind in get_args(privacy.Purpose):
        yield f"saved.{kind}", desk_lines.saved(kind, "12345678")
        yield f"consent.{kind}", privacy.consent(kind, True, spoken=True)
    yield "sensitive", privacy.sensitive(["health", "disability", "minor"], spoken=True)


def test_every_word_of_the_desk_can_be_read_aloud() -> None:
    found = {place: list(spoken_problems(text)) for place, text in read_out()}
    assert len(found) > 40
    assert {place: problems for place, problems in found.items() if problems} == {}


def test_the_chats_consent_is_as_it_was() -> None:
    assert privacy.consent("job_intention", True).endswith("（隐私说明见 /privacy）。您同意吗？")
    assert "/privacy" not in privacy.consent("job_intention", True, spoken=True)
