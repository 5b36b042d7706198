"""People and services: found by what is known of them, put right, and closed to other units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import clock
from bot.records import audit, conversations, database, identity, registrations, services
from bot.records.models import JobIntention, Person, PersonLink, Registration, Service
from tests.web.staff.conftest import PAGE, Desk, text_of

SignIn = Callable[[str], Desk]
UNIT, OTHER_UNIT = "大坪街道", "化龙桥街道"
NOTHING_FOUND = "没有找到。"


def leave(device: str, name: str | None, digits: str, unit: str | None = UNIT) -> tuple[int, str]:
    """A job intention; the person's id and the receipt."""
    with database.writing() as session:
        conversation = conversations.open_web(session, device, clock.now())
        who = registrations.Applicant(f"draft-{device}", f"+86{digits}", name, unit)
        left = registrations.save(
            session, "yuzhong-2022", conversation, who, JobIntention(kind_of_work="保安"), clock.now()
        )
        return int(left.person_id), str(left.receipt)


def serve(person_id: int, key: str, unit: str | None, days_ago: int = 0, kind: str = "policy_consultation") -> int:
    at = clock.now() - timedelta(days=days_ago)
    with database.writing() as session:
        done = services.ServiceDone("yuzhong-2022", person_id, kind, "free_training", "web", at, key, unit)
        services.record(session, done)
        return int(session.query(Service).filter_by(source_key=key).one().id)


def found(desk: Desk, query: str) -> str:
    return text_of(desk.page(f"/staff/people?{query}"))


def first_row(desk: Desk, path: str) -> str:
    return text_of(desk.page(path).split("<tbody>")[1].split("</tr>")[0])


def actions_on(record: str) -> list[str]:
    with database.reading() as session:
        lines, _ = audit.page(session, None, record, 0, 50)
    return [line.action for line in reversed(lines)]


def same_humans(person_id: int) -> list[int]:
    with database.reading() as session:
        return identity.same_human(session, person_id)


def test_people_are_found_by_what_is_known_of_them(sign_in: SignIn) -> None:
    _, receipt = leave("a", "王测试", "13800000001")
    leave("b", "张三", "13800000002")
    desk = sign_in("wang")
    for query in ("phone=138-0000-0001", "phone=%2B8613800000001", "name=王 测试", f"receipt={receipt}"):
        assert "王** 138****0001 大坪街道" in found(desk, query), query
        assert "张*" not in found(desk, query)
    assert "王测试" not in desk.page("/staff/people?phone=13800000001").replace('value="王测试"', "")
    today = clock.today().isoformat()
    assert "共 2 条" in found(desk, f"unit={UNIT}&first={today}&last={today}")
    assert NOTHING_FOUND in found(desk, "phone=13800000001&name=张三")
    assert NOTHING_FOUND in found(desk, "first=2023-01-01")
    assert "写上电话、姓名、回执号里的一样" in found(desk, "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("phone=123", "电话看不懂"),
        ("receipt=12", "回执号是8位数字"),
        ("first=2022-02-30", "日期请写成"),
        ("last=9999-12-31", "日期请写成"),
        ("first=0001-01-01", "日期请写成"),
        ("first=2022-03-01&last=2022-02-01", "“从”写的是 2022-03-01，在“到”的 2022-02-01 后面，请对调。"),
        ("unit=别处", "没有这个单位"),
        ("kind=x", "没有这种服务"),
        ("page=x&name=王", NOTHING_FOUND),
        (f"page={'9' * 5000}&name=王", NOTHING_FOUND),
        ("name=<b>王</b>", NOTHING_FOUND),
    ],
)
def test_what_cannot_be_looked_for(sign_in: SignIn, query: str, said: str) -> None:
    page = sign_in("wang").page(f"/staff/people?{query}")
    assert said in text_of(page)
    assert "<b>" not in page


def test_a_clerk_finds_and_opens_only_their_units_people(sign_in: SignIn) -> None:
    mine, _ = leave("a", "王测试", "13800000001")
    other, receipt = leave("b", "李测试", "13800000002", OTHER_UNIT)
    nobodys, _ = leave("c", "张三", "13800000003", None)
    wang, li, admin = sign_in("wang"), sign_in("li"), sign_in("qian")
    assert [wang.status(f"/staff/people/{one}") for one in (mine, other, nobodys, 4711)] == [200, 404, 200, 404]
    assert [li.status(f"/staff/people/{one}") for one in (mine, other, nobodys)] == [404, 200, 200]
    assert [admin.status(f"/staff/people/{one}") for one in (mine, other, nobodys)] == [200] * 3
    for query in ("phone=13800000002", f"receipt={receipt}", f"unit={OTHER_UNIT}", "name=李测试"):
        assert NOTHING_FOUND in found(wang, query)
    assert "共 3 条" in found(admin, f"first={clock.today().isoformat()}")
    assert "共 2 条" in found(wang, f"first={clock.today().isoformat()}")
    assert actions_on(f"person:{other}") == ["person.refused", "person.look", "person.look"]
    for step in ("attributes", "merge", "unmerge"):
        wang.post(f"/staff/people/{other}/{step}", 404, other=mine)
    wang.post(f"/staff/people/{mine}/merge", 404, other=other)
    with database.reading() as session:
        theirs = session.query(Registration).filter_by(receipt=receipt).one().id
        service = session.query(Service).filter_by(person_id=other).one().id
    wang.post(f"/staff/registrations/{theirs}/close", 404)
    wang.post(f"/staff/services/{service}/void", 404, reason="记了两次")
    assert wang.status(f"/staff/services/{service}") == 404
    assert actions_on(f"registration:{theirs}") == ["registration.refused"]
    assert actions_on(f"service:{service}") == ["service.refused"] * 2


