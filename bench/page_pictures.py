"""Pictures of the chat page for docs/pictures: `python -m bench.page_pictures`.

The page and the front door are the real ones; the answers are those of the browser tests' stand-in, so that no
model is needed and the pictures stay the same. Look at each after a change of the page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot.settings import ROOT
from tests.browser.pages import CHROMIUM, FLAGS, NO_CHROMIUM, Assistant, FrontDoor, answer, say
from tests.web.rasa_stand_in import running

FOLDER = ROOT / "docs" / "pictures"
SIZES = {"360x740": {"width": 360, "height": 740}, "1280x800": {"width": 1280, "height": 800}}


def _ask(text: str) -> Callable[[Page], None]:
    def asked(page: Page) -> None:
        say(page, text)
        answer(page)

    return asked


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    say(page, "老板不发工资怎么办")
    expect(page.locator("#connection")).to_be_visible()


#: Name of a picture → what is done before it, one after the other in one talk.
STATES: dict[str, Callable[[Page], None]] = {
    "greeting": lambda page: None,
    "answer": _ask("线上招聘会怎么参加？"),
    "form": _ask("我要登记求职意向"),
    "jobs": _ask("有什么岗位"),
    "offline": _offline,
}


def main() -> None:
    """Take all pictures: each state, on a phone and on a desk, in normal and in large print."""
    if CHROMIUM is None:
        raise SystemExit(NO_CHROMIUM)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Assistant) as rasa, sync_playwright() as playwright:
        door = FrontDoor(Path(data), rasa.url)
        door.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size, viewport in SIZES.items():
            for print_size in ("normal", "large"):
                page = browser.new_page(viewport=viewport, locale="zh-CN")
                page.goto(door.url)
                if print_size == "large":
                    page.get_by_role("button", name="大字版").click()
                for name, prepare in STATES.items():
                    prepare(page)
                    page.screenshot(path=FOLDER / f"{name}-{size}-{print_size}.png", animations="disabled")
                page.close()
        browser.close()
        door.stop()


if __name__ == "__main__":
    main()
