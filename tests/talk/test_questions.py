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
    stack = request.getfixturevalue(STACKS[question.campaign])
    assert question.problems(stack.url) == []


def test_where_the_notice_has_no_units_and_no_table_neither_is_asked_for(fujian_stack: Stack) -> None:
    somebody = requests.Session()
    said = ""
    for text in ("我要登记找工作", "同意", "电焊工", "王测试", "13800000008", "对"):
        replies = talk_to(fujian_stack.url, {"id": uuid.uuid4().hex, "text": text}, somebody).json()["replies"]
        said += "".join(reply["text"] for reply in replies)
    assert "最多问3样" in said
    assert "性别" not in said
    assert "街道" not in said
    assert "回执号" in said
