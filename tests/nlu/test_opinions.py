"""Several opinions put together."""

from __future__ import annotations

import pytest

from bot.nlu.opinions import Opinion, together


def test_opinions_weigh_as_much_as_they_are_told_to() -> None:
    one, other = {"a": 0.9, "b": 0.1}, {"a": 0.1, "b": 0.9}
    assert dict(together([Opinion(one, 0.5), Opinion(other, 0.5)])) == {
        "a": pytest.approx(0.5),
        "b": pytest.approx(0.5),
    }
    assert together([Opinion(one, 1.0), Opinion(other, 0.0)]) == [("a", pytest.approx(0.9)), ("b", pytest.approx(0.1))]
    assert together([Opinion(one, 1.0), Opinion(other, 0.5)])[0][0] == "a"


def test_not_to_agree_on_the_intent_is_no_doubt_that_it_is_ours() -> None:
    one, other = {"a": 0.9, "out_of_scope": 0.1}, {"b": 0.9, "out_of_scope": 0.1}
    assert dict(together([Opinion(one, 0.5), Opinion(other, 0.5)])) == {
        "a": pytest.approx(0.45),
        "b": pytest.approx(0.45),
        "out_of_scope": pytest.approx(0.1),
    }


def test_the_doubt_is_weighed_like_the_rest() -> None:
    sure, doubtful = {"a": 0.99, "out_of_scope": 0.01}, {"a": 0.1, "out_of_scope": 0.9}
    assert dict(together([Opinion(sure, 1.0), Opinion(doubtful, 0.0)]))["out_of_scope"] == pytest.approx(0.01)
    assert dict(together([Opinion(sure, 0.0), Opinion(doubtful, 1.0)]))["out_of_scope"] == pytest.approx(0.9)
    assert together([Opinion({"out_of_scope": 1.0}, 1.0)]) == [("out_of_scope", pytest.approx(1.0))]


def test_the_doubts_meet_as_log_odds() -> None:
    """.75 times 4.595, the log odds of .99, less .25 times 2.197: 2.897, which is .948."""
    sure, doubtful = Opinion({"a": 0.01, "out_of_scope": 0.99}, 0.75), Opinion({"a": 0.9, "out_of_scope": 0.1}, 0.25)
    assert dict(together([sure, doubtful])) == {
        "a": pytest.approx(0.052, abs=5e-4),
        "out_of_scope": pytest.approx(0.948, abs=5e-4),
    }


def test_an_emergency_stands_beside_the_doubt() -> None:
    """What is no emergency: half of it, says one, a quarter, the other; as odds 1 and 1/3, in the mean .577."""
    speaks = Opinion({"urgent": 0.5, "a": 0.25, "out_of_scope": 0.25}, 0.5)
    silent = Opinion({"a": 0.75, "out_of_scope": 0.25}, 0.5, frozenset({"urgent"}))
    assert dict(together([speaks, silent])) == {
        "urgent": pytest.approx(0.5),
        "a": pytest.approx(0.317, abs=5e-4),
        "out_of_scope": pytest.approx(0.183, abs=5e-4),
    }
    strange = Opinion({"urgent": 0.5, "out_of_scope": 0.5}, 1.0)
    assert dict(together([strange, Opinion({"out_of_scope": 1.0}, 1.0, frozenset({"urgent"}))])) == {
        "urgent": pytest.approx(0.5),
        "out_of_scope": pytest.approx(0.5),
    }


def test_what_one_does_not_name_the_others_can_still_bring() -> None:
    assert together([Opinion({"a": 0.5, "b": 0.5}, 0.5), Opinion({"a": 1.0}, 0.5)])[0] == (
        "a",
        pytest.approx(0.99, abs=0.01),
    )


def test_silence_is_no_opinion() -> None:
    speaks = Opinion({"urgent": 0.7, "rights_unpaid_wages": 0.3}, 0.5)
    silent = Opinion({"rights_unpaid_wages": 1.0}, 0.5, frozenset({"urgent"}))
    shares = dict(together([speaks, silent]))
    assert shares == {"urgent": pytest.approx(0.7), "rights_unpaid_wages": pytest.approx(0.3)}


def test_no_opinions_are_no_guesses() -> None:
    assert together([]) == []


def test_an_opinion_without_weight_is_not_heard() -> None:
    assert together([Opinion({"a": 1.0}, 0.0)]) == []
    assert together([Opinion({"a": 1.0}, 0.0), Opinion({"b": 1.0}, 0.1)]) == [("b", pytest.approx(1.0))]
