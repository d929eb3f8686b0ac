"""What stands beside and in the output folder is the user's until it is proved to be ours."""

import json
import os
import shutil
import tracemalloc
from hashlib import sha256
from pathlib import Path

import pytest

from gonghui_nlp.archive import convert, staging
from gonghui_nlp.archive.staging import MARKER, Staging
from gonghui_nlp.errors import GonghuiError, InputError, OutputError
from gonghui_nlp.tables import manifest, read_tables

TEXT = "2019年工会工作总结\n一、送温暖\n春节前看望了18名患病教职工，发放慰问金9600元。\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def beside(tmp_path):
    return sorted(p.name for p in tmp_path.iterdir())


@pytest.mark.parametrize("name", ["out.partial", "out.replaced", ".out.gonghui-0badcafe", ".out.gonghui-notes"])
def test_folders_of_the_user_beside_the_output_stay(source, tmp_path, name):
    mine = tmp_path / name
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    convert([source], tmp_path / "out")
    convert([source], tmp_path / "out")
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_table_the_user_has_worked_on_is_not_replaced(source, tmp_path):
    out = tmp_path / "out"
    convert([source], out)
    table = out / "amounts.csv"
    table.write_bytes(table.read_bytes().replace(b"9600", b"9700"))
    with pytest.raises(OutputError, match=r"changed since gonghui wrote them \(amounts\.csv\)"):
        convert([source], out)
    assert b"9700" in table.read_bytes()
    table.unlink()  # what the user has removed is no loss
    convert([source], out)
    assert b"9600" in table.read_bytes()


def test_a_file_put_into_the_output_while_the_run_works_is_kept_and_so_is_the_finished_work(source, tmp_path):
    out = tmp_path / "out"
    convert([source], out)

    def put(tally, files):
        (out / "thesis.docx").write_bytes(b"years of work")

    with pytest.raises(OutputError, match=r"thesis\.docx.*the finished output is kept in") as error:
        convert([source], out, progress=put)
    assert (out / "thesis.docx").read_bytes() == b"years of work"
    kept = Path(str(error.value).rpartition("kept in ")[2])
    assert len(read_tables(kept).sources) == 1
    assert beside(tmp_path) == sorted(["in", "out", kept.name])


def test_a_rename_that_fails_loses_neither_the_old_nor_the_new(source, tmp_path, monkeypatch):
    out = tmp_path / "out"
    convert([source], out)
    before = tree(out)
    rename = Path.rename

    def refuse(self, target):
        if Path(target) == out and self.name == "tables":
            raise PermissionError(13, "a table is open in another program")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match=r"open in another program.*kept in") as error:
        convert([source], out)
    assert tree(out) == before
    assert len(read_tables(str(error.value).rpartition("kept in ")[2]).events) == 1


def killed_at(monkeypatch, run, step):
    """Runs and dies, without any cleaning up, at the given step of publishing."""

    class KilledError(BaseException):
        pass

    steps = []
    rename = Path.rename

    def count(self, target):
        steps.append(self)
        if len(steps) == step:
            raise KilledError
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", count)
        patch.setattr(Staging, "_end", lambda *_: None)
        with pytest.raises(KilledError):
            run()


@pytest.mark.parametrize(("step", "found"), [(1, "old"), (2, "new")])
def test_a_run_killed_between_the_steps_of_publishing_loses_nothing(source, tmp_path, monkeypatch, step, found):
    out = tmp_path / "out"
    convert([source], out)
    old = tree(out)
    (source / "b.txt").write_text(TEXT.replace("9600", "800"), encoding="utf-8")
    killed_at(monkeypatch, lambda: convert([source], out), step)
    assert out.exists() == (step == 1)
    with Staging(out):  # the next run finds what was left
        assert (tree(out) == old) == (found == "old")
        assert len(read_tables(out).sources) == (1 if found == "old" else 2)
    convert([source], out)
    assert beside(tmp_path) == ["in", "out"]


def test_a_stop_between_the_steps_of_publishing_is_settled_at_once(source, tmp_path, monkeypatch):
    out = tmp_path / "out"
    convert([source], out)
    rename = Path.rename

    def stop(self, target):
        rename(self, target)
        if Path(target).name == "replaced":
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        convert([source], out)
    assert len(read_tables(out).sources) == 1


def test_what_is_left_of_a_run_killed_while_it_removed_the_old_output_blocks_nothing(source, tmp_path):
    out = tmp_path / "out"
    convert([source], out)
    left = tmp_path / ".out.gonghui-00000001"
    (left / "replaced").mkdir(parents=True)
    (left / "replaced" / "events.csv").write_text("half of the old output", encoding="utf-8")
    marker = {"gonghui run": "0", "target": os.fsencode("out").hex()}
    (left / MARKER).write_text(json.dumps(marker), encoding="utf-8")
    convert([source], out)
    assert beside(tmp_path) == ["in", "out"]


