"""What the desk tells a clerk to say: the engine's answers, and words of its own where a chat goes on by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import clock
from bot.campaign.intents import CAMPAIGN_INTENTS, RIGHTS_INTENTS
from bot.campaign.load import load
from bot.knowledge import answers, choose, desk_lines, desk_topics
from bot.knowledge.answers import Question
from bot.settings import ROOT
from bot.web.staff import desk_engine
from tests.web.staff.conftest import Desk, text_of
from tests.web.staff.on_a_call import SignIn, begin, services, spoken
from tests.web.staff.stand_in import Rasa

WANTS_WORK = "我要找工作，登记一下，想当保安，四千块左右，住大坪"


def ask(desk: Desk, text: str) -> Any:
    return desk.post(f"{begin(desk)}/ask", text=text)


def shut_down(desk: Desk) -> None:
    desk.client.app.state.rasa._url = "http://127.0.0.1:9"  # type: ignore[attr-defined]


def test_every_topic_has_two_letters_of_its_own() -> None:
    assert set(desk_topics.letters()) == {*CAMPAIGN_INTENTS, *RIGHTS_INTENTS}
    assert desk_topics.intent_of(" GZ ") == "rights_unpaid_wages"
    assert desk_topics.intent_of("工资") is None


def test_asking_shows_what_to_say_and_records_nothing(sign_in: SignIn, rasa: Rasa) -> None:
    text = spoken("ask_free_training")
    buttons = [{"title": "培训补贴", "payload": "/ask_training_subsidy"}]
    rasa.answers["有没有培训"] = [{"text": text, "buttons": buttons}, {"custom": {"source": "通知 三"}}]
    desk = sign_in("wang")
    path = begin(desk)
    said: Any = desk.post(f"{path}/ask", text="有没有培训")
    assert text_of(said["html"]).endswith("依据：通知 三 Alt+1 培训补贴")
    assert said["service"]["name"] == "培训信息：技能培训"
    assert (rasa.asked[-1]["input_channel"], rasa.asked[-1]["sender"]) == ("hotline", path.rsplit("/", 1)[1])
    assert services() == []
    desk.post(f"{path}/ask", text="", payload="/ask_training_subsidy")
    assert rasa.asked[-1]["message"] == "/ask_training_subsidy"
    assert "写上对方说的话" in str(desk.post(f"{path}/ask", 422, payload="/restart")["error"])
    desk.post(f"{path}/ask", 422, text="/restart")
    desk.post(f"{path}/ask", 422, text=" ")


def test_a_fair_out_of_the_sheets_is_a_service_that_one_key_records(sign_in: SignIn, rasa: Rasa) -> None:
    named = {"kind": "job_fair_information", "topic": "job_fair_time_place"}
    rasa.answers["大坪的招聘会"] = [
        {"text": "您问的招聘会：\n大坪专场"},
        {"custom": {"source": "表"}},
        {"custom": {"service": named}},
    ]
    desk = sign_in("wang")
    path = begin(desk)
    said: Any = desk.post(f"{path}/ask", text="大坪的招聘会")
    assert said["service"] == {**named, "name": "招聘会信息：现场招聘会"}
    desk.post(f"{path}/service", **named)
    assert services() == [("job_fair_information", "job_fair_time_place", "大坪街道", "wang", "hotline")]
    assert '<option value="job_fair_information|job_fair_time_place">' in desk.page("/desk")


def test_two_letters_pick_a_topic(sign_in: SignIn, rasa: Rasa) -> None:
    desk = sign_in("wang")
    desk.post(f"{begin(desk)}/ask", text="gz")
    assert rasa.asked[-1]["message"] == "/rights_unpaid_wages"


def test_topics_work_also_when_the_engine_is_down(sign_in: SignIn, use_settings: Callable[..., None]) -> None:
    desk = sign_in("wang")
    path = begin(desk)
    desk.client.app.state.rasa._url = "http://127.0.0.1:9"  # type: ignore[attr-defined]
    said: Any = desk.post(f"{path}/ask", text="px")
    assert spoken("ask_free_training")[:20] in said["html"]
    assert said["service"]["kind"] == "training_information"
    unknown: Any = desk.post(f"{path}/ask", text="老板不给钱")
    assert "系统这会儿听不懂话" in unknown["html"]
    assert "110" in str(desk.post(f"{path}/ask", text="我不想活了")["html"])


@pytest.mark.parametrize("campaign", ["yuzhong-2022", "fujian-2023"])
def test_every_spoken_answer_is_known_by_its_words(campaign: str, use_settings: Callable[..., None]) -> None:
    use_settings(CHUNFENG_CAMPAIGN=campaign, CHUNFENG_NOW="2022-02-15T09:00")
    pack, day = load(campaign), clock.today()
    for intent in (*CAMPAIGN_INTENTS, *RIGHTS_INTENTS):
        found = answers.answer(pack, Question(intent, day, True))
        known = desk_engine.service_of(found.replies, day)
        assert (known and known.kind) == (found.service and found.service.kind), intent
    for entry in choose.in_force(day).values():
        found = answers.from_entry(entry, Question(entry.topic, day, True))
        assert desk_engine.service_of(found.replies, day) == found.service, entry.id


@pytest.mark.parametrize(
    ("text", "intent", "form", "opens"),
    [
        (WANTS_WORK, "register_job_intention", "job_intention_form", "job_intention"),
        ("保安，大坪街道", "inform", "job_intention_form", "job_intention"),
        ("帮我找个人来管一下", "request_help", "help_request_form", "help_request"),
        ("我们要招人", "post_vacancy", "vacancy_form", "vacancy"),
        ("我的登记办得怎么样了", "check_my_request", "find_record_form", "find"),
    ],
)
def test_a_form_of_the_chat_opens_that_of_the_page(
    sign_in: SignIn, rasa: Rasa, text: str, intent: str, form: str, opens: str
) -> None:
    rasa.opens(text, intent, form)
    desk = sign_in("wang")
    said = ask(desk, text)
    assert said["open"] == opens
    assert "最多问" not in said["html"]
    assert "inform" not in said["html"]
    assert [one["message"] for one in rasa.asked] == [text, "/cancel"]
    assert rasa.asked[-1]["metadata"]["message_id"] is None  # type: ignore[index]
    assert services() == []


def test_the_form_opens_with_what_was_said_already(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.opens(WANTS_WORK, "register_job_intention", "job_intention_form")
    said = ask(sign_in("wang"), WANTS_WORK)
    assert text_of(said["html"]) == f"问：{WANTS_WORK} 好，我帮您登记找工作，一两分钟。"
    assert said["fill"] == {"kind_of_work": "保安", "unit": "大坪街道", "pay": "4000元/月"}


@pytest.mark.parametrize(
    ("text", "intent", "said", "opens"),
    [
        ("我的登记", "check_my_request", "您报一下回执号，八位数字；忘了的，报当时留的电话。", "find"),
        ("删除我的信息", "withdraw_my_data", "可以的。您先报一下回执号，或者当时留的电话。", "find"),
        ("换个人", "change_person", "好，我给那一位另外记，您稍等。", "end"),
        ("找人工", "talk_to_human", "我就是工作人员，您说，我来帮您办。", None),
        ("你好", "greet", "您好，您请讲。", None),
    ],
)
def test_what_a_chat_would_do_by_itself_the_clerk_does(
    sign_in: SignIn, rasa: Rasa, text: str, intent: str, said: str, opens: str | None
) -> None:
    chat = "好，已经帮您找工作人员了。"
    rasa.takes(text, intent, chat, ("/request_help", '/check_my_request{"do": "erase"}', "/change_person"))
    answer = ask(sign_in("wang"), text)
    assert text_of(answer["html"]).startswith(f"问：{text} {said}")
    assert chat not in answer["html"]
    assert "erase" not in answer["html"]
    assert "/change_person" not in answer["html"]
    assert answer["open"] == opens


def test_who_asks_for_a_person_has_one(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.takes("找人工", "talk_to_human", "好，已经帮您找工作人员了。")
    note = text_of(ask(sign_in("wang"), "找人工")["html"])
    assert "您就是人工，不用再转。" in note
    assert "按 3 转给别的部门、按 4 约好回电" in note


def test_what_was_not_understood_is_asked_back_or_promised(sign_in: SignIn, rasa: Rasa) -> None:
    rasa.takes("那个啥", "nlu_fallback", "我没有完全听懂。", ("/ask_free_training", "/request_help", "/talk_to_human"))
    rasa.takes("月亮", "nlu_fallback", "这个我答不上来，已经记下来请工作人员看。", ("/request_help",))
    desk = sign_in("wang")
    assert "您问的是不是这几样？" in ask(desk, "那个啥")["html"]
    lost = text_of(ask(desk, "月亮")["html"])
    assert "我问清楚了给您回电话。 您急的话，也可以打区人力社保局，6355 7834。" in lost
    assert "已经记下来" not in lost


def test_what_names_its_source_is_said_whatever_it_was_taken_for(sign_in: SignIn, rasa: Rasa) -> None:
    beside = {"custom": {"intent": "nlu_fallback", "source": "工作人员答复"}}
    rasa.answers["地铁几点收班"] = [{"text": "十点半收班。"}, beside]
    html = text_of(ask(sign_in("wang"), "地铁几点收班")["html"])
    assert html == "问：地铁几点收班 十点半收班。 依据：工作人员答复"


def test_next_steps_are_questions_and_the_forms_of_the_page(sign_in: SignIn, rasa: Rasa) -> None:
    payloads = ["/ask_free_training", "/request_help", '/inform{"unit": "x"}', "/cancel", "/talk_to_human"]
    rasa.answers["老板不给钱"] = [{"text": "先要欠条", "buttons": [{"title": one, "payload": one} for one in payloads]}]
    html = ask(sign_in("wang"), "老板不给钱")["html"]
    assert html.count("<button") == 2
    assert 'data-payload="/ask_free_training"' in html
    assert 'data-open="help_request"' in html


def test_every_intent_is_answered_by_the_engine_or_has_a_line(sign_in: SignIn) -> None:
    intents = set(YAML(typ="safe").load(ROOT / "domain.yml")["intents"])
    by_the_engine = {*CAMPAIGN_INTENTS, *RIGHTS_INTENTS, "urgent", "out_of_scope", "ask_privacy"}
    assert desk_lines.intents() == (intents - by_the_engine) | {desk_lines.LOST}


@pytest.mark.parametrize(
    ("typed", "close"),
    [
        ("pz", "没有“pz”这个主题。是不是：zp 现场招聘会、px 技能培训、jz 社会救助、gz 拖欠工资？"),
        ("ＰＺ", "是不是：zp "),
        ("k", "是不是：kn "),
        ("qq", "是不是：qy "),
        ("ww", "没有“ww”这个主题。是不是：lw "),
        ("o", "没有“o”这个主题。按 F1 看全部主题。"),
    ],
)
def test_wrong_letters_are_no_speech(sign_in: SignIn, rasa: Rasa, typed: str, close: str) -> None:
    desk = sign_in("wang")
    said = str(desk.post(f"{begin(desk)}/ask", 422, text=typed)["error"])
    assert close in said
    assert rasa.asked == []


def test_words_with_latin_letters_are_speech(sign_in: SignIn, rasa: Rasa) -> None:
    desk = sign_in("wang")
    for text in ("app", "HR不给钱", "a1"):
        ask(desk, text)
    assert [one["message"] for one in rasa.asked] == ["app", "HR不给钱", "a1"]


def test_the_desks_words_need_no_engine(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    begin(desk)
    shut_down(desk)
    assert ask(desk, "我要登记")["open"] == "job_intention"
    assert "我就是工作人员" in ask(desk, "找人工")["html"]


def test_a_form_that_cannot_be_set_aside_now_is_set_aside_with_the_next_answer(
    sign_in: SignIn, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa.opens("登记", "register_job_intention", "job_intention_form")
    rasa.answers["/cancel"] = []
    desk = sign_in("wang")
    assert ask(desk, "登记")["open"] == "job_intention"
    told = {"custom": {"intent": "ask_free_training", "form": "job_intention_form", "source": "通知 三"}}
    rasa.answers["有没有培训"] = [
        {"text": "有。"},
        told,
        {"text": "您想做什么工作？"},
        {"custom": {"progress": "第1步，共6步"}},
    ]
    answer = ask(desk, "有没有培训")
    assert text_of(answer["html"]) == "问：有没有培训 有。 依据：通知 三"
    assert answer["open"] is None
    assert rasa.asked[-1]["message"] == "/cancel"


def test_a_page_that_is_loaded_again_shows_what_was_said_last(sign_in: SignIn, rasa: Rasa) -> None:
    text = spoken("ask_free_training")
    rasa.answers["/ask_free_training"] = [{"text": text}, {"custom": {"source": "通知 三"}}]
    desk = sign_in("wang")
    ask(desk, "px")
    page = desk.page("/desk")
    assert f"问：{answers.title_of(load('yuzhong-2022'), 'ask_free_training')}" in page
    assert "依据：通知 三" in page
    assert '<option value="training_information|free_training" selected>' in page
