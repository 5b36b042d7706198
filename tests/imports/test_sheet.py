"""Reading a register: whatever program wrote it, good rows come out and bad cells are named."""

from __future__ import annotations

import csv
import re
import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.errors import UserError
from bot.imports.sheet import Heading, Row, open_sheet

HEADINGS = (Heading("name", "姓名", required=True), Heading("phone", "电话", ("联系电话",)), Heading("day", "日期"))


def rows_of(path: Path) -> list[Row]:
    with open_sheet(path, HEADINGS) as sheet:
        return list(sheet.rows)


def text_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes(text.encode(encoding))
    return path


def book_file(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    path = folder / "register.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "姓名,联系电话,日期\r\n张三,13800000000,2022-02-15\r\n".replace(",", separator)
    assert rows_of(text_file(tmp_path, text, encoding)) == [
        Row(2, {"name": "张三", "phone": "13800000000", "day": "2022-02-15"})
    ]


def test_one_chinese_character_in_gbk_is_no_latin_letter(tmp_path: Path) -> None:
    assert rows_of(text_file(tmp_path, "name,phone\n女,1\n", "gbk"))[0].cells["name"] == "女"


def test_a_rare_character_of_gb18030_is_read(tmp_path: Path) -> None:
    assert rows_of(text_file(tmp_path, "姓名\n王㐂\n", "gb18030"))[0].cells["name"] == "王㐂"


def test_xlsx_cells_are_read_as_a_clerk_types_them(tmp_path: Path) -> None:
    path = book_file(
        tmp_path,
        ["姓名", "电话", "日期"],
        ["张三", 13800000000, datetime(2022, 2, 15, 9, 30)],
        [" 王测试\u200b ", 138.5, date(2022, 2, 15)],
        ["李测试", True, time(9, 5)],
    )
    assert [list(row.cells.values()) for row in rows_of(path)] == [
        ["张三", "13800000000", "2022-02-15 09:30"],
        ["王测试", "138.5", "2022-02-15"],
        ["李测试", "是", "09:05"],
    ]


def test_headings_in_any_order_by_code_or_chinese_below_a_title(tmp_path: Path) -> None:
    path = text_file(tmp_path, "某街道登记表,,\n\n 日 期*,phone,NAME\n2022-02-15,,张三\n")
    assert rows_of(path) == [Row(4, {"day": "2022-02-15", "phone": "", "name": "张三"})]


def test_empty_rows_are_passed_over_and_short_rows_filled(tmp_path: Path) -> None:
    path = text_file(tmp_path, "姓名,电话,日期\n\n,,\n张三\n")
    assert rows_of(path) == [Row(4, {"name": "张三", "phone": "", "day": ""})]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("姓名,地址\n", "第1行的表头不认识“地址”；可用的表头：姓名、电话、日期"),
        ("电话,日期\n", "第1行的表头缺“姓名”；可用的表头"),
        ("姓名,电话,联系电话\n", "第1行的表头写了两次“电话”；"),
        ("\n\n", "是空的，第一行要写表头：姓名、电话、日期"),
        ("\x00\x01\x02", "不是表格，请用 .xlsx 或 .csv 文件"),
    ],
)
def test_a_file_without_the_headings_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError, match=r"register\.csv：") as raised:
        rows_of(text_file(tmp_path, text))
    assert said in str(raised.value)


