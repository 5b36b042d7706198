"""The pages keep up with the packs, the intents and the commands."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from bot.campaign.activity_kinds import ACTIVITY_KINDS
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS, topic_of
from bot.campaign.load import load, pack_ids
from bot.campaign.model import Answer, Pack
from bot.imports import activities, services
from bot.imports.importer import Register
from bot.knowledge import load as knowledge
from bot.settings import ROOT

KIND = "job_intention"

COUNTING = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8")


def column_of(pack: Pack, kind: str, topic: str) -> str:
    """The column that a service counts in, as the page writes it."""
    assert pack.table is not None
    found = [
        str(column.no)
        for column in pack.table.columns
        if column.counts and kind in column.counts.kinds and topic not in column.counts.except_topics
    ]
    return "、".join(found) or "none"


def kind_of(pack: Pack, intent: str) -> str | None:
    """The kind of service that answering leaves: by the pack, else by the knowledge behind a silent notice."""
    entry = pack.answers.get(intent)
    if isinstance(entry, Answer):
        return entry.service
    kinds = {knowledge.services()[one.id] for one in knowledge.entries() if one.topic == intent}
    assert len(kinds) <= 1, f"{intent} leaves different kinds of service"
    return kinds.pop() if kinds else None


@pytest.mark.parametrize("intent", [*CAMPAIGN_INTENTS, *RIGHTS_INTENTS])
def test_the_counting_page_says_what_the_packs_do(intent: str, yuzhong: Pack) -> None:
    kinds = {kind_of(load(campaign), intent) for campaign in pack_ids()}
    answered = {kind for kind in kinds if kind is not None}
    assert len(answered) <= 1, f"{intent} is another service in another pack"
    kind = answered.pop() if answered else None
    counts = column_of(yuzhong, kind, topic_of(intent)) if kind else "—"
    assert f"| `{intent}` | {kind or '—'} | {counts} |" in COUNTING


def test_the_counting_page_has_the_job_intention(yuzhong: Pack) -> None:
    assert f"| `register_job_intention` (saved) | {KIND} | {column_of(yuzhong, KIND, KIND)} |" in COUNTING


def test_the_counting_page_quotes_the_annex(yuzhong: Pack) -> None:
    assert yuzhong.table is not None
    for note in yuzhong.table.notes:
        assert note.split("．", 1)[1].rstrip("。") in COUNTING


def test_every_intent_is_explained() -> None:
    page = (ROOT / "docs" / "intents.md").read_text(encoding="utf-8")
    for intent in YAML(typ="safe").load(ROOT / "domain.yml")["intents"]:
        assert re.search(rf"\b{intent}\b", page), intent


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_readmes_name_what_there_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / link).exists(), f"{page} names {link}"
    for command in ("make run", "make test", "python -m bot report"):
        assert command in text


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert targets is not None
    for target in targets.group(1).split():
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE), target


def test_the_import_page_lists_every_kind_of_activity(yuzhong: Pack) -> None:
    page = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    assert yuzhong.table is not None
    for column in yuzhong.table.columns:
        for code in column.activities:
            assert f"| {ACTIVITY_KINDS[code].name} | `{code}` | {column.no} |" in page


@pytest.mark.parametrize("register", [services.REGISTER, activities.REGISTER], ids=lambda one: one.code)
def test_the_import_page_lists_every_heading(register: Register) -> None:
    page = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    section = page.split(f"## {register.code} ")[1].split("\n## ")[0]
    for heading in register.headings:
        assert f"| `{heading.code}` | {heading.name} |" in section
