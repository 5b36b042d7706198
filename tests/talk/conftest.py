"""What the talks share: the Fujian assistant, and ids that show a question as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stack import Stack
from tests.talk.asked import Asked


@pytest.fixture(scope="session")
def fujian_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole assistant with the Fujian notice, started once, in the middle of its campaign."""
    folder = tmp_path_factory.mktemp("fujian")
    with Stack(folder, campaign="fujian-2023", now="2023-02-15T09:00") as running:
        yield running


def pytest_make_parametrize_id(val: object) -> str | None:
    """A question's id is the question: pytest would write explicit ids of Chinese as \\u escapes."""
    return f"{val.campaign}: {val.ask}" if isinstance(val, Asked) else None
