"""The form at the desk: what is missing is named, consent is read out in its spoken form, and all is saved once."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import get_args

import pytest

from bot.knowledge import desk_lines, privacy
from bot.records import database
from bot.records.models import Consent, HelpRequest, JobIntention, Person, Registration, Vacancy
from bot.web.staff import desk_form
from tests.web.staff.conftest import Desk, text_of
from tests.web.staff.on_a_call import CALLER, FORM, SignIn, begin, services

HELP = {"kind": "help_request", "topic": "rights", "story": "工资没有发"}
VACANCY = {"kind": "vacancy", "company": "示例物业公司", "headcount": "2", "place": "大坪正街"}


def save(desk: Desk, **changed: str) -> dict[str, object]:
    return desk.post(f"{begin(desk)}/register", **{**FORM, **changed})


def refused(desk: Desk, **changed: str) -> dict[str, object]:
    return desk.post(f"{begin(desk)}/register", 422, **{**FORM, **changed})


def questions_on(page: str) -> dict[str, dict[str, str]]:
    """What the page asks aloud for each field of each form."""
    found = re.search(r'data-questions="([^"]*)"', page)
    assert found is not None
    asked: dict[str, dict[str, str]] = json.loads(html.unescape(found.group(1)))
    return asked


def test_a_registration_is_saved_once_with_its_consent(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    form = {"name": "张三", "unit": "大坪", "gender": "male", "pay": "四千块左右", "groups": "退役军人"}
    saved, again = save(desk, **form), save(desk, **form)
    assert text_of(str(saved["html"]))[:20] == text_of(str(again["html"]))[:20]
    assert saved["today"] == {"calls": 0, "services": 1}
    with database.reading() as session:
        row = session.query(Registration).one()
        assert (row.kind_of_work, row.pay, row.unit, row.phone) == ("保安", "4000元/月", "大坪街道", f"+86{CALLER}")
        person = session.get(Person, row.person_id)
        assert (person.name, person.gender) == ("张三", "male")
    assert services() == [("job_intention", "job_intention", "大坪街道", "wang", "hotline")]


def test_pay_is_kept_as_the_chat_keeps_it_or_in_the_clerks_words(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    for number, (said, kept) in enumerate(
        {"五六千": "5000-6000元/月", "200一天": "200元/天", "看活路": "看活路"}.items()
    ):
        save(desk, pay=said, draft=f"draft-{number}")
        with database.reading() as session:
            assert session.query(JobIntention).order_by(JobIntention.id.desc()).first().pay == kept


@pytest.mark.parametrize("kind", get_args(privacy.Purpose))
def test_the_consent_that_is_kept_is_the_one_that_is_read_out(sign_in: SignIn, kind: privacy.Purpose) -> None:
    desk = sign_in("wang")
    form = {**HELP, **VACANCY, "kind": kind}
    wording = str(refused(desk, **{**form, "consent": ""})["read_out"])
    assert wording == privacy.consent(kind, True, spoken=True)
    assert questions_on(desk.page("/desk"))[kind]["consent"] == wording
    save(desk, **form)
    with database.reading() as session:
        consent = session.query(Consent).one()
        assert (consent.kind, consent.wording) == ("personal", privacy.version(wording))


def test_the_spoken_consent_says_what_why_who_and_how_it_ends() -> None:
    assert privacy.consent("help_request", True, spoken=True) == (
        "先跟您说清楚：我要记下您的称呼、电话、住哪个街道、您说的事情，用来请工作人员联系您、帮您办；只有经办人员看得到，加密保存。\n"
        "以后想看、想撤回、想删掉，打这个电话报回执号就行。您同意登记吗？"
    )


@pytest.mark.parametrize(
    ("changed", "said", "field"),
    [
        ({"consent": ""}, "先念给对方听，同意了打勾，才能登记。", "consent"),
        ({"phone": "123"}, "请写对方的电话。", "phone"),
        ({"kind": "x"}, "请选登记什么。", "kind"),
        ({"kind_of_work": " "}, "请写对方想做什么工作。", "kind_of_work"),
        ({"kind_of_work": "长" * 61}, "太长了，请写60个字以内。", "kind_of_work"),
        ({"draft": ""}, "请刷新页面再试。", ""),
        ({"unit": "江北"}, "没有“江北”这个街道；住在别处的，街道空着。", "unit"),
        ({"groups": "神仙"}, "没有“神仙”这类人员；不在里面的，空着。", "groups"),
        ({"kind": "help_request", "topic": "x"}, "请选是哪方面的事。", "topic"),
        ({"kind": "help_request", "topic": "rights"}, "请写是怎么回事。", "story"),
        ({**VACANCY, "headcount": "0"}, "请写招几个人", "headcount"),
        ({**VACANCY, "headcount": "²"}, "请写招几个人", "headcount"),
        ({**VACANCY, "company": ""}, "请写单位叫什么。", "company"),
    ],
)
def test_what_is_missing_is_named_with_its_field(
    sign_in: SignIn, changed: dict[str, str], said: str, field: str
) -> None:
    answer = refused(sign_in("wang"), **changed)
    assert said in str(answer["error"])
    assert answer["field"] == field
    assert services() == []


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({**HELP, "story": "我是残疾人，没人管"}, "残疾情况"),
        ({"age": "15"}, "未成年人的情况"),
        ({"groups": "残疾人"}, "残疾情况"),
    ],
)
def test_sensitive_data_has_a_consent_of_its_own(sign_in: SignIn, told: dict[str, str], what: str) -> None:
    desk = sign_in("wang")
    answer = refused(desk, **told)
    wording = (
        f"您刚才说到{what}，这是敏感的个人信息，要单独问您一次：\n"
        "同意记下来，给经办人员看吗？不同意，这部分就不记，别的照常登记。"
    )
    assert (answer["field"], answer["read_out"]) == ("sensitive", wording)
    save(desk, **told, sensitive="yes")
    with database.reading() as session:
        kept = [(one.kind, one.wording) for one in session.query(Consent).order_by(Consent.id)]
        assert [kind for kind, _ in kept] == ["personal", "sensitive"]
        assert kept[1][1] == privacy.version(wording)


def test_what_belongs_to_another_form_is_not_kept(sign_in: SignIn) -> None:
    save(sign_in("wang"), **VACANCY, gender="female", story="我是残疾人", age="15", name="王测试")
    with database.reading() as session:
        assert session.query(Person).filter(Person.name.is_not(None)).one().gender is None
        assert [one.kind for one in session.query(Consent)] == ["personal"]


def test_a_help_request_and_a_vacancy(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    save(desk, **HELP, urgent="yes")
    save(desk, **VACANCY, draft="draft-2")
    page = text_of(desk.page("/staff/queue"))
    assert page.index("求助登记") < page.index("招工待核实")
    with database.reading() as session:
        assert session.query(HelpRequest).one().urgent is True
        vacancy = session.query(Vacancy).one()
        assert (vacancy.company, vacancy.headcount, vacancy.unit) == ("示例物业公司", 2, "大坪街道")


@pytest.mark.parametrize("campaign", ["yuzhong-2022", "fujian-2023"])
def test_every_field_of_the_page_has_its_question(
    sign_in: SignIn, use_settings: Callable[..., None], campaign: str
) -> None:
    use_settings(CHUNFENG_CAMPAIGN=campaign)
    page = sign_in("qian").page("/desk")
    form = page[page.index('id="register"') : page.index('id="end"')]
    for kind in get_args(privacy.Purpose):
        for field in desk_form.questions(kind):
            assert f'name="{field}"' in form, (kind, field)
    assert ('name="unit"' in form) == (campaign == "yuzhong-2022")
    assert ('name="gender"' in form) == (campaign == "yuzhong-2022")


def test_what_is_read_out_after_a_job_intention_is_recorded_one_by_one(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    saved = save(desk)
    assert text_of(str(saved["html"])).startswith("登记好了。回执号是")
    assert [one["kind"] for one in saved["services"]] == ["career_guidance"]  # type: ignore[attr-defined]
    desk.post(f"{begin(desk)}/service", kind="career_guidance", topic="job_intention")
    assert [kind for kind, *_ in services()] == ["job_intention", "career_guidance"]


@pytest.mark.parametrize("kind", get_args(privacy.Purpose))
def test_each_kind_says_what_comes_next(kind: privacy.Purpose) -> None:
    assert "回执号是1234 5678，" in desk_lines.saved(kind, "12345678")
