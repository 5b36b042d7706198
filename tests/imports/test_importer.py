"""Importing posts, courses and fairs: good rows in, bad rows named, nothing twice."""

from __future__ import annotations

import csv
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from bot import clock, settings
from bot.errors import UserError
from bot.imports.outcome import Outcome, Rejected, Repeated
from bot.imports.registers import REGISTERS
from bot.records import database
from bot.records.openings import Course, JobFair, JobPost

AT = clock.in_beijing(datetime(2022, 2, 15, 9))
CAMPAIGN = "yuzhong-2022"
POSTS = "单位名称,岗位名称,招聘人数,工资,街道,联系电话,有效期至\n"


def imported(kind: str, folder: Path, text: str, encoding: str = "utf-8") -> Outcome:
    path = folder / f"{kind}.csv"
    path.write_bytes(text.encode(encoding))
    return REGISTERS[kind].import_file(path, CAMPAIGN, AT)


def all_of(table: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(select(table).order_by(table.id)).scalars())


def test_a_post_is_kept_as_it_was_meant(records: Path) -> None:
    text = (
        "岗位编号,公司,职位,人数,薪资,所属街道,地址,要求,招聘对象,电话,截止日期\n"
        "A1,示例物业公司,小区保安,3人,4000-5000元/月,大坪,大坪示例路1号,能上夜班,退役军人、农民工,023-00000001,2022/3/31\n"
    )
    assert imported("posts", records, text, "gbk") == Outcome(taken=1)
    (post,) = all_of(JobPost)
    kept = {column.name: getattr(post, column.name) for column in JobPost.__table__.columns}
    assert len(kept.pop("source_key")) == 64
    assert kept == {
        "id": 1,
        "imported_at": AT,
        "seen_at": AT,
        "gone_at": None,
        "import_source_id": None,
        "company": "示例物业公司",
        "title": "小区保安",
        "kind_of_work": "保安",
        "headcount": 3,
        "pay_low": 4000,
        "pay_high": 5000,
        "pay_period": "month",
        "unit": "大坪街道",
        "place": "大坪示例路1号",
        "requirements": "能上夜班",
        "groups": ["退役军人", "农民工"],
        "contact_phone": "+862300000001",
        "valid_until": date(2022, 3, 31),
    }


def test_bad_rows_are_named_and_the_good_ones_taken(records: Path) -> None:
    outcome = imported(
        "posts",
        records,
        f"{POSTS}"
        "示例公司,保安,2,面议,大坪街道,13800000000,2022-03-31\n"
        ",保洁,2,3000元/月,大坪街道,13800000000,2022-03-31\n"
        "示例公司,厨师,两个,很高,大平街道,1380000000a,2022-02-30\n"
        "示例公司,司机,0,=A1,,,\n"
        f"示例公司,{'长' * 201},,,,,\n"
        "示例公司,电工,若干,200元/天,,,\n",
    )
    assert outcome == Outcome(
        taken=2,
        rejected=[
            Rejected(3, "单位名称没有填"),
            Rejected(
                4,
                "街道不在这次活动的街道名单里，请写全称，不知道就空着；"
                "招聘人数请写 1 到 9999 的整数，不定就写若干；"
                "工资看不懂，请写成 4000-5000元/月、200元/天、25元/小时 或 面议；"
                "联系电话不是一个能打的电话号码，请只写数字，座机写上区号，没有就空着；"
                "有效期至没有这一天，请对照日历改正",
            ),
            Rejected(5, "D5 是公式，请改成直接写的文字或数字"),
            Rejected(6, "岗位名称太长，最多200个字"),
        ],
    )
    assert [(post.title, post.pay_period) for post in all_of(JobPost)] == [("保安", None), ("电工", "day")]
    assert outcome.summary() == "新增2行，已有0行，有错4行（没有导入，改好后再导一次，不会重复）"
    assert not outcome.failed


def test_a_second_time_adds_nothing_however_it_is_written(records: Path) -> None:
    first = f"{POSTS}示例公司,保安,2,4000元/月,大坪街道,13800000000,2022-03-31\n"
    again = f"{POSTS}示例公司 ,保安,2人,４０００元/月,大坪,138-0000-0000,2022年3月31日\n"
    assert imported("posts", records, first) == Outcome(taken=1)
    assert imported("posts", records, again) == Outcome(present=1)
    assert imported("posts", records, again + again.splitlines()[1] + "\n").present == 2
    assert len(all_of(JobPost)) == 1


def test_a_row_twice_in_one_file_is_one(records: Path) -> None:
    row = "示例公司,保安,2,4000元/月,大坪街道,,\n"
    outcome = imported("posts", records, POSTS + row * 3)
    assert outcome == Outcome(taken=1, present=2, repeated=[Repeated(3, 2), Repeated(4, 2)])
    assert str(outcome.named[0]) == "第3行：和第2行一样，只算一次；不是同一次的，请在备注里写明再导"


def test_a_row_with_its_own_number_is_brought_up_to_date(records: Path) -> None:
    text = "岗位编号,单位名称,岗位名称,工资\n7,{},保安,{}\n"
    assert imported("posts", records, text.format("示例公司", "4000元/月")) == Outcome(taken=1)
    assert imported("posts", records, text.format("示例公司", "4500元/月")) == Outcome(changed=1)
    assert imported("posts", records, text.format("虚构公司", "4000元/月")) == Outcome(taken=1)
    assert [(post.company, post.pay_low) for post in all_of(JobPost)] == [("示例公司", 4500), ("虚构公司", 4000)]


