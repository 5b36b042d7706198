"""Pictures of the staff pages for docs: `python -m bench.staff_pictures [FOLDER]`.

The front door is the real one; the people in it are made up, and a stand-in answers in Rasa's place. With a folder,
every page is taken, also as a tablet shows it. Look at each after a change of a page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session

from bot import clock
from bot.records import (
    activities,
    conversations,
    database,
    followups,
    queue,
    registrations,
    services,
    staff,
    unanswered,
)
from bot.records.activities import Entry
from bot.records.followups import Found
from bot.records.models import Conversation, HelpRequest, JobIntention, Registration, Vacancy
from bot.reply import Reply
from bot.settings import ROOT
from tests.browser.pages import CHROMIUM, FLAGS, NO_CHROMIUM, Assistant, FrontDoor
from tests.web.rasa_stand_in import running

CAMPAIGN = "yuzhong-2022"
UNIT, OTHER_UNIT = "大坪街道", "化龙桥街道"
PASSWORD = "correct horse battery"
SCREENS = {"": {"width": 1280, "height": 800}, "-tablet": {"width": 820, "height": 1180}}
NOW = clock.in_beijing(datetime(2022, 2, 15, 9))

#: Name of a picture → who is signed in, and where; `{}` is filled in from the seeds.
IN_DOCS = {
    "staff-queue": ("wang", "/staff/queue"),
    "staff-entry": ("wang", "/staff/queue/{chat}"),
    "staff-people": ("wang", f"/staff/people?unit={UNIT}"),
    "staff-person": ("wang", "/staff/people/{person}"),
    "staff-services": ("qian", "/staff/services"),
    "staff-followups": ("wang", "/staff/followups"),
    "staff-followup": ("wang", "/staff/followups/{intention}?list=again"),
    "staff-activities": ("wang", "/staff/activities"),
    "staff-report": ("sun", "/staff/report"),
    "staff-unanswered": ("wang", "/staff/unanswered"),
    "staff-audit": ("qian", "/staff/audit"),
}
OTHERS = {
    "staff-home": ("qian", "/staff"),
    "staff-request": ("wang", "/staff/queue/{request}"),
    "staff-service": ("qian", "/staff/services/1"),
    "staff-activity": ("qian", "/staff/activities/{activity}"),
    "staff-missing": ("wang", "/staff/people/abc"),
}
#: Longer than a screen, and worth it.
LONG = ("staff-activities", "staff-report")

#: What is opened before the picture is taken.
OPENED = {
    "staff-activities": ("#enter > summary",),
    "staff-unanswered": ("summary",),
    "staff-followup": ("li summary",),
}


def _leave(session: Session, device: str, name: str, digits: str, left: Registration, days: int) -> Registration:
    at = NOW - timedelta(days=days, minutes=7 * days)
    talk = conversations.open_web(session, device, at)
    who = registrations.Applicant(
        f"draft-{device}", f"+86{digits}", name, UNIT, "female", urgent=isinstance(left, HelpRequest)
    )
    return registrations.save(session, CAMPAIGN, talk, who, left, at)


def _talk(session: Session, device: str, said: list[str], minutes: int) -> Conversation:
    at = NOW - timedelta(minutes=minutes)
    talk = conversations.open_web(session, device, at)
    for number, text in enumerate(said):
        asked = conversations.receive(session, talk, f"{device}-{number}", {"text": text}, at)
        answer = Reply("我帮您找工作人员，请稍等。" if number == len(said) - 1 else "您说，我听着。")
        conversations.answer(session, asked.id, [answer], conversations.ANSWERED, at)
    return talk


def seed() -> dict[str, int]:
    """Fill the database with made-up people; the rows that pages are opened for."""
    with database.writing() as session:
        accounts = {
            login: staff.add(session, login, name, role, unit, PASSWORD, NOW).id
            for login, name, role, unit in (
                ("wang", "王经办", staff.CLERK, UNIT),
                ("zhao", "赵经办", staff.CLERK, UNIT),
                ("sun", "孙统计", staff.STATISTICS, None),
                ("qian", "钱管理", staff.ADMIN, None),
            )
        }
        intentions = [
            _leave(session, f"job{number}", name, f"1380000000{number}", JobIntention(kind_of_work=work), days)
            for number, (name, work, days) in enumerate(
                (("张三", "保安", 20), ("李测试", "保洁", 15), ("王测试", "厨师", 9), ("赵测试", "月嫂", 3))
            )
        ]
        request = HelpRequest(topic="rights", story="在工地做了三个月，包工头说过完年再给，现在电话打不通")
        _leave(session, "help", "钱测试", "13800000008", request, 0)
        vacancy = Vacancy(company="示例物业公司", kind_of_work="保安", headcount=3, pay="3500元/月")
        _leave(session, "firm", "孙测试", "13800000009", vacancy, 1)
        chats = [
            _talk(session, "chat1", ["你好", "包工头欠我三个月工资，一共一万二", "打电话也不接", "人工"], 12),
            _talk(session, "chat2", ["我妈六十二了还能不能找活做", "那是几点开门嘛"], 25),
        ]
        entries = [queue.ask_for_person(session, chat, queue.ASKED, False, chat.created_at) for chat in chats]
        queue.claim(session, entries[1].id, accounts["zhao"], NOW + timedelta(days=1))
        asked = Found(int(intentions[2].id), "still_looking", date(2022, 2, 10))
        followups.record(session, asked, "wang", NOW, "form:1")
        done = services.ServiceDone(
            CAMPAIGN, 1, "career_guidance", "job_intention", "hotline", NOW, "call:1", UNIT, clerk="zhao"
        )
        services.record(session, done)
        row = _activities(session)
        other = _talk(session, "chat3", ["在吗"], 90)
        for number, text in enumerate(("社保能转回老家吗", "怎么把社保转到老家", "合伙包的活，甲方不结款找谁")):
            question = conversations.receive(session, other, f"q{number}", {"text": text}, NOW)
            conversations.answer(session, question.id, [], conversations.ANSWERED, NOW)
            unanswered.keep(session, CAMPAIGN, question.id, text, "web", ["rights_social_insurance"], NOW)
        return {
            "chat": entries[0].id,
            "person": int(intentions[2].person_id),
            "intention": int(intentions[2].id),
            "activity": row,
        }


def _activities(session: Session) -> int:
    """Entries of the log, one of them corrected; its row."""
    days = [date(2022, 2, 8), date(2022, 2, 10), date(2022, 2, 14), date(2022, 1, 18)]
    fair = "小区广场招聘会"
    for number, (kind, day, quantity, note) in enumerate(
        (
            ("leaflets", days[0], 300, "在车站、菜市场发的"),
            ("fair_held", days[1], 1, fair),
            ("companies", days[1], 12, fair),
            ("posts", days[1], 85, fair),
            ("signed_intentions", days[1], 23, fair),
            ("trainings", days[2], 30, "家政培训班"),
            ("companies", days[3], 2, "节前走访"),
        )
    ):
        entry = Entry(CAMPAIGN, kind, day, quantity, UNIT, note)
        activities.enter(session, entry, "wang" if number % 2 else "zhao", NOW, f"form:{number}")
    wrong = activities.by_key(session, "form:3")
    voided = activities.enter(session, Entry(CAMPAIGN, "leaflets", days[0], 300, UNIT), "wang", NOW, "form:8")
    assert wrong is not None
    assert voided is not None
    activities.void(session, voided.id, "同一批记了两次", "zhao", NOW)
    right = Entry(CAMPAIGN, "posts", days[1], 58, UNIT, fair)
    return int(activities.correct(session, wrong.id, right, "zhao", NOW, "form:9").id)


def sign_in(browser: Browser, url: str, login: str, screen: str) -> Page:
    """A window of somebody's own."""
    page = browser.new_page(viewport=SCREENS[screen], locale="zh-CN", base_url=url)  # type: ignore[arg-type]
    page.goto("/staff/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/staff")
    return page


