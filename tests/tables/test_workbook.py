"""The workbook: sheets for people, numbers and dates as such, nothing run, nothing turned into something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gonghui_nlp as gh
from gonghui_nlp.archive import convert
from gonghui_nlp.errors import InputError
from gonghui_nlp.tables import COLUMNS, Completed, sheets, workbook
from gonghui_nlp.tables.workbook import LONGEST, shortened

TEXT = """=cmd()机械厂工会2019年工作总结
一、送温暖
（1）1月8日看望了18名患病教职工，发放慰问金9600.5元。
（2）3月慰问了5名困难职工，发放慰问金××元。
（4）二季度，组织登山比赛，26人参加。
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "b.txt").write_text(TEXT + "\n", encoding="utf-8")
    (folder / "in" / "c.txt").write_bytes(b"%PDF-1.4\x00")
    convert([folder / "in"], folder / "zh", zh=True)
    convert([folder / "in"], folder / "en")
    return folder


def rows(path: Path, sheet: str) -> tuple[list[str], list[dict[str, object]]]:
    page = openpyxl.load_workbook(path)[sheet]
    note, sums, header, *found = page.iter_rows(values_only=True)
    assert page.freeze_panes == "B4" and page.auto_filter.ref.startswith("A3:")
    return [str(note[0]), *map(str, sums)], [dict(zip(header, row, strict=True)) for row in found]


def test_the_sheets_are_for_people_and_begin_with_the_overview(out: Path) -> None:
    zh = openpyxl.load_workbook(out / "zh" / "汇总.xlsx").sheetnames
    en = openpyxl.load_workbook(out / "en" / "summary.xlsx").sheetnames
    assert zh == ["总览", "活动一览", "金额", "人数", "重复材料", "需要核对"]
    assert en == ["overview", "activities", "amounts", "headcounts", "duplicates", "to check"]


def test_dates_and_numbers_are_such_and_copies_are_in_no_total(out: Path) -> None:
    (note, *sums), found = rows(out / "zh" / "汇总.xlsx", "活动一览")
    assert [(r["日期"], r["人数"], r["金额（元）"], r["计入合计"]) for r in found[:3]] == [
        (datetime(2019, 1, 8), 18, 9600.5, "是"),
        (datetime(2019, 3, 1), 5, None, "是"),
        (datetime(2019, 4, 1), 26, None, "是"),
    ]
    assert [r["计入合计"] for r in found[3:]] == ["否"] * 3
    assert "副本" in note and "49" in sums and "9600.5" in sums
    _, overview = rows(out / "en" / "summary.xlsx", "overview")
    assert [(r["activities"], r["counted"], r["heads"], r["yuan"], r["gaps"]) for r in overview] == [
        (3, 3, 49, 9600.5, 1),
        (3, 0, None, None, 1),
    ]


def test_no_text_is_run_or_turned_into_a_number(out: Path) -> None:
    book = openpyxl.load_workbook(out / "en" / "summary.xlsx")
    cells = [c for page in book for row in page.iter_rows() for c in row if c.value is not None]
    assert {c.data_type for c in cells} == {"s", "n", "d"}
    assert "=cmd()机械厂工会2019年工作总结" in {c.value for c in cells}


def test_what_to_check_is_in_plain_words(out: Path) -> None:
    _, found = rows(out / "zh" / "汇总.xlsx", "需要核对")
    told = {(r["问题"], r["说明"]) for r in found}
    assert ("失败", "其实是PDF 文件；请改名，或先转换成文本") in told or any(r["来源文件"] == "c.txt" for r in found)
    assert any(what == "缺号" and "中间缺 1 项" in said for what, said in told)
    assert any(what == "数字缺失" for what, _ in told)


def test_what_a_sheet_has_no_room_for_goes_on_in_another_or_is_left_out_in_words(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = gh.read_tables(out / "zh")
    whole = [tuple(r.values()) for r in rows(out / "zh" / "汇总.xlsx", "活动一览")[1]]

    class Read:
        def rows(self, table: str) -> Iterator[Sequence[Any]]:
            return iter(tables[table].astype(object).where(tables[table].notna(), None).values.tolist())

    few = tuple(replace(s, most=1) if s.name == "duplicates" else s for s in workbook.SHEETS)
    monkeypatch.setattr(workbook, "SHEETS", few)
    left = workbook.write_workbook(tmp_path / "small.xlsx", cast(Completed, Read()), "zh", most_rows=7)
    assert left["duplicates"] == 1 and left["activities"] == 0
    first, one = rows(tmp_path / "small.xlsx", "活动一览")
    second, other = rows(tmp_path / "small.xlsx", "活动一览 2")
    assert [tuple(r.values()) for r in one + other] == whole and (len(one), len(other)) == (4, 2)
    assert "共 6 行，一个工作表放不下，分在 2 个里" in first[0] and "49" in first and "49" not in second
    assert "另有 1 行未列出" in rows(tmp_path / "small.xlsx", "重复材料")[0][0]


def test_formats_are_chosen_by_name(out: Path, tmp_path: Path) -> None:
    convert([out / "in"], tmp_path / "csv", to="csv")
    assert not list((tmp_path / "csv").glob("*.xlsx")) and (tmp_path / "csv" / "events.csv").exists()
    convert([out / "in"], tmp_path / "book", to="xlsx")
    assert sorted(p.name for p in (tmp_path / "book").iterdir()) == [
        "README.txt",
        "gonghui.json",
        "summary.xlsx",
        "text",
    ]
    with pytest.raises(InputError, match="cannot be written as 'xml'"):
        convert([out / "in"], tmp_path / "no", to="csv,xml")


def test_the_readme_names_every_file_and_column_in_both_languages(out: Path) -> None:
    text = (out / "zh" / "说明.txt").read_text(encoding="utf-8-sig")
    for name in (
        "汇总.xlsx",
        "activities.csv",
        "每人金额（元）（yuan_each）：",
        "yuan for each person",
        "gonghui.json",
    ):
        assert name in text
    for columns in COLUMNS.values():
        assert all(f"    {column}: " in text for column in columns)
    assert "a column of your own" not in text


@given(st.text(st.characters(codec=None), max_size=40), st.integers(0, 2))
def test_any_text_becomes_a_cell(text: str, size: int) -> None:
    cell = shortened(text * (1, 900, 40_000)[size], "zh")
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert not any(0xD800 <= ord(c) < 0xE000 for c in cell)


def test_every_column_of_a_sheet_has_words() -> None:
    for sheet in sheets.SHEETS:
        for column in sheet.columns:
            assert workbook.header_in(sheet.table, column, "zh") != column, column
