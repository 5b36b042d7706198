"""The page as the server makes it: what it says, what it weighs, and that it works without a script."""

from __future__ import annotations

import html
import re
import uuid
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bench import page_weight
from bot import clock
from bot.records import conversations, database
from bot.records.models import Conversation
from bot.reply import Reply
from tests.web.conftest import Door
from tests.web.rasa_stand_in import Rasa

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'"


def say(client: TestClient, **fields: str) -> str:
    """Send the page's form as a browser without scripts does, and give the page that follows."""
    answer = client.post("/say", data={"id": uuid.uuid4().hex, **fields})
    assert (answer.status_code, answer.headers["location"]) == (303, "/#latest")
    return client.get("/").text


def test_six_plain_buttons_work_without_a_script(door: Door, rasa: type[Rasa]) -> None:
    client = door()
    page = client.get("/").text
    topics = re.findall(r'<button form="say" name="say" value="([^"]+)"', page.split('class="buttons topics"')[1])
    assert topics == [
        "我要登记求职意向",
        "线上招聘会怎么参加？",
        "有什么技能培训？",
        "老板拖欠工资怎么办？",
        "活动到什么时候结束？",
        "有哪些联系电话？",
    ]
    rasa.answer = [
        {"text": "打 12333 问", "buttons": [{"title": "时间", "payload": "/ask_campaign_time"}]},
        {"custom": {"source": "通知 二"}},
    ]
    page = say(client, say=topics[1])
    assert rasa.asked[-1]["message"] == topics[1]
    assert '<p class="words">打 <a href="tel:12333">12333</a> 问</p>' in page
    assert '<p class="source">来源：通知 二</p>' in page
    assert 'value="/ask_campaign_time" formnovalidate>时间</button>' in page
    say(client, payload="/ask_campaign_time", text="")
    assert rasa.asked[-1]["message"] == "/ask_campaign_time"


def test_the_form_sent_twice_is_one_message(door: Door, rasa: type[Rasa]) -> None:
    client = door()
    hidden = re.search(r'name="id" value="([0-9a-f]{32})"', client.get("/").text)
    assert hidden is not None
    for _ in "12":
        say(client, id=hidden[1], text="你好")
    assert len(rasa.asked) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": " "}, "没有收到内容"),
        ({}, "没有收到内容"),
        ({"text": "/restart"}, "用平常话"),
        ({"payload": "/x"}, "按钮"),
        ({"text": "长" * 1001}, "不超过1000字"),
    ],
)
def test_what_the_form_cannot_take_is_said_on_the_page(door: Door, fields: dict[str, str], reason: str) -> None:
    answer = door().post("/say", data={"id": "1", **fields})
    assert answer.status_code == 400
    state = re.search(r'<p id="state" role="status">(.*?)</p>', answer.text)
    assert state is not None
    assert reason in state[1]


def test_text_stays_text(door: Door, rasa: type[Rasa]) -> None:
    client = door()
    rasa.answer = [
        {"text": HOSTILE, "buttons": [{"title": HOSTILE, "payload": HOSTILE}]},
        {"custom": {"source": HOSTILE, "progress": HOSTILE, "cards": [{"title": HOSTILE, "phone": HOSTILE}]}},
    ]
    page = say(client, text=HOSTILE)
    talk = page.split('id="talk"')[1].split("</ol>")[0]
    assert "<img" not in talk
    assert "<script" not in talk
    assert html.unescape(talk).count("alert(2)") == 9


def test_the_next_person_sees_the_answer_and_nothing_before(door: Door, rasa: type[Rasa]) -> None:
    client = door()
    say(client, text="我叫王测试")
    before = client.cookies["chunfeng_session"]
    page = client.post("/say", data={"id": "last", "text": "换个人"})
    assert page.status_code == 200
    assert "换人了" in page.text
    assert "王测试" not in page.text
    assert client.cookies["chunfeng_session"] != before
    assert client.get("/api/messages").json() == {"messages": []}


def test_large_print_is_remembered(door: Door) -> None:
    client = door()
    assert 'class="large"' not in client.get("/").text
    answer = client.post("/view", data={"large": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert 'class="large"' in client.get("/").text
    client.post("/view", data={"large": "0"})
    assert 'class="large"' not in client.get("/").text


def test_times_stand_above_a_line_that_comes_after_a_silence(door: Door) -> None:
    client = door()
    say(client, text="你好")
    with database.writing() as session:
        (talk,) = session.query(Conversation)
        at = clock.in_beijing(datetime(2022, 2, 16, 8, 5))
        conversations.clerk_says(session, talk.id, Reply("我是工作人员"), at)
        conversations.clerk_says(session, talk.id, Reply("还在"), at)
    page = client.get("/").text
    assert re.findall(r"<time[^>]+>(.*?)</time>", page) == ["2月15日 周二 09:00", "2月16日 周三 08:05"]
    assert page.count('<p class="clerk-name">工作人员</p>') == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("打12333。", '打<a href="tel:12333">12333</a>。'),
        ("12333元", "12333元"),
        ("99999", "99999"),
        ("区人力社保局 63557834", '区人力社保局 <a href="tel:63557834">63557834</a>'),
        ("120天，急救打120", '120天，急救打<a href="tel:120">120</a>'),
        (
            "看 https://a.cn/?a=1&b=2。",
            '看 <a href="https://a.cn/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
            "https://a.cn/?a=1&amp;b=2</a>。",
        ),
    ],
)
def test_numbers_and_addresses_become_links(door: Door, rasa: type[Rasa], text: str, shown: str) -> None:
    rasa.answer = [{"text": text}]
    assert f'<p class="words">{shown}</p>' in say(door(), text="电话")


def test_scripts_and_styles_may_be_kept_for_good(door: Door) -> None:
    client = door()
    (style,) = re.findall(r'href="(/static/[0-9a-f]{12}/chat.css)"', client.get("/").text)
    kept = client.get(style)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get(style.replace("/static/", "/static/0")).status_code == 404


def test_the_first_load_is_light_and_asks_no_other_host(door: Door) -> None:
    weights = page_weight.first_load(door())
    assert {"/", "chat.css", "chat.js", "line.js"} <= {Path(name).name or "/" for name in weights}
    assert sum(weights.values()) <= page_weight.HEAVIEST_BYTES
