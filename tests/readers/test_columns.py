"""Tables with a column of texts: a text a row, and what stands beside it is kept."""

import csv
import json

import pytest
from formats import xlsx, zipped

from gonghui_nlp.archive import convert
from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers import read
from gonghui_nlp.readers.columns import rows_of
from gonghui_nlp.settings import Settings

HEAD = ["单位", "年份", "正文"]
TEXTS = ["春节前慰问困难职工18户，发放慰问金9600元。", "3月8日组织女职工登山，\n26人参加。"]
ROWS = [["砚山厂", 2022, TEXTS[0]], ["", 2023, TEXTS[1]]]
WANTED = [(TEXTS[0], (("单位", "砚山厂"), ("年份", "2022"))), (TEXTS[1], (("年份", "2023"),))]


def delimited(sign):
    return "\n".join(sign.join(f'"{cell}"' for cell in row) for row in [HEAD, *ROWS]).encode("gb18030")


def records():
    return [{k: v for k, v in zip(HEAD, row, strict=True) if v} for row in ROWS]


def parquet():
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist(
            records(), schema=pa.schema([(HEAD[0], pa.string()), (HEAD[1], pa.int64()), (HEAD[2], pa.string())])
        ),
        held,
    )
    return held.getvalue()


MADE = {
    "csv": (lambda: delimited(","), ["2", "3"]),
    "tsv": (lambda: delimited("\t"), ["2", "3"]),
    "xlsx": (lambda: xlsx(("表", [HEAD, *ROWS])), ["2", "3"]),
    "jsonl": (lambda: "\n".join(json.dumps(r, ensure_ascii=False) for r in records()).encode(), ["1", "2"]),
    "json": (lambda: json.dumps(records()).encode(), ["1", "2"]),
    "parquet": (parquet, ["1", "2"]),
}


@pytest.mark.parametrize("kind", MADE)
def test_each_row_is_a_text_and_the_other_columns_are_kept(kind):
    make, places = MADE[kind]
    found = list(rows_of(kind, make(), "正文"))
    assert [(row.text, row.fields) for row in found] == WANTED
    assert [row.place for row in found] == places
    with pytest.raises(ReadingError, match=r"has no column '内容'; its columns are .*正文"):
        list(rows_of(kind, make(), "内容"))


def test_sheets_about_something_else_are_passed_over():
    data = xlsx(("说明", [["注", "x"]]), ("甲", [HEAD, ROWS[0]]), ("乙", [["正文"], [TEXTS[1]]]))
    assert [(r.place, r.text) for r in rows_of("xlsx", data, "正文")] == [("甲/2", TEXTS[0]), ("乙/2", TEXTS[1])]


def test_damage_is_refused_with_a_reason():
    for kind, data in (
        ("xlsx", xlsx(("表", [HEAD]))[:200]),
        ("xlsx", zipped([("xl/workbook.xml", "<a>")])),
        ("jsonl", b'{"a": 1}\n{"a"'),
        ("json", b"["),
        ("json", b"[" * 100_000),
        ("parquet", b"PAR1" + b"\0" * 50),
        ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000),
    ):
        with pytest.raises(ReadingError, match="damaged"):
            list(rows_of(kind, data, "正文"))


def test_rows_become_documents_and_the_fields_a_table(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_bytes(delimited(","))
    (tmp_path / "in" / "b.xlsx").write_bytes(xlsx(("表", [["x"]])))
    report = convert([tmp_path / "in"], tmp_path / "out", settings=Settings(text_column="正文"))

    def table(name):
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    assert [list(row.values()) for row in table("fields")] == [
        ["a.csv/2", "单位", "砚山厂"],
        ["a.csv/2", "年份", "2022"],
        ["a.csv/3", "年份", "2023"],
    ]
    assert [(s["source"], s["status"]) for s in table("sources")] == [
        ("a.csv/2", "ok"),
        ("a.csv/3", "ok"),
        ("a.csv", "ok"),
        ("b.xlsx", "failed"),
    ]
    assert [a["text"] for a in table("amounts")] == ["9600元"]
    assert "has no column '正文'" in report.failures[0][1]
    kept = {s["source"]: s["text_file"] for s in table("sources")}
    assert (tmp_path / "out" / kept["a.csv/3"]).read_bytes().decode() == TEXTS[1]
    assert [s.name for s in read(tmp_path / "in", text_column="正文")] == ["a.csv/2", "a.csv/3", "b.xlsx"]
    assert [s.name for s in read(tmp_path / "in")] == []