@pytest.mark.parametrize("marker", ["", "{", "[]", "null", '{"gonghui run": 1}', '{"gonghui run": 1, "target": "00"}'])
def test_only_a_folder_with_our_marker_for_this_target_is_removed(source, tmp_path, marker):
    mine = tmp_path / ".out.gonghui-00000001"
    mine.mkdir()
    (mine / MARKER).write_text(marker, encoding="utf-8")
    (mine / "note.txt").write_text("mine", encoding="utf-8")
    convert([source], tmp_path / "out")
    assert (mine / "note.txt").exists()


def test_a_second_run_into_one_output_is_told(source, tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "_PATIENCE", 0.1)
    with Staging(tmp_path / "out"), pytest.raises(OutputError, match="another run is writing there"):
        convert([source], tmp_path / "out")
    convert([source], tmp_path / "out")
    assert beside(tmp_path) == ["in", "out"]


def test_the_lock_of_a_dead_run_holds_nobody_up(source, tmp_path):
    (tmp_path / ".out.gonghui-lock").write_bytes(b"")
    convert([source], tmp_path / "out")
    assert beside(tmp_path) == ["in", "out"]


@pytest.mark.parametrize("out", ["/", "a" * 300, "b/" + "长" * 200, "a\0b", "in/a.txt/out"])
def test_an_output_that_can_never_be_is_a_clear_error(source, tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((InputError, OutputError), match="choose"):
        convert([source], out)


def test_the_longest_name_the_system_allows_is_a_name(source, tmp_path):
    out = tmp_path / ("长" * 85)
    convert([source], out)
    convert([source], out)
    assert len(read_tables(out).events) == 1


def test_inputs_inside_the_output_are_safe(source, tmp_path):
    with pytest.raises(OutputError, match=r"a\.txt"):
        convert([source], source)
    assert (source / "a.txt").read_text(encoding="utf-8") == TEXT


def test_a_full_disk_is_an_output_error_and_the_old_output_stays(source, tmp_path, monkeypatch):
    out = tmp_path / "out"
    convert([source], out)
    before = tree(out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(manifest, "checksum", full)
    monkeypatch.setattr(staging, "refuse_foreign", lambda _: None)
    with pytest.raises(OutputError, match="No space left"):
        convert([source], out)
    assert tree(out) == before
    # What is done is kept for a run that resumes, out of sight.
    assert [name for name in beside(tmp_path) if not name.startswith(".out.gonghui-")] == ["in", "out"]


def test_rows_that_were_lost_since_are_noticed(source, tmp_path):
    out = tmp_path / "out"
    convert([source], out)
    table = out / "events.csv"
    table.write_bytes(table.read_bytes().split(b"\r\n", 1)[0] + b"\r\n")
    with pytest.raises(InputError, match=r"events\.csv: holds 0 rows, but its run wrote 1"):
        read_tables(out)


def test_tables_carried_elsewhere_without_their_manifest_are_read(source, tmp_path):
    convert([source], tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "copy", ignore=lambda *_: ["gonghui.json"])
    assert len(read_tables(tmp_path / "copy").events) == 1


def test_settings_are_checked_before_the_work(source, tmp_path):
    from gonghui_nlp.settings import Settings

    def never(tally, files):
        pytest.fail("the work was begun")

    for wrong in ({"document_threshold": 7.0}, {"paragraph_threshold": float("nan")}, {"model": "no/such/model.bin"}):
        with pytest.raises(GonghuiError):
            convert([source], tmp_path / "out", settings=Settings(**wrong), progress=never)
    assert beside(tmp_path) == ["in"]


def test_what_is_held_of_the_files_of_a_folder_is_little_whatever_their_number(tmp_path, monkeypatch):
    """Of 1,000 texts less than 800 bytes each: a million fit into what a run may hold."""
    # Reading a file takes a megabyte for the moment.
    empty = sha256().hexdigest()
    monkeypatch.setattr(manifest, "checksum", lambda path: empty)
    (tmp_path / "out" / "text").mkdir(parents=True)
    for n in range(1000):
        (tmp_path / "out" / "text" / f"{n:06}.txt").write_bytes(b"")
    manifest.write(tmp_path / "out", {"gonghui_nlp": "x"}, {})
    read = manifest.read(tmp_path / "out")
    assert len(read) == 1000 and read["text/000007.txt"]["bytes"] == 0
    tracemalloc.start()
    try:
        staging.refuse_foreign(tmp_path / "out")
        assert tracemalloc.get_traced_memory()[1] < 800 * 1000
    finally:
        tracemalloc.stop()
    # One that somebody has written again is read all the same.
    path = tmp_path / "out" / manifest.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), encoding="utf-8")
    assert manifest.read(tmp_path / "out") == read
