"""How well the examples carry each other: `rasa test nlu` with cross-validation, and one readable report.

    make eval

Writes var/eval/report.md: each intent with precision, recall and F1, the worst confusions, and Rasa's
histogram of confidences as a picture. Every fold trains the whole pipeline and asks it every example, learned
or kept back: only the latter are in the report. Each example is embedded once for all folds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rasa.shared.nlu.constants import TEXT

from bot import embedding, settings, training
from bot.grammar.normal import even

FOLDS = 3
MOST_CONFUSIONS = 25
_SUMMARIES = ("accuracy", "macro avg", "weighted avg", "micro avg")


def cross_validate(folder: Path, folds: int = FOLDS) -> None:
    """Run Rasa's cross-validation of intents into `folder`."""
    command = [sys.executable, "-m", "bench.cross_validation", "test", "nlu", "--nlu", "data/nlu", "--cross-validation"]
    command += ["--folds", str(folds), "--out", str(folder)]
    environment = {**os.environ, **training.ENVIRONMENT}
    subprocess.run(command, cwd=settings.ROOT, check=True, env=environment)


def rasa_with_embeddings() -> None:
    """Rasa's command line in a process that remembers the meaning of every example, which is most of the time."""
    from rasa.__main__ import main as rasa
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data("data/nlu").intent_examples
    texts = sorted({even(one.get(TEXT)) for one in examples if one.get(TEXT)})
    known = dict(zip(texts, embedding.embed_all(texts), strict=True))
    fresh = embedding.embed
    with patch.object(embedding, "embed", lambda text: known[text] if text in known else fresh(text)):
        rasa()


def report(scores: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> str:
    """The report in Markdown.

    Args:
        scores: Rasa's intent_report.json.
        errors: Rasa's intent_errors.json.
    """
    total = scores["weighted avg"]
    lines = [
        "# Cross-validation of the intents",
        "",
        f"{sum(one['support'] for name, one in scores.items() if name not in _SUMMARIES)} examples, "
        f"F1 {total['f1-score']:.3f} (weighted), {scores['macro avg']['f1-score']:.3f} (mean over the intents).",
        "",
        "![confidence of right and wrong predictions](intent_histogram.png)",
        "",
        "## Each intent, the weakest first",
        "",
        "| intent | examples | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- |",
    ]
    intents = sorted((one for one in scores if one not in _SUMMARIES), key=lambda one: scores[one]["f1-score"])
    for name in intents:
        one = scores[name]
        lines.append(
            f"| {name} | {one['support']} | {one['precision']:.2f} | {one['recall']:.2f} | {one['f1-score']:.2f} |"
        )
    lines += [
        "",
        "## Worst confusions",
        "",
        "| labelled | understood | times | for example |",
        "| --- | --- | --- | --- |",
    ]
    pairs = Counter((error["intent"], error["intent_prediction"]["name"]) for error in errors)
    for (wanted, given), times in pairs.most_common(MOST_CONFUSIONS):
        example = next(
            error["text"]
            for error in errors
            if (error["intent"], error["intent_prediction"]["name"]) == (wanted, given)
        )
        lines.append(f"| {wanted} | {given} | {times} | {example} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Cross-validate and write the report."""
    folder = settings.ROOT / "var" / "eval"
    cross_validate(folder)
    scores = json.loads((folder / "intent_report.json").read_text(encoding="utf-8"))
    errors = json.loads((folder / "intent_errors.json").read_text(encoding="utf-8"))
    (folder / "report.md").write_text(report(scores, errors), encoding="utf-8")
    print(f"写好了：{folder.relative_to(settings.ROOT)}/report.md")


if __name__ == "__main__":
    rasa_with_embeddings() if len(sys.argv) > 1 else main()
