"""Clerks' answers as entries for data/knowledge, to be checked and moved there for good."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.records.staff_answers import Known

_HEAD = """\
# 工作人员写的回答。核对以后，把 entries 下面的内容接到 data/knowledge/services.yml 里，再停用网页上的那几条。
# 写着“待补”的地方要补上；questions 要有三种以上的问法。
"""
_MISSING = "待补"


def render(known: Sequence[Known]) -> bytes:
    """A YAML file: `entries`, each with the keys of a knowledge entry; UTF-8."""
    yaml = YAML()
    yaml.width = 4096  # type: ignore[assignment]
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO(_HEAD)
    text.seek(0, io.SEEK_END)
    yaml.dump({"entries": [_entry(one) for one in reversed(known)]}, text)
    return text.getvalue().encode("utf-8")


def _entry(one: Known) -> dict[str, object]:
    answer = LiteralScalarString(one.written.answer) if "\n" in one.written.answer else one.written.answer
    return {
        "id": f"staff-{one.id}",
        "valid_from": one.at.date().isoformat(),
        "topic": one.written.topic,
        "title": one.written.questions[0],
        "questions": list(one.written.questions),
        "law": answer,
        "act": _MISSING,
        "helper": _MISSING,
        "spoken": answer,
        "citations": [one.mark],
    }
