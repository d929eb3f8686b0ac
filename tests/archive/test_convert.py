"""From a folder of files to finished tables, whatever is in the folder."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.archive.packed import read_shards
from gonghui_nlp.archive.shards import Chunk, lost_chunk
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.readers import Entry
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS, TABLES, read_tables
from gonghui_nlp.tables.zh import header

GOOD = "2019年工会工作总结\n一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。\n二、文体活动\n3月8日组织女教工登山比赛。\n"


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    (folder / "gbk").mkdir(parents=True)
    (folder / "a.txt").write_text(GOOD, encoding="utf-8", newline="")
    (folder / "gbk" / "b.txt").write_bytes(GOOD.replace("\n", "\r\n").encode("gb18030"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "list.csv").write_text("1", encoding="utf-8")
    return folder


def table(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


READER = """
from gonghui_nlp.readers import decode, register_reader
register_reader("backwards", [".kcab"], lambda data: decode(data[::-1]))
"""


def test_a_reader_of_ones_own_is_known_in_every_process(tmp_path):
    (tmp_path / "backwards.py").write_text(READER)
    for name in "ab":
        (tmp_path / f"{name}.kcab").write_bytes(GOOD.encode("utf-8")[::-1])
    command = ["convert", str(tmp_path), "-o", str(tmp_path / "out"), "--to", "csv", "-j", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "gonghui_nlp", *command, "--plugin", "backwards.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    read = {r["source"]: (r["format"], r["status"]) for r in table(tmp_path / "out", "sources")}
    assert read["a.kcab"] == read["b.kcab"] == ("backwards", "ok")


def test_a_plugin_that_is_not_there_or_fails_is_a_wrong_call(archive, tmp_path):
    (tmp_path / "broken_plugin.py").write_text("1 / 0")
    for given, why in (
        ("no_such_module_here", "No module"),
        ("nowhere.py", "No such file"),
        (str(tmp_path / "broken_plugin.py"), "division by zero"),
    ):
        with pytest.raises(InputError, match=f"plugin .*{why}"):
            convert([archive], tmp_path / "out", settings=Settings(plugins=(given,)))
    with pytest.raises(InputError, match="is not a list of modules"):
        Settings(plugins="notes.py")


def test_every_table_is_there_with_its_columns_and_every_file_is_accounted_for(archive, tmp_path):
    report = convert([archive], tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {f"{t}.csv" for t in TABLES} | {
        "README.txt",
        "gonghui.json",
        "summary.xlsx",
        "text",
    }
    for name in TABLES:
        text = (tmp_path / "out" / f"{name}.csv").read_bytes()
        assert text.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS[name]).encode() + b"\r\n")
    status = {r["source"]: r["status"] for r in table(tmp_path / "out", "sources")}
    assert status == {
        "a.txt": "ok",
        "gbk/b.txt": "ok",
        "empty.txt": "empty",
        "picture.txt": "failed",
        "list.csv": "skipped",
    }
    assert (report.tally.files, report.tally.failed, report.skipped) == (4, 1, {"csv": 1})
    assert report.failures[0][0] == "picture.txt"


def test_rows_point_into_the_decoded_text(archive, tmp_path):
    convert([archive], tmp_path / "out")
    texts = {"a.txt": GOOD, "gbk/b.txt": GOOD.replace("\n", "\r\n")}
    for name in ("paragraphs", "events", "amounts", "headcounts", "counts", "dates", "issues"):
        for row in table(tmp_path / "out", name):
            assert texts[row["source"]][int(row["start"]) : int(row["end"])] == row["text"]
    assert {r["value"] for r in table(tmp_path / "out", "amounts")} == {"9600"}


def test_copies_are_told_in_the_cluster_columns(archive, tmp_path):
    convert([archive], tmp_path / "out")
    documents = table(tmp_path / "out", "documents")
    assert [(d["doc_id"], d["cluster_id"], d["canonical"]) for d in documents] == [
        ("a.txt#1", "a.txt#1", "true"),
        ("gbk/b.txt#1", "a.txt#1", "false"),
    ]


def test_the_same_bytes_whatever_the_number_of_processes(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(70):
        (folder / f"{i:03}.txt").write_text(GOOD.replace("18", str(i)), encoding="utf-8")

    def digest(out):
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in out.rglob("*") if p.is_file()}

    convert([folder], tmp_path / "one", jobs=1)
    convert([folder], tmp_path / "two", jobs=2)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_tables_come_back_as_frames(archive, tmp_path):
    convert([archive], tmp_path / "out")
    frames = read_tables(tmp_path / "out")
    assert list(frames.amounts["value"]) == [9600, 9600]
    assert set(frames.events.columns) == set(COLUMNS["events"])


def test_chinese_headers_and_values(archive, tmp_path):
    convert([archive], tmp_path / "out", zh=True)
    rows = table(tmp_path / "out", "sources")
    assert list(rows[0]) == header("sources")
    assert {r["状态"] for r in rows} == {"正常", "空", "失败", "略过"}


def test_an_earlier_output_is_replaced_and_foreign_files_are_not_touched(archive, tmp_path):
    out = tmp_path / "out"
    convert([archive], out)
    convert([archive / "a.txt"], out)
    assert [r["source"] for r in table(out, "sources")] == ["a.txt"]
    (out / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(OutputError, match=r"thesis\.docx"):
        convert([archive], out)
    assert (out / "thesis.docx").read_bytes() == b"years of work"
    assert {p.name for p in tmp_path.iterdir()} == {"archive", "out"}


def test_a_run_that_breaks_off_leaves_nothing_that_looks_finished(archive, tmp_path):
    def interrupt(tally, files):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert([archive], tmp_path / "out", progress=interrupt)
    assert not (tmp_path / "out").exists()
    # Finished shards are kept for a run that resumes, out of sight; one that does not clears them away.
    assert {re.sub(r"-\w{8}\Z", "", p.name) for p in tmp_path.iterdir()} == {"archive", ".out.gonghui"}
    convert([archive], tmp_path / "out")
    assert {p.name for p in tmp_path.iterdir()} == {"archive", "out"}


def test_wrong_calls(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        convert([tmp_path / "nope"], tmp_path / "out")
    with pytest.raises(InputError, match="no text files"):
        convert([tmp_path], tmp_path / "out")
    (tmp_path / "a.txt").write_text("工会", encoding="utf-8")
    with pytest.raises(InputError, match="jobs is 0"):
        convert([tmp_path], tmp_path / "out", jobs=0)
    with pytest.raises(OutputError, match="is a file"):
        convert([tmp_path], tmp_path / "a.txt")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a file is never unreadable for root")
def test_an_unreadable_file_is_a_named_failure(archive, tmp_path):
    (archive / "a.txt").chmod(0)
    report = convert([archive], tmp_path / "out")
    assert any(name == "a.txt" and "cannot be opened" in message for name, message in report.failures)


def test_files_whose_worker_died_are_named(tmp_path):
    tally = lost_chunk(Chunk(0, (Entry("a.txt", tmp_path / "a.txt"),)), tmp_path, "the process died", Settings())
    assert (tally.files, tally.failed) == (1, 1)
    (row,) = read_shards(tmp_path, "sources")
    assert row[0] == "a.txt"
    assert row[-3:-1] == ["failed", "the process died"]


def test_the_manifest_lists_what_was_written(archive, tmp_path):
    convert([archive], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "gonghui.json").read_text(encoding="utf-8"))
    texts = ["text/a.txt.txt", "text/gbk/b.txt.txt"]
    assert sorted(manifest["files"]) == sorted([*(f"{t}.csv" for t in TABLES), "README.txt", "summary.xlsx", *texts])
    assert manifest["files"]["sources.csv"]["rows"] == 5


def test_a_file_that_brings_the_analysis_down_is_named_and_the_others_come_through(archive, tmp_path, monkeypatch):
    from gonghui_nlp.pipeline import stages

    found = stages.read_structure

    def fall(folded, headings):
        if "登山" in folded and "\r" in folded:
            raise ZeroDivisionError("of all things")
        return found(folded, headings)

    monkeypatch.setattr(stages, "read_structure", fall)
    report = convert([archive], tmp_path / "out")
    assert ("gbk/b.txt", "internal error, please report it: ZeroDivisionError: of all things") in report.failures
    assert {r["source"] for r in table(tmp_path / "out", "events")} == {"a.txt"}
