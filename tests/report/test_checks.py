"""Checks before submission: each finds its own, names the records, and is silent otherwise."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.records import activities, conversations, database
from bot.records.activities import Entry
from bot.records.models import Service
from bot.records.register import Line, take
from bot.report import check, frozen, table
from bot.report.check import Finding
from tests.report.helpers import AT, CAMPAIGN, DAY, enter, named, person, serve


def found(session: Session, pack: Pack, unit: str | None = None) -> dict[str, list[Finding]]:
    """Code → findings, without those about units that this test leaves empty."""
    built = table.build(session, pack, DAY, unit)
    findings: dict[str, list[Finding]] = {}
    for one in check.run(session, table.scope_of(pack, DAY), built):
        findings.setdefault(one.code, []).append(one)
    findings.pop("empty_unit", None)
    return findings


def test_a_clean_table_has_no_findings(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        for number, unit in enumerate(yuzhong.unit_names):
            who = named(session, "王测试", f"+86138000000{number:02d}", gender="male", poverty_alleviated=False)
            serve(session, who, unit=unit)
        assert check.run(session, table.scope_of(yuzhong, DAY), table.build(session, yuzhong, DAY)) == []


def test_a_part_larger_than_its_total(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        enter(session, "trainings", 10)
        enter(session, "startup_trainings", 12)
        enter(session, "subsidised_trainings", 10)
        text = "大坪街道：第10列（其中：参加创业培训人数）12 大于第9列的 10，请核对活动记录"
        of_unit, of_total = found(session, yuzhong)["part_over_total"]
        assert of_unit == Finding("part_over_total", "error", text, 1, ("活动记录2",))
        assert of_total.text.startswith("总计：第10列")
        assert str(of_unit) == f"【错误】{text}（活动记录2）"


def test_unknown_attributes_are_a_worklist(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session, gender="male"), unit="大坪街道")
        serve(session, person(session), unit="解放碑街道")
        assert found(session, yuzhong)["unknown_attribute"] == [
            Finding(
                "unknown_attribute",
                "notice",
                "第6列有人不知道是否脱贫人口，算在总数里，没有算进第7列，请补问：2人",
                2,
                ("人员1", "人员2"),
            ),
            Finding(
                "unknown_attribute",
                "notice",
                "第6列有人不知道性别，算在总数里，没有算进第8列，请补问：1人",
                1,
                ("人员2",),
            ),
        ]
        assert [one.count for one in found(session, yuzhong, "大坪街道")["unknown_attribute"]] == [1]


def test_services_and_entries_outside_the_window(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), at=datetime(2022, 1, 20, 23, 59))
        serve(session, person(session), at=datetime(2021, 2, 15))
        serve(session, person(session), at=datetime(2022, 2, 16))
        enter(session, "leaflets", 5, day=date(2022, 1, 20))
        enter(session, "fair_held", 1, day=date(2022, 2, 16))
        assert [(one.text, one.records) for one in found(session, yuzhong)["outside"]] == [
            ("服务早于2022-01-21，没有统计：2条", ("服务1", "服务2")),
            ("服务晚于2022-02-15，没有统计：1条", ("服务3",)),
            (
                "第1列的活动记录早于2022-01-21，没有统计；"
                "准备和宣传发动期间的要算，请管理员在活动包里写 preparation_start：1条",
                ("活动记录1",),
            ),
            ("第2列的活动记录晚于2022-02-15，没有统计：1条", ("活动记录2",)),
        ]


def test_what_never_counts_is_not_outside_the_window(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), topic="relief", at=datetime(2021, 2, 15))
        serve(session, person(session), "employer_service", at=datetime(2021, 2, 15))
        assert "outside" not in found(session, yuzhong)


def test_leaflets_before_the_preparation_need_no_other_pack(records: Path, yuzhong: Pack) -> None:
    prepared = yuzhong.copy(update={"preparation_start": date(2022, 1, 10)})
    with database.writing() as session:
        enter(session, "leaflets", 5, day=date(2022, 1, 9))
        enter(session, "leaflets", 6, day=date(2022, 1, 10))
        assert [one.text for one in found(session, prepared)["outside"]] == [
            "第1列的活动记录早于2022-01-10，没有统计：1条"
        ]


def test_one_unit_is_told_of_its_own_records_only(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道", at=datetime(2021, 2, 15))
        enter(session, "leaflets", 5, day=date(2022, 1, 20))
        enter(session, "leaflets", 6, unit=None)
        assert "outside" not in found(session, yuzhong, "解放碑街道")
        assert "entry_without_unit" not in found(session, yuzhong, "解放碑街道")
        assert [one.records for one in found(session, yuzhong, "大坪街道")["outside"]] == [("服务1",), ("活动记录1",)]
        assert [one.records for one in found(session, yuzhong, "未归属")["entry_without_unit"]] == [("活动记录2",)]


def test_a_table_that_counts_no_services_is_checked_too(records: Path, yuzhong: Pack) -> None:
    leaflets = yuzhong.table.copy(update={"columns": yuzhong.table.columns[:5]})
    with database.writing() as session:
        serve(session, person(session), at=datetime(2021, 2, 15))
        enter(session, "leaflets", 5)
        assert found(session, yuzhong.copy(update={"table": leaflets})) == {}


def test_a_day_before_the_start_is_said(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        early = date(2022, 1, 20)
        built = table.build(session, yuzhong, DAY, as_of=early)
        findings = check.run(session, table.scope_of(yuzhong, DAY, early), built)
        assert findings[0].text == "统计到2022-01-20，早于开始的2022-01-21，所以都是0，请换一个日期"
        assert "before_start" not in found(session, yuzhong)


def test_a_day_that_has_not_come_is_said(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        last = date(2022, 3, 31)
        built = table.build(session, yuzhong, DAY, as_of=date(2022, 12, 31))
        said = [one.text for one in check.about_the_day(built)]
        assert said == ["统计到2022-03-31，这一天还没有到（今天是2022-02-15），以后的记录还会算进来"]
        assert check.run(session, table.scope_of(yuzhong, DAY, last), built)[0].text == said[0]
        assert "before_its_day" not in found(session, yuzhong)


def test_one_phone_with_two_names(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        first = named(session, "王测试", "+8613800000000")
        again = named(session, "王测试", "+8613800000000")
        other = named(session, "李测试", "+8613800000000")
        serve(session, again, unit="大坪街道")
        assert "shared_phone" not in found(session, yuzhong)
        serve(session, other, "rights_consultation", "contract", unit="石油路街道")
        for name in ("周测试", "吴测试"):
            named(session, name, "+8613800000001")
        (one,) = found(session, yuzhong)["shared_phone"]
        assert (one.count, one.records) == (2, (f"人员{first}", f"人员{other}"))
        assert found(session, yuzhong, "大坪街道")["shared_phone"] == [one]
        assert "shared_phone" not in found(session, yuzhong, "解放碑街道")


def test_lines_with_neither_name_nor_phone(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        line = {"campaign": CAMPAIGN, "kind": "policy_consultation", "topic": "", "occurred_at": AT}
        take(session, [Line("import:1", **line), Line("import:2", name="王测试", **line)], AT)
        (one,) = found(session, yuzhong)["nameless"]
        assert (one.count, one.records) == (1, ("人员1",))


def test_records_of_no_unit(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session))
        enter(session, "leaflets", 5, unit=None)
        (one,) = found(session, yuzhong)["unassigned"]
        assert one.records == ("第1列5", "第6列1")
        (entry,) = found(session, yuzhong)["entry_without_unit"]
        assert entry.records == ("活动记录1",)


def test_units_without_entries(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        enter(session, "leaflets", 5)
        (one,) = check._empty_units(table.build(session, yuzhong, DAY))
        assert one.count == 10
        assert "大坪街道" not in one.records


def test_a_number_that_fell_since_the_last_submission(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道")
        enter(session, "leaflets", 5)
        frozen.freeze(session, table.build(session, yuzhong, DAY), "王统计", AT)
        assert "fallen" not in found(session, yuzhong)
        session.get(Service, 1).voided_at = AT
        activities.correct(session, 1, Entry(CAMPAIGN, "leaflets", DAY, 7, "大坪街道"), "a", AT, "form:2")
        session.flush()
        (one,) = found(session, yuzhong)["fallen"]
        assert one.text == "比2022-02-15的第1号报送少了，请说明原因"
        assert one.records == (
            "总计　提供公共就业创业服务人数：1 → 0（-1）",
            "大坪街道　提供公共就业创业服务人数：1 → 0（-1）",
        )
        assert "fallen" not in found(session, yuzhong, "大坪街道")


def test_a_submission_of_a_later_day_is_no_measure(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道")
        frozen.freeze(session, table.build(session, yuzhong, DAY), "王统计", AT)
        early = date(2022, 2, 14)
        findings = check.run(
            session, table.scope_of(yuzhong, DAY, early), table.build(session, yuzhong, DAY, as_of=early)
        )
        assert "fallen" not in {one.code for one in findings}


def test_the_share_known_by_a_web_session_is_said(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        visitor = conversations.open_web(session, "a", AT).person_id
        serve(session, visitor, unit="大坪街道")
        serve(session, named(session, "王测试", "+8613800000000"), unit="解放碑街道")
        (one,) = found(session, yuzhong)["session_only"]
        assert one.text == "第6列按人统计的2人里，只凭网页会话认出的有1人（50.0%）"
        assert (one.count, one.records) == (1, (f"人员{visitor}",))
        assert "session_only" not in found(session, yuzhong, "解放碑街道")


def test_errors_come_first(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session))
        enter(session, "startup_trainings", 12)
        findings = check.run(session, table.scope_of(yuzhong, DAY), table.build(session, yuzhong, DAY))
        assert [one.level for one in findings] == sorted(one.level for one in findings)
