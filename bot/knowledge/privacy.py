"""What is said about personal data: the consent asked before a registration, and the privacy page.

《个人信息保护法》: purpose, kind and who sees it are told before consent (第十七条), consent is asked
separately for sensitive data (第二十九条), and can be taken back as easily (第十五条).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pydantic import Field

from bot import settings, yamlfile
from bot.campaign.model import Part
from bot.grammar import exact_words
from bot.reply import Reply

_VERSION_CHARACTERS = 12

#: What a person may do with what they left (第四十五条, 第四十七条).
_OWN_DATA = ("check_my_request", "withdraw_my_data")

#: Where the whole of it can be read.
PAGE = "/privacy"

Purpose = Literal["job_intention", "help_request", "vacancy"]


class _Purpose(Part):
    keeps: str
    spoken_keeps: str | None = None
    why: str
    sees: str


class _Spoken(Part):
    consent: str
    sensitive: str


class _Section(Part):
    title: str
    text: str


class Privacy(Part):
    """The file data/knowledge/privacy.yml."""

    source: str
    consent: str
    street: str
    purposes: dict[Purpose, _Purpose]
    sensitive: str
    in_other_words: str
    sensitive_kinds: dict[str, str]
    spoken: _Spoken
    refused: str
    why_at_all: str
    changed: str
    page: list[_Section] = Field(min_items=1)


@lru_cache(maxsize=1)
def text() -> Privacy:
    """The words of the privacy file."""
    return yamlfile.parse(Privacy, settings.ROOT / "data" / "knowledge" / "privacy.yml")


def consent(purpose: Purpose, street_is_asked: bool, spoken: bool = False) -> str:
    """What is asked before the first personal datum; the street is named only where it is asked for.

    Args:
        purpose: what is registered.
        street_is_asked: whether the campaign has reporting units.
        spoken: the form that a clerk reads out on a call is wanted.
    """
    words = text().purposes[purpose]
    street = text().street if street_is_asked else ""
    keeps = words.spoken_keeps if spoken and words.spoken_keeps else words.keeps
    told = {"keeps": keeps.format(street=street), "why": words.why, "sees": words.sees}
    wording = text().spoken.consent if spoken else text().consent
    return wording.format(page=PAGE, **told).strip()


def sensitive(kinds: Sequence[str], spoken: bool = False) -> str:
    """What is asked before health, disability or a minor's data is kept; `spoken` as in `consent`."""
    what = "、".join(text().sensitive_kinds[kind] for kind in kinds)
    wording = text().spoken.sensitive if spoken else text().sensitive
    return wording.format(what=what).strip()


def changes_person(text: str) -> bool:
    """Whether a message says that somebody else uses the device now, and nothing else."""
    return exact_words.words().get(exact_words.plain(text)) == "change_person" or text == "/change_person"


def concerns_own_data(text: str) -> bool:
    """Whether a message asks what is kept of the sender, or to withdraw or erase it; what is added is not meant.

    Args:
        text: what was typed, or the payload of a button.
    """
    if text.startswith(tuple(f"/{intent}" for intent in _OWN_DATA)):
        return '"add"' not in text
    return exact_words.words().get(exact_words.plain(text)) in _OWN_DATA


def person_changed() -> Reply:
    """What is said then: the channel begins a new session."""
    return Reply(text().changed.strip(), session="new")


def version(wording: str) -> str:
    """The mark of a wording, kept with each consent to it."""
    return hashlib.sha256(wording.encode("utf-8")).hexdigest()[:_VERSION_CHARACTERS]
