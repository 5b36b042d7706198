"""The table: persons not visits, the window, attribution, and whole files as they are expected."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.load import Pack, load
from bot.errors import UserError
from bot.records import database, identity
from bot.records.models import PersonLink
from bot.report import table
from bot.report.formats import FORMATS
from tests.report.helpers import DAY, MORNING, person, serve


def cells(
    session: Session, pack: Pack, unit: str | None = None, as_of: date | None = None
) -> dict[int, dict[str, int]]:
    """Column → unit → number, without zeros."""
    found: dict[int, dict[str, int]] = {}
    for row in table.build(session, pack, DAY, unit, as_of).rows:
        for column, number in enumerate(row.numbers, 1):
            if number:
                found.setdefault(column, {})[row.unit] = number
    return found


def test_one_person_served_five_times_is_one(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = person(session)
        for hour in range(5):
            serve(session, who, at=datetime(2022, 2, 15, hour))
        assert cells(session, yuzhong) == {6: {"未归属": 1}}


def test_a_rights_question_counts_in_12_and_a_policy_question_in_6(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = person(session)
        serve(session, who, "rights_consultation", "unpaid_wages")
        assert cells(session, yuzhong) == {12: {"未归属": 1}}
        serve(session, who)
        assert cells(session, yuzhong) == {6: {"未归属": 1}, 12: {"未归属": 1}}


@pytest.mark.parametrize("topic", ["social_assistance", "return_transport", "childcare_care", "stay_benefits"])
def test_relief_travel_and_care_do_not_count(records: Path, yuzhong: Pack, topic: str) -> None:
    with database.writing() as session:
        serve(session, person(session), topic=topic)
        assert cells(session, yuzhong) == {}


def test_an_employer_does_not_count(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), "employer_service", "employer_support")
        assert cells(session, yuzhong) == {}


def test_the_unit_is_that_of_the_first_service_with_a_known_unit(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = person(session)
        serve(session, who, at=datetime(2022, 2, 10))
        serve(session, who, unit="大坪街道", at=datetime(2022, 2, 12))
        serve(session, who, unit="解放碑街道", at=datetime(2022, 2, 11))
        assert cells(session, yuzhong) == {6: {"解放碑街道": 1}}


def test_each_column_is_attributed_by_itself(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = person(session)
        serve(session, who, unit="大坪街道")
        serve(session, who, "rights_consultation", "unpaid_wages", unit="解放碑街道")
        assert cells(session, yuzhong) == {6: {"大坪街道": 1}, 12: {"解放碑街道": 1}}


def test_a_unit_the_pack_does_not_know_is_none(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="别处街道")
        assert cells(session, yuzhong) == {6: {"未归属": 1}}


def test_of_which_columns_are_subsets_in_the_same_row(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session, gender="female", poverty_alleviated=True), unit="大坪街道")
        serve(session, person(session, gender="male"), unit="大坪街道")
        serve(session, person(session), unit="大坪街道")
        assert cells(session, yuzhong) == {6: {"大坪街道": 3}, 7: {"大坪街道": 1}, 8: {"大坪街道": 1}}


def test_linked_persons_count_once_with_what_is_known_of_either(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        first, second = person(session), person(session, gender="female")
        serve(session, first, unit="大坪街道")
        serve(session, second, unit="解放碑街道", at=datetime(2022, 2, 1))
        session.add(PersonLink(person_id=second, into_id=first, reason="by hand", created_at=clock.in_beijing(MORNING)))
        session.flush()
        assert cells(session, yuzhong) == {6: {"解放碑街道": 1}, 8: {"解放碑街道": 1}}
        assert identity.active_links(session) == {second: first}


def test_a_voided_service_never_counts(records: Path, yuzhong: Pack) -> None:
    from sqlalchemy import select

    from bot.records.models import Service

    with database.writing() as session:
        serve(session, person(session))
        session.execute(select(Service)).scalar_one().voided_at = clock.in_beijing(MORNING)
        session.flush()
        assert cells(session, yuzhong) == {}


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        (datetime(2022, 1, 20, 23, 59, 59), False),
        (datetime(2022, 1, 21, 0, 0, 0), True),
        (datetime(2022, 3, 31, 23, 59, 59), True),
        (datetime(2022, 4, 1, 0, 0, 0), False),
    ],
)
def test_the_window_in_beijing_time(records: Path, yuzhong: Pack, moment: datetime, counts: bool) -> None:
    with database.writing() as session:
        serve(session, person(session), at=moment)
        assert cells(session, yuzhong, as_of=date(2022, 12, 31)) == ({6: {"未归属": 1}} if counts else {})


def test_the_as_of_day_is_inclusive(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), at=datetime(2022, 2, 10, 23, 59))
        serve(session, person(session), at=datetime(2022, 2, 11, 0, 0))
        assert cells(session, yuzhong, as_of=date(2022, 2, 9)) == {}
        assert cells(session, yuzhong, as_of=date(2022, 2, 10)) == {6: {"未归属": 1}}
        assert cells(session, yuzhong) == {6: {"未归属": 2}}


def test_an_earlier_actual_start_opens_the_window(records: Path, yuzhong: Pack) -> None:
    earlier = yuzhong.copy(update={"actual_start": date(2022, 1, 10)})
    with database.writing() as session:
        serve(session, person(session), at=datetime(2022, 1, 15))
        assert cells(session, yuzhong) == {}
        assert cells(session, earlier) == {6: {"未归属": 1}}


def test_every_number_opens_to_its_records(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        who = person(session)
        serve(session, who, unit="大坪街道", at=datetime(2022, 2, 1))
        serve(session, who, unit="大坪街道", at=datetime(2022, 2, 2))
        built = table.build(session, yuzhong, DAY)
        assert [(one.person, one.id) for one in built.total.cells[5].records()] == [(who, 1), (who, 2)]
        assert list(built.rows[0].cells[5].records()) == []
        assert sum(row.cells[5].number for row in built.rows) == built.total.cells[5].number


def test_one_unit_alone(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        serve(session, person(session), unit="大坪街道")
        serve(session, person(session), unit="解放碑街道")
        built = table.build(session, yuzhong, DAY, unit="大坪街道")
        assert [row.unit for row in built.rows] == ["大坪街道"]
        assert built.total.numbers == built.rows[0].numbers


def test_an_unknown_unit_is_named(records: Path, yuzhong: Pack) -> None:
    with database.reading() as session, pytest.raises(UserError, match=r"没有“大坪”这个单位.*大坪街道"):
        table.build(session, yuzhong, DAY, unit="大坪")


def test_a_notice_without_a_table_says_so(records: Path) -> None:
    with database.reading() as session, pytest.raises(UserError, match="此通知没有统计表"):
        table.build(session, load("fujian-2023"), DAY)


def one_of_each(session: Session) -> None:
    serve(session, person(session, gender="female"), unit="大坪街道")
    serve(session, person(session), "rights_consultation", "unpaid_wages")


JSON = """\
{
  "campaign": "yuzhong-2022",
  "as_of": "2022-02-15",
  "window": {"from": "2022-01-21", "to": "2022-03-31"},
  "columns": ["发放春风卡等宣传资料份数", "专场招聘会/组织招聘活动次数", "专场招聘会/进场招聘企业数量", \
"专场招聘会/发布岗位信息条数", "专场招聘会/签订就业意向人数", "提供公共就业创业服务人数", \
"提供公共就业创业服务人数/其中：脱贫人口数", "提供公共就业创业服务人数/其中：女性人数", "组织参加职业技能培训人数", \
"组织参加职业技能培训人数/其中：参加创业培训人数", "组织参加职业技能培训人数/其中：享受培训补贴人数", \
"劳动维权和法律援助人数", "实现区县内就地就近人数", "实现区县内就地就近人数/其中：脱贫人口数", \
"实现区县内就地就近人数/其中：女性人数", "实现区县外省内转移就业人数", "实现区县外省内转移就业人数/其中：脱贫人口数", \
"实现区县外省内转移就业人数/其中：女性人数", "实现跨省转移就业人数", "实现跨省转移就业人数/其中：脱贫人口数", \
"实现跨省转移就业人数/其中：女性人数"],
  "rows": [
    {"unit": "七星岗街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "解放碑街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "两路口街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "上清寺街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "菜园坝街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "南纪门街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "朝天门街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "大溪沟街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "大坪街道", "cells": [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "化龙桥街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "石油路街道", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]},
    {"unit": "未归属", "cells": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]}
  ],
  "total": [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}
"""


def test_the_json_file(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        written = FORMATS["json"](table.build(session, yuzhong, DAY)).decode("utf-8")
    assert written == JSON
    assert json.loads(written)["total"][5] == 1


def test_the_csv_file(records: Path, yuzhong: Pack) -> None:
    with database.writing() as session:
        one_of_each(session)
        written = FORMATS["csv"](table.build(session, yuzhong, DAY))
    assert written.startswith(b"\xef\xbb\xbf")
    lines = written.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("街道办事处,发放春风卡等宣传资料份数,专场招聘会/组织招聘活动次数,")
    assert lines[1] == "总计,0,0,0,0,0,1,0,1,0,0,0,1,0,0,0,0,0,0,0,0,0"
    assert len(lines) == 14
