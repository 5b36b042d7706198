"""From which age on somebody may work: the limits, their source, and what is said."""

from __future__ import annotations

import pytest

from bot.grammar import sensitive
from bot.knowledge import load, working_age


@pytest.mark.parametrize(
    ("age", "is_too_young", "is_young"),
    [("9", True, False), ("15", True, False), ("16", False, True), ("17", False, True), ("18", False, False)],
)
def test_below_the_minimum_nobody_is_registered_and_below_full_age_protection_is_told(
    age: str, is_too_young: bool, is_young: bool
) -> None:
    assert (working_age.too_young(age) is not None) == is_too_young
    assert (working_age.young(age) is not None) == is_young


def test_what_a_child_is_told_names_rule_help_and_source() -> None:
    reply = working_age.too_young("15")
    assert reply is not None
    assert "不满16周岁，单位不得招，别人也不得介绍" in reply.text
    assert load.hotline("youth").number in reply.text
    assert reply.source == "《劳动法》第十五条；《禁止使用童工规定》第二条"
    assert [button.title for button in reply.buttons] == ["多大可以打工", "请人联系我"]


def test_the_entry_behind_it_says_the_same_and_cites_the_same_articles() -> None:
    entry = next(entry for entry in load.entries() if entry.id == working_age.text().entry)
    assert f"不满{working_age.text().minimum}周岁" in entry.law
    assert f"不满{working_age.text().adult}的可以打工" in entry.law
    assert {"《劳动法》第十五条", "《禁止使用童工规定》第二条", "《劳动法》第五十八条"} <= set(entry.citations)
    assert sensitive.under_age() == working_age.text().minimum


@pytest.mark.parametrize(
    ("said", "sounds_young"),
    [
        ("我不想读书了，想去奶茶店上班", True),
        ("我初三", True),
        ("想打暑假工", True),
        ("帮我娃儿找个活路", True),
        ("我初中文化", False),
        ("初三过后就能上班", False),
        ("娃儿在读大学", False),
        ("保安，四千", False),
    ],
)
def test_who_sounds_young_is_to_be_asked(said: str, sounds_young: bool) -> None:
    assert working_age.sounds_young(said) == sounds_young


def test_nothing_is_told_where_no_age_was_said() -> None:
    assert working_age.young(None) is None