def test_who_was_served_by_two_units_is_seen_by_both_each_its_own(sign_in: SignIn) -> None:
    person, _ = leave("a", "王测试", "13800000001")
    serve(person, "1", OTHER_UNIT, kind="startup_guidance")
    wang, li = (text_of(sign_in(login).page(f"/staff/people/{person}")) for login in ("wang", "li"))
    assert "想做 保安" in wang
    assert "创业指导" not in wang
    assert "没有留过登记" in li
    assert "创业指导" in li


def test_a_service_of_no_unit_does_not_open_another_units_person(sign_in: SignIn) -> None:
    person, _ = leave("a", "李测试", "13800000001", OTHER_UNIT)
    service = serve(person, "1", None)
    assert sign_in("wang").status(f"/staff/services/{service}") == 404
    assert sign_in("li").status(f"/staff/services/{service}") == 200


def test_attributes_are_corrected_and_the_second_clerk_is_told(sign_in: SignIn) -> None:
    person, _ = leave("a", "王测试", "13800000001")
    first, second = sign_in("wang"), sign_in("zhao")
    unknown = {"seen_gender": "", "seen_poverty_alleviated": ""}
    path = f"/staff/people/{person}/attributes"
    assert first.post(path, **unknown, gender="female", poverty_alleviated="yes") == {
        "go": f"/staff/people/{person}?done=changed"
    }
    assert second.post(path, 409, **unknown, gender="male", poverty_alleviated="") == {
        "error": "王经办刚改过：性别现在是“女”，脱贫人口现在是“是”。您的没有保存，请刷新看过再改。"
    }
    seen = {"seen_gender": "female", "seen_poverty_alleviated": "yes"}
    second.post(path, **seen, gender="female", poverty_alleviated="")
    second.post(path, 422, **seen, gender="x", poverty_alleviated="")
    with database.reading() as session:
        row = session.get(Person, person)
        assert (row.gender, row.poverty_alleviated) == ("female", None)
    assert actions_on(f"person:{person}") == ["person.change", "person.change"]


def test_a_service_is_voided_once_with_a_reason(sign_in: SignIn) -> None:
    person, _ = leave("a", "王测试", "13800000001")
    service = serve(person, "1", UNIT)
    desk = sign_in("wang")
    assert "原因" in str(desk.post(f"/staff/services/{service}/void", 422, reason=" ")["error"])
    desk.post(f"/staff/services/{service}/void", reason="<i>记了两次</i>")
    assert desk.post(f"/staff/services/{service}/void", 409, reason="又一次") == {"error": "这条已经作废了。"}
    page = desk.page(f"/staff/services/{service}")
    assert "不再计数。原因：&lt;i&gt;记了两次&lt;/i&gt;" in page
    assert "已作废" in desk.page("/staff/services")


def test_merging_and_taking_it_back(sign_in: SignIn) -> None:
    first, _ = leave("a", "王测试", "13800000001")
    second, _ = leave("b", "王小测", "13800000001")
    desk = sign_in("wang")
    assert f"王小测（编号 {second}）电话或姓名相同" in text_of(desk.page(f"/staff/people/{first}"))
    assert desk.post(f"/staff/people/{first}/merge", 422, other=first) == {
        "error": f"编号 {first} 就是这条记录自己，请写另一条的编号。"
    }
    for nonsense in ("第二条", "-1", "2147483648", "9" * 40):
        desk.post(f"/staff/people/{first}/merge", 422, other=nonsense)
    desk.post(f"/staff/people/{first}/merge", other=second)
    assert desk.post(f"/staff/people/{second}/merge", 409, other=first) == {"error": "这两条记录已经是同一个人了。"}
    assert same_humans(first) == [first, second]
    shown = text_of(desk.page(f"/staff/people/{second}"))
    assert f"编号 {second} 合到 {first}（手工合并" in shown
    with database.reading() as session:
        link = session.query(PersonLink).one()
    desk.post(f"/staff/people/{second}/unmerge", link=link.id)
    assert same_humans(first) == [first]
    assert "手工合并" not in text_of(desk.page(f"/staff/people/{second}"))
    assert desk.post(f"/staff/people/{second}/unmerge", 409, link=link.id) == {"error": "这次合并已经撤销了。"}


