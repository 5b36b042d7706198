"""Measuring what the assistant understands: labelled sentences in, shares out (`python -m bot eval`)."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, ValidationError

from bot import training
from bot.errors import UserError
from bot.understanding import OUT_OF_SCOPE, URGENT, Guess, Understanding, understand

#: The gate of `false_accept_at_95` keeps this share of the in-scope lines.
KEPT = 0.95


class Labelled(BaseModel):
    """One line of a measuring file: a sentence, its label, other labels that are right as well."""

    text: str
    intent: str
    alt: list[str] = []

    class Config:
        extra = Extra.ignore


@dataclass(frozen=True)
class Understood:
    """What the assistant made of a sentence: its decision, and the share it gives to out_of_scope."""

    understanding: Understanding
    doubt: float
    confidence: float


@dataclass(frozen=True)
class Figures:
    """The shares of the design's `eval --json`, from 0 to 1; None where the file has no such lines."""

    n: int
    accuracy: float
    accuracy_lenient: float
    macro_f1: float
    answered: float
    asked_back: float
    rejected: float
    false_accept: float | None
    false_accept_at_95: float | None

    def as_json(self) -> str:
        """The contract of `--json`."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read(path: Path) -> list[Labelled]:
    """The labelled lines of a file.

    Raises:
        UserError: the file is missing, or a line is not what it should be.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不了 {path}（{type(error).__name__}）；要 UTF-8 的 JSON Lines 文件") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(Labelled.parse_raw(line))
            except (ValidationError, ValueError):
                raise UserError(f'{path} 第{number}行不对；应是 {{"text": "…", "intent": "…", "alt": ["…"]}}') from None
    if not found:
        raise UserError(f"{path} 里没有句子")
    return found


def understand_all(texts: Sequence[str], model: Path | None = None) -> list[Understood]:
    """What the trained model makes of each text, through the whole pipeline."""
    trained = model or training.train()
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # Rasa's own default prints each text
    agent = Agent.load(str(trained))

    async def parse() -> list[Understood]:
        return [_understood(await agent.parse_message(text)) for text in texts]

    return asyncio.run(parse())


def _understood(parsed: dict[str, Any]) -> Understood:
    ranking: list[Guess] = [(one["name"], one["confidence"]) for one in parsed["intent_ranking"]]
    if parsed["intent"]["name"] == URGENT:
        ranking = [guess for guess in ranking if guess[0] != URGENT] or ranking
    return Understood(understand(ranking), dict(ranking).get(OUT_OF_SCOPE, 0.0), parsed["intent"]["confidence"])


def measure(lines: Sequence[Labelled], understood: Sequence[Understood]) -> Figures:
    """The figures for labelled lines and what was made of them, in the same order."""
    labels = [one.understanding.intent for one in understood]
    outcomes = [one.understanding.outcome for one in understood]
    strangers = [line.intent == OUT_OF_SCOPE for line in lines]
    return Figures(
        n=len(lines),
        accuracy=_share([label == line.intent for label, line in zip(labels, lines, strict=True)]),
        accuracy_lenient=_share([label in (line.intent, *line.alt) for label, line in zip(labels, lines, strict=True)]),
        macro_f1=macro_f1([line.intent for line in lines], labels),
        answered=_share([outcome.startswith("answer") for outcome in outcomes]),
        asked_back=_share([outcome == "ask_back" for outcome in outcomes]),
        rejected=_share([outcome == "reject" for outcome in outcomes]),
        false_accept=_share_or_none(
            [outcome.startswith("answer") for outcome, strange in zip(outcomes, strangers, strict=True) if strange]
        ),
        false_accept_at_95=_at_gate([one.doubt for one in understood], strangers),
    )


def macro_f1(wanted: Sequence[str], given: Sequence[str]) -> float:
    """The mean F1 over the labels that are wanted."""
    scores = []
    for label in sorted(set(wanted)):
        hits = sum(one == other == label for one, other in zip(wanted, given, strict=True))
        scores.append(2 * hits / (list(wanted).count(label) + list(given).count(label)))
    return sum(scores) / len(scores)


def _at_gate(doubts: Sequence[float], strangers: Sequence[bool]) -> float | None:
    """The share of strangers let in by the gate on `doubt` that keeps 95 % of the others."""
    ours = sorted(doubt for doubt, strange in zip(doubts, strangers, strict=True) if not strange)
    others = [doubt for doubt, strange in zip(doubts, strangers, strict=True) if strange]
    if not ours or not others:
        return None
    gate = ours[math.ceil(KEPT * len(ours)) - 1]
    return _share([doubt <= gate for doubt in others])


def _share(told: Sequence[bool]) -> float:
    return sum(told) / len(told)


def _share_or_none(told: Sequence[bool]) -> float | None:
    return _share(told) if told else None