def test_work_that_no_list_names_keeps_its_own_words(records: Path) -> None:
    imported("posts", records, "单位名称,岗位名称,工种\n示例公司,岗位一,剪纸\n示例公司,放炮员学徒,\n")
    assert [post.kind_of_work for post in all_of(JobPost)] == ["剪纸", "爆破工"]


def test_courses(records: Path) -> None:
    outcome = imported(
        "courses",
        records,
        "课程名称,工种,举办单位,街道,开课日期,结课日期,费用,有补贴\n"
        "中式烹调,厨师,示例学校,大坪街道,2022-02-28,2022-03-11,免费,是\n"
        "中式烹调,厨师,示例学校,大坪街道,2022-02-28,2022-02-11,免费,也许\n",
    )
    assert outcome.rejected == [Rejected(3, "结课日期早于开课日期，请改正；有补贴请写 是 或 否，不知道就空着")]
    (course,) = all_of(Course)
    assert (course.kind_of_work, course.starts_on, course.fee, course.subsidised) == (
        "厨师",
        date(2022, 2, 28),
        "免费",
        True,
    )


def test_fairs(records: Path) -> None:
    outcome = imported(
        "fairs",
        records,
        "招聘会名称,开始时间,结束时间,地点,专区,线上,网址\n"
        "上午场,2022-02-19 09:00,12:00,示例广场,退役军人专区、农民工专区,,\n"
        "全天场,2022-02-20,,示例广场,,否,\n"
        "线上周,2022-03-01,2022-03-07,,,是,https://example.com/\n"
        "倒着的,2022-02-19 09:00,08:00,示例广场,,,\n"
        "没地方,2022-02-19 09:00,,,,,\n"
        "没网址,2022-02-19,,,,是,\n"
        "怪网址,2022-02-19,,,,是,javascript:alert(1)\n",
    )
    assert outcome.rejected == [
        Rejected(5, "结束时间早于开始时间，请改正"),
        Rejected(6, "现场招聘会要写地点"),
        Rejected(7, "线上招聘会要写网址"),
        Rejected(8, "网址不对，要以 http 开头"),
    ]
    assert [
        (fair.title, fair.starts_at.isoformat()[:16], fair.ends_at.isoformat()[:16]) for fair in all_of(JobFair)
    ] == [
        ("上午场", "2022-02-19T09:00", "2022-02-19T12:00"),
        ("全天场", "2022-02-20T00:00", "2022-02-20T23:59"),
        ("线上周", "2022-03-01T00:00", "2022-03-07T23:59"),
    ]
    assert all_of(JobFair)[0].zones == ["退役军人专区", "农民工专区"]


def test_a_workbook_says_the_same_as_a_csv(records: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["单位名称", "岗位名称", "招聘人数", "联系电话", "有效期至"])
    book.active.append(["示例公司", "保安", 2, 13800000000, datetime(2022, 3, 31)])
    book.save(records / "posts.xlsx")
    assert REGISTERS["posts"].import_file(records / "posts.xlsx", CAMPAIGN, AT) == Outcome(taken=1)
    text = "单位名称,岗位名称,招聘人数,联系电话,有效期至\n示例公司,保安,2,13800000000,2022-03-31\n"
    assert imported("posts", records, text) == Outcome(present=1)


def test_wrong_headings_take_nothing(records: Path) -> None:
    with pytest.raises(UserError, match="缺“岗位名称”"):
        imported("posts", records, "单位名称\n示例公司\n")
    assert all_of(JobPost) == []


def test_twenty_thousand_rows_come_in_batches_and_quickly(records: Path) -> None:
    path = records / "posts.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单位名称", "岗位名称", "工资", "街道", "联系电话"])
        for number in range(20_000):
            writer.writerow(
                [f"示例公司{number}", "保安", "4000元/月", "大坪街道", "x" if number == 700 else "13800000000"]
            )
    seen: list[tuple[int, int]] = []
    started = time.monotonic()
    outcome = REGISTERS["posts"].import_file(
        path, CAMPAIGN, AT, on_progress=lambda done, total: seen.append((done, total))
    )
    assert time.monotonic() - started < 90
    assert (outcome.taken, [one.line for one in outcome.rejected]) == (19_999, [702])
    assert (seen[0], seen[-1], len(seen)) == ((500, 20_001), (20_000, 20_001), 40)
    assert REGISTERS["posts"].import_file(path, CAMPAIGN, AT).taken == 0
    with database.reading() as session:
        assert session.execute(select(func.count()).select_from(JobPost)).scalar() == 19_999


@pytest.mark.parametrize(("kind", "least"), [("posts", 60), ("courses", 12), ("fairs", 8)])
def test_the_samples_are_right(records: Path, kind: str, least: int) -> None:
    outcome = REGISTERS[kind].import_file(settings.ROOT / "data" / "samples" / f"{kind}.csv", CAMPAIGN, AT)
    assert outcome.rejected == []
    assert outcome.taken >= least


def test_the_sample_posts_are_in_every_unit(records: Path, yuzhong: Any) -> None:
    REGISTERS["posts"].import_file(settings.ROOT / "data" / "samples" / "posts.csv", CAMPAIGN, AT)
    assert {post.unit for post in all_of(JobPost)} == {*yuzhong.unit_names, None}


def test_every_heading_is_explained_in_the_docs() -> None:
    page = (settings.ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    for register in REGISTERS.values():
        section = page.split(f"## {register.code} ")[1].split("\n## ")[0]
        assert [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| `")] == [
            [f" `{heading.code}` ", f" {heading.name} "] for heading in register.headings
        ]
        assert {heading.code for heading in register.headings} == set(register.row.__fields__) - {
            "campaign",
            "known_units",
        }
