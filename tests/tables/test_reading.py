"""Written tables come back: in English, in Chinese, and as a spreadsheet saves them again."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import gonghui_nlp as gh
from gonghui_nlp.archive import convert
from gonghui_nlp.errors import InputError
from gonghui_nlp.tables import TABLES

TEXT = """2019年工会工作总结
一、送温暖
（1）1月8日看望了18名患病教职工，发放慰问金9600元。
（3）2018年3月12日植树，26人参加，缴会费×元。
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "a.txt"


def resaved(folder: Path, table: str, change: Callable[[str], str], encoding: str, delimiter: str = ",") -> None:
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([header, *([change(cell) for cell in row] for row in rows)])


def spreadsheet(cell: str) -> str:
    """What a cell is when a spreadsheet has read it and saved it again."""
    dates = {"2019-01-08": "2019/1/8", "2018-03-12": "2018/3/12"}
    if in_brackets := re.fullmatch("[（(]([0-9]+)[)）]", cell):
        return f"-{in_brackets[1]}"
    return {"true": "TRUE", "false": "FALSE", **dates, "9600": "9,600"}.get(cell, cell)


@pytest.mark.parametrize(("encoding", "delimiter"), [("gbk", ","), ("utf-8", ";"), ("utf-16", "\t")])
def test_a_table_that_a_spreadsheet_saved_reads_back(source: Path, encoding: str, delimiter: str) -> None:
    out = source.parent / "out"
    convert([source], out, to="csv")
    before = gh.read_tables(out)
    for table in TABLES:
        resaved(out, table, spreadsheet, encoding, delimiter)
    after = gh.read_tables(out)
    for table in TABLES:
        pd.testing.assert_frame_equal(after[table], before[table])
    assert "2018-03-12" in after["activities"]["date"].tolist()
    assert "（1）" in after.sections["mark"].tolist()


def test_chinese_tables_read_back_as_the_coded_ones(source: Path) -> None:
    convert([source], source.parent / "zh", to="csv", zh=True, names="zh")
    names = {path.name for path in (source.parent / "zh").glob("*.csv")}
    assert len(names) == len(TABLES) and not re.search("[a-z]", "".join(names).replace("csv", ""))
    convert([source], source.parent / "en", to="csv")
    zh, en = gh.read_tables(source.parent / "zh"), gh.read_tables(source.parent / "en")
    for table in TABLES:
        told = ["message"] if "message" in en[table] else []
        pd.testing.assert_frame_equal(zh[table].drop(columns=told), en[table].drop(columns=told))
    assert zh.issues.message.str.contains("中间缺 1 项").any()


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("amounts", "false", "maybe", r"amounts\.csv, row 2: masked is 'maybe', which is neither true nor false"),
        ("amounts", "9600", "many", r"amounts\.csv, row 2: min is 'many', which is no number"),
        ("paragraphs", "0", "0.5", r"paragraphs\.csv, row \d: start is '0\.5', which is no number"),
    ],
)
def test_what_cannot_be_is_refused_with_table_row_and_column(
    source: Path, table: str, old: str, new: str, said: str
) -> None:
    out = source.parent / "out"
    convert([source], out, to="csv")
    first = {"paragraphs": str(TEXT.index("1月8日"))}.get(table, old)
    resaved(out, table, lambda cell: new if cell == first else cell, "utf-8-sig")
    with pytest.raises(InputError, match=said):
        gh.read_tables(out)
