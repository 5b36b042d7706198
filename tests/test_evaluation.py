"""The figures of `python -m bot eval`, worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.evaluation import Labelled, Understood, measure, read
from bot.understanding import Understanding


def understood(outcome: str, intent: str, doubt: float) -> Understood:
    return Understood(Understanding(outcome, intent), doubt, 0.9)  # type: ignore[arg-type]


def test_the_figures() -> None:
    lines = [
        Labelled(text="1", intent="greet"),
        Labelled(text="2", intent="greet", alt=["thanks"]),
        Labelled(text="3", intent="thanks"),
        Labelled(text="4", intent="out_of_scope"),
        Labelled(text="5", intent="out_of_scope"),
    ]
    made = [
        understood("answer", "greet", 0.0),
        understood("answer_and_offer", "thanks", 0.1),
        understood("ask_back", "greet", 0.4),
        understood("reject", "out_of_scope", 0.9),
        understood("answer", "greet", 0.3),
    ]
    assert json.loads(measure(lines, made).as_json()) == {
        "n": 5,
        "accuracy": 0.4,
        "accuracy_lenient": 0.6,
        "macro_f1": pytest.approx((2 / 5 + 0 + 2 / 3) / 3),
        "answered": 0.6,
        "asked_back": 0.2,
        "rejected": 0.2,
        "false_accept": 0.5,
        "false_accept_at_95": 0.5,
    }


def test_without_strangers_nothing_is_accepted_falsely() -> None:
    figures = measure([Labelled(text="1", intent="greet")], [understood("answer", "greet", 0.0)])
    assert (figures.false_accept, figures.false_accept_at_95) == (None, None)
    figures = measure([Labelled(text="1", intent="out_of_scope")], [understood("answer", "greet", 0.0)])
    assert (figures.false_accept, figures.false_accept_at_95) == (1.0, None)


def test_the_gate_keeps_95_percent_of_our_own() -> None:
    """Of twenty lines of our own the gate may lose one: it stands at the 19th doubt."""
    ours = [(Labelled(text="x", intent="greet"), understood("answer", "greet", number / 100)) for number in range(20)]
    others = [
        (Labelled(text="x", intent="out_of_scope"), understood("answer", "greet", doubt)) for doubt in (0.18, 0.181)
    ]
    lines, made = zip(*ours, *others, strict=True)
    assert measure(lines, made).false_accept_at_95 == 0.5


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        ("", "没有句子"),
        ("不是 JSON", "第1行不对"),
        ('{"text": "你好", "intent": "greet"}\n{"text": "你好"}', "第2行不对"),
        ('{"text": "你好", "intent": "greet", "alt": 3}', "第1行不对"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, content: str, cure: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=cure):
        read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="读不了"):
        read(tmp_path / "no.jsonl")
