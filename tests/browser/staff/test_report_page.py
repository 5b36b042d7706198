"""The report page in a browser: charts under the strict policy, copying, opening a cell, submitting, printing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from bot.records import database
from tests.browser.staff.conftest import SECONDS
from tests.report.helpers import enter, named, serve

SignIn = Callable[[str, str], Page]
PATH = "/staff/report"


@pytest.fixture
def served(accounts: None) -> None:
    """A few persons and entries."""
    with database.writing() as session:
        for number in range(5):
            who = named(session, "王测试", f"+861380000000{number}", gender="female")
            serve(session, who, unit="大坪街道", at=datetime(2022, 2, 10 + number, 9))
            serve(session, who, "rights_consultation", "unpaid_wages", unit="大坪街道")
        enter(session, "leaflets", 300)


def drawn(page: Page) -> list[bool]:
    """Of each chart, whether anything is drawn on it."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("figure[data-chart] canvas")].map((canvas) =>
                canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value))"""
        )
    )


def test_charts_are_drawn_from_the_tables_below_them(served: None, sign_in: SignIn) -> None:
    page = sign_in("sun", PATH)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    page.reload()
    expect(page.locator("figure[data-chart] canvas")).to_have_count(9, timeout=SECONDS)
    assert drawn(page) == [True] * 9
    assert refused == []
    first = page.locator("figure[data-chart='growth']").first
    assert first.locator(".numbers tbody tr").count() == 26
    first.locator(".u-over").hover(position={"x": 5, "y": 20})
    expect(first.locator(".u-legend")).to_contain_text("01-21")


def test_the_table_fits_the_screen_and_one_printed_page(served: None, sign_in: SignIn) -> None:
    page = sign_in("sun", PATH)
    for width, height in ((1280, 800), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("(box => box.scrollWidth <= box.clientWidth)(document.querySelector('.annex .scroll'))")
    page.emulate_media(media="print")
    expect(page.locator(".annex")).to_contain_text("填表人签章")
    for hidden in ("header", "#checks", "#files", "#progress", "#submissions", ".annex tfoot"):
        expect(page.locator(hidden).first).to_be_hidden()
    sizes = "td => getComputedStyle(td).fontSize"
    last, first = (page.locator(f".annex tbody tr:{place}-child td").nth(1) for place in ("last", "first"))
    assert last.evaluate(sizes) == first.evaluate(sizes)
    page.set_viewport_size({"width": 1047, "height": 718})  # landscape A4 within its margins, at 96 dots an inch
    assert page.locator(".annex").bounding_box()["height"] < 718  # type: ignore[index]


def test_progress_is_copied_a_number_opens_and_the_table_is_submitted(served: None, sign_in: SignIn) -> None:
    page = sign_in("sun", PATH)
    page.get_by_role("button", name="复制").click()
    expect(page.locator("#copied")).to_have_text("复制好了。", timeout=SECONDS)
    page.get_by_label("单位").select_option("大坪街道")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("textarea")).to_have_value(
        "截至2月15日，大坪街道累计发放春风卡等宣传资料300份，提供公共就业创业服务5人（其中女性5人），劳动维权和法律援助5人。"
    )
    page.locator(".annex tbody a", has_text="300").first.click()
    expect(page.locator("main")).to_contain_text("发放宣传资料")
    page.get_by_role("link", name="← 统计表").click()
    page.on("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="报送这张表（大坪街道，统计到 2022-02-15）").click()
    page.wait_for_url("**/staff/report/submissions/1")
    expect(page.locator("#since")).to_contain_text("数字没有变化")
