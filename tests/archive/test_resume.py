"""A run that was stopped is gone on with: the same tables, and nothing is analysed twice."""

import shutil
import sys

import pytest

from gonghui_nlp.archive import convert, local, shards
from gonghui_nlp.archive.resume import key_of
from gonghui_nlp.archive.staging import Staging, kept_for
from gonghui_nlp.errors import InputError, OutputError
from gonghui_nlp.settings import Settings

TEXT = "2019年工会工作总结\n一、送温暖\n春节前看望了{}名患病教职工，发放慰问金{}元。\n二、文体活动\n3月8日组织女教工登山。\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(9):
        (folder / f"{i}.txt").write_text(TEXT.format(10 + i, 100 * i), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "damaged.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "left.csv.bak").write_bytes(b"")
    return folder


@pytest.fixture
def analysed(monkeypatch):
    """The names of the sources that were analysed."""
    names = []
    real = shards.analyze_many

    def watch(sources, settings):
        names.extend(s.name for s in sources)
        return real(sources, settings)

    monkeypatch.setattr(shards, "analyze_many", watch)
    return names


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def stopped(source, out, monkeypatch, after=2, **how):
    """A run with small chunks that is stopped after some of them."""
    monkeypatch.setattr(local, "_CHUNK_FILES", 3)
    done = []

    def stop(tally, files):
        done.append(tally)
        if len(done) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        convert([source], out, progress=stop, **how)


def test_what_was_found_is_not_looked_for_again(source, tmp_path, monkeypatch, analysed):
    convert([source], tmp_path / "unbroken")
    out = tmp_path / "out"
    stopped(source, out, monkeypatch)
    assert kept_for(out)
    assert not out.exists()
    analysed.clear()
    stopped(source, out, monkeypatch, after=3, resume=True)  # and once more
    convert([source], out, resume=True)
    assert sorted(analysed) == [f"{i}.txt" for i in range(6, 9)]
    assert tree(out) == tree(tmp_path / "unbroken")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out", "unbroken"]
    assert not kept_for(out)


def test_what_has_changed_since_is_done_again_and_what_came_or_went_is_no_matter(
    source, tmp_path, monkeypatch, analysed
):
    out = tmp_path / "out"
    stopped(source, out, monkeypatch, after=3)
    (source / "1.txt").write_text(TEXT.format(7, 7), encoding="utf-8")
    (source / "2.txt").unlink()
    (source / "0a.txt").write_text(TEXT.format(8, 8), encoding="utf-8")
    shutil.copy(source / "3.txt", source / "3a.txt")
    analysed.clear()
    convert([source], out, resume=True)
    assert sorted(analysed) == ["0a.txt", "1.txt", "3a.txt"]
    convert([source], tmp_path / "unbroken")
    assert tree(out) == tree(tmp_path / "unbroken")


def test_a_failure_that_may_not_come_again_is_tried_again(source, tmp_path, monkeypatch):
    def die(chunk, *_):
        raise MemoryError

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(local, "convert_chunk", die)
        stopped(source, out, patch, after=4)
    report = convert([source], out, resume=True)
    assert [name for name, _ in report.failures] == ["damaged.txt"]


def test_work_of_other_settings_is_neither_taken_nor_thrown_away(source, tmp_path, monkeypatch):
    out = tmp_path / "out"
    stopped(source, out, monkeypatch)
    for other in ({"settings": Settings(scheme="classical")}, {"encoding": "gb18030"}):
        with pytest.raises(InputError, match="made with other settings"):
            convert([source], out, resume=True, **other)
    assert kept_for(out)
    with Staging(out, key_of(Settings(), None), resume=True) as another:
        assert another.earlier
        assert not kept_for(out)  # that is the work of a run that is at it
    convert([source], out)  # begins anew
    assert not kept_for(out)
    convert([source], out, resume=True)  # nothing to go on with is no error


def test_a_full_disk_costs_nothing_that_is_done(source, tmp_path, monkeypatch, analysed):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[convert.__module__], "_merge", full)
        with pytest.raises(OutputError, match="No space left"):
            convert([source], tmp_path / "out")
    analysed.clear()
    convert([source], tmp_path / "out", resume=True)
    assert not analysed
