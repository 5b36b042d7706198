"""How sure the assistant must be: answer, answer and offer the neighbour, ask back, or reject.

One function decides it for the conversation (bot/nlu/decision.py, actions/) and for the measurement
(bot/evaluation.py). The thresholds were set on sentences of our own, see docs/understanding.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.campaign.intents import RIGHTS_INTENTS

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
URGENT = "urgent"

Guess = tuple[str, float]
Outcome = Literal["answer", "answer_and_offer", "ask_back", "reject"]

#: From this share on, a message is none of our business; from the lower one on, that is not excluded.
REJECTED, DOUBTED = 0.65, 0.45

#: Among our own intents: below the first nothing is sure; below the second a near neighbour is offered as well.
SURE, VERY_SURE = 0.4, 0.7
NEAR = 0.15

#: A rejected message may be a labour question all the same: the gate left so much doubt, and what it would have been
#: is a right by far, or a knowledge entry is near. Other law comes close at times, small talk does not.
HARDLY_DOUBTED, RIGHT_BY_FAR, ENTRY_NEAR = 0.85, 0.6, 0.2

#: Dialogue words stand in a table of their own (data/knowledge/exact_words.yml); elsewhere they are doubtful:
#: whatever is vague looks like 嗯 or 那个.
DIALOGUE = frozenset({"affirm", "deny", "skip", "resume", "greet", "thanks", "goodbye", "cancel", "correct"})
DIALOGUE_SURE = 0.75


@dataclass(frozen=True)
class Understanding:
    """What the assistant makes of a ranking.

    Attributes:
        outcome: what it does.
        intent: the intent it answers, or would have answered; out_of_scope for a rejected message.
        neighbour: the intent that is offered beside the answer, if any.
    """

    outcome: Outcome
    intent: str
    neighbour: str | None = None


def understand(ranking: Sequence[Guess]) -> Understanding:
    """What to make of the final ranking of a message.

    Args:
        ranking: intents and shares, in sum 1 at most; `nlu_fallback` does not count, `urgent` stands for itself.
    """
    shares = dict(ranking)
    if ranking and ranking[0][0] == URGENT:
        return Understanding("answer", URGENT)
    doubt = shares.get(OUT_OF_SCOPE, 0.0)
    ours = sorted(
        ((name, share) for name, share in shares.items() if name not in (OUT_OF_SCOPE, FALLBACK, URGENT)),
        key=lambda guess: -guess[1],
    )
    if doubt >= REJECTED:
        return Understanding("reject", OUT_OF_SCOPE)
    if not ours:
        return Understanding("ask_back", FALLBACK)
    total = max(1.0 - doubt, 1e-9)
    (intent, first), second = ours[0], ours[1] if len(ours) > 1 else None
    if doubt >= DOUBTED or first / total < (DIALOGUE_SURE if intent in DIALOGUE else SURE):
        return Understanding("ask_back", intent)
    if second is not None and first / total < VERY_SURE and second[1] / total >= NEAR:
        return Understanding("answer_and_offer", intent, second[0])
    return Understanding("answer", intent)


def may_be_ours(ranking: Sequence[Guess], best_hit: float) -> bool:
    """Whether a message that is rejected looks like a labour question: a clerk should see it.

    Args:
        ranking: as for `understand`.
        best_hit: how well the nearest knowledge entry fits, from 0 to 1.
    """
    doubt = dict(ranking).get(OUT_OF_SCOPE, 0.0)
    if not REJECTED <= doubt < HARDLY_DOUBTED:
        return False
    right = max((share for name, share in ranking if name in RIGHTS_INTENTS), default=0.0)
    return right / (1.0 - doubt) >= RIGHT_BY_FAR or best_hit >= ENTRY_NEAR
