"""Questions as workers ask them, through the real parts, and the fact that each answer must hold.

The questions are in questions/<campaign>.yml; none is a training example. Only what the assistant
says counts: a fact that is no more than the title of a button does not.
"""

from __future__ import annotations

import uuid

import pytest
import requests

from tests.stack import Stack, talk_to
from tests.talk.asked import Asked, read

#: Campaign → the fixture that runs the assistant with it.
STACKS = {"yuzhong-2022": "stack", "fujian-2023": "fujian_stack"}
QUESTIONS = [question for campaign in STACKS for question in read(campaign)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_holds_the_fact(question: Asked, request: pytest.FixtureRequest) -> None:
    stack: Stack = request.getfixturevalue(STACKS[question.campaign])
    with requests.Session() as somebody:
        response = talk_to(stack.url, {"id": uuid.uuid4().hex, "text": question.ask}, somebody)
    assert response.status_code == 200, response.text
    replies = response.json()["replies"]
    said = "\n".join(reply["text"] for reply in replies)
    sources = "\n".join(reply["source"] or "" for reply in replies)
    where = f"{question.ask}\n→ {said}\n（{sources}）"
    assert [fact for fact in question.must if fact not in said] == [], where
    assert [words for words in question.absent if words in said] == [], where
    assert question.source in sources, where
