"""The questions of questions/*.yml, one file a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile

FOLDER = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Asked:
    """One question and what its answer has to say.

    Attributes:
        campaign: the notice that is loaded.
        ask: what the person says.
        must: facts that the answer holds, each word for word.
        absent: what it must not hold, such as a fact of another notice.
        source: a part of the source that comes with the answer.
    """

    campaign: str
    ask: str
    must: tuple[str, ...]
    absent: tuple[str, ...] = ()
    source: str = ""


def read(campaign: str) -> Iterator[Asked]:
    """The questions that are asked with one campaign loaded."""
    for item in yamlfile.read(FOLDER / f"{campaign}.yml")["questions"]:
        unknown = set(item) - {"ask", "must", "not", "source"}
        if unknown or not item["must"]:
            raise ValueError(f"{campaign}: {item['ask']}: {unknown or 'must is empty'}")
        yield Asked(campaign, item["ask"], tuple(item["must"]), tuple(item.get("not", ())), item.get("source", ""))
