"""The district's table from its streets' files: who was served in two streets counts once."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.campaign.model import Pack
from bot.errors import UserError
from bot.records import database, identity, privacy
from bot.records.models import Person, PersonLink
from bot.records.register import Line, take
from bot.report import district, rollup, table
from tests.report.helpers import AT, CAMPAIGN, DAY, enter, follow_up, named, person, serve

KEY = "a key of the district, long enough to be one"
Street = Callable[[str], object]


@pytest.fixture
def street(migrated: Path, use_settings: Callable[..., None], tmp_path: Path, yuzhong: Pack) -> Street:
    """A street's own database and key: `with street("a") as session: …` leaves its file a.jsonl behind."""

    @contextmanager
    def opened(name: str, key: str = KEY, as_of: date = DAY, row: str = "总计") -> Iterator[Session]:
        use_settings(CHUNFENG_DATA_DIR=tmp_path / name, CHUNFENG_NOW="2022-02-15T09:00", CHUNFENG_DISTRICT_KEY=key)
        (tmp_path / name).mkdir(exist_ok=True)
        if not privacy.has_key():
            privacy.make_key()
            shutil.copy(migrated / "chunfeng.db", tmp_path / name)
        with database.writing() as session:
            yield session
            table.build(session, yuzhong, DAY, as_of=as_of)
            file = io.BytesIO()
            district.write(file, session, table.scope_of(yuzhong, DAY, as_of), row)
        (tmp_path / f"{name}.jsonl").write_bytes(file.getvalue())

    return opened


def rolled(folder: Path, pack: Pack, *names: str) -> dict[int, dict[str, int]]:
    """Column → row → number, without zeros."""
    found: dict[int, dict[str, int]] = {}
    for row in rollup.roll_up(pack, [folder / f"{name}.jsonl" for name in names]).rows:
        for number, cell in enumerate(row.numbers, 1):
            if cell:
                found.setdefault(number, {})[row.unit] = cell
    return found


