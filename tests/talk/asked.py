"""Questions with the facts that their answers must hold, one YAML file a campaign."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile
from tests.stack import talk_to

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

    def problems(self, url: str) -> list[str]:
        """Ask the assistant at `url` as somebody new: what its answer lacks or has too much."""
        response = talk_to(url, {"id": uuid.uuid4().hex, "text": self.ask})
        replies = response.json().get("replies", [])
        said = "\n".join(reply["text"] for reply in replies)
        sources = "\n".join(reply["source"] or "" for reply in replies)
        found = [f"lacks {fact}" for fact in self.must if fact not in said]
        found += [f"has {fact}" for fact in self.absent if fact in said]
        if self.source not in sources:
            found.append(f"source is not {self.source}")
        return [f"{self.ask}: {', '.join(found)}\n→ {said}\n（{sources}）"] if found else []


def read(campaign: str, folder: Path = FOLDER) -> Iterator[Asked]:
    """The questions of a folder that are asked with one campaign loaded."""
    for item in yamlfile.read(folder / f"{campaign}.yml")["questions"]:
        unknown = set(item) - {"ask", "must", "not", "source"}
        if unknown or not item["must"]:
            raise ValueError(f"{campaign}: {item['ask']}: {unknown or 'must is empty'}")
        yield Asked(campaign, item["ask"], tuple(item["must"]), tuple(item.get("not", ())), item.get("source", ""))
