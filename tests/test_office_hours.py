"""Office hours: holidays, make-up days, the years that nobody knows yet."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot import office_hours, settings
from bot.clock import in_beijing
from bot.errors import UserError

Use = Callable[..., None]


@pytest.fixture(autouse=True)
def _default_hours(use_settings: Use) -> None:
    use_settings(CHUNFENG_OFFICE_HOURS="09:00-12:00,14:00-18:00")
    office_hours._warn_of.cache_clear()


def at(text: str) -> datetime:
    return in_beijing(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("now", "opening", "said"),
    [
        ("2022-02-15T09:00", "2022-02-15T09:00", "工作人员在线，会尽快回您。"),
        ("2022-02-15T08:59", "2022-02-15T09:00", "现在是下班时间，工作人员今天09:00上班后回您。"),
        ("2022-02-15T12:00", "2022-02-15T14:00", "现在是下班时间，工作人员今天14:00上班后回您。"),
        ("2022-02-15T17:59", "2022-02-15T17:59", "工作人员在线，会尽快回您。"),
        ("2022-02-15T18:00", "2022-02-16T09:00", "现在是下班时间，工作人员明天09:00上班后回您。"),
        ("2022-02-18T20:00", "2022-02-21T09:00", "现在是下班时间，工作人员2月21日（周一）09:00上班后回您。"),
        # 春节：1月31日至2月6日放假，1月29日、30日（周六、周日）上班
        ("2022-01-28T18:30", "2022-01-29T09:00", "现在是下班时间，工作人员明天09:00上班后回您。"),
        ("2022-01-30T15:00", "2022-01-30T15:00", "工作人员在线，会尽快回您。"),
        ("2022-01-31T10:00", "2022-02-07T09:00", "现在是下班时间，工作人员2月7日（周一）09:00上班后回您。"),
    ],
)
def test_when_somebody_answers(now: str, opening: str, said: str) -> None:
    assert office_hours.next_opening(at(now)) == at(opening)
    assert office_hours.is_open(at(now)) == (now == opening)
    assert office_hours.when_answered(at(now)) == said


def test_a_moment_of_another_zone_is_a_moment_in_beijing() -> None:
    assert office_hours.is_open(datetime.fromisoformat("2022-02-15T01:30+00:00"))
    assert not office_hours.is_open(datetime.fromisoformat("2022-02-15T10:30+00:00"))


def test_later_years_come_from_the_settings(use_settings: Use, caplog: pytest.LogCaptureFixture) -> None:
    use_settings(CHUNFENG_HOLIDAYS="2027-02-05,2027-02-08", CHUNFENG_WORKDAYS="2027-01-31")
    with caplog.at_level(logging.WARNING):
        days = [date(2027, 1, 31), date(2027, 2, 4), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 8)]
        assert [office_hours.is_working_day(day) for day in days] == [True, True, False, False, False]
    assert caplog.messages == []


def test_the_settings_come_before_the_calendar(use_settings: Use) -> None:
    use_settings(CHUNFENG_HOLIDAYS="2022-02-15", CHUNFENG_WORKDAYS="2022-02-19")
    assert not office_hours.is_working_day(date(2022, 2, 15))
    assert office_hours.is_working_day(date(2022, 2, 19))


def test_a_year_that_nobody_knows_is_plain_weekdays_and_warned_of_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        week = [office_hours.is_working_day(date(2031, 3, day)) for day in range(3, 10)]
    assert week == [True] * 5 + [False] * 2
    assert len(caplog.messages) == 1
    assert "2031 年怎么放假还不知道" in caplog.messages[0]
    assert "CHUNFENG_HOLIDAYS" in caplog.messages[0]


def test_no_working_day_in_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_hours, "is_working_day", lambda day: False)
    assert office_hours.next_opening(at("2022-02-15T09:00")) is None
    assert office_hours.when_answered(at("2022-02-15T09:00")) == "现在没有工作人员在线，上班以后会回您。"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHUNFENG_OFFICE_HOURS", "9-12"),
        ("CHUNFENG_OFFICE_HOURS", "14:00-18:00,09:00-12:00"),
        ("CHUNFENG_OFFICE_HOURS", "09:00-09:00"),
        ("CHUNFENG_OFFICE_HOURS", "09:00-25:00"),
        ("CHUNFENG_HOLIDAYS", "2027-02-30"),
        ("CHUNFENG_WORKDAYS", "2027-01-31；2027-02-01"),
    ],
)
def test_settings_that_do_not_fit(use_settings: Use, name: str, value: str) -> None:
    use_settings(**{name: value})
    with pytest.raises(UserError, match=f"设置 {name} 不对"):
        settings.get()
