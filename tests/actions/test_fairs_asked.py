"""What a question about fairs names, and what goes on with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.fairs_asked import FairsAsked, goes_on

TODAY = date(2022, 2, 15)
SATURDAY = date(2022, 2, 19)
FAIR = ("解放碑有招聘会没得", "ask_job_fair_time_place", [("unit", "解放碑街道", 0, 3)])
ON_SATURDAY = ("那周六呢", "rights_overtime_leave", [("date", "2022-02-19", 1, 3)])
IN_DAPING = ("大坪呢", "inform", [("unit", "大坪街道", 0, 2)])
VETERANS = ("退役军人专场呢", "ask_job_fair_time_place", [("group", "veteran", 0, 4)])
WOMENS_FAIR = ("妇女专场招聘会有没得", "ask_job_fair_time_place", [("group", "woman", 0, 2)])
OFF_DUTY = ("周六加班没得钱", "rights_overtime_leave", [("date", "2022-02-19", 0, 2)])

Heard = tuple[str, str, list[tuple[str, str, int, int]]]


def after(*heard: Heard) -> FairsAsked | None:
    events: list[dict[str, Any]] = [{"event": "action", "name": "action_listen"}]
    for text, intent, found in heard:
        entities = [{"entity": name, "value": value, "start": start, "end": end} for name, value, start, end in found]
        parsed = {"text": text, "intent": {"name": intent}, "entities": entities}
        events.append({"event": "user", "parse_data": parsed})
    return goes_on(Tracker("x", {}, {}, events, False, None, {}, "action_listen"), TODAY)


@pytest.mark.parametrize(
    ("heard", "asked"),
    [
        ([FAIR, ON_SATURDAY], FairsAsked(SATURDAY, SATURDAY, "解放碑街道")),
        ([FAIR, ON_SATURDAY, IN_DAPING], FairsAsked(SATURDAY, SATURDAY, "大坪街道")),
        (
            [FAIR, ("女性专场呢", "nlu_fallback", [("group", "woman", 0, 2)])],
            FairsAsked(None, None, "解放碑街道", "妇女专场"),
        ),
        (
            [FAIR, ("退役军人专场呢", "ask_service_targets", [("group", "veteran", 0, 2)])],
            FairsAsked(None, None, "解放碑街道", "退役军人专场"),
        ),
        ([FAIR, ON_SATURDAY, VETERANS], FairsAsked(SATURDAY, SATURDAY, "解放碑街道", "退役军人专场")),
        ([FAIR, VETERANS, IN_DAPING], FairsAsked(None, None, "大坪街道", "退役军人专场")),
        ([VETERANS], None),
        ([VETERANS, IN_DAPING], FairsAsked(None, None, "大坪街道", "退役军人专场")),
        ([("你好", "greet", []), VETERANS, ON_SATURDAY], FairsAsked(SATURDAY, SATURDAY, None, "退役军人专场")),
        ([OFF_DUTY, VETERANS, IN_DAPING], FairsAsked(None, None, "大坪街道", "退役军人专场")),
        ([FAIR, OFF_DUTY, VETERANS], None),
        ([FAIR, ON_SATURDAY, WOMENS_FAIR], None),
        ([FAIR, ON_SATURDAY, WOMENS_FAIR, IN_DAPING], FairsAsked(None, None, "大坪街道", "妇女专场")),
        ([FAIR, OFF_DUTY], None),
        ([FAIR, OFF_DUTY, IN_DAPING], None),
        ([FAIR, ("附近呢", "inform", [("place", "近", 0, 2)])], None),
        ([IN_DAPING], None),
        ([FAIR], None),
    ],
)
def test_a_day_a_street_or_a_group_goes_on_with_the_fair(heard: list[Heard], asked: FairsAsked | None) -> None:
    assert after(*heard) == asked
