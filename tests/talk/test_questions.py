"""Questions as workers ask them, through the real parts, and the fact that each answer must hold.

The questions are in questions/<campaign>.yml; none is a training example. Only what the assistant
says counts: a fact that is no more than the title of a button does not.
"""

from __future__ import annotations

import pytest

from tests.talk.asked import Asked, read

#: Campaign → the fixture that runs the assistant with it.
STACKS = {"yuzhong-2022": "stack", "fujian-2023": "fujian_stack"}
QUESTIONS = [question for campaign in STACKS for question in read(campaign)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_holds_the_fact(question: Asked, request: pytest.FixtureRequest) -> None:
    stack = request.getfixturevalue(STACKS[question.campaign])
    assert question.problems(stack.url) == []
