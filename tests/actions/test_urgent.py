"""An emergency: which law is told behind the number."""

from __future__ import annotations

import pytest

from actions.urgent import WITH_LAW, _right_behind
from bot.understanding import Guess

INJURY = "rights_work_injury"


@pytest.mark.parametrize(
    ("kind", "guesses", "right"),
    [
        ("injury", [("urgent", 1.0), (INJURY, 0.87), ("rights_dismissal", 0.1)], INJURY),
        ("injury", [("urgent", 1.0), ("inform", 0.43), (INJURY, 0.42)], INJURY),
        ("injury", [("urgent", 1.0), ("out_of_scope", 0.55), (INJURY, 0.41)], None),  # 在家里摔倒了
        ("injury", [("urgent", 1.0), ("inform", 0.7), (INJURY, 0.29)], None),
        ("danger", [("urgent", 1.0), ("rights_other", 0.49)], None),
        ("danger", [("urgent", 1.0), ("rights_other", 0.5)], "rights_other"),
        ("danger", [("urgent", 1.0), ("out_of_scope", 0.72), ("rights_other", 0.1)], None),  # 有人拿刀要砍我
        ("suicide", [("urgent", 1.0), ("rights_unpaid_wages", 0.99)], None),
        ("injury", [("urgent", 1.0)], None),
    ],
)
def test_the_law_is_told_where_it_is_about_work(kind: str, guesses: list[Guess], right: str | None) -> None:
    assert _right_behind(guesses, WITH_LAW.get(kind, 1.0)) == right
