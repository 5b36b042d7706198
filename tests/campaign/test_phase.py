"""What is said about a window before, in, on the last day of and after it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.campaign.load import Pack, load
from bot.campaign.model import Period
from bot.campaign.phase import phase_of


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 1, 20), "活动还没有开始，2022年1月21日开始，还有1天。"),
        (date(2022, 1, 21), "活动正在进行，到2022年3月31日止，还有69天。"),
        (date(2022, 2, 15), "活动正在进行，到2022年3月31日止，还有44天。"),
        (date(2022, 3, 30), "活动正在进行，到2022年3月31日止，还有1天。"),
        (date(2022, 3, 31), "活动正在进行，今天2022年3月31日是最后一天。"),
        (date(2022, 4, 1), "活动已于2022年3月31日结束。"),
    ],
)
def test_the_period_of_yuzhong(yuzhong: Pack, day: date, said: str) -> None:
    assert phase_of(yuzhong.period, day).sentence("活动") == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 12, 31), "活动还没有开始，2023年1月开始。"),
        (date(2023, 2, 15), "活动正在进行，到2023年3月止。"),
        (date(2023, 3, 31), "活动正在进行，到2023年3月止。"),
        (date(2023, 4, 1), "活动已于2023年3月结束。"),
    ],
)
def test_a_notice_that_names_only_months_gets_no_days(day: date, said: str) -> None:
    assert phase_of(load("fujian-2023").period, day).sentence("活动") == said


def test_months_are_whole() -> None:
    period = Period(start="2024-02", end="2024-02", text="2月")
    assert (period.start, period.end, period.by_month) == (date(2024, 2, 1), date(2024, 2, 29), True)


def test_fujian_has_no_contacts_no_units_and_no_table() -> None:
    pack = load("fujian-2023")
    assert (pack.contacts, pack.unit_names, pack.table, pack.fairs) == ([], [], None, [])
