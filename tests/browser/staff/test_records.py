"""The activity log and the follow-up, as a clerk works with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from bot import clock
from bot.records import activities, conversations, database, registrations
from bot.records.models import JobIntention
from tests.browser.staff.conftest import SECONDS

SignIn = Callable[[str, str], Page]


def rows() -> list[tuple[str, int]]:
    with database.reading() as session:
        return sorted((row.kind, row.quantity) for row in activities.present(session, "yuzhong-2022"))


def test_a_fair_is_typed_in_once_and_put_right(sign_in: SignIn) -> None:
    page = sign_in("wang", "/staff/activities")
    expect(page.locator("main")).to_contain_text("还没有活动记录")
    page.get_by_label("备注").fill("小区广场招聘会")
    page.get_by_label("组织招聘活动（次）").fill("1")
    page.get_by_label("进场招聘企业（家）").fill("12")
    page.get_by_role("button", name="记下来").dblclick()
    expect(page.get_by_role("status").first).to_contain_text("记下了2条。", timeout=SECONDS)
    assert rows() == [("companies", 12), ("fair_held", 1)]
    page.locator("tr", has_text="进场招聘企业").get_by_role("link", name="打开").click()
    page.get_by_label("数量").fill("21")
    page.get_by_role("button", name="保存改正").click()
    expect(page.get_by_role("status")).to_contain_text("改好了，原来的留在下面。", timeout=SECONDS)
    expect(page.locator("tr.voided")).to_contain_text("12 家")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("作废的原因").fill("记错了街道")
    page.get_by_role("button", name="作废").click()
    expect(page.locator("main")).to_contain_text("不再计数。原因：记错了街道", timeout=SECONDS)
    assert rows() == [("fair_held", 1)]


def test_a_wrong_number_is_told_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    page = sign_in("wang", "/staff/activities")
    page.get_by_label("发放宣传资料（份）").fill("三百")
    page.get_by_role("button", name="记下来").click()
    expect(page.locator("main").get_by_role("alert")).to_have_text(
        "发放宣传资料：请写 0 到 9999999 的整数。", timeout=SECONDS
    )
    expect(page.get_by_label("发放宣传资料（份）")).to_have_value("三百")


def test_a_sheet_is_imported_from_the_page(sign_in: SignIn, tmp_path: Path) -> None:
    sheet = tmp_path / "活动.csv"
    sheet.write_text("日期,活动种类,数量\n2022-02-10,发放宣传资料,300\n2022-02-10,唱歌,1\n", encoding="gb18030")
    page = sign_in("wang", "/staff/activities")
    page.get_by_text("从表格导入", exact=True).click()
    page.get_by_label("文件").set_input_files(sheet)
    page.get_by_role("button", name="导入", exact=True).click()
    told = page.locator("#imported")
    expect(told).to_contain_text("新增1行，已有0行，有错1行", timeout=SECONDS)
    expect(told).to_contain_text("第3行：活动种类不认识")
    told.get_by_role("link", name="看导入的记录").click()
    expect(page.locator("tbody")).to_contain_text("300 份")


def test_print_shows_the_table_alone(sign_in: SignIn) -> None:
    page = sign_in("wang", "/staff/activities")
    page.get_by_label("发放宣传资料（份）").fill("300")
    page.get_by_role("button", name="记下来").click()
    expect(page.locator("tbody")).to_contain_text("300 份", timeout=SECONDS)
    page.emulate_media(media="print")
    expect(page.locator("table")).to_be_visible()
    for hidden in ("#enter", "#bring", "body > header", "a.button"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_one_call_after_the_other(sign_in: SignIn) -> None:
    for number, name in enumerate(("王测试", "李测试", "张三")):
        at = clock.now() - timedelta(days=9 - number)
        with database.writing() as session:
            conversation = conversations.open_web(session, name, at)
            who = registrations.Applicant(f"draft-{number}", f"+861380000000{number}", name, "大坪街道")
            left = JobIntention(kind_of_work="保安")
            registrations.save(session, "yuzhong-2022", conversation, who, left, at)
    page = sign_in("wang", "/staff/followups")
    page.get_by_role("link", name="从头打起").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("王测试 138 0000 0000")
    page.get_by_label("跨省就业").check()
    page.get_by_role("button", name="保存，下一位").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("李测试", timeout=SECONDS)
    page.get_by_role("link", name="没打通，先打下一位").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("张三")
    page.get_by_label("还在找工作").check()
    page.get_by_role("button", name="保存，下一位").click()
    expect(page.get_by_role("status")).to_contain_text("这一遍打完了。没打通的还在下面。", timeout=SECONDS)
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("李**")
    page.get_by_role("link", name="上次还在找（1）").click()
    expect(page.locator("tbody")).to_contain_text("张*")
