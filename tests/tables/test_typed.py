"""Tables as JSON lines, Parquet and a DuckDB file hold the rows of the CSV files, with their types."""

import json

import duckdb
import pyarrow.parquet as pq
import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.errors import InputError
from gonghui_nlp.tables import TABLES, read_tables, typed
from gonghui_nlp.tables.writers import writer_of

TEXT = "2019年工会工作总结\n一、送温暖\n=春节前看望了18名“患病”教职工，发放慰问金9600元，人均若干元。\n二、文体活动\n3月8日组织女教工登山比赛。\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("typed")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("csv", "jsonl", "parquet", "duckdb"):
        convert([folder / "in"], folder / name, to=name)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_every_format_holds_the_same_rows(out, table):
    wanted = [
        {k: None if str(v) == "<NA>" else v for k, v in row.items()}
        for row in read_tables(out / "csv")[table].astype(object).to_dict("records")
    ]
    assert pq.read_table(out / "parquet" / f"{table}.parquet").to_pylist() == wanted
    lines = (out / "jsonl" / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == wanted
    with duckdb.connect(str(out / "duckdb" / "gonghui.duckdb"), read_only=True) as base:
        found = base.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in found.description]
        assert [dict(zip(names, row, strict=True)) for row in found.fetchall()] == wanted


def test_types_are_kept_and_nothing_is_left_behind(out):
    with duckdb.connect(str(out / "duckdb" / "gonghui.duckdb"), read_only=True) as base:
        assert base.execute("SELECT sum(value) FROM amounts WHERE NOT masked").fetchall() == [(9600.0,)]
    assert not list((out / "duckdb").glob(".*"))


@pytest.mark.parametrize(("name", "package"), [("parquet", "pyarrow"), ("duckdb", "duckdb")])
def test_a_missing_package_is_told_before_the_work(name, package, monkeypatch):
    monkeypatch.setattr(typed, "find_spec", lambda wanted: None)
    with pytest.raises(InputError, match=f"install it with: pip install 'gonghui-nlp\\[{name}\\]'"):
        writer_of(name)
