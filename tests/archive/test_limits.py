"""A file that takes too long or too much memory costs itself alone, however processes are started."""

import multiprocessing
import sys
import time
from collections import deque

import pytest

from gonghui_nlp.archive import convert, local
from gonghui_nlp.archive.local import Limits, Work, chunks_of, run
from gonghui_nlp.archive.packed import read_shards
from gonghui_nlp.errors import InputError
from gonghui_nlp.readers import find_files
from gonghui_nlp.settings import Settings
from gonghui_nlp.tables import COLUMNS

forks = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="the stubs reach workers by fork"
)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text("一、送温暖\n春节前看望了18名患病教职工。\n", encoding="utf-8")
    (tmp_path / "shards").mkdir()
    return find_files([folder])


def outcome(tmp_path, files, limits):
    for _ in run(deque(chunks_of(files)), Work(tmp_path / "shards", None, Settings()), 1, limits):
        pass
    at = COLUMNS["sources"].index("message")
    return {row[0]: row[at] for row in read_shards(tmp_path / "shards", "sources")}


@pytest.mark.parametrize(
    ("limits", "fault", "message"),
    [
        (Limits(seconds=1), lambda: time.sleep(600), "took longer"),
        pytest.param(
            Limits(megabytes=100),
            lambda: bytearray(1 << 30),
            "does not fit into the memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no memory"),
        ),
        (Limits(seconds=60), lambda: {}[0], "internal error, please report it: KeyError: 0"),
    ],
)
@forks
def test_one_file_beyond_a_limit_fails_alone(tmp_path, files, monkeypatch, limits, fault, message):
    def work(chunk, folder, encoding, settings):
        if any(entry.name == "b.txt" for entry in chunk.files):
            fault()
        return local.lost_chunk(chunk, folder, "fine", settings)

    monkeypatch.setattr(local, "convert_chunk", work)
    found = outcome(tmp_path, files, limits)
    assert (found["a.txt"], found["c.txt"]) == ("fine", "fine")
    assert message in found["b.txt"]


@pytest.mark.parametrize("wrong", [{"timeout": 0}, {"timeout": float("nan")}, {"memory": -1}])
def test_a_limit_that_is_none_is_refused(tmp_path, files, wrong):
    with pytest.raises(InputError, match="give a number above 0"):
        convert([tmp_path / "in"], tmp_path / "out", **wrong)


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_the_same_bytes_however_processes_are_started(tmp_path, files, monkeypatch, method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    convert([tmp_path / "in"], tmp_path / "one")
    monkeypatch.setattr(local, "_context", lambda: multiprocessing.get_context(method))
    monkeypatch.setattr(local, "_CHUNK_FILES", 2)
    report = convert([tmp_path / "in"], tmp_path / "two", timeout=300)
    assert not report.failures
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / out).rglob("*") if p.is_file()} for out in ("one", "two"))
    assert one == two
