"""Which questions a pack must answer or say that its notice does not cover."""

from __future__ import annotations

#: Questions about the campaign. Every pack holds an answer or an explicit `not_covered` for each.
CAMPAIGN_INTENTS = (
    "ask_campaign_info",
    "ask_campaign_time",
    "ask_service_targets",
    "ask_job_fair_time_place",
    "ask_online_fair",
    "ask_career_guidance",
    "ask_free_training",
    "ask_training_subsidy",
    "ask_startup_support",
    "ask_public_welfare_post",
    "ask_difficulty_recognition",
    "ask_social_assistance",
    "ask_unemployment_insurance",
    "ask_return_transport",
    "ask_childcare_care",
    "ask_stay_benefits",
    "ask_labor_export",
    "ask_local_jobs",
    "ask_contact_department",
    "ask_employer_support",
)

#: Questions about labour rights, answered from data/knowledge/rights.yml, and what a button calls them.
RIGHTS_INTENTS = {
    "rights_unpaid_wages": "拖欠工资",
    "rights_contract": "劳动合同",
    "rights_dismissal": "辞退和辞职",
    "rights_work_injury": "工伤",
    "rights_social_insurance": "社会保险",
    "rights_overtime_leave": "加班和休假",
    "rights_other": "仲裁、投诉和其他",
}

#: What a person can ask the assistant to do, and what a button calls it.
REQUEST_INTENTS = {
    "register_job_intention": "登记求职意向",
    "request_help": "请人联系我",
    "post_vacancy": "我要招人",
    "check_my_request": "我的登记",
    "talk_to_human": "找人工",
    "ask_capabilities": "能问什么",
}


def topic_of(intent: str) -> str:
    """The topic code of a record: the intent without its prefix (`ask_free_training` → `free_training`)."""
    return intent.split("_", 1)[1]


def known_intent(intent: str) -> str:
    """An intent that a button or an entry may lead to, as a validator.

    Raises:
        ValueError: there is no such intent.
    """
    if intent not in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS, *REQUEST_INTENTS):
        raise ValueError(f"没有 {intent} 这个意图；可用的意图见 docs/intents.md")
    return intent
