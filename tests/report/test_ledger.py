"""The ledger: one line a counted person a column, masked by role; how well persons are known."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.records import conversations, database, erasure
from bot.records.models import PersonLink
from bot.report import known, ledger, table
from bot.report.masking import MASKS
from tests.report.helpers import AT, DAY, MORNING, enter, follow_up, named, person, serve


def lines(session: Session, pack: Pack, role: str = "statistics", row: str = "总计") -> list[list[str | int]]:
    table.build(session, pack, DAY)
    return list(ledger.rows(session, table.scope_of(pack, DAY), MASKS[role], row))


def test_a_line_has_all_that_an_auditor_asks(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = named(session, "王测试", "+8613800000000", gender="female")
        serve(session, who, unit="大坪街道", at=datetime(2022, 2, 1))
        serve(session, who, "job_recommendation", unit="解放碑街道")
        serve(session, who, "rights_consultation", "unpaid_wages")
        follow_up(session, who, "employed_in_province")
        enter(session, "services", 40)
        assert (
            *("列", "列名", "街道", "人员编号", "姓名", "电话", "性别", "脱贫人口", "凭什么认人"),
            *("记录数", "最早", "最晚", "做了什么", "记录编号"),
        ) == ledger.HEADINGS
        about = [who, "王*", "****0000", "女", "不详", "电话"]
        day = "2022-02-15"
        assert lines(session, yuzhong) == [
            [6, "提供公共就业创业服务人数", "大坪街道", *about, 2, "2022-02-01", day, "政策咨询、岗位推荐", "服务1、2"],
            [12, "劳动维权和法律援助人数", "未归属", *about, 1, day, day, "维权咨询", "服务3"],
            [16, "实现区县外省内转移就业人数", "大坪街道", *about, 1, day, day, "区县外省内就业", "回访1"],
        ]


@pytest.mark.parametrize(
    ("role", "name", "phone"),
    [
        ("statistics", "王*", "****0000"),
        ("clerk", "王测试", "138****0000"),
        ("admin", "王测试", "+8613800000000"),
    ],
)
def test_how_much_each_role_sees(records: Path, yuzhong: Pack, role: str, name: str, phone: str) -> None:
    with database.writing() as session:
        serve(session, named(session, "王测试", "+8613800000000"))
        assert lines(session, yuzhong, role)[0][4:6] == [name, phone]


def test_a_landline_shows_its_last_digits_only(records: Path) -> None:
    assert MASKS["clerk"].phone("+862363557834") == "****7834"
    assert MASKS["statistics"].phone("") == ""


def test_the_lines_of_one_row(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for unit in ("大坪街道", "解放碑街道", None):
            serve(session, person(session), unit=unit)
        assert [line[3] for line in lines(session, yuzhong, row="解放碑街道")] == [2]
        assert [line[3] for line in lines(session, yuzhong, row="未归属")] == [3]


def test_how_each_person_is_known(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        visitor = conversations.open_web(session, "a", AT).person_id
        gone = named(session, "李测试", "+8613800000001")
        for who in (visitor, named(session, "王测试", "+8613800000000"), gone):
            serve(session, who)
        erasure.erase(session, gone, AT)
        assert [line[8] for line in lines(session, yuzhong)] == [
            "只有网页会话",
            "没有留下身份信息，或已按本人要求删除",
            "电话",
        ]


def test_linked_records_are_one_line_with_what_is_known_of_either(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        visitor = conversations.open_web(session, "a", AT).person_id
        caller = named(session, "王测试", "+8613800000000", poverty_alleviated=True)
        serve(session, visitor, unit="大坪街道")
        serve(session, caller, unit="解放碑街道", at=datetime(2022, 2, 16))
        session.add(PersonLink(person_id=caller, into_id=visitor, reason="hand", created_at=AT))
        session.flush()
        (line,) = lines(session, yuzhong)
        assert line[2:10] == ["大坪街道", visitor, "王*", "****0000", "不详", "是", "电话", 1]


def test_the_share_known_only_by_a_web_session(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for number in range(3):
            serve(session, conversations.open_web(session, f"s{number}", AT).person_id, unit="大坪街道")
        linked = conversations.open_web(session, "linked", AT).person_id
        serve(session, linked, unit="大坪街道")
        caller = named(session, "王测试", "+8613800000000")
        session.add(PersonLink(person_id=linked, into_id=caller, reason="hand", created_at=AT))
        serve(session, conversations.open_web(session, "nowhere", AT).person_id)
        session.flush()
        built = table.build(session, yuzhong, DAY)
        column = built.definition.columns[5]
        scope = table.scope_of(yuzhong, DAY)
        assert known.by_session_only(session, scope, column) == {"大坪街道": 3, "未归属": 1}
        assert built.total.cells[5].persons == 5


def test_the_worklist_is_whom_to_ask(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for gender, poverty in ((None, None), ("female", None), (None, False), ("male", True)):
            serve(session, person(session, gender=gender, poverty_alleviated=poverty))
        serve(session, person(session), "rights_consultation", "unpaid_wages")
        table.build(session, yuzhong, DAY)
        asked = ledger.worklist(session, table.scope_of(yuzhong, DAY), MASKS["statistics"])
        assert [(line[0], line[3], line[6], line[7]) for line in asked] == [
            (6, 1, "不详", "不详"),
            (6, 2, "女", "不详"),
            (6, 3, "不详", "否"),
        ]


def test_many_persons_come_in_batches(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for number in range(ledger.BATCH + 5):
            serve(session, person(session), at=MORNING.replace(minute=number % 60))
        assert len({line[3] for line in lines(session, yuzhong)}) == ledger.BATCH + 5