def _claim(page: Page, entry: int) -> None:
    page.goto(f"/staff/queue/{entry}")
    page.get_by_role("button", name="领取").click()
    page.get_by_label("回话").wait_for()


def take(browser: Browser, url: str, rows: dict[str, int], screen: str, folder: Path | None) -> None:
    """Take the pages on one screen."""
    windows = {login: sign_in(browser, url, login, screen) for login in ("wang", "sun", "qian")}
    for name, (login, path) in {**IN_DOCS, **(OTHERS if folder else {})}.items():
        page = windows[login]
        page.goto(path.format(**rows))
        for opened in OPENED.get(name, ()):
            page.locator(opened).first.click()
        to = (folder or ROOT / "docs") / f"{name}{screen}.png"
        page.screenshot(path=to, full_page=bool(screen) or name in LONG, animations="disabled")


def main() -> None:
    """Take the pictures."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as data, running(Assistant) as rasa, sync_playwright() as playwright:
        os.environ.update({"CHUNFENG_DATA_DIR": data, "CHUNFENG_NOW": NOW.strftime("%Y-%m-%dT%H:%M")})
        subprocess.run([sys.executable, "-m", "bot", "migrate"], cwd=ROOT, check=True, capture_output=True)
        rows = seed()
        door = FrontDoor(Path(data), rasa.url)
        door.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        desk = sign_in(browser, door.url, "wang", "")
        desk.goto("/staff/queue")
        request = desk.locator("tr", has_text="求助登记").get_attribute("data-entry")
        rows["request"] = int(request or 0)
        for entry in (rows["chat"], rows["request"]):
            _claim(desk, entry)
        for screen in SCREENS if folder else [""]:
            take(browser, door.url, rows, screen, folder)
        browser.close()
        door.stop()


if __name__ == "__main__":
    main()
