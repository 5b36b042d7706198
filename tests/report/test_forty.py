"""Forty records of a made-up campaign, and the table that was worked out from them by hand.

Beside each record stands what it does to the table. 张一 and the visitor 乙 turn out to be one human; 周五 and 李二
were taken for one by mistake, and told apart again.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot import clock
from bot.campaign.model import Pack
from bot.records import activities, database
from bot.records.activities import Entry
from bot.records.models import PersonLink, Service
from bot.report import table
from tests.report.helpers import AT, CAMPAIGN, enter, follow_up, person, serve

#: id: (who, kind, topic, unit, when).
SERVICES = {
    1: ("张一", "policy_consultation", "training_subsidy", "大坪街道", "01-21 00:00:00"),  # 6 大坪, first moment
    2: ("张一", "job_recommendation", "job", "解放碑街道", "02-01 10:00:00"),  # the same person
    3: ("李二", "policy_consultation", "startup", "大坪街道", "01-20 23:59:59"),  # a second too early
    4: ("李二", "job_information", "local_jobs", "解放碑街道", "03-31 23:59:59"),  # 6 解放碑, last second
    5: ("王三", "training_information", "free_training", None, "02-02 09:00:00"),  # 6, no unit yet
    6: ("王三", "job_fair_information", "job_fair", "上清寺街道", "02-03 09:00:00"),  # 6 上清寺
    7: ("王三", "job_information", "local_jobs", "大坪街道", "02-04 09:00:00"),  # stays 上清寺
    8: ("赵四", "policy_consultation", "social_assistance", "大坪街道", "02-05 09:00:00"),  # does not count
    9: ("赵四", "help_request", "relief", "大坪街道", "02-05 10:00:00"),  # does not count
    10: ("赵四", "hardship_aid", "difficulty_recognition", "菜园坝街道", "02-06 09:00:00"),  # 6 菜园坝
    11: ("访客甲", "policy_consultation", "training_subsidy", None, "02-07 09:00:00"),  # 6, no unit yet
    12: ("访客甲", "rights_consultation", "unpaid_wages", None, "02-07 09:05:00"),  # 12 未归属
    13: ("访客乙", "startup_guidance", "startup_support", "大溪沟街道", "02-08 09:00:00"),  # 张一, who is in 大坪
    14: ("访客乙", "rights_consultation", "contract", "大溪沟街道", "02-08 09:05:00"),  # 12 大溪沟, for 张一
    15: ("张一", "rights_consultation", "contract", "大坪街道", "02-09 09:00:00"),  # the same person in 12
    16: ("周五", "career_guidance", "career_guidance", "七星岗街道", "02-10 09:00:00"),  # 6 七星岗
    17: ("李二", "legal_aid_referral", "unpaid_wages", "解放碑街道", "02-11 09:00:00"),  # 12 解放碑
    18: ("吴六", "employer_service", "employer_support", "石油路街道", "02-12 09:00:00"),  # does not count
    19: ("吴六", "rights_help_request", "rights", "石油路街道", "02-13 07:00:00"),  # voided
    20: ("吴六", "job_intention", "job_intention", "石油路街道", "02-13 09:00:00"),  # later than the next one
    21: ("吴六", "job_recommendation", "job", "两路口街道", "02-13 08:00:00"),  # 6 两路口
    22: ("王三", "rights_consultation", "dismissal", "上清寺街道", "04-01 00:00:00"),  # too late
    23: ("赵四", "rights_consultation", "contract", "别处街道", "02-14 09:00:00"),  # 12, unit not in the pack
    24: ("赵四", "rights_consultation", "contract", "菜园坝街道", "02-15 09:00:00"),  # 12 菜园坝
    25: ("访客甲", "help_request", "employment", "朝天门街道", "02-16 09:00:00"),  # 6 朝天门, from 未归属
    26: ("周五", "policy_consultation", "startup", "大坪街道", "02-10 08:00:00"),  # voided: stays 七星岗
    27: ("李二", "job_recommendation", "job", "大坪街道", "03-31 23:59:59"),  # same second as 4, later id
    28: ("郑七", "training_recommendation", "course", "化龙桥街道", "02-20 09:00:00"),  # 6 化龙桥
}
VOIDED = (19, 26)
PEOPLE = {
    "张一": {"gender": "female", "poverty_alleviated": True},
    "李二": {"gender": "male", "poverty_alleviated": False},
    "王三": {"gender": "female"},
    "赵四": {"poverty_alleviated": True},
    "访客甲": {},
    "访客乙": {},
    "周五": {"gender": "male"},
    "吴六": {"gender": "female", "poverty_alleviated": False},
    "郑七": {"gender": "male", "poverty_alleviated": True},
}
#: 29–33: (who, outcome, day, unit of the job intention).
FOLLOW_UPS = [
    ("张一", "still_looking", date(2022, 2, 10), "大坪街道"),  # not the latest
    ("张一", "employed_in_district", date(2022, 3, 1), "大坪街道"),  # 13, 14, 15 大坪
    ("吴六", "employed_in_province", date(2022, 2, 25), "两路口街道"),  # not the latest
    ("吴六", "employed_elsewhere_province", date(2022, 3, 10), "石油路街道"),  # 19, 21 石油路
    ("李二", "employed_in_district", date(2022, 4, 1), "解放碑街道"),  # after the last day
]
#: 34–40: (kind, quantity, unit, day); the fifth is corrected from 30 to 32 by the sixth.
ENTRIES = [
    ("leaflets", 300, "大坪街道", date(2022, 1, 15)),  # 1 大坪, in the preparation
    ("leaflets", 50, "大坪街道", date(2022, 1, 9)),  # before the preparation
    ("fair_held", 1, "大坪街道", date(2022, 2, 10)),  # 2 大坪
    ("services", 5, "上清寺街道", date(2022, 2, 11)),  # 6 上清寺, added last
    ("trainings", 30, "解放碑街道", date(2022, 2, 14)),  # corrected
    ("startup_trainings", 10, "解放碑街道", date(2022, 2, 14)),  # 10 解放碑
]

TABLE = {
    "总计": [300, 1, 0, 0, 0, 13, 3, 3, 32, 10, 0, 4, 1, 1, 1, 0, 0, 0, 1, 0, 1],
    "七星岗街道": [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "解放碑街道": [0, 0, 0, 0, 0, 1, 0, 0, 32, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "两路口街道": [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "上清寺街道": [0, 0, 0, 0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "菜园坝街道": [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "南纪门街道": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "朝天门街道": [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "大溪沟街道": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "大坪街道": [300, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0],
    "化龙桥街道": [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    "石油路街道": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1],
    "未归属": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
}


def write_down(session: Session) -> None:
    """All forty records, and the two merges of which one was undone."""
    people = {name: person(session, **told) for name, told in PEOPLE.items()}
    for who, kind, topic, unit, when in SERVICES.values():
        serve(session, people[who], kind, topic, unit, datetime.fromisoformat(f"2022-{when}"))
    for number in VOIDED:
        session.get(Service, number).voided_at = AT
    for place, (who, outcome, day, unit) in enumerate(FOLLOW_UPS):
        follow_up(session, people[who], outcome, day, unit, str(place))
    for kind, quantity, unit, day in ENTRIES:
        enter(session, kind, quantity, unit, day)
    corrected = Entry(CAMPAIGN, "trainings", date(2022, 2, 14), 32, "解放碑街道")
    activities.correct(session, 5, corrected, "clerk", AT, "form:corrected")
    link = {"reason": "hand", "created_at": AT}
    session.add(PersonLink(person_id=people["访客乙"], into_id=people["张一"], **link))
    session.add(PersonLink(person_id=people["周五"], into_id=people["李二"], **link, undone_at=AT))
    session.flush()


def test_forty_records_make_the_table_worked_out_by_hand(records: Path, yuzhong: Pack) -> None:
    assert len(SERVICES) + len(FOLLOW_UPS) + len(ENTRIES) + 1 == 40
    pack = yuzhong.copy(update={"preparation_start": date(2022, 1, 10)})
    with database.writing() as session:
        write_down(session)
        built = table.build(session, pack, clock.in_beijing(datetime(2022, 4, 2)).date())
    assert {row.unit: row.numbers for row in (built.total, *built.rows)} == TABLE
