"""Follow-up of job intentions: the worklist, one call after the other, and what is put right later."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import clock
from bot.campaign import load
from bot.records import audit, conversations, database, erasure, followups, registrations
from bot.records.followups import FollowUp
from bot.records.models import HelpRequest, JobIntention, Registration
from bot.report import table
from tests.web.staff.conftest import Desk, text_of

SignIn = Callable[[str], Desk]
PATH = "/staff/followups"
UNIT, OTHER_UNIT = "大坪街道", "化龙桥街道"
DISTRICT, PROVINCE, LOOKING = "employed_in_district", "employed_in_province", "still_looking"


def leave(device: str, unit: str | None = UNIT, days_ago: int = 1, name: str = "王测试") -> int:
    """A job intention; its number."""
    at = clock.now() - timedelta(days=days_ago)
    with database.writing() as session:
        conversation = conversations.open_web(session, device, at)
        who = registrations.Applicant(f"draft-{device}", f"+861380000000{len(device)}", name, unit)
        left = registrations.save(session, "yuzhong-2022", conversation, who, JobIntention(kind_of_work="保安"), at)
        return int(left.id)


def found(outcome: str = DISTRICT, day: str = "2022-02-14", **more: object) -> dict[str, object]:
    return {"draft": str(uuid.uuid4()), "outcome": outcome, "day": day, "seen": "", "list": "first", **more}


def history(intention: int) -> list[tuple[str, str, str | None]]:
    with database.reading() as session:
        return [(row.outcome, row.entered_by, row.void_reason) for row in followups.history(session, intention)]


def numbers(intention: int) -> list[int]:
    with database.reading() as session:
        return [row.id for row in followups.history(session, intention)]


def columns() -> tuple[int, int]:
    with database.reading() as session:
        total = table.build(session, load.current(), clock.today()).total.numbers
    return total[12], total[15]


def listed(desk: Desk, query: str = "") -> list[int]:
    """The job intentions on the worklist, in its order."""
    page = desk.page(f"{PATH}{query}")
    parts = page.split(f'second" href="{PATH}/')[1:]
    return [int(part.split("?")[0]) for part in parts]


def test_an_empty_worklist_says_what_comes_here(sign_in: SignIn) -> None:
    desk = sign_in("wang")
    assert "没有要回访的人。有人留下求职登记，就会列在这里" in text_of(desk.page(PATH))
    assert "没有还在找工作的人要再问。" in text_of(desk.page(f"{PATH}?list=again"))


def test_who_waits_longest_is_called_first_and_one_comes_after_the_other(sign_in: SignIn) -> None:
    newer, oldest, newest = leave("a", days_ago=2), leave("bb", days_ago=5), leave("ccc", None, days_ago=1)
    with database.writing() as session:
        conversation = conversations.open_web(session, "dddd", clock.now())
        who = registrations.Applicant("draft-help", "+8613800000009", "张三", UNIT)
        registrations.save(session, "yuzhong-2022", conversation, who, HelpRequest(topic="rights"), clock.now())
    desk = sign_in("wang")
    assert listed(desk) == [oldest, newer, newest]
    page = desk.page(PATH)
    assert "王** 138****0002 保安 大坪街道" in text_of(page)
    assert "王测试" not in page
    assert "13800000002" not in page
    call = desk.page(f"{PATH}/{oldest}?list=first")
    assert "王测试 138 0000 0002 想做 保安 单位 大坪街道" in text_of(call)
    assert f'href="{PATH}/{newer}?list=first">没打通，先打下一位' in call
    told = desk.post(f"{PATH}/{oldest}", **found(DISTRICT))
    assert told == {"go": f"{PATH}/{newer}?list=first&done=recorded"}
    told = desk.post(f"{PATH}/{newer}", **found(LOOKING))
    assert told == {"go": f"{PATH}/{newest}?list=first&done=recorded"}
    told = desk.post(f"{PATH}/{newest}", **found(PROVINCE, "2022-02-12"))
    assert told == {"go": f"{PATH}?list=first&done=end"}
    assert "这一遍打完了。" in text_of(desk.page(str(told["go"])))
    assert (listed(desk), listed(desk, "?list=again")) == ([], [newer])
    assert columns() == (1, 1)
    with database.reading() as session:
        lines, _ = audit.page(session, None, f"registration:{oldest}", 0, 9)
    assert [line.action for line in lines] == ["registration.follow_up", "registration.look"]


def test_who_was_still_looking_is_asked_again(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    desk.post(f"{PATH}/{intention}", **found(LOOKING, "2022-02-13"))
    assert listed(desk, "?list=again") == [intention]
    (seen,) = numbers(intention)
    desk.post(f"{PATH}/{intention}", **found(DISTRICT, "2022-02-14", seen=seen, list="again"))
    assert (listed(desk), listed(desk, "?list=again")) == ([], [])
    assert [outcome for outcome, _, _ in history(intention)] == [LOOKING, DISTRICT]


def test_the_same_form_twice_records_once(sign_in: SignIn) -> None:
    intention, desk, form = leave("a"), sign_in("wang"), found()
    for _ in range(2):
        desk.post(f"{PATH}/{intention}", **form)
    assert history(intention) == [(DISTRICT, "wang", None)]


def test_of_two_clerks_calling_one_person_the_second_is_told(sign_in: SignIn) -> None:
    intention = leave("a")
    sign_in("wang").post(f"{PATH}/{intention}", **found(DISTRICT))
    told = sign_in("zhao").post(f"{PATH}/{intention}", 409, **found(PROVINCE))
    assert told == {"error": "王经办刚记过：2022-02-14 在本区县就业。您的没有保存，请刷新看过再记。"}
    assert len(history(intention)) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": ""}, "请选问到的结果。"),
        ({"outcome": "employed"}, "请选问到的结果。"),
        ({"day": ""}, "请写哪一天。"),
        ({"day": "14.2."}, "日期请写成 2022-02-15。"),
        ({"day": "2022-02-16"}, "这一天还没有到，请改正日期。"),
    ],
)
def test_what_cannot_be_recorded(sign_in: SignIn, changed: dict[str, object], said: str) -> None:
    intention = leave("a")
    assert sign_in("wang").post(f"{PATH}/{intention}", 422, **{**found(), **changed}) == {"error": said}
    assert history(intention) == []


def test_a_correction_keeps_what_was_said_before_in_sight(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("zhao")
    sign_in("wang").post(f"{PATH}/{intention}", **found(DISTRICT))
    (number,) = numbers(intention)
    path = f"{PATH}/{intention}/{number}"
    assert desk.post(f"{path}/correct", 422, **found(PROVINCE), reason="") == {"error": "请写原因，2到200个字。"}
    form = {**found(PROVINCE), "reason": "<b>听错了</b>"}
    for _ in range(2):
        assert desk.post(f"{path}/correct", **form) == {"go": f"{PATH}/{intention}?done=corrected"}
    assert history(intention) == [(DISTRICT, "wang", "<b>听错了</b>"), (PROVINCE, "zhao", None)]
    assert columns() == (0, 1)
    assert "刚刚被人作废或改过" in str(desk.post(f"{path}/correct", 409, **found(LOOKING), reason="又改")["error"])
    for page in (desk.page(f"{PATH}/{intention}"), desk.page(f"/staff/people/{person_of(intention)}")):
        shown = text_of(page)
        assert "2022-02-14 在本区县就业 王经办 2022-02-15 09:00；2022-02-15 09:00 赵经办作废：&lt;b&gt;听错了" in shown
        assert "2022-02-14 区县外省内就业 赵经办" in shown
        assert "<b>听错" not in page


def person_of(intention: int) -> int:
    with database.reading() as session:
        return int(session.get(Registration, intention).person_id)


def test_voiding_puts_the_person_back_on_the_worklist(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    desk.post(f"{PATH}/{intention}", **found(DISTRICT))
    assert columns() == (1, 0)
    path = f"{PATH}/{intention}/{numbers(intention)[0]}/void"
    desk.post(path, 422, reason=" ")
    desk.post(path, reason="记到别人头上了")
    assert "刚刚被人作废" in str(desk.post(path, 409, reason="又一次")["error"])
    assert (columns(), listed(desk)) == ((0, 0), [intention])


def test_it_is_recorded_on_the_persons_page_as_well(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    path = f"/staff/people/{person_of(intention)}"
    assert f'action="{PATH}/{intention}"' in desk.page(path)
    told = desk.post(f"{PATH}/{intention}", **found(list=""))
    assert told == {"go": f"{path}?done=followed"}
    assert "回访记下了。" in text_of(desk.page(str(told["go"])))
    assert "在本区县就业" in text_of(desk.page(path))


def test_work_that_began_before_the_campaign_is_marked(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    desk.post(f"{PATH}/{intention}", **found(DISTRICT, "2022-01-20"))
    assert "2022-01-20 在本区县就业 不在统计期" in text_of(desk.page(f"{PATH}/{intention}"))
    assert columns() == (0, 0)


def test_who_withdrew_is_not_called(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    with database.writing() as session:
        registrations.withdraw(session, session.get(Registration, intention), clock.now())
    assert listed(desk) == []
    assert "本人撤回了这条登记，不要再联系。" in text_of(desk.page(f"{PATH}/{intention}"))
    assert "不要再联系" in str(desk.post(f"{PATH}/{intention}", 409, **found())["error"])


def test_who_was_erased_is_gone(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    desk.post(f"{PATH}/{intention}", **found())
    with database.writing() as session:
        erasure.erase(session, 1, clock.now())
    assert desk.status(f"{PATH}/{intention}") == 404
    assert columns() == (1, 0)


def test_another_units_intention_does_not_open(sign_in: SignIn) -> None:
    mine, other = leave("a"), leave("bb", OTHER_UNIT)
    with database.writing() as session:
        help_request = registrations.save(
            session,
            "yuzhong-2022",
            conversations.open_web(session, "dddd", clock.now()),
            registrations.Applicant("draft-help", "+8613800000009", "张三", UNIT),
            HelpRequest(topic="rights"),
            clock.now(),
        )
    wang, admin = sign_in("wang"), sign_in("qian")
    admin.post(f"{PATH}/{other}", **found())
    (number,) = numbers(other)
    assert (listed(wang), listed(sign_in("li"))) == ([mine], [])
    assert [wang.status(f"{PATH}/{one}") for one in (mine, other, help_request.id, 4711)] == [200, 404, 404, 404]
    wang.post(f"{PATH}/{other}", 404, **found())
    for step in ("correct", "void"):
        wang.post(f"{PATH}/{other}/{number}/{step}", 404, **found(), reason="记错了")
        wang.post(f"{PATH}/{mine}/{number}/{step}", 404, **found(), reason="记错了")
    assert history(other) == [(DISTRICT, "qian", None)]
    statistics = sign_in("sun")
    for path in (PATH, f"{PATH}/{mine}"):
        assert statistics.status(path) == 403
    statistics.post(f"{PATH}/{mine}", 403, **found())


def test_somebody_elses_person_with_an_intention_of_no_unit_is_not_listed(sign_in: SignIn) -> None:
    leave("a", OTHER_UNIT)
    with database.writing() as session:
        conversation = conversations.open_web(session, "a", clock.now())
        who = registrations.Applicant("draft-2", "+8613800000001", "王测试", None)
        registrations.save(session, "yuzhong-2022", conversation, who, JobIntention(kind_of_work="厨师"), clock.now())
    assert listed(sign_in("wang")) == []
    assert len(listed(sign_in("li"))) == 2


def test_a_forged_form_is_refused(sign_in: SignIn) -> None:
    intention, desk = leave("a"), sign_in("wang")
    desk.post(f"{PATH}/{intention}", **found())
    (number,) = numbers(intention)
    desk.csrf = "forged"
    desk.post(f"{PATH}/{intention}", 403, **found(PROVINCE, seen=number))
    desk.post(f"{PATH}/{intention}/{number}/correct", 403, **found(PROVINCE), reason="听错了")
    desk.post(f"{PATH}/{intention}/{number}/void", 403, reason="听错了")
    with database.reading() as session:
        assert [(row.outcome, row.voided_at) for row in session.query(FollowUp)] == [(DISTRICT, None)]
