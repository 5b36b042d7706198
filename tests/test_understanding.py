"""How sure the assistant must be."""

from __future__ import annotations

import pytest

from bot.understanding import Guess, Understanding, may_be_ours, understand


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ([("greet", 0.9), ("thanks", 0.1)], Understanding("answer", "greet")),
        ([("inform", 0.6), ("rights_other", 0.3)], Understanding("answer_and_offer", "inform", "rights_other")),
        ([("inform", 0.6), ("thanks", 0.1), ("deny", 0.1)], Understanding("answer", "inform")),
        ([("affirm", 0.7), ("inform", 0.1)], Understanding("ask_back", "affirm")),
        ([("greet", 0.35), ("thanks", 0.3), ("deny", 0.2)], Understanding("ask_back", "greet")),
        ([("out_of_scope", 0.7), ("greet", 0.3)], Understanding("reject", "out_of_scope")),
        ([("out_of_scope", 0.5), ("greet", 0.5)], Understanding("ask_back", "greet")),
        ([("out_of_scope", 0.3), ("inform", 0.7)], Understanding("answer", "inform")),
        ([("nlu_fallback", 0.3), ("greet", 0.9)], Understanding("answer", "greet")),
        ([("urgent", 0.9), ("greet", 0.1)], Understanding("answer", "urgent")),
        ([("greet", 0.9), ("urgent", 0.1)], Understanding("answer", "greet")),
        ([], Understanding("ask_back", "nlu_fallback")),
    ],
)
def test_what_is_made_of_a_ranking(ranking: list[Guess], expected: Understanding) -> None:
    assert understand(ranking) == expected


@pytest.mark.parametrize(
    ("doubt", "second", "best_hit", "expected"),
    [
        (0.8, ("rights_unpaid_wages", 0.15), 0.12, True),
        (0.8, ("rights_unpaid_wages", 0.09), 0.12, False),
        (0.8, ("ask_free_training", 0.19), 0.12, False),
        (0.8, ("greet", 0.19), 0.2, True),
        (0.86, ("rights_unpaid_wages", 0.13), 0.4, False),
        (0.64, ("rights_unpaid_wages", 0.36), 0.4, False),
        (1.0, ("rights_unpaid_wages", 0.0), 0.4, False),
    ],
)
def test_which_rejected_messages_a_clerk_should_see(
    doubt: float, second: Guess, best_hit: float, expected: bool
) -> None:
    assert may_be_ours([("out_of_scope", doubt), second], best_hit) is expected
