"""Forms as data: what is asked, in which order, and how answers are read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions import corrections, hearing, reading
from actions.consent import BY_PHONE, without_sensitive
from actions.filling import FORM_ACTIONS
from actions.forms import SKIPPED, YES, Form
from actions.registrations import FIND_RECORD, FORMS, HELP_REQUEST, JOB_INTENTION, NOTE, VACANCY
from bot import yamlfile
from bot.settings import ROOT

DOMAIN = yamlfile.read(ROOT / "domain.yml")
ASKED = {
    "consent": YES,
    "kind_of_work": "保安",
    "unit": "大坪街道",
    "person_name": "王测试",
    "phone": "+8613800000001",
    "gender": SKIPPED,
    "poverty_alleviated": SKIPPED,
}


def said(text: str, intent: str = "inform", **entities: str) -> dict[str, Any]:
    found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
    return {"text": text, "intent": {"name": intent}, "entities": found}


def test_the_domain_lists_every_form_slot_and_action() -> None:
    assert {name: form["required_slots"] for name, form in DOMAIN["forms"].items()} == {
        name: [field.slot for field in form.fields] for name, form in FORMS.items()
    }
    slots = {field.slot for form in FORMS.values() for field in form.fields}
    assert slots <= set(DOMAIN["slots"])
    assert {action().name() for action in FORM_ACTIONS} <= set(DOMAIN["actions"])


@pytest.mark.parametrize(
    ("form", "questions"), [(JOB_INTENTION, 6), (HELP_REQUEST, 5), (VACANCY, 6), (FIND_RECORD, 2), (NOTE, 1)]
)
def test_at_most_six_questions_are_asked(form: Form, questions: int) -> None:
    asked = [slot for slot in form.required({}) if form.progress({}, slot)]
    assert len(asked) == questions <= 6


def test_what_is_known_is_not_asked_and_the_step_is_told() -> None:
    assert JOB_INTENTION.progress({}, "unit") == "第2步，共6步"
    assert JOB_INTENTION.progress({}, "consent") is None


def test_nobody_is_asked_for_what_is_kept_only_when_said() -> None:
    assert not {"place", "salary", "date", "age", "group"} & set(JOB_INTENTION.required({}))
    assert "salary" in JOB_INTENTION.required({"wanted": "salary"})


def test_the_summary_hides_the_phone_and_leaves_out_what_was_skipped() -> None:
    field = JOB_INTENTION.field("confirmed")
    assert field is not None
    assert JOB_INTENTION.question(field, {**ASKED, "salary": "4000-5000元/月", "group": "veteran", "age": "45"}) == (
        "您看对不对：\n工种：保安\n街道：大坪街道\n姓名：王测试\n电话：138****0001\n"
        "工资：4000-5000元/月\n年龄：45岁\n人员类别：退役军人\n对的话我就登记，马上给您看合适的岗位。"
    )


@pytest.mark.parametrize(
    ("slot", "message", "free", "expected"),
    [
        ("phone", said("138 0000 0001"), True, {"phone": "+8613800000001"}),
        ("phone", said("招聘会几点，我电话13800000001", "ask_job_fair_time_place"), False, {}),
        ("phone", said("13800000001", "ask_contact_department"), False, {"phone": "+8613800000001"}),
        ("consent", said("要得", "affirm"), False, {"consent": "yes"}),
        ("consent", said("算了嘛", "deny"), False, {"consent": "no"}),
        ("gender", said("保密", "skip"), False, {"gender": SKIPPED}),
        ("phone", said("保密", "skip"), False, {}),
        ("unit", said("我在石桥铺那边", "inform"), True, {}),
        ("unit", said("江北区", "inform"), True, {"unit": "别的地方"}),
        ("poverty_alleviated", said("不是", "deny"), False, {"poverty_alleviated": "no"}),
        ("unit", said("/inform", unit="不存在的街道"), True, {}),
        ("unit", said("哪里都可以", "affirm"), False, {"unit": "哪里都行"}),
        ("unit", said("都行"), True, {"unit": "哪里都行"}),
        ("kind_of_work", said("都行", "affirm"), False, {"kind_of_work": "什么活都行"}),
        ("kind_of_work", said("随便嘛"), True, {"kind_of_work": "什么活都行"}),
    ],
)
def test_how_an_answer_is_read(slot: str, message: dict[str, Any], free: bool, expected: dict[str, str]) -> None:
    assert hearing.answer(JOB_INTENTION, JOB_INTENTION.field(slot), message, free) == expected


@pytest.mark.parametrize(
    ("slot", "text", "intent", "entities", "expected"),
    [
        ("company", "维权律师事务所", "rights_other", {}, "维权律师事务所"),
        ("company", "爱心托儿所", "ask_childcare_care", {}, "爱心托儿所"),
        ("company", "营业执照在哪里办", "out_of_scope", {}, None),
        ("place", "大坪正街100号", "inform", {"unit": "大坪街道"}, "大坪正街100号"),
        ("place", "大坪", "inform", {"unit": "大坪街道"}, "大坪"),
        ("place", "渝中区中山路8号", "inform", {"place": "渝中区"}, "渝中区中山路8号"),
        ("kind_of_work", "保安，离家近点，工资高点", "ask_local_jobs", {"kind_of_work": "保安"}, "保安"),
        ("kind_of_work", "保安欠薪怎么办", "rights_unpaid_wages", {"kind_of_work": "保安"}, None),
    ],
)
def test_an_answer_that_sounds_like_something_else(
    slot: str, text: str, intent: str, entities: dict[str, str], expected: str | None
) -> None:
    read = hearing.answer(VACANCY, VACANCY.field(slot), said(text, intent, **entities), intent == "inform")
    assert read.get(slot) == expected


def test_a_place_in_a_company_s_name_is_no_place_of_work() -> None:
    message = said("重庆示例金属加工厂")
    message["entities"] = [{"entity": "place", "value": "重庆市", "start": 0, "end": 2}]
    assert hearing.answer(VACANCY, VACANCY.field("company"), message, True) == {"company": "重庆示例金属加工厂"}
    message = said("我们是重庆示例金属加工厂，在江北")
    message["entities"] = [
        {"entity": "company", "value": "重庆示例金属加工厂", "start": 3, "end": 12},
        {"entity": "place", "value": "重庆市", "start": 3, "end": 5},
        {"entity": "place", "value": "江北区", "start": 14, "end": 16},
    ]
    assert hearing.said(VACANCY, message) == {"company": "重庆示例金属加工厂", "place": "江北区"}


def test_what_is_denied_is_no_answer() -> None:
    message = said("我不想当保安")
    message["entities"] = [{"entity": "kind_of_work", "value": "保安", "start": 4, "end": 6}]
    assert hearing.answer(JOB_INTENTION, JOB_INTENTION.field("kind_of_work"), message, True) == {}
    message = said("不到四千不干")
    message["entities"] = [{"entity": "salary", "value": "4000元/月", "start": 2, "end": 4}]
    assert hearing.said(JOB_INTENTION, message) == {"salary": "4000元/月"}


def test_the_consent_is_put_in_full_once() -> None:
    consent = JOB_INTENTION.field("consent")
    assert consent is not None
    assert "加密保存" in JOB_INTENTION.question(consent, {})
    assert JOB_INTENTION.question(consent, {}, is_again=True) == "登记的事，您同意吗？不同意也没关系，照样可以问问题。"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2022-02-15/2022-02-18", "2月18日前到岗"),
        ("2022-02-18", "2月18日到岗"),
        ("2022-02-20/2022-02-22", "2月20日到2月22日到岗"),
        ("2022-02-18/", "2月18日起到岗"),
    ],
)
def test_by_when_somebody_must_come(value: str, told: str) -> None:
    assert reading.spoken_deadline(value, date(2022, 2, 15)) == told


def test_the_words_of_a_button_are_its_value() -> None:
    sensitive = HELP_REQUEST.field("sensitive_consent")
    for text, kept in [("这部分不存", "no"), ("莫存那个", "no"), ("同意保存", "yes"), ("存嘛", "yes")]:
        assert hearing.answer(HELP_REQUEST, sensitive, said(text, "nlu_fallback"), True) == {"sensitive_consent": kept}
    consent = said("同意，开始登记", "register_job_intention")
    assert hearing.answer(JOB_INTENTION, JOB_INTENTION.field("consent"), consent, False) == {"consent": "yes"}


def test_a_street_is_the_place_of_work_where_no_street_is_asked_for() -> None:
    message = said("示例钢结构，渝中石油路那边")
    message["entities"] = [
        {"entity": "place", "value": "渝中区", "start": 6, "end": 8},
        {"entity": "unit", "value": "石油路街道", "start": 8, "end": 11},
    ]
    company = VACANCY.field("company")
    assert hearing.answer(VACANCY, company, message, True) == {"company": "示例钢结构", "place": "石油路街道"}
    assert hearing.said(JOB_INTENTION, message) == {"place": "渝中区", "unit": "石油路街道"}


def test_requirements_stand_among_other_things() -> None:
    assert reading.requirements_in("我再招一个小工，200一天，男的，40岁以下，电话13800000098") == "男的，40岁以下"
    assert reading.requirements_in("我要招两个焊工，星期五之前要到") is None


def test_an_employer_names_the_work() -> None:
    for text in ("随便", "什么活都行"):
        message = said(text, kind_of_work="什么活都行")
        assert hearing.answer(VACANCY, VACANCY.field("kind_of_work"), message, True) == {}


def test_what_is_left_beside_other_data_is_no_name_by_itself() -> None:
    message = {"text": "下个月初才能上班", "intent": {"name": "inform"}, "entities": []}
    message["entities"] = [{"entity": "date", "value": "2022-03-01/2022-03-07", "start": 0, "end": 4}]
    read = hearing.answer(JOB_INTENTION, JOB_INTENTION.field("person_name"), message, True)
    assert "person_name" not in read


def test_a_name_is_read_beside_other_data() -> None:
    message = {"text": "何测试，电话13800000092，想去广东", "intent": {"name": "inform"}, "entities": []}
    message["entities"] = [
        {"entity": "phone", "value": "+8613800000092", "start": 6, "end": 17},
        {"entity": "place", "value": "广东省", "start": 20, "end": 22},
    ]
    read = hearing.answer(JOB_INTENTION, JOB_INTENTION.field("person_name"), message, True)
    assert read == {"person_name": "何测试", "phone": "+8613800000092", "place": "广东省"}


def test_a_button_of_an_earlier_form_is_no_answer_to_this_one() -> None:
    assert not JOB_INTENTION.takes("confirmed", extras=True)
    assert not JOB_INTENTION.takes("consent", extras=True)
    assert JOB_INTENTION.takes("phone", extras=False)
    assert not JOB_INTENTION.takes("salary", extras=False)
    assert JOB_INTENTION.takes("salary", extras=True)


def test_numbers_are_hidden_in_what_is_read_back() -> None:
    story = HELP_REQUEST.field("story")
    assert story is not None
    assert story.shown("身份证500103198501011234，电话13800000099") == f"身份证{'*' * 18}，电话{'*' * 11}"
    requirements = VACANCY.field("requirements")
    assert requirements is not None
    assert requirements.loose("要有健康证，电话13900000000") == "要有健康证"


def test_a_story_may_look_like_a_question() -> None:
    story = HELP_REQUEST.field("story")
    message = said("老板不给工资怎么办", "rights_unpaid_wages")
    assert hearing.answer(HELP_REQUEST, story, message, False) == {"story": "老板不给工资怎么办"}


@pytest.mark.parametrize("text", ["-3", "三千名员工的公司", "99999999999999999999", "0"])
def test_a_headcount_that_cannot_be_is_not_taken(text: str) -> None:
    assert hearing.answer(VACANCY, VACANCY.field("headcount"), said(text), True) == {}


def test_two_values_are_none_unless_the_field_is_a_list() -> None:
    entities = [
        {"entity": "unit", "value": "大坪街道"},
        {"entity": "unit", "value": "解放碑街道"},
        {"entity": "group", "value": "veteran"},
        {"entity": "group", "value": "poverty_alleviated"},
    ]
    assert hearing.said(JOB_INTENTION, {"text": "", "entities": entities}) == {"group": "veteran、poverty_alleviated"}


def test_sensitive_data_has_a_step_of_its_own_and_can_be_left_out() -> None:
    slots = {"story": "我摔断了腿，老板不管", "topic": "rights"}
    assert "sensitive_consent" in HELP_REQUEST.required(slots)
    assert without_sensitive(slots) == {"story": None}
    assert without_sensitive({"age": "15", "group": "veteran"}) == {"age": None}
    assert "sensitive_consent" not in HELP_REQUEST.required({**slots, "story": BY_PHONE})
    assert "sensitive_consent" in JOB_INTENTION.required({"age": "15"})
    assert "sensitive_consent" not in JOB_INTENTION.required({"age": "45"})


def test_a_story_that_is_not_kept_is_asked_again_in_other_words_or_left_to_the_phone() -> None:
    story = HELP_REQUEST.field("story")
    assert story is not None
    assert story.ask({}).startswith("是怎么回事？")
    assert story.ask({"sensitive_consent": "no"}) == (
        "换个说法写一句就行，不提身体、残疾、孩子的事，比如“老板不给钱”。\n"
        "不想写，就点“打电话再说”，工作人员在电话里问您。"
    )
    for text, intent in [("/skip", "skip"), ("电话里头说嘛", "nlu_fallback"), ("不想写", "inform")]:
        assert hearing.answer(HELP_REQUEST, story, said(text, intent), True) == {
            "story": "（本人没有写详情，请打电话问）"
        }


def test_a_correction_names_the_field_and_the_new_value() -> None:
    assert corrections.named(JOB_INTENTION, "名字错了，是郑测试") == {"person_name": "郑测试"}
    assert corrections.named(JOB_INTENTION, "街道写错了") == {"unit": None}
    assert corrections.named(JOB_INTENTION, "名字写错了，周测试") == {"person_name": "周测试"}
    assert corrections.named(JOB_INTENTION, "工资改成一万") == {"salary": "10000元/月"}
    assert corrections.named(JOB_INTENTION, "不对不对") == {}
