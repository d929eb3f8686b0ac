"""Every entry of a folder is accounted for, and none of them can hold the run up or bring it down."""

import os
import socket
from pathlib import Path

import pytest

from gonghui_nlp.archive import convert
from gonghui_nlp.errors import InputError
from gonghui_nlp.readers import find_files, folders, read, read_file, reading
from gonghui_nlp.tables import read_tables

TEXT = "看望了18名教师。\n"
posix = pytest.mark.skipif(os.name == "nt", reason="no such entries there")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def accounted(folder):
    return {e.name: (e.status, e.message) for e in find_files([folder])}


def test_hidden_files_and_folders_are_named(folder):
    (folder / ".b.txt").write_text(TEXT, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "c.txt").write_text(TEXT, encoding="utf-8")
    found = accounted(folder)
    assert [(name, status) for name, (status, _) in found.items()] == [
        (".b.txt", "skipped"),
        (".git", "skipped"),
        ("a.txt", "read"),
    ]
    assert "begins with a dot" in found[".git"][1]


@posix
def test_pipes_sockets_and_devices_are_passed_over_by_name(folder, monkeypatch):
    os.mkfifo(folder / "pipe.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as s:
        s.bind("socket.txt")
    found = accounted(folder)
    assert {n: m for n, (s, m) in found.items() if s == "skipped"} == {
        "pipe.txt": "is a pipe, not a file",
        "socket.txt": "is a socket, not a file",
        "device.txt": "is a device, not a file",
    }
    report = convert([folder], folder.parent / "out")
    assert report.skipped == {"device": 1, "pipe": 1, "socket": 1}
    assert read_file(folder / "pipe.txt").status == "failed"
    assert read_file("/dev/zero").status == "failed"


@posix
def test_linked_folders_are_named_and_not_followed_and_links_to_nothing_fail(folder):
    (folder / "round").symlink_to(folder)
    (folder / "nothing.txt").symlink_to(folder / "gone")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "linked.txt").symlink_to(folder / "a.txt")
    found = accounted(folder)
    assert found["round"][0] == "skipped"
    assert "give that folder itself" in found["round"][1]
    assert found["nothing.txt"] == ("failed", "is a link to nothing")
    assert found["loop.txt"][0] == "failed"
    assert found["linked.txt"][0] == "read"


def test_a_folder_that_cannot_be_opened_is_a_named_failure(folder, monkeypatch):
    closed = folder / "closed"
    closed.mkdir()
    (closed / "b.txt").write_text(TEXT, encoding="utf-8")
    scandir = os.scandir

    def refuse(path):
        if isinstance(path, Path) and path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(folders.os, "scandir", refuse)
    report = convert([folder], folder.parent / "out")
    assert report.failures == (("closed", "folder cannot be opened: Permission denied"),)
    assert report.tally.failed == 1
    assert dict(read_tables(report.out).sources[["source", "status"]].values.tolist()) == {
        "a.txt": "ok",
        "closed": "failed",
    }


@posix
def test_paths_too_long_for_the_system_are_named_failures(folder):
    at = os.open(folder, os.O_RDONLY)
    for _ in range(25):  # deeper than a path can say
        os.mkdir("深" * 60, dir_fd=at)
        at, before = os.open("深" * 60, os.O_RDONLY, dir_fd=at), at
        os.close(before)
    os.close(os.open("b.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at))
    os.close(at)
    failed = [(n, m) for n, (s, m) in accounted(folder).items() if s == "failed"]
    assert len(failed) == 1
    assert "too long" in failed[0][1]
    assert [s.status for s in read(folder)] == ["ok", "failed"]


def test_a_file_larger_than_any_text_fails_alone_and_unread(folder):
    with (folder / "hole.txt").open("wb") as file:
        file.truncate(3 << 30)
    report = convert([folder], folder.parent / "out")
    ((name, message),) = report.failures
    assert name == "hole.txt"
    assert "is larger (3,221,225,472 bytes) than a text can be" in message


def test_a_file_that_does_not_fit_into_the_memory_fails_alone(folder, monkeypatch):
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    one = reading._one

    def outgrow(name, *more):
        if name == "b.txt":
            raise MemoryError
        return one(name, *more)

    monkeypatch.setattr(reading, "_one", outgrow)
    report = convert([folder], folder.parent / "out")
    assert report.failures == (("b.txt", "does not fit into the memory; split it"),)


@posix
def test_names_of_undecodable_bytes_are_told_apart(folder):
    for name in (b"\xff.txt", b"\xfe.txt", rb"\udcff.txt", b"x\n\x1b.txt"):
        (folder / os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    names = [e.name for e in find_files([folder])]
    assert len(names) == len(set(names)) == 5
    assert all(name.encode("utf-8") for name in names)
    convert([folder], folder.parent / "out")
    assert sorted(read_tables(folder.parent / "out").sources["source"]) == sorted(names)


def test_one_name_in_several_folders_is_told_apart_and_one_file_given_twice_is_read_once(tmp_path):
    for place in ("x/one", "y/one", "z"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "a.txt").write_text(TEXT, encoding="utf-8")
    paths = [tmp_path / p for p in ("x/one/a.txt", "y/one/a.txt", "z/a.txt", "z/a.txt", "z")]
    names = [e.name for e in find_files(paths)]
    assert len(names) == len(set(names)) == 3


def test_nothing_to_read_says_why(tmp_path):
    (tmp_path / "list").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match=r"no text files .* \(list: is a picture"):
        convert([tmp_path], tmp_path.parent / "out")
    with pytest.raises(InputError, match="null byte"):
        find_files(["a\0b"])


@pytest.mark.parametrize("address", ["s3://bucket/年报", "https://example.org/a.zip", "file:///tmp"])
def test_an_address_is_no_path_and_the_refusal_says_what_to_do(address, tmp_path):
    from gonghui_nlp.archive.staging import Staging

    with pytest.raises(InputError, match="is an address, not a path; copy its files here"):
        find_files([address])
    with pytest.raises(InputError, match="is an address"):
        Staging(address)
