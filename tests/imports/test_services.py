"""A paper register: who each row is about, what is refused, nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from bot import clock
from bot.campaign.model import Pack
from bot.errors import UserError
from bot.imports.outcome import Ahead, Outcome, Rejected, Repeated
from bot.imports.services import REGISTER
from bot.records import conversations, database, erasure, identity
from bot.records.models import Person, Service
from bot.report import table
from bot.settings import ROOT

AT = clock.in_beijing(datetime(2022, 2, 20, 9))
HEAD = "服务时间,街道,姓名,电话,性别,脱贫人口,服务类别,服务种类,事项,备注\n"
CODES = "occurred_at,unit,name,phone,gender,poverty_alleviated,category,kind,topic,note\n"


def imported(folder: Path, text: str, encoding: str = "utf-8") -> Outcome:
    path = folder / "register.csv"
    path.write_bytes(text.encode(encoding))
    return REGISTER.import_file(path, "yuzhong-2022", AT)


def counted(pack: Pack) -> dict[int, dict[str, int]]:
    """Column → row → number, without zeros."""
    found: dict[int, dict[str, int]] = {}
    with database.reading() as session:
        for row in table.build(session, pack, date(2022, 3, 31)).rows:
            for number, cell in enumerate(row.numbers, 1):
                if cell:
                    found.setdefault(number, {})[row.unit] = cell
    return found


def test_a_row_is_kept_as_it_was_meant(records: Path) -> None:
    row = "2022-02-15T09:30:59+08:00,大坪街道,王测试,13800000000,女,是,rights_protection,rights_consultation,x,记\n"
    assert imported(records, CODES + row) == Outcome(taken=1)
    with database.reading() as session:
        (service,) = session.execute(select(Service)).scalars()
        (person,) = session.execute(select(Person)).scalars()
    assert (service.campaign, service.category, service.kind) == (
        "yuzhong-2022",
        "rights_protection",
        "rights_consultation",
    )
    assert (service.topic, service.unit, service.channel, service.note) == ("x", "大坪街道", "import", "记")
    assert service.occurred_at == clock.in_beijing(datetime(2022, 2, 15, 9, 30, 59))
    assert service.source_key.startswith("import:")
    assert (person.name, person.phone, person.gender) == ("王测试", "+8613800000000", "female")
    assert (person.poverty_alleviated, person.unit) == (True, "大坪街道")


def test_bad_rows_are_named_and_the_good_ones_taken(records: Path) -> None:
    outcome = imported(
        records,
        HEAD + "2022-02-15 09:30,大坪街道,王测试,13800000000,女,是,公共就业服务,政策咨询,,\n"
        "2022-02-30,大坪街道,王测试,,,,,政策咨询,,\n"
        "2022-02-15,大平街道,王测试,1380000000a,不明,也许,公共就业服务,政策资询,,\n"
        "2022-02-15,,王测试,,,,公共就业服务,维权咨询,,\n"
        ",,王测试,,,,,政策咨询,,\n"
        "2022-02-15,,=A1,,,,,政策咨询,,\n",
    )
    kinds = (
        "政策咨询、招聘会信息、岗位信息、培训信息、职业指导、岗位推荐、培训推荐、创业指导、就业援助、求职登记、求助登记、"
        "用工服务、维权咨询、维权求助登记、法律援助转介"
    )
    assert outcome == Outcome(
        taken=1,
        rejected=[
            Rejected(3, "服务时间没有这一天，请对照日历改正"),
            Rejected(
                4,
                "街道不在这次活动的街道名单里，请写全称，不知道就空着；"
                "电话不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着；"
                "性别请写 男 或 女，不知道就空着；脱贫人口请写 是 或 否，不知道就空着；"
                f"服务种类不认识，可以写：{kinds}",
            ),
            Rejected(5, "服务类别和服务种类对不上，维权咨询属于另一类"),
            Rejected(6, "服务时间没有填"),
            Rejected(7, "C7 是公式，请改成直接写的文字或数字"),
        ],
    )


def test_the_same_row_again_adds_nothing_however_it_is_written(records: Path, yuzhong: Pack) -> None:
    first = HEAD + "2022-02-15 09:30,大坪街道,王测试,13800000000,女,是,公共就业服务,政策咨询,,\n"
    again = CODES + "2022/2/15 9:30,大坪,王 测试,138-0000-0000,女,是,,policy_consultation,,\n"
    assert imported(records, first) == Outcome(taken=1)
    assert imported(records, again) == Outcome(present=1)
    assert imported(records, again + again.splitlines()[1] + "\n", "gbk") == Outcome(
        present=2, repeated=[Repeated(3, 2)]
    )
    assert counted(yuzhong) == {6: {"大坪街道": 1}, 7: {"大坪街道": 1}, 8: {"大坪街道": 1}}


def test_a_line_that_stands_twice_is_named_also_far_apart(records: Path) -> None:
    others = "".join(row(f"王测试{number}", "") for number in range(600))
    outcome = imported(records, HEAD + row("", "") + others + row("", ""))
    assert outcome == Outcome(taken=601, present=1, repeated=[Repeated(603, 2)])


def test_a_day_that_cannot_have_been_is_named(records: Path) -> None:
    days = ("2032-02-15", "0022-02-15", "2022-02-20 18:00", "2022-03-31 23:59", "2022-04-01")
    rows = "".join(f"{day},,王测试,,,,,政策咨询,,\n" for day in days)
    outcome = imported(records, HEAD + rows)
    assert outcome == Outcome(
        taken=3,
        rejected=[Rejected(2, "服务时间太晚了，请核对年份"), Rejected(3, "服务时间太早了，请核对年份")],
        ahead=[Ahead(5), Ahead(6)],
    )
    assert str(outcome.named[2]) == "第5行：日期还没有到，先收下了，到那天才算；写错了请作废或改正"


def row(name: str, phone: str, unit: str = "大坪街道", hour: int = 9, kind: str = "政策咨询") -> str:
    return f"2022-02-15 {hour:02d}:00,{unit},{name},{phone},,,,{kind},,\n"


@pytest.mark.parametrize(
    ("rows", "persons"),
    [
        ([row("王测试", "13800000000"), row("王测试", "13800000000", hour=10)], 1),
        ([row("王测试", "13800000000"), row("", "13800000000", hour=10)], 1),
        ([row("", "13800000000"), row("王测试", "13800000000", hour=10)], 1),
        ([row("王测试", "13800000000"), row("李测试", "13800000000", hour=10)], 2),
        ([row("", "13800000000"), row("王测试", "13800000000"), row("李测试", "13800000000")], 2),
        ([row("王测试", "13800000000"), row("", "13800000000"), row("李测试", "13800000000")], 2),
        ([row("王测试", ""), row("王测试", "", hour=10)], 1),
        ([row("王测试", ""), row("王测试", "", unit="解放碑街道")], 2),
        ([row("", ""), row("", "", hour=10)], 2),
        ([row("王测试", ""), row("王测试", "13800000000")], 2),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_who_is_one_person(records: Path, yuzhong: Pack, rows: list[str], persons: int, at_once: bool) -> None:
    if at_once:
        imported(records, HEAD + "".join(rows))
    else:
        for one in rows:
            imported(records, HEAD + one)
    assert sum(counted(yuzhong)[6].values()) == persons


def test_who_is_known_from_the_chat_is_not_counted_again(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        person = session.get(Person, conversations.open_web(session, "a", AT).person_id)
        identity.introduce(session, person, "王测试", "+8613800000000", AT)
    imported(records, HEAD + row("王测试", "13800000000"))
    imported(records, HEAD.replace("姓名,", "") + "2022-02-16,解放碑街道,13800000000,,,,政策咨询,,\n")
    assert counted(yuzhong) == {6: {"大坪街道": 1}}


def test_a_later_row_tells_what_was_not_known(records: Path, yuzhong: Pack) -> None:
    imported(records, HEAD + row("王测试", "13800000000"))
    imported(records, HEAD + "2022-02-16,,王测试,13800000000,女,是,,政策咨询,,\n")
    imported(records, HEAD + "2022-02-17,,王测试,13800000000,,,,政策咨询,,\n")
    assert counted(yuzhong) == {6: {"大坪街道": 1}, 7: {"大坪街道": 1}, 8: {"大坪街道": 1}}


def test_a_topic_that_does_not_count_is_known_by_its_name(records: Path, yuzhong: Pack) -> None:
    rows = [row("王测试", "", kind="求助登记").replace(",,\n", f",{topic},\n") for topic in ("生活困难", "社会救助")]
    assert imported(records, HEAD + "".join(rows)) == Outcome(taken=2)
    assert counted(yuzhong) == {}
    with database.reading() as session:
        assert session.execute(select(Service.topic)).scalars().all() == ["relief", "social_assistance"]


def test_erasing_empties_the_note_and_keeps_the_number(records: Path, yuzhong: Pack) -> None:
    imported(records, HEAD + row("王测试", "13800000000").replace(",,\n", ",,怕老板知道\n"))
    with database.writing() as session:
        erasure.erase(session, 1, AT)
    with database.reading() as session:
        assert session.execute(select(Service.note)).scalar_one() is None
    assert counted(yuzhong) == {6: {"大坪街道": 1}}


def test_nothing_private_stands_in_the_file(records: Path) -> None:
    imported(records, HEAD + row("王测试", "13800000000").replace(",,\n", ",,怕老板知道\n"))
    with sqlite3.connect(records / "chunfeng.db") as connection:
        dump = "\n".join(connection.iterdump())
    assert "怕老板知道" not in dump
    assert "王测试" not in dump
    assert "13800000000" not in dump


def test_a_workbook_with_its_own_cells(records: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["服务台账"])
    sheet.append(HEAD.strip().split(","))
    sheet.append([datetime(2022, 2, 15, 9, 30), "大坪街道", "王测试", 13800000000, "女", True, None, "政策咨询"])
    sheet.append(["=NOW()", "大坪街道", "王测试", 13800000000, "女", "是", None, "政策咨询"])
    path = records / "register.xlsx"
    book.save(path)
    outcome = REGISTER.import_file(path, "yuzhong-2022", AT)
    assert outcome == Outcome(taken=1, rejected=[Rejected(4, "A4 是公式，请改成直接写的文字或数字")])


def test_a_file_that_is_no_sheet_is_refused(records: Path) -> None:
    path = records / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(UserError, match="不是表格"):
        REGISTER.import_file(path, "yuzhong-2022", AT)


def test_the_sample_goes_in(records: Path, yuzhong: Pack, use_settings: Callable[..., None]) -> None:
    outcome = REGISTER.import_file(ROOT / "data" / "samples" / "services.csv", "yuzhong-2022", AT)
    assert outcome == Outcome(taken=8)
    assert counted(yuzhong) == {
        6: {"大坪街道": 2, "解放碑街道": 1, "上清寺街道": 1, "七星岗街道": 1},
        7: {"大坪街道": 1},
        8: {"大坪街道": 1, "上清寺街道": 1},
        12: {"解放碑街道": 1, "上清寺街道": 1},
    }
