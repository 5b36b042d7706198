"""The report of the cross-validation, out of Rasa's files."""

from __future__ import annotations

from bench.cross_validation import report

SCORES = {
    "greet": {"precision": 1.0, "recall": 0.5, "f1-score": 0.667, "support": 2},
    "thanks": {"precision": 0.5, "recall": 1.0, "f1-score": 0.667, "support": 1},
    "deny": {"precision": 0.25, "recall": 0.2, "f1-score": 0.222, "support": 5},
    "accuracy": 0.5,
    "macro avg": {"precision": 0.6, "recall": 0.6, "f1-score": 0.519, "support": 8},
    "weighted avg": {"precision": 0.6, "recall": 0.6, "f1-score": 0.389, "support": 8},
}
ERRORS = [
    {"text": "不了", "intent": "deny", "intent_prediction": {"name": "greet", "confidence": 0.4}},
    {"text": "嗨", "intent": "greet", "intent_prediction": {"name": "thanks", "confidence": 0.6}},
    {"text": "不嘛", "intent": "deny", "intent_prediction": {"name": "greet", "confidence": 0.5}},
]


def test_the_weakest_and_the_worst_come_first() -> None:
    assert (
        report(SCORES, ERRORS)
        == """\
# Cross-validation of the intents

8 examples, F1 0.389 (weighted), 0.519 (mean over the intents).

![confidence of right and wrong predictions](intent_histogram.png)

## Each intent, the weakest first

| intent | examples | precision | recall | F1 |
| --- | --- | --- | --- | --- |
| deny | 5 | 0.25 | 0.20 | 0.22 |
| greet | 2 | 1.00 | 0.50 | 0.67 |
| thanks | 1 | 0.50 | 1.00 | 0.67 |

## Worst confusions

| labelled | understood | times | for example |
| --- | --- | --- | --- |
| deny | greet | 2 | 不了 |
| greet | thanks | 1 | 嗨 |
"""
    )
