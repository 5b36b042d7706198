"""The kinds of service and the category each belongs to.

Public employment service: 《就业促进法》第三十五条. Rights protection: column 12 of the annex
(劳动维权和法律援助人数). Which kinds count in which column stands in the pack.
"""

from __future__ import annotations

PUBLIC_EMPLOYMENT_SERVICE = "public_employment_service"
RIGHTS_PROTECTION = "rights_protection"

_PUBLIC_KINDS = {
    "policy_consultation": "政策咨询",
    "job_fair_information": "招聘会信息",
    "job_information": "岗位信息",
    "training_information": "培训信息",
    "career_guidance": "职业指导",
    "job_recommendation": "岗位推荐",
    "training_recommendation": "培训推荐",
    "startup_guidance": "创业指导",
    "hardship_aid": "就业援助",
    "job_intention": "求职登记",
    "help_request": "求助登记",
    "employer_service": "用工服务",
}
_RIGHTS_KINDS = {
    "rights_consultation": "维权咨询",
    "rights_help_request": "维权求助登记",
    "legal_aid_referral": "法律援助转介",
}

#: Code of each category → its Chinese name.
CATEGORY_NAMES = {PUBLIC_EMPLOYMENT_SERVICE: "公共就业服务", RIGHTS_PROTECTION: "劳动维权"}

#: Code of each kind → its Chinese name.
KIND_NAMES = {**_PUBLIC_KINDS, **_RIGHTS_KINDS}


def category_of(kind: str) -> str:
    """The category of a kind.

    Raises:
        KeyError: there is no such kind.
    """
    if kind in _RIGHTS_KINDS:
        return RIGHTS_PROTECTION
    if kind in _PUBLIC_KINDS:
        return PUBLIC_EMPLOYMENT_SERVICE
    raise KeyError(kind)


def known_kind(kind: str) -> str:
    """A kind of service, as a validator.

    Raises:
        ValueError: there is no such kind; the message lists those there are.
    """
    if kind not in KIND_NAMES:
        raise ValueError(f"没有 {kind} 这种服务；可用的有 {'、'.join(KIND_NAMES)}")
    return kind
