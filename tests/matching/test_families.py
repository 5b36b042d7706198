"""The files that say which work is related and what guidance is given."""

from __future__ import annotations

from ruamel.yaml import YAML

from bot import settings
from bot.matching.families import families_of, related

KNOWLEDGE = settings.ROOT / "data" / "knowledge"


def test_every_member_is_a_kind_of_work_and_every_advice_has_its_family() -> None:
    read = YAML(typ="safe").load
    kinds = {kind["name"] for kind in read(KNOWLEDGE / "work_kinds.yml")["work_kinds"]}
    families = read(KNOWLEDGE / "work_families.yml")["families"]
    for name, members in families.items():
        assert set(members) <= kinds, name
        assert len(set(members)) == len(members) > 1, name
    assert set(read(KNOWLEDGE / "guidance.yml")["families"]) <= set(families)


def test_related_work_is_that_of_the_same_families() -> None:
    assert families_of(["客房服务员"]) == ["保洁环卫", "酒店客房"]
    assert related(["厨师", "帮厨"]) >= {"凉菜师", "洗碗工"}
    assert related(["咖啡师"]) == {"奶茶店员", "调酒师"}
    assert related(["剪纸"]) == set()
