"""The activity log as staff use it: typed in, corrected, voided, imported, and closed to other units."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot import clock
from bot.campaign import load
from bot.records import activities, audit, database
from bot.records.activities import Activity, Entry
from bot.report import table
from tests.web.staff.conftest import PAGE, Desk, text_of

SignIn = Callable[[str], Desk]
PATH = "/staff/activities"
UNIT, OTHER_UNIT = "大坪街道", "化龙桥街道"
HEAD = "日期,街道,活动种类,数量,备注\n"


def type_in(desk: Desk, expected: int = 200, draft: str | None = None, **fields: object) -> dict[str, object]:
    form = {"draft": draft or str(uuid.uuid4()), "day": "2022-02-10", "note": "", **fields}
    return desk.post(PATH, expected, **form)


def entered(unit: str | None = UNIT, **fields: object) -> int:
    entry = Entry("yuzhong-2022", "leaflets", date(2022, 2, 10), 300, unit, "在车站发的")
    entry = Entry(**{**vars(entry), **fields})  # type: ignore[arg-type]
    with database.writing() as session:
        made = activities.enter(session, entry, "wang", clock.now(), f"form:{uuid.uuid4()}")
        assert made is not None
        return int(made.id)


def rows() -> list[tuple[str, str | None, int, str]]:
    with database.reading() as session:
        present = activities.present(session, "yuzhong-2022")
        return sorted(((row.kind, row.unit, row.quantity, row.entered_by) for row in present), key=str)


def actions_on(record: str) -> list[str]:
    with database.reading() as session:
        lines, _ = audit.page(session, None, record, 0, 50)
    return [line.action for line in reversed(lines)]


def correction(**changed: object) -> dict[str, object]:
    kept = {"day": "2022-02-10", "kind": "leaflets", "quantity": 300, "note": "在车站发的", "unit": UNIT}
    return {"draft": str(uuid.uuid4()), **kept, **changed}


def sheet(desk: Desk, content: bytes, expected: int = 200, **headers: str) -> dict[str, object]:
    sent = {"X-CSRF-Token": desk.csrf, "Accept": "application/json", **headers}
    answer = desk.client.post(f"{PATH}/import", content=content, headers=sent)
    assert answer.status_code == expected, answer.text
    told: dict[str, object] = answer.json()
    return told


def test_an_empty_log_says_what_to_do(sign_in: SignIn) -> None:
    page = sign_in("wang").page(PATH)
    assert "还没有活动记录。在上面“记一次活动”里写日期和数量，或者从表格导入" in text_of(page)
    assert '<details class="panel no-print" id="enter" open>' in page
    assert "没有这样的记录" in text_of(sign_in("wang").page(f"{PATH}?kind=leaflets"))


def test_the_numbers_of_a_fair_are_typed_in_at_once(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    numbers = {"quantity_fair_held": "1", "quantity_companies": " 12 ", "quantity_posts": "0", "quantity_leaflets": ""}
    told = type_in(desk, note="小区广场", **numbers)
    assert told == {"go": f"{PATH}?saved=3&day=2022-02-10&street=%E5%A4%A7%E5%9D%AA%E8%A1%97%E9%81%93"}
    assert rows() == [
        ("companies", UNIT, 12, "wang"),
        ("fair_held", UNIT, 1, "wang"),
        ("posts", UNIT, 0, "wang"),
    ]
    shown = text_of(desk.page(str(told["go"])))
    assert "记下了3条。" in shown
    assert "2022-02-10 大坪街道 进场招聘企业 12 家 小区广场 王经办 2022-02-15 09:00 打开" in shown
    with database.reading() as session:
        numbers_of_rows = [row.id for row in session.query(Activity)]
    assert [actions_on(f"activity:{number}") for number in numbers_of_rows] == [["activity.enter"]] * 3


def test_the_same_form_twice_writes_once(sign_in: SignIn) -> None:
    desk, draft = sign_in("wang"), str(uuid.uuid4())
    for _ in range(2):
        type_in(desk, draft=draft, quantity_leaflets=300)
    assert rows() == [("leaflets", UNIT, 300, "wang")]
    told = type_in(desk, 409, draft=draft, quantity_leaflets=200)
    assert "已经记过一次了" in str(told["error"])
    with database.reading() as session:
        assert [row.source_key for row in session.query(Activity)] == [f"form:{draft}:leaflets"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "请至少写一个数量。"),
        ({"quantity_leaflets": "三百"}, "发放宣传资料：请写 0 到 9999999 的整数。"),
        ({"quantity_leaflets": "-1"}, "发放宣传资料：请写 0 到 9999999 的整数。"),
        ({"quantity_leaflets": "10000000"}, "发放宣传资料：请写 0 到 9999999 的整数。"),
        ({"quantity_trainings": "3", "quantity_startup_trainings": "4"}, "“参加培训：创业培训”比总数还多，请改正。"),
        ({"quantity_leaflets": "1", "day": ""}, "请写哪一天。"),
        ({"quantity_leaflets": "1", "day": "2022-02-30"}, "日期请写成 2022-02-15。"),
        ({"quantity_leaflets": "1", "day": "2022-02-16"}, "这一天还没有到，请改正日期。"),
        ({"quantity_leaflets": "1", "note": "长" * 1001}, "备注太长了，最多1000个字。"),
        ({"quantity_leaflets": "1", "unit": "别处"}, "没有这个单位，请从列出的里面选。"),
    ],
)
def test_what_cannot_be_written_down(sign_in: SignIn, fields: dict[str, str], said: str) -> None:
    assert type_in(sign_in("qian"), 422, **fields) == {"error": said}
    assert rows() == []


@pytest.mark.parametrize("draft", ["", "1", "x" * 36])
def test_a_form_that_is_none_of_ours(sign_in: SignIn, draft: str) -> None:
    desk = sign_in("wang")
    desk.post(PATH, 400, draft=draft, day="2022-02-10", quantity_leaflets=1)
    assert rows() == []


def test_a_forged_form_is_refused(sign_in: SignIn) -> None:
    desk, number = sign_in("wang"), entered()
    desk.csrf = "forged"
    type_in(desk, 403, quantity_leaflets=1)
    desk.post(f"{PATH}/{number}/correct", 403, **correction(quantity=1))
    desk.post(f"{PATH}/{number}/void", 403, reason="记了两次")
    sheet(desk, (HEAD + "2022-02-10,,leaflets,1,\n").encode(), 403)
    assert rows() == [("leaflets", UNIT, 300, "wang")]


def test_a_day_outside_the_window_is_warned_about(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    told = type_in(desk, day="2022-01-20", quantity_companies=12)
    assert "2022-01-20 不在统计的日期里，不计入表" in text_of(desk.page(str(told["go"])))
    assert "不在统计期" in desk.page(PATH)
    with database.reading() as session:
        number = session.query(Activity).one().id
    assert "这一天不在统计的日期里（2022-01-21 到 2022-03-31），不计入表" in text_of(desk.page(f"{PATH}/{number}"))
    told = type_in(desk, day="2022-01-21", quantity_companies=12)
    assert "outside" not in str(told["go"])


def test_a_correction_keeps_the_old_line_in_sight(sign_in: SignIn) -> None:
    number, desk = entered(), sign_in("zhao")
    told = desk.post(f"{PATH}/{number}/correct", **correction(quantity=30))
    with database.reading() as session:
        newest = activities.present(session, "yuzhong-2022")[0]
    assert told == {"go": f"{PATH}/{newest.id}?done=corrected"}
    assert (newest.quantity, newest.entered_by, newest.supersedes_id) == (30, "zhao", number)
    for path in (str(told["go"]), f"{PATH}/{number}"):
        shown = text_of(desk.page(path))
        assert "现在 2022-02-10 大坪街道 发放宣传资料 30 份 在车站发的 赵经办" in shown
        assert "改过以前 2022-02-10 大坪街道 发放宣传资料 300 份 在车站发的 王经办" in shown
    shown = text_of(desk.page(f"{PATH}?kind=leaflets"))
    assert "300 份 在车站发的 王经办 2022-02-15 09:00 改过以前" in shown
    assert "发放宣传资料合计 30 份" in shown
    assert "共 1 条" in shown
    assert actions_on(f"activity:{newest.id}")[0] == "activity.change"


def test_of_two_clerks_correcting_at_once_the_second_is_told(sign_in: SignIn) -> None:
    number, first, second = entered(), sign_in("wang"), sign_in("zhao")
    draft = str(uuid.uuid4())
    for _ in range(2):
        first.post(f"{PATH}/{number}/correct", **correction(draft=draft, quantity=30))
    said = "这条活动记录刚刚被别人改过，请刷新后再改（王经办改成了30）。"
    assert second.post(f"{PATH}/{number}/correct", 409, **correction(quantity=40)) == {"error": said}
    assert second.post(f"{PATH}/{number}/void", 409, reason="记了两次") == {"error": said}
    assert rows() == [("leaflets", UNIT, 30, "wang")]


def test_a_correction_that_changes_nothing(sign_in: SignIn) -> None:
    number = entered()
    said = {"error": "和原来一样，没有要改的。"}
    assert sign_in("wang").post(f"{PATH}/{number}/correct", 422, **correction()) == said


def test_an_entry_is_voided_once_with_a_reason(sign_in: SignIn) -> None:
    number, desk = entered(), sign_in("wang")
    assert "原因" in str(desk.post(f"{PATH}/{number}/void", 422, reason=" ")["error"])
    desk.post(f"{PATH}/{number}/void", reason="<i>记了两次</i>")
    assert "作废" in str(desk.post(f"{PATH}/{number}/void", 409, reason="又一次")["error"])
    desk.post(f"{PATH}/{number}/correct", 409, **correction(quantity=1))
    assert rows() == []
    page = desk.page(f"{PATH}/{number}")
    assert "王经办 作废，不再计数。原因：&lt;i&gt;记了两次&lt;/i&gt;" in page
    assert "/correct" not in page
    listed = desk.page(PATH)
    assert "&lt;i&gt;记了两次&lt;/i&gt;" in listed
    assert '<tr class="voided">' in listed
    assert "合计 0 份" in text_of(desk.page(f"{PATH}?kind=leaflets"))


def test_a_clerk_writes_and_sees_their_own_unit_only(sign_in: SignIn) -> None:
    mine, other, nobodys = entered(), entered(OTHER_UNIT), entered(None)
    wang, sun, admin = sign_in("wang"), sign_in("sun"), sign_in("qian")
    assert [wang.status(f"{PATH}/{one}") for one in (mine, other, nobodys, 4711)] == [200, 404, 404, 404]
    for desk in (sun, admin):
        assert [desk.status(f"{PATH}/{one}") for one in (mine, other, nobodys)] == [200] * 3
        assert "共 3 条" in text_of(desk.page(PATH))
        assert "共 1 条" in text_of(desk.page(f"{PATH}?unit={OTHER_UNIT}"))
        assert "共 1 条" in text_of(desk.page(f"{PATH}?unit=未归属"))
    for query in ("", f"?unit={OTHER_UNIT}", "?unit=未归属"):
        assert "共 1 条" in text_of(wang.page(f"{PATH}{query}"))
        assert wang.client.get(f"{PATH}.csv{query}").text.count("leaflets") == 0
        assert wang.client.get(f"{PATH}.csv{query}").text.count("发放宣传资料") == 1
    for step, form in (("correct", correction(quantity=1)), ("void", {"reason": "记了两次"})):
        assert "不归您的单位" in str(wang.post(f"{PATH}/{other}/{step}", 404, **form)["error"])
    assert actions_on(f"activity:{other}").count("activity.refused") == 3
    type_in(wang, unit=OTHER_UNIT, quantity_posts=5)
    wang.post(f"{PATH}/{mine}/correct", **correction(quantity=30, unit=OTHER_UNIT))
    assert ("posts", UNIT, 5, "wang") in rows()
    assert ("leaflets", UNIT, 30, "wang") in rows()
    type_in(sun, unit=OTHER_UNIT, quantity_posts=6)
    type_in(admin, unit="", quantity_posts=7)
    assert {("posts", OTHER_UNIT, 6, "sun"), ("posts", None, 7, "qian")} < set(rows())


def test_an_entry_that_moved_to_another_unit_goes_with_its_history(sign_in: SignIn) -> None:
    number = entered(OTHER_UNIT)
    sign_in("qian").post(f"{PATH}/{number}/correct", **correction(unit=UNIT))
    assert sign_in("li").status(f"{PATH}/{number}") == 404
    assert "化龙桥街道" in text_of(sign_in("wang").page(f"{PATH}/{number}"))


def test_the_log_sorts_pages_and_filters(sign_in: SignIn) -> None:
    for number in range(60):
        entered(day=date(2022, 2, 14) - timedelta(days=number), quantity=1000 + number)
    entered(kind="posts", quantity=5)
    desk = sign_in("wang")
    assert "共 61 条，第 1 / 2 页" in text_of(desk.page(PATH))
    assert "2021-12-17" not in desk.page(PATH)
    assert "2021-12-17" in desk.page(f"{PATH}?sort=day")
    assert "2021-12-17" in desk.page(f"{PATH}?page=2")
    assert "1059 份" in desk.page(f"{PATH}?sort=-quantity")
    assert "1059 份" not in desk.page(f"{PATH}?sort=quantity")
    assert "5 条" in text_of(desk.page(f"{PATH}?sort=quantity"))
    assert "共 61 条" in text_of(desk.page(f"{PATH}?sort=nonsense"))
    assert "共 1 条" in text_of(desk.page(f"{PATH}?kind=posts"))
    assert "共 2 条" in text_of(desk.page(f"{PATH}?first=2022-02-13&last=2022-02-14"))
    assert "没有这种活动。" in text_of(desk.page(f"{PATH}?kind=x"))
    assert "没有这个单位。" in text_of(desk.page(f"{PATH}?unit=x"))
    assert "日期请写成" in text_of(desk.page(f"{PATH}?first=x"))


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_the_export_is_a_formula(sign_in: SignIn, note: str) -> None:
    number, desk = entered(note=note), sign_in("wang")
    desk.post(f"{PATH}/{number}/void", reason="=记了两次")
    answer = desk.client.get(f"{PATH}.csv", headers=PAGE)
    assert answer.headers["content-disposition"] == 'attachment; filename="activities-2022-02-15.csv"'
    head, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["日期", "街道", "活动种类", "数量", "备注", "谁填的", "填写时间", "状态", "作废原因"]
    assert line == [
        "2022-02-10",
        UNIT,
        "发放宣传资料",
        "300",
        f"'{note}",
        "王经办",
        "2022-02-15 09:00",
        "已作废",
        "'=记了两次",
    ]
    assert actions_on("")[-1] == "activity.export"


def test_html_stays_text(sign_in: SignIn) -> None:
    number, desk = entered(note="<script>alert(1)</script>"), sign_in("wang")
    for path in (PATH, f"{PATH}/{number}", f"{PATH}?saved=<script>alert(1)</script>&day=<b>"):
        page = desk.page(path)
        assert "<script>alert" not in page
        assert "<b>" not in page


def test_a_sheet_is_brought_from_the_page(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    lines = HEAD + f"2022-02-10,,发放宣传资料,300,=1\n2022-02-10,{UNIT},组织招聘活动,1,\n"
    lines += f"2022-02-10,{OTHER_UNIT},组织招聘活动,1,\n2022-02-31,,组织招聘活动,x,\n"
    told = sheet(desk, lines.replace("=1", "").encode("gb18030"))
    assert told == {
        "summary": "新增2行，已有0行，有错2行（没有导入，改好后再导一次，不会重复）。",
        "rejected": [
            "第4行：不是大坪街道的，请交给那个街道导入",
            "第5行：日期没有这一天，请对照日历改正；数量请写 0 到 9999999 的整数",
        ],
        "took": True,
    }
    assert rows() == [("fair_held", UNIT, 1, "wang"), ("leaflets", UNIT, 300, "wang")]
    again = sheet(desk, lines.replace("=1", "").encode())
    assert str(again["summary"]).startswith("新增0行，已有2行")
    assert len(rows()) == 2
    assert actions_on("").count("activity.import") == 2
    sheet(sign_in("qian"), (HEAD + f"2022-02-10,{OTHER_UNIT},组织招聘活动,1,\n").encode())
    assert ("fair_held", OTHER_UNIT, 1, "qian") in rows()
    assert "王经办" in text_of(desk.page(PATH))


def test_a_file_that_is_no_sheet(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    assert sheet(desk, b"\x89PNG\r\n\x1a\n\x00\x00", 422) == {"error": "这个文件：不是表格，请用 .xlsx 或 .csv 文件"}
    assert "这个文件：第1行的表头缺“日期”" in str(sheet(desk, "街道,活动种类,数量\n".encode(), 422)["error"])
    assert "文件太大了，最多8MB" in str(sheet(desk, b"1" * (8 * 2**20 + 1), 413)["error"])
    assert sheet(desk, b"", 422)["error"] != ""
    assert rows() == []


def test_what_is_typed_in_counts_in_the_table(sign_in: SignIn) -> None:
    type_in(sign_in("wang"), quantity_leaflets=300, quantity_companies=12)
    with database.reading() as session:
        (number,) = [row.id for row in session.query(Activity).filter_by(kind="companies")]
    sign_in("wang").post(f"{PATH}/{number}/correct", **correction(kind="companies", quantity=13, note=""))
    with database.reading() as session:
        counted = table.build(session, load.current(), clock.today())
    assert (counted.total.numbers[0], counted.total.numbers[2]) == (300, 13)
