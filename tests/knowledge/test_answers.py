"""What is said on which day: notice first, law by the case, silence admitted."""

from __future__ import annotations

from datetime import date

import pytest

from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.campaign.load import Pack, load, pack_ids
from bot.knowledge.answers import Done, Question, answer, cited
from bot.knowledge.hit import Hit

DAY = date(2022, 2, 15)


@pytest.mark.parametrize(
    ("day", "lead"),
    [
        (date(2022, 1, 21), "这场线上招聘会还没有开始，2022年2月8日开始，还有18天。"),
        (date(2022, 2, 8), "这场线上招聘会正在进行，到2022年3月31日止，还有51天。"),
        (date(2022, 3, 31), "这场线上招聘会正在进行，今天2022年3月31日是最后一天。"),
        (date(2022, 4, 1), "这场线上招聘会已于2022年3月31日结束。"),
    ],
)
def test_the_fair_has_a_window_of_its_own(yuzhong: Pack, day: date, lead: str) -> None:
    (reply,) = answer(yuzhong, Question("ask_online_fair", day)).replies
    assert reply.text.splitlines()[0] == lead


def test_after_the_campaign_every_answer_says_so_first(yuzhong: Pack) -> None:
    (reply,) = answer(yuzhong, Question("ask_free_training", date(2022, 4, 1))).replies
    assert reply.text.startswith("活动已于2022年3月31日结束。通知里是这样写的：")
    (during,) = answer(yuzhong, Question("ask_free_training", DAY)).replies
    assert not during.text.startswith("活动")


@pytest.mark.parametrize("campaign", pack_ids())
@pytest.mark.parametrize("intent", [*CAMPAIGN_INTENTS, *RIGHTS_INTENTS])
@pytest.mark.parametrize("spoken", [False, True])
def test_every_question_is_answered_with_its_source(campaign: str, intent: str, spoken: bool) -> None:
    for day in (DAY, date(2023, 2, 15), date(2026, 11, 1)):
        said = answer(load(campaign), Question(intent, day, spoken)).replies
        assert said
        assert all(reply.text and reply.source for reply in said)
        assert all(f"/{intent}" != button.payload for reply in said for button in reply.buttons)


def test_the_case_that_was_asked_opens_the_topic(yuzhong: Pack) -> None:
    hits = [Hit("injury_deadline", 0.9), Hit("wages_foreman_gone", 0.5), Hit("wages_payment_order", 0.4)]
    found = answer(yuzhong, Question("rights_unpaid_wages", DAY, hits=hits))
    assert "包工头" in found.replies[0].text
    assert [button.title for button in found.replies[0].buttons] == ["向法院要支付令", "找人工"]
    assert found.service == Done("rights_consultation", "unpaid_wages")


def test_a_weak_hit_does_not_displace_the_opener(yuzhong: Pack) -> None:
    (plain,) = answer(yuzhong, Question("rights_unpaid_wages", DAY)).replies
    (weak,) = answer(yuzhong, Question("rights_unpaid_wages", DAY, hits=[Hit("wages_payment_order", 0.05)])).replies
    assert weak.text == plain.text


def test_what_is_not_yet_law_is_not_said(yuzhong: Pack) -> None:
    hits = [Hit("contract_worker_refuses", 0.9)]
    before = answer(yuzhong, Question("rights_contract", date(2022, 2, 15), hits=hits)).replies[0]
    after = answer(yuzhong, Question("rights_contract", date(2025, 9, 1), hits=hits)).replies[0]
    assert "解释（二）" not in str(before.source)
    assert "解释（二）" in str(after.source)


def test_beside_the_sheets_the_notice_does_not_say_that_nothing_is_known(yuzhong: Pack) -> None:
    for intent in ("ask_job_fair_time_place", "ask_local_jobs", "ask_free_training"):
        (alone,) = answer(yuzhong, Question(intent, DAY)).replies
        (beside,) = answer(yuzhong, Question(intent, DAY, is_beside=True)).replies
        assert "没有列" in alone.text
        assert beside.text.startswith("这")
        assert "是各单位报来的，通知本身没有列出" in beside.text
        assert beside.source == alone.source


def test_silence_is_admitted_before_the_law_is_told(yuzhong: Pack) -> None:
    silence, law = answer(yuzhong, Question("ask_unemployment_insurance", DAY)).replies
    assert silence.text.startswith("通知没有写“失业保险金”，我不乱说。\n可以问区人力社保局：63557834")
    assert "《社会保险法》" in str(law.source)


def test_a_silent_notice_without_a_contact_gives_the_national_line() -> None:
    first = answer(load("fujian-2023"), Question("ask_training_subsidy", date(2023, 2, 15))).replies[0]
    assert "请打 12333" in first.text


def test_each_law_is_named_once() -> None:
    assert cited(["《甲法》第一条", "《乙法》第二条", "《甲法》第三条"]) == "《甲法》第一条、第三条；《乙法》第二条"
    assert cited(["劳社部发〔2005〕12号第二条"]) == "劳社部发〔2005〕12号第二条"
