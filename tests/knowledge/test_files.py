"""The knowledge files hold together: topics, openers on every day, scripts that can be read aloud."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bot.campaign.check import spoken_problems
from bot.campaign.intents import RIGHTS_INTENTS
from bot.knowledge import choose, load

DAYS = (date(2022, 1, 1), date(2022, 2, 15), date(2023, 3, 1), date(2025, 9, 1), date(2026, 7, 1), date(2027, 1, 1))


@pytest.mark.parametrize("day", DAYS)
def test_every_rights_topic_has_one_opener_on_every_day(day: date) -> None:
    openers = Counter(entry.topic for entry in choose.in_force(day).values() if entry.opener)
    assert {openers[topic] for topic in RIGHTS_INTENTS} == {1}
    assert set(openers.values()) == {1}


def test_there_are_enough_entries() -> None:
    assert sum(entry.topic in RIGHTS_INTENTS for entry in load.entries()) >= 70


def test_ids_are_unique_over_all_files() -> None:
    ids = [entry.id for entry in load.entries()]
    assert len(ids) == len(set(ids))


def test_no_question_is_asked_twice_on_one_day() -> None:
    for day in DAYS:
        asked = Counter(question for entry in choose.in_force(day).values() for question in entry.questions)
        assert [question for question, times in asked.items() if times > 1] == []


def test_every_script_can_be_read_aloud() -> None:
    found = {entry.id: list(spoken_problems(entry.spoken)) for entry in load.entries()}
    assert {identifier: problems for identifier, problems in found.items() if problems} == {}


def test_every_citation_names_a_law_and_an_article() -> None:
    for entry in load.entries():
        for citation in entry.citations:
            assert "《" in citation or "〔" in citation, (entry.id, citation)


def test_a_law_is_not_cited_before_it_is_in_force() -> None:
    starts = {
        "《法律援助法》": date(2022, 1, 1),
        "《保障农民工工资支付条例》": date(2020, 5, 1),
        "《劳动合同法》": date(2008, 1, 1),
        "《劳动争议调解仲裁法》": date(2008, 5, 1),
        "《社会保险法》": date(2011, 7, 1),
        "《就业促进法》": date(2008, 1, 1),
    }
    for entry in load.entries():
        for law, start in starts.items():
            if any(citation.startswith(law) for citation in entry.citations):
                assert entry.valid_from >= start, (entry.id, law)


def test_legal_aid_is_told_with_both_its_articles() -> None:
    for entry in load.entries():
        aid = {citation for citation in entry.citations if citation.startswith("《法律援助法》")}
        if any("三十一" in citation or "四十二" in citation for citation in aid):
            assert {"《法律援助法》第三十一条", "《法律援助法》第四十二条"} <= aid, entry.id


def test_the_numbers_in_answers_are_national_lines() -> None:
    known = {line.number for line in load.hotlines()}
    for entry in load.entries():
        text = "".join([entry.law, entry.act, entry.helper, entry.spoken])
        for number in ("12333", "12345", "12348", "12351", "12338", "12355", "12356", "110", "120"):
            assert number not in text or number in known
