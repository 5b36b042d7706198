"""The picture of the hotline desk for docs/desk.png: `python -m bench.desk_picture`.

The page and the front door are the real ones; the answers are the campaign's own, given by the tests' stand-in of the
engine, so that no model is needed and the picture stays the same. Look at it after a change of the desk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot import clock, settings
from bot.knowledge import answers, choose
from bot.knowledge.answers import Question
from bot.records import conversations, database, migrate, registrations, staff
from bot.records.models import HelpRequest, JobIntention
from bot.settings import PREFIX, ROOT
from bot.web.app import create_app
from tests.browser.listening import listening
from tests.browser.pages import CHROMIUM, FLAGS, NO_CHROMIUM
from tests.web.staff.stand_in import Rasa

SCREEN = {"width": 1280, "height": 800}
CALLER, PASSWORD, UNIT = "13800000000", "correct horse battery", "大坪街道"
WANTS_WORK = "我要找工作，登记一下，想当保安，四千块左右"


def engine_answers(rasa: Rasa) -> None:
    """What the stand-in says: the answer about unpaid wages, and that somebody wants to register."""
    day = clock.today()
    entry = next(one for one in choose.in_force(day).values() if one.topic == "rights_unpaid_wages")
    reply = answers.from_entry(entry, Question(entry.topic, day, True)).replies[0]
    buttons = [
        {"title": "请人联系我", "payload": "/request_help"},
        {"title": "劳动合同", "payload": "/rights_contract"},
    ]
    source = {"custom": {"source": reply.source}}
    rasa.answers["/rights_unpaid_wages"] = [{"text": reply.text, "buttons": buttons}, source]
    rasa.opens(WANTS_WORK, "register_job_intention", "job_intention_form")


def known_caller() -> None:
    """Somebody who asked for help on the chat page yesterday, and left a job intention."""
    at = clock.now()
    with database.writing() as session:
        staff.add(session, "wang", "王经办", staff.CLERK, UNIT, PASSWORD, at)
        talk = conversations.open_web(session, "picture", at)
        who = registrations.Applicant("picture-1", f"+86{CALLER}", "王测试", UNIT, urgent=True)
        story = HelpRequest(topic="rights", story="在示例装饰公司做了三个月，工资一直没有发，老板说再等等。")
        registrations.save(session, settings.get().campaign, talk, who, story, at)
        again = registrations.Applicant("picture-2", f"+86{CALLER}", "王测试", UNIT)
        registrations.save(session, settings.get().campaign, talk, again, JobIntention(kind_of_work="保安"), at)


@contextmanager
def front_door(folder: str, rasa_url: str) -> Iterator[str]:
    """The real front door on a free port, with a database of its own; gives its address."""
    values = {"DATA_DIR": folder, "NOW": "2022-02-15T09:00", "RASA_URL": rasa_url, "CAMPAIGN": "yuzhong-2022"}
    os.environ.update({f"{PREFIX}{name}": value for name, value in values.items()})
    migrate.upgrade()
    with listening(create_app()) as address:
        yield address


def call(page: Page, url: str) -> None:
    """A call up to the form: who it is, a question with its service, and a form that the caller's words opened."""
    page.goto(f"{url}/staff/login?next=/desk")
    page.get_by_label("登录名").fill("wang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#begin [name=phone]").fill(CALLER)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("王测试")
    page.keyboard.type("gz")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("依据")
    page.keyboard.press("F2")
    expect(page.locator("#message")).to_contain_text("记好了")
    page.keyboard.insert_text(WANTS_WORK)
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_be_visible()


def main(path: Path) -> None:
    """Take the picture."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    with (
        tempfile.TemporaryDirectory() as folder,
        Rasa().running() as rasa,
        front_door(folder, rasa.url) as url,
        sync_playwright() as playwright,
    ):
        known_caller()
        engine_answers(rasa)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport=SCREEN, locale="zh-CN")
        call(page, url)
        page.screenshot(path=path, animations="disabled")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "desk.png")