def test_closing_a_registration(sign_in: SignIn) -> None:
    person, receipt = leave("a", "王测试", "13800000001")
    desk = sign_in("wang")
    with database.reading() as session:
        number = session.query(Registration).one().id
    assert desk.post(f"/staff/registrations/{number}/close") == {"go": f"/staff/people/{person}"}
    desk.post(f"/staff/registrations/{number}/close", 409)
    assert f"回执号 {receipt[:4]} {receipt[4:]} 已办结" in text_of(desk.page(f"/staff/people/{person}"))


def test_statistics_see_the_masked_ledger_and_nothing_more(sign_in: SignIn) -> None:
    person, receipt = leave("a", "王测试", "13800000001")
    leave("b", "李测试", "13800000002", OTHER_UNIT)
    desk = sign_in("sun")
    page = desk.page("/staff/services")
    assert "共 2 条" in text_of(page)
    assert "王测试" not in page
    assert "13800000001" not in page
    assert 'href="/staff/services/' not in page
    assert "共 2 条" in text_of(desk.page(f"/staff/services?phone=13800000001&receipt={receipt}&name=王测试"))
    for path in (f"/staff/people/{person}", "/staff/people", "/staff/services/1", "/staff/audit"):
        assert desk.status(path) == 403
    desk.post("/staff/services/1/void", 403, reason="记了两次")


def test_the_ledger_names_the_clerk_as_colleagues_do(sign_in: SignIn) -> None:
    person, _ = leave("a", "王测试", "13800000001")
    with database.writing() as session:
        done = services.ServiceDone(
            "yuzhong-2022", person, "career_guidance", "x", "hotline", clock.now(), "call:1", UNIT, clerk="zhao"
        )
        services.record(session, done)
        number = session.query(Service).filter_by(source_key="call:1").one().id
    desk = sign_in("wang")
    for shown in (
        text_of(desk.page("/staff/services?kind=career_guidance")),
        text_of(desk.page(f"/staff/services/{number}")),
        desk.client.get("/staff/services.csv?kind=career_guidance", headers=PAGE).text,
    ):
        assert "赵经办" in shown
        assert "zhao" not in shown


def test_the_ledger_sorts_pages_and_filters(sign_in: SignIn) -> None:
    person, _ = leave("a", "王测试", "13800000001")
    for number in range(60):
        serve(person, f"{number}", UNIT, number)
    serve(person, "other", OTHER_UNIT, kind="career_guidance")
    desk, admin = sign_in("wang"), sign_in("qian")
    assert "共 61 条，第 1 / 2 页" in text_of(desk.page("/staff/services"))
    oldest = (clock.today() - timedelta(days=59)).isoformat()
    assert oldest not in desk.page("/staff/services")
    assert oldest in desk.page("/staff/services?sort=at")
    assert 'aria-sort="ascending"' in desk.page("/staff/services?sort=at")
    for by in ("kind", "topic", "unit", "channel", "clerk", "nonsense"):
        assert "共 61 条" in text_of(desk.page(f"/staff/services?sort={by}"))
    assert "职业指导" in first_row(admin, "/staff/services?sort=kind")
    assert "政策咨询" in first_row(admin, "/staff/services?sort=-kind")
    assert oldest in desk.page("/staff/services?page=2")
    assert "共 1 条" in text_of(desk.page(f"/staff/services?first={oldest}&last={oldest}"))
    assert "没有这样的服务记录" in text_of(desk.page("/staff/services?kind=career_guidance"))
    assert "共 1 条" in text_of(admin.page(f"/staff/services?kind=career_guidance&unit={OTHER_UNIT}"))


def test_people_are_sorted_by_the_headings(sign_in: SignIn) -> None:
    first, _ = leave("a", "王测试", "13800000001", OTHER_UNIT)
    leave("b", "李测试", "13800000002", UNIT)
    admin, found_all = sign_in("qian"), "/staff/people?first=2022-02-15"
    for sort, said in (("", "李*"), ("-id", "李*"), ("id", f"{first} 王**"), ("-unit", "李*"), ("unit", "王**")):
        assert said in first_row(admin, f"{found_all}&sort={sort}"), sort
    assert "sort=-unit" in admin.page(found_all)


def test_the_export_is_masked_and_no_cell_is_a_formula(sign_in: SignIn) -> None:
    leave("a", '=HYPERLINK("http://127.0.0.1")', "13800000001")
    leave("b", "@王", "13800000002", OTHER_UNIT)
    desk = sign_in("wang")
    answer = desk.client.get("/staff/services.csv", headers=PAGE)
    assert answer.headers["content-disposition"] == 'attachment; filename="services-2022-02-15.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "时间,姓名,电话,服务,内容,单位,来源,经办,状态",
        "2022-02-15 09:00,'=**,138****0001,求职登记,求职,大坪街道,网页,,有效",
    ]
    assert sign_in("qian").client.get("/staff/services.csv").text.count("'@*") == 1
    assert actions_on("")[-1] == "service.export"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "＝1+1", "＠x"])
def test_cells_that_would_be_formulas(text: str) -> None:
    from bot.web.staff.cells import csv_file, safe

    assert safe(text) == f"'{text}"
    assert safe("王") == "王"
    assert f"'{text[0]}" in csv_file(["a"], [[text]]).decode("utf-8-sig")
