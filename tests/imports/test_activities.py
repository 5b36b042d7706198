"""The activity log from a sheet: numbers in, corrections with history, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot import clock
from bot.campaign.model import Pack
from bot.imports.activities import REGISTER
from bot.imports.outcome import Ahead, Outcome, Rejected, Repeated
from bot.records import activities, database
from bot.records.activities import Entry
from bot.report import table
from bot.settings import ROOT

AT = clock.in_beijing(datetime(2022, 2, 20, 9))
HEAD = "编号,日期,街道,活动种类,数量,备注\n"


def imported(folder: Path, text: str, encoding: str = "utf-8") -> Outcome:
    path = folder / "log.csv"
    path.write_bytes(text.encode(encoding))
    return REGISTER.import_file(path, "yuzhong-2022", AT)


def present() -> list[tuple[str, str | None, int, str]]:
    with database.reading() as session:
        rows = activities.present(session, "yuzhong-2022")
        return [(row.kind, row.unit, row.quantity, row.entered_by) for row in rows]


def test_rows_go_in_by_name_or_code_and_bad_ones_are_named(records: Path) -> None:
    outcome = imported(
        records,
        HEAD + "1,2022-02-10,大坪,发放宣传资料,300份,\n"
        "2,2022年2月10日,大坪街道,fair_held,1,\n"
        "3,2022-02-10,大坪街道,参加培训:创业培训,１０人,\n"
        "4,2022-02-31,大平街道,唱歌,-1,\n"
        "5,2022-02-10,大坪街道,leaflets,很多,\n"
        "6,,大坪街道,leaflets,,\n",
        "gb18030",
    )
    assert outcome.taken == 3
    assert outcome.rejected[0].line == 5
    assert outcome.rejected[0].reason.startswith(
        "街道不在这次活动的街道名单里，请写全称，不知道就空着；日期没有这一天，请对照日历改正；"
        "活动种类不认识，可以写：发放宣传资料、组织招聘活动、"
    )
    assert outcome.rejected[0].reason.endswith("；数量请写 0 到 9999999 的整数")
    assert outcome.rejected[1:] == [Rejected(6, "数量请写 0 到 9999999 的整数"), Rejected(7, "日期没有填；数量没有填")]
    assert present() == [
        ("startup_trainings", "大坪街道", 10, "import"),
        ("fair_held", "大坪街道", 1, "import"),
        ("leaflets", "大坪街道", 300, "import"),
    ]


def test_a_row_again_adds_nothing(records: Path) -> None:
    row = "2022-02-10,大坪街道,leaflets,300,\n"
    assert imported(records, HEAD + f",{row}" * 2) == Outcome(taken=1, present=1, repeated=[Repeated(3, 2)])
    assert imported(records, HEAD + f",{row}") == Outcome(present=1)
    assert imported(records, HEAD + f"1,{row}2,{row}") == Outcome(taken=2)


def test_one_number_for_two_things_in_a_file_is_named_and_not_overwritten(records: Path) -> None:
    rows = "1,2022-02-10,大坪街道,leaflets,300,\n1,2022-02-11,大坪街道,leaflets,200,\n"
    refused = Rejected(3, "和第2行编号相同，内容不同，请改一个编号")
    assert imported(records, HEAD + rows) == Outcome(taken=1, rejected=[refused])
    assert present() == [("leaflets", "大坪街道", 300, "import")]


def test_a_day_that_cannot_have_been_is_named(records: Path) -> None:
    days = "".join(f",{day},大坪街道,fair_held,1场,\n" for day in ("2032-02-21", "2022-02-21", "2022-02-20"))
    refused = Rejected(2, "日期太晚了，请核对年份")
    assert imported(records, HEAD + days) == Outcome(taken=2, rejected=[refused], ahead=[Ahead(3)])


def test_a_number_with_another_content_corrects_its_entry(records: Path) -> None:
    for quantity, became in ((300, Outcome(taken=1)), (30, Outcome(changed=1)), (30, Outcome(present=1))):
        assert imported(records, HEAD + f"1,2022-02-10,大坪街道,leaflets,{quantity},\n") == became
    assert present() == [("leaflets", "大坪街道", 30, "import")]
    with database.reading() as session:
        assert [one.quantity for one in activities.history(session, 1)] == [300, 30]


def test_what_a_clerk_corrected_is_not_undone_by_an_old_sheet(records: Path) -> None:
    imported(records, HEAD + "1,2022-02-10,大坪街道,leaflets,300,\n")
    with database.writing() as session:
        entry = Entry("yuzhong-2022", "leaflets", date(2022, 2, 10), 250, "大坪街道")
        activities.correct(session, 1, entry, "clerk", AT, "form:1")
    assert imported(records, HEAD + "1,2022-02-10,大坪街道,leaflets,301,\n") == Outcome(present=1)
    assert present() == [("leaflets", "大坪街道", 250, "clerk")]


def test_the_sample_goes_in(records: Path, yuzhong: Pack) -> None:
    assert REGISTER.import_file(ROOT / "data" / "samples" / "activities.csv", "yuzhong-2022", AT) == Outcome(taken=11)
    with database.reading() as session:
        total = table.build(session, yuzhong, date(2022, 3, 31)).total
    assert total.numbers == [450, 1, 12, 85, 23, 40, 0, 18, 30, 10, 28, *[0] * 10]
    assert (total.cells[5].persons, total.cells[5].unnamed) == (0, 40)


def test_a_clerk_brings_only_the_rows_of_their_unit(records: Path) -> None:
    path = records / "log.csv"
    path.write_text(
        HEAD + "1,2022-02-10,,发放宣传资料,300,\n"
        "2,2022-02-10,大坪,组织招聘活动,1,\n"
        "3,2022-02-10,化龙桥街道,组织招聘活动,1,\n",
        encoding="utf-8",
    )
    theirs = replace(REGISTER, entered_by="wang", only_unit="大坪街道")
    outcome = theirs.import_file(path, "yuzhong-2022", AT)
    assert (outcome.taken, outcome.rejected) == (2, [Rejected(4, "不是大坪街道的，请交给那个街道导入")])
    assert present() == [("fair_held", "大坪街道", 1, "wang"), ("leaflets", "大坪街道", 300, "wang")]
    path.write_text(HEAD + "1,2022-02-10,大坪街道,发放宣传资料,200,\n", encoding="utf-8")
    assert replace(theirs, entered_by="zhao").import_file(path, "yuzhong-2022", AT).changed == 1
    assert present()[0] == ("leaflets", "大坪街道", 200, "zhao")
