"""What is said about personal data."""

from __future__ import annotations

import pytest

from bot.knowledge import help_topics, privacy


def test_the_consent_names_purpose_kind_and_who_sees_it() -> None:
    assert privacy.consent("job_intention", street_is_asked=True) == (
        "先跟您说清楚：要记姓名、电话、住哪个街道、想做的工作（别的都可以不说），用来给您介绍工作和培训；只有经办人员看得到，加密保存。\n"
        "随时说“撤回登记”或“删除我的信息”就行（隐私说明见 /privacy）。您同意吗？"
    )
    assert "街道" not in privacy.consent("job_intention", street_is_asked=False)


@pytest.mark.parametrize("purpose", ["job_intention", "help_request", "vacancy"])
def test_the_consent_is_two_lines(purpose: privacy.Purpose) -> None:
    assert privacy.consent(purpose, street_is_asked=True).count("\n") == 1


def test_the_sensitive_consent_names_what_it_is_about() -> None:
    assert "里有身体状况、未成年人的情况，属于敏感个人信息" in privacy.sensitive(["health", "minor"])


def test_another_wording_is_another_version() -> None:
    first = privacy.version(privacy.consent("job_intention", street_is_asked=True))
    assert first == privacy.version(privacy.consent("job_intention", street_is_asked=True))
    assert first != privacy.version(privacy.consent("vacancy", street_is_asked=True))
    assert len(first) == 12


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("工资的事", "rights"),
        ("想学个手艺", "training"),
        ("找工作", "employment"),
        ("屋头困难得很", "relief"),
        ("买不到车票", "travel"),
        ("心头难受，睡不着", "psychological"),
        ("都不是", "other"),
        ("工资和培训", None),
        ("嗯", None),
    ],
)
def test_the_kind_of_help_is_heard(text: str, code: str | None) -> None:
    assert help_topics.parse(text) == code


def test_every_intent_of_a_kind_of_help_exists() -> None:
    from bot.campaign.intents import CAMPAIGN_INTENTS, REQUEST_INTENTS, RIGHTS_INTENTS

    known = {*CAMPAIGN_INTENTS, *RIGHTS_INTENTS, *REQUEST_INTENTS}
    assert {intent for topic in help_topics.topics() for intent in topic.intents} <= known
    assert help_topics.behind(["greet", "rights_contract"]) == "rights"
    assert help_topics.behind(["greet"]) is None


@pytest.mark.parametrize(
    ("text", "is_about_it"),
    [
        ("删除我的信息", True),
        ("撤回登记！", True),
        ("我的登记", True),
        ('/check_my_request{"do": "erase_yes", "receipt": "12345678"}', True),
        ('/check_my_request{"do": "add", "receipt": "12345678"}', False),
        ("/withdraw_my_data", True),
        ("/deny", False),
        ("不要删除我的信息", False),
        ("三个月没发工资了", False),
    ],
)
def test_whether_a_message_is_about_what_its_sender_left(text: str, is_about_it: bool) -> None:
    assert privacy.concerns_own_data(text) is is_about_it
