"""Submissions: opened again exactly, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import clock
from bot.campaign.model import Pack
from bot.errors import UserError
from bot.records import activities, audit, database, snapshots, staff
from bot.records.activities import Entry
from bot.records.models import PersonLink, Service
from bot.report import frozen, table
from bot.report.formats import FORMATS
from tests.report.helpers import AT, CAMPAIGN, DAY, enter, follow_up, person, serve

LATER = clock.in_beijing(datetime(2022, 2, 16, 9))


def test_a_submission_is_printed_again_exactly(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道")
        enter(session, "services", 40)
        built = replace(table.build(session, yuzhong, DAY), remarks=("【提醒】请看",))
        kept = frozen.freeze(session, built, "王统计", AT)
        assert (kept.id, kept.made_by, kept.made_at, kept.rules) == (1, "王统计", AT, built.rules)
        serve(session, person(session), unit="大坪街道")
    with database.reading() as session:
        again = frozen.opened(snapshots.get(session, 1))
    assert again == built
    assert (again.total.cells[5].persons, again.total.cells[5].unnamed) == (1, 40)
    assert FORMATS["json"](again) == FORMATS["json"](built)
    assert not again.opens


def test_a_pack_that_changes_later_does_not_change_it(records: Path, yuzhong: Pack) -> None:
    renamed = yuzhong.copy(update={"table": yuzhong.table.copy(update={"title": "另一张表"})})
    with database.writing() as session:
        before = table.build(session, yuzhong, DAY)
        frozen.freeze(session, before, "王统计", AT)
        assert table.build(session, renamed, DAY).definition.title == "另一张表"
        assert frozen.opened(snapshots.get(session, 1)).definition == before.definition


def test_the_rules_are_another_when_what_counts_is(records: Path, yuzhong: Pack) -> None:
    with database.reading() as session:
        rules = table.build(session, yuzhong, DAY).rules
        assert table.build(session, yuzhong, DAY, as_of=date(2022, 2, 1)).rules == rules
        earlier = yuzhong.copy(update={"actual_start": date(2022, 1, 10)})
        assert table.build(session, earlier, DAY).rules != rules


def test_what_changed_and_why(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        first, second = person(session), person(session)
        serve(session, first, unit="大坪街道")
        serve(session, second, unit="大坪街道")
        serve(session, second, "rights_consultation", "contract")
        enter(session, "leaflets", 300)
        before = table.build(session, yuzhong, DAY)
        kept = frozen.freeze(session, before, "王统计", AT)
        assert frozen.changes(before, table.build(session, yuzhong, DAY)) == []
        assert list(frozen.reasons(session, kept)) == []
        session.get(Service, 3).voided_at = LATER
        serve(session, person(session), unit="解放碑街道", at=datetime(2022, 2, 14))
        session.add(PersonLink(person_id=second, into_id=first, reason="hand", created_at=LATER))
        less = Entry(CAMPAIGN, "leaflets", DAY, 250, "大坪街道")
        activities.correct(session, 1, less, "clerk", LATER, "form:2")
        follow_up(session, first, "employed_in_province")
        clerk = staff.add(session, "wang", "王经办", staff.CLERK, "大坪街道", "correct horse battery", AT)
        for _ in range(2):
            audit.note(session, clerk.id, "person.change", f"person:{first}", LATER)
        session.flush()
        changes = frozen.changes(before, table.build(session, yuzhong, DAY))
        reasons = list(frozen.reasons(session, kept))
    assert list(map(str, changes)) == [
        "总计　发放春风卡等宣传资料份数：300 → 250（-50）",
        "总计　劳动维权和法律援助人数：1 → 0（-1）",
        "总计　实现区县外省内转移就业人数：0 → 1（+1）",
        "解放碑街道　提供公共就业创业服务人数：0 → 1（+1）",
        "大坪街道　发放春风卡等宣传资料份数：300 → 250（-50）",
        "大坪街道　提供公共就业创业服务人数：2 → 1（-1）",
        "大坪街道　实现区县外省内转移就业人数：0 → 1（+1）",
        "未归属　劳动维权和法律援助人数：1 → 0（-1）",
    ]
    assert reasons == [
        "新记的服务1条：4",
        "作废的服务1条：3",
        "新记或更正的活动记录1条：2",
        "新记或作废的回访1条：1",
        "改过信息的人员1条：1",
        "新合并或拆开的人员1条：1",
    ]


def test_a_table_with_other_columns_is_compared_by_their_names(records: Path, yuzhong: Pack) -> None:
    fewer = yuzhong.copy(update={"table": yuzhong.table.copy(update={"columns": yuzhong.table.columns[:6]})})
    with database.writing() as session:
        serve(session, person(session, gender="female"), unit="大坪街道")
        enter(session, "leaflets", 3)
        old, new = table.build(session, yuzhong, DAY), table.build(session, fewer, DAY)
    assert list(map(str, frozen.changes(old, new))) == [
        "总计　提供公共就业创业服务人数/其中：女性人数：1 → 0（-1）",
        "大坪街道　提供公共就业创业服务人数/其中：女性人数：1 → 0（-1）",
    ]


def test_submissions_are_listed_by_campaign_and_unit(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for unit in (None, "大坪街道", None):
            frozen.freeze(session, table.build(session, yuzhong, DAY, unit=unit), "王统计", AT)
        assert [one.id for one in snapshots.all_of(session, CAMPAIGN)] == [3, 2, 1]
        assert snapshots.last_of(session, CAMPAIGN, None, DAY).id == 3
        assert snapshots.last_of(session, CAMPAIGN, "大坪街道", DAY).id == 2
        assert snapshots.last_of(session, CAMPAIGN, "解放碑街道", DAY) is None
        with pytest.raises(UserError, match="没有第9号报送"):
            snapshots.get(session, 9)
