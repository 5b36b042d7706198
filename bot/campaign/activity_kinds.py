"""The kinds of entry in the activity log, and the outcomes of looking for work.

What no conversation tells is entered as a number of no named persons. The codes are fixed; which kind
counts in which column stands in the pack (`activities` of each column), and its check compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Attribute = Literal["poverty_alleviated", "female"]
Outcome = Literal["employed_in_district", "employed_in_province", "employed_elsewhere_province"]

STILL_LOOKING = "still_looking"
#: Code of each outcome of a job intention → its Chinese name.
OUTCOME_NAMES: dict[str, str] = {
    "employed_in_district": "在本区县就业",
    "employed_in_province": "区县外省内就业",
    "employed_elsewhere_province": "跨省就业",
    STILL_LOOKING: "还在找工作",
}


@dataclass(frozen=True)
class ActivityKind:
    """One kind of entry.

    Attributes:
        code: as records and packs write it.
        name: as clerks read it, in pages and in sheets.
        measure: what is counted: 份, 次, 家, 条 or 人.
        words: the heading of its column holds one of them.
        part_of: the kind of the total that this one is a part (其中) of.
        attribute: what the persons of this part have; None where the part is another matter.
    """

    code: str
    name: str
    measure: str
    words: tuple[str, ...]
    part_of: str | None = None
    attribute: Attribute | None = None


def _persons(code: str, name: str, words: tuple[str, ...]) -> tuple[ActivityKind, ...]:
    """A number of persons with its two usual parts."""
    return (
        ActivityKind(code, name, "人", words),
        ActivityKind(f"{code}_poverty_alleviated", f"{name}：脱贫人口", "人", ("脱贫",), code, "poverty_alleviated"),
        ActivityKind(f"{code}_female", f"{name}：女性", "人", ("女性",), code, "female"),
    )


_KINDS = (
    ActivityKind("leaflets", "发放宣传资料", "份", ("资料",)),
    ActivityKind("fair_held", "组织招聘活动", "次", ("招聘活动", "招聘会")),
    ActivityKind("companies", "进场招聘企业", "家", ("企业",)),
    ActivityKind("posts", "发布岗位信息", "条", ("岗位",)),
    ActivityKind("signed_intentions", "签订就业意向", "人", ("意向",)),
    *_persons("services", "未登记姓名的就业服务", ("就业创业服务", "就业服务")),
    ActivityKind("trainings", "参加职业技能培训", "人", ("培训",)),
    ActivityKind("startup_trainings", "参加培训：创业培训", "人", ("创业",), "trainings"),
    ActivityKind("subsidised_trainings", "参加培训：享受补贴", "人", ("补贴",), "trainings"),
    ActivityKind("rights_services", "未登记姓名的维权和法律援助", "人", ("维权", "法律援助")),
    *_persons("employed_in_district", "在本区县就业", ("区县内",)),
    *_persons("employed_in_province", "区县外省内就业", ("省内",)),
    *_persons("employed_elsewhere_province", "跨省就业", ("跨省", "省外")),
)

#: Code of each kind → the kind.
ACTIVITY_KINDS: dict[str, ActivityKind] = {kind.code: kind for kind in _KINDS}


def known_activity(code: str) -> str:
    """A kind of entry, as a validator.

    Raises:
        ValueError: there is no such kind; the message lists those there are.
    """
    if code not in ACTIVITY_KINDS:
        raise ValueError(f"没有 {code} 这种活动记录；可用的有 {'、'.join(ACTIVITY_KINDS)}")
    return code