def test_one_street_alone_is_its_own_table(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000", gender="female"), unit="大坪街道")
        serve(session, person(session, poverty_alleviated=True), "rights_consultation", "contract")
        follow_up(session, 1, "employed_in_district", unit="大坪街道")
        follow_up(session, 2, "still_looking")
        enter(session, "services", 40)
        own = table.build(session, yuzhong, DAY)
    assert rollup.roll_up(yuzhong, [tmp_path / "a.jsonl"]).rows == own.rows


def test_who_was_served_in_two_streets_counts_once_where_they_came_first(
    street: Street, tmp_path: Path, yuzhong: Pack
) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000"), unit="大坪街道", at=datetime(2022, 2, 10))
        serve(session, named(session, "李测试", "+8613800000001"), unit="大坪街道")
        enter(session, "leaflets", 100)
    with street("b") as session:
        who = named(session, "王 测试", "+8613800000000", gender="female")
        serve(session, who, unit="解放碑街道", at=datetime(2022, 2, 9))
        serve(session, named(session, "周测试", "+8613800000001"), unit="解放碑街道")
        enter(session, "leaflets", 200, unit="解放碑街道")
    expected = {1: {"解放碑街道": 200, "大坪街道": 100}, 6: {"解放碑街道": 2, "大坪街道": 1}, 8: {"解放碑街道": 1}}
    assert rolled(tmp_path, yuzhong, "a", "b") == expected
    assert rolled(tmp_path, yuzhong, "b", "a") == expected


def test_a_missing_name_is_no_other_name(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a") as session:
        who = named(session, "王测试", "+8613800000000")
        serve(session, who, unit="大坪街道")
    with street("b") as session:
        nameless = person(session)
        identity.introduce(session, session.get(Person, nameless), None, "+8613800000000", AT)
        serve(session, nameless, unit="解放碑街道", at=datetime(2022, 2, 1))
    assert rolled(tmp_path, yuzhong, "a", "b") == {6: {"解放碑街道": 1}}


def test_who_gave_no_name_at_first_is_still_another_than_who_has_another_name(
    street: Street, tmp_path: Path, yuzhong: Pack
) -> None:
    with street("a") as session:
        serve(session, named(session, "李测试", "+8613800000000"), unit="大坪街道")
    with street("b") as session:
        for name in (None, "王测试"):
            told = {"unit": "解放碑街道", "name": name, "phone": "+8613800000000"}
            take(session, [Line(f"import:{name}", CAMPAIGN, "job_information", "", AT, **told)], AT)
    assert rolled(tmp_path, yuzhong, "a", "b") == {6: {"大坪街道": 1, "解放碑街道": 1}}
    assert rolled(tmp_path, yuzhong, "b", "a") == {6: {"大坪街道": 1, "解放碑街道": 1}}


def test_of_two_streets_that_say_different_things_the_earlier_is_believed(
    street: Street, tmp_path: Path, yuzhong: Pack
) -> None:
    for name, gender, day in (("a", "male", 10), ("b", "female", 9)):
        with street(name) as session:
            who = named(session, "王测试", "+8613800000000", gender=gender)
            serve(session, who, unit="大坪街道", at=datetime(2022, 2, day))
    for names in (("a", "b"), ("b", "a")):
        assert rolled(tmp_path, yuzhong, *names) == {6: {"大坪街道": 1}, 8: {"大坪街道": 1}}


def test_a_street_is_known_before_none_is(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000"), at=datetime(2022, 2, 1))
    with street("b") as session:
        serve(session, named(session, "王测试", "+8613800000000"), unit="解放碑街道")
    assert rolled(tmp_path, yuzhong, "a", "b") == {6: {"解放碑街道": 1}}


def test_the_latest_follow_up_of_all_streets_decides(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a") as session:
        for phone in ("+8613800000000", "+8613800000001"):
            who = named(session, "王测试", phone)
            follow_up(session, who, "employed_in_district", date(2022, 2, 1))
    with street("b") as session:
        who = named(session, "王测试", "+8613800000000")
        follow_up(session, who, "employed_in_province", date(2022, 2, 10), "解放碑街道")
        other = named(session, "王测试", "+8613800000001")
        follow_up(session, other, "still_looking", date(2022, 2, 11), "解放碑街道")
    assert rolled(tmp_path, yuzhong, "a", "b") == {16: {"解放碑街道": 1}}


def test_two_phones_of_one_person_join_what_they_meet(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000"), unit="大坪街道")
    with street("b") as session:
        serve(session, named(session, "王测试", "+8613800000001"), unit="解放碑街道")
    with street("c") as session:
        one, two = named(session, "王测试", "+8613800000000"), named(session, "王测试", "+8613800000001")
        session.add(PersonLink(person_id=two, into_id=one, reason="hand", created_at=AT))
        serve(session, two, unit="石油路街道", at=datetime(2022, 2, 1))
    assert rolled(tmp_path, yuzhong, "a", "b") == {6: {"解放碑街道": 1, "大坪街道": 1}}
    assert rolled(tmp_path, yuzhong, "a", "b", "c") == {6: {"石油路街道": 1}}


def test_who_has_no_phone_is_somebody_of_each_street(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    for name, unit in (("a", "大坪街道"), ("b", "解放碑街道")):
        with street(name) as session:
            serve(session, person(session), unit=unit)
    assert rolled(tmp_path, yuzhong, "a", "b") == {6: {"解放碑街道": 1, "大坪街道": 1}}


def test_the_file_holds_no_name_and_no_phone(street: Street, tmp_path: Path) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000"), unit="大坪街道")
    text = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert "王测试" not in text
    assert "13800000000" not in text
    header, line, seal = map(json.loads, text.splitlines())
    assert list(seal) == ["seal"]
    assert sorted(line) == ["at", "column", "gender", "person", "phones", "poverty_alleviated", "row"]
    assert header["rows"][-1] == "未归属"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"key": "another key that is long enough as well"}, "用的不是区里的密钥"),
        ({"as_of": date(2022, 2, 14)}, "统计到的日期和第一个文件不同"),
    ],
)
def test_files_that_do_not_fit_are_named(
    street: Street, tmp_path: Path, yuzhong: Pack, second: dict[str, object], said: str
) -> None:
    with street("b", **second):
        pass
    with street("a"):
        pass
    with pytest.raises(UserError, match=rf"b\.jsonl：{said}"):
        rolled(tmp_path, yuzhong, "a", "b")


def test_the_same_data_twice_is_refused_and_its_parts_are_not(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    for unit in ("大坪街道", "解放碑街道"):
        with street("own", row=unit) as session:
            serve(session, named(session, "王测试", f"+861380000000{len(unit)}"), unit=unit)
        (tmp_path / "own.jsonl").rename(tmp_path / f"{unit}.jsonl")
    assert rolled(tmp_path, yuzhong, "大坪街道", "解放碑街道") == {6: {"大坪街道": 1, "解放碑街道": 1}}
    with pytest.raises(UserError, match="是同一份数据，只能用一个"):
        rolled(tmp_path, yuzhong, "大坪街道", "大坪街道")


@pytest.mark.parametrize("content", [b"", b"not json", b'{"format": "other"}', b"\xff\xfe\x00", b"[1]"])
def test_what_is_no_such_file_is_said(street: Street, tmp_path: Path, yuzhong: Pack, content: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(content)
    with pytest.raises(UserError, match=r"x\.jsonl：不是 report export"):
        rolled(tmp_path, yuzhong, "x")


def edited(content: bytes) -> bytes:
    """One person's digest is another's."""
    start = content.index(b'"person": "') + len(b'"person": "')
    return content[:start] + (b"1" if content[start : start + 1] != b"1" else b"2") + content[start + 1 :]


@pytest.mark.parametrize(
    "changed",
    [
        edited,
        lambda content: b"".join(content.splitlines(keepends=True)[:-1]),
        lambda content: b"".join(content.splitlines(keepends=True)[:-2]),
        lambda content: content.replace("大坪街道".encode(), "解放碑街道".encode()),
        lambda content: content[:-20],
    ],
    ids=["digest", "no seal", "cut", "row", "half a line"],
)
def test_a_file_that_was_cut_or_edited_is_refused(
    street: Street, tmp_path: Path, yuzhong: Pack, changed: Callable[[bytes], bytes]
) -> None:
    with street("a") as session:
        serve(session, named(session, "王测试", "+8613800000000"), unit="大坪街道")
    path = tmp_path / "a.jsonl"
    path.write_bytes(changed(path.read_bytes()))
    with pytest.raises(UserError, match=r"a\.jsonl：文件不完整，或者导出以后被改过"):
        rolled(tmp_path, yuzhong, "a")


def test_a_file_of_another_version_is_named(street: Street, tmp_path: Path, yuzhong: Pack) -> None:
    with street("a"):
        pass
    path = tmp_path / "a.jsonl"
    path.write_bytes(path.read_bytes().replace(district.FORMAT.encode(), b"chunfeng-district-1"))
    with pytest.raises(UserError, match=r"a\.jsonl：是另一个版本的程序导出的"):
        rolled(tmp_path, yuzhong, "a")


def test_without_the_key_nothing_is_written(records: Path, yuzhong: Pack) -> None:
    with database.reading() as session, pytest.raises(UserError, match="请设置 CHUNFENG_DISTRICT_KEY"):
        table.build(session, yuzhong, DAY)
        district.write(io.BytesIO(), session, table.scope_of(yuzhong, DAY))
