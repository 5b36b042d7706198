"""The activity log: entered once, corrected with history, voided with a reason."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.errors import UserError
from bot.records import activities, database
from bot.records.activities import Entry

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
LATER = clock.in_beijing(datetime(2022, 2, 16, 9))
ENTRY = Entry("yuzhong-2022", "leaflets", date(2022, 2, 1), 300, "大坪街道", "在车站发的")


def entered(entry: Entry = ENTRY, key: str = "form:1") -> int:
    with database.writing() as session:
        activities.enter(session, entry, "clerk", AT, key)
        return int(activities.present(session, entry.campaign)[0].id)


def quantities() -> list[int]:
    with database.reading() as session:
        return [row.quantity for row in activities.present(session, "yuzhong-2022")]


def test_an_entry_is_made_once(records: Path) -> None:
    with database.writing() as session:
        assert activities.enter(session, ENTRY, "clerk", AT, "form:1")
        assert not activities.enter(session, replace(ENTRY, quantity=5), "clerk", AT, "form:1")
    assert quantities() == [300]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "leaflet"}, "没有 leaflet 这种活动记录；可用的有 leaflets、fair_held"),
        ({"quantity": -1}, "数量：请写 0 到 9999999 的整数"),
        ({"quantity": 10_000_000}, "数量：请写 0 到 9999999 的整数"),
    ],
)
def test_what_does_not_fit_is_refused(records: Path, wrong: dict[str, object], said: str) -> None:
    with database.writing() as session, pytest.raises(UserError, match=said):
        activities.enter(session, replace(ENTRY, **wrong), "clerk", AT, "form:1")


def test_a_correction_counts_instead_and_keeps_the_history(records: Path) -> None:
    first = entered()
    with database.writing() as session:
        second = activities.correct(session, first, replace(ENTRY, quantity=30), "chief", LATER, "form:2").id
        again = activities.correct(session, first, replace(ENTRY, quantity=30), "chief", LATER, "form:2").id
        activities.correct(session, second, replace(ENTRY, quantity=31), "chief", LATER, "form:3")
    assert again == second
    assert quantities() == [31]
    with database.reading() as session:
        for form in (first, second):
            forms = activities.history(session, form)
            assert [(one.quantity, one.entered_by) for one in forms] == [(300, "clerk"), (30, "chief"), (31, "chief")]


def test_of_two_clerks_correcting_at_once_the_second_is_told(records: Path) -> None:
    first = entered()
    with database.writing() as session:
        activities.correct(session, first, replace(ENTRY, quantity=30), "a", LATER, "form:2")
    with database.writing() as session, pytest.raises(UserError, match="刚刚被别人改过"):
        activities.correct(session, first, replace(ENTRY, quantity=40), "b", LATER, "form:3")
    with database.writing() as session, pytest.raises(UserError, match="刚刚被别人改过"):
        activities.void(session, first, "重复", "b", LATER)
    assert quantities() == [30]


def test_a_voided_entry_counts_no_more_nor_what_it_said_before(records: Path) -> None:
    first = entered()
    with database.writing() as session:
        second = activities.correct(session, first, replace(ENTRY, quantity=30), "a", LATER, "form:2").id
        activities.void(session, second, "没有发过", "a", LATER)
    assert quantities() == []
    with database.writing() as session, pytest.raises(UserError, match="已经作废"):
        activities.correct(session, second, ENTRY, "a", LATER, "form:3")


def test_voiding_needs_a_reason_and_an_entry(records: Path) -> None:
    first = entered()
    with database.writing() as session, pytest.raises(UserError, match="作废要写原因"):
        activities.void(session, first, "  ", "a", LATER)
    with database.writing() as session, pytest.raises(UserError, match="没有这条活动记录"):
        activities.void(session, 99, "重复", "a", LATER)
    assert quantities() == [300]


def test_the_entries_of_one_unit(records: Path) -> None:
    entered()
    entered(replace(ENTRY, unit="解放碑街道", quantity=5), "form:2")
    with database.reading() as session:
        assert [row.quantity for row in activities.present(session, "yuzhong-2022", "解放碑街道")] == [5]


def test_a_note_cannot_be_read_in_the_file(records: Path) -> None:
    entered()
    with sqlite3.connect(records / "chunfeng.db") as connection:
        (note,) = connection.execute("SELECT note FROM activity").fetchone()
    assert "车站" not in note