def test_files_that_are_no_sheets(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有这个文件"):
        rows_of(tmp_path / "nowhere.csv")
    with pytest.raises(UserError, match="读不了"):
        rows_of(tmp_path)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(UserError, match=r"是老式的 \.xls"):
        rows_of(old)
    archive = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("photo.txt", "x")
    with pytest.raises(UserError, match=r"不是 \.xlsx 表格"):
        rows_of(archive)
    odd = tmp_path / "odd.csv"
    odd.write_bytes(b"\xff\xff\xff\xff name")
    with pytest.raises(UserError, match="文字编码认不出来"):
        rows_of(odd)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.imports.xlsxfile.MOST_UNPACKED_BYTES", 100)
    with pytest.raises(UserError, match="解开后太大"):
        rows_of(book_file(tmp_path, ["姓名"], ["张三"]))


def test_formulas_and_error_values_are_named_by_their_cell(tmp_path: Path) -> None:
    path = book_file(tmp_path, ["姓名", "电话"], ["张三", "=1+1"], ["王测试", "#N/A"], ["李测试", "1"])
    assert rows_of(path) == [
        Row(2, {}, "B2 是公式，请改成直接写的文字或数字"),
        Row(3, {}, "B3 是错误值，请改成直接写的文字或数字"),
        Row(4, {"name": "李测试", "phone": "1"}),
    ]
    assert rows_of(text_file(tmp_path, "姓名,电话\n张三,=A1\n"))[0].problem == "B2 是公式，请改成直接写的文字或数字"


def test_a_formula_is_a_formula_even_with_its_value_beside_it(tmp_path: Path) -> None:
    path = book_file(tmp_path, ["姓名", "电话"], ["张三", "=1+1"])
    cached = tmp_path / "cached.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(cached, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(<f>1\+1</f>)<v ?(/>|></v>)", rb"\1<v>2</v>", old.read(name)))
    assert b"<v>2</v>" in zipfile.ZipFile(cached).read("xl/worksheets/sheet1.xml")
    assert rows_of(cached)[0].problem.startswith("B2 是公式")


def test_a_cell_merged_with_the_one_above_is_named(tmp_path: Path) -> None:
    path = book_file(tmp_path, ["登记表", ""], ["姓名", "电话"], ["张三", "1"], ["", "2"], ["", "3"], ["王测试", "4"])
    book = load_workbook(path)
    for merged in ("A1:B1", "A3:A5"):
        book.active.merge_cells(merged)
    book.save(path)
    said = "和上面的格子合并了，请取消合并，每一行都填上"
    assert rows_of(path) == [
        Row(3, {"name": "张三", "phone": "1"}),
        Row(4, {}, f"A4 {said}"),
        Row(5, {}, f"A5 {said}"),
        Row(6, {"name": "王测试", "phone": "4"}),
    ]


def test_a_running_number_is_passed_over(tmp_path: Path) -> None:
    path = book_file(tmp_path, ["序号", "姓名", "电话"], ["=ROW()-1", "张三", "1"], [2, "王测试", "2"])
    assert rows_of(path) == [Row(2, {"name": "张三", "phone": "1"}), Row(3, {"name": "王测试", "phone": "2"})]


def test_a_cell_without_a_heading_is_named(tmp_path: Path) -> None:
    found = rows_of(text_file(tmp_path, "姓名,电话,\n张三,1,,\n王测试,1,多,\n"))
    assert found == [
        Row(2, {"name": "张三", "phone": "1"}),
        Row(3, {}, "C3 上面没有表头（文字里有逗号的，整格要加双引号）"),
    ]


def test_an_open_quotation_mark_names_the_rows_it_swallows(tmp_path: Path) -> None:
    found = rows_of(text_file(tmp_path, '姓名,电话\n张三,1\n"王测试,2\n李测试,3\n'))
    assert found == [
        Row(2, {"name": "张三", "phone": "1"}),
        Row(3, {}, "双引号没有配对，从这里到第4行读不了"),
    ]


def test_a_line_break_inside_a_cell_keeps_the_line_numbers(tmp_path: Path) -> None:
    found = rows_of(text_file(tmp_path, '姓名,电话\n"张\n三",1\n王测试,2\n'))
    assert [(row.line, row.cells["name"]) for row in found] == [(2, "张\n三"), (4, "王测试")]


def test_the_first_sheet_that_is_not_hidden_is_read(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.sheet_state = "hidden"
    book.create_sheet("登记").append(["姓名"])
    book["登记"].append(["张三"])
    book.save(tmp_path / "two.xlsx")
    assert rows_of(tmp_path / "two.xlsx") == [Row(2, {"name": "张三"})]


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["姓名", "电话", "日期"])
        writer.writerows(["张三" * 10, "13800000000", "2022-02-15"] for _ in range(60_000))
    assert path.stat().st_size > 3_000_000
    tracemalloc.start()
    try:
        with open_sheet(path, HEADINGS) as sheet:
            assert sheet.total == 60_001
            assert sum(1 for _ in sheet.rows) == 60_000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
