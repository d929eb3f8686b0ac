"""Archives are looked into, nothing in them is lost in silence, and none of them does harm."""

import csv
import gzip
import io
import tarfile
import zipfile

import pytest
from formats import zipped

from gonghui_nlp.archive import convert
from gonghui_nlp.readers import archives, read

TEXT = "砚山厂工会2023年工作总结\n一、送温暖\n春节前慰问困难职工18户，发放慰问金9600元。\n"


def tarred(members, mode="w:gz"):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as file:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return held.getvalue()


def rows(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_offsets(out, raw):
    """Every row of every table points into the kept text, or into the file itself."""
    texts = {}
    for row in rows(out, "sources"):
        if row["text_file"]:
            texts[row["source"]] = (out / row["text_file"]).read_bytes().decode()
        elif row["status"] == "ok" and row["source"] in raw:
            texts[row["source"]] = raw[row["source"]].decode(row["encoding"])
    checked = 0
    for table in ("paragraphs", "events", "amounts", "headcounts", "dates"):
        for row in rows(out, table):
            assert texts[row["source"]][int(row["start"]) : int(row["end"])] == row["text"]
            checked += 1
    return checked


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def test_what_is_in_archives_of_archives_has_rows_of_its_own_and_its_text_is_kept(folder, tmp_path):
    inner = zipped([("深/b.txt", TEXT.encode("gb18030")), ("图.png", b"\x89PNG\r\n\x1a\n")])
    (folder / "a.txt").write_bytes(TEXT.encode())
    (folder / "old").write_bytes(zipped([("inner.zip", inner), ("无后缀", TEXT.encode()), ("e.txt", b"")]))
    (folder / "t.tgz").write_bytes(tarred([("x/c.txt", TEXT.encode())]))
    (folder / "d.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    report = convert([folder], tmp_path / "out", jobs=2)
    found = {r["source"]: (r["status"], r["format"], r["documents"]) for r in rows(tmp_path / "out", "sources")}
    assert found == {
        "a.txt": ("ok", "txt", "1"),
        "d.txt.gz/d.txt": ("ok", "txt", "1"),
        "d.txt.gz": ("ok", "gz", "0"),
        "old/inner.zip/深/b.txt": ("ok", "txt", "1"),
        "old/inner.zip/图.png": ("skipped", "picture", "0"),
        "old/inner.zip": ("ok", "zip", "0"),
        "old/无后缀": ("ok", "txt", "1"),
        "old/e.txt": ("empty", "txt", "0"),
        "old": ("ok", "zip", "0"),
        "t.tgz/t.tar/x/c.txt": ("ok", "txt", "1"),
        "t.tgz/t.tar": ("ok", "tar", "0"),
        "t.tgz": ("ok", "gz", "0"),
    }
    assert report.tally.failed == 0
    assert check_offsets(tmp_path / "out", {"a.txt": TEXT.encode()}) >= 15
    assert [s.name for s in read(folder)] == [name for name, (_, kind, n) in found.items() if kind == "txt"]


def test_names_in_gbk_are_read(folder):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("xxxx.txt", TEXT)
    gbk = "总结".encode("gbk")
    (folder / "a.zip").write_bytes(held.getvalue().replace(b"xxxx", gbk))
    assert [s.name for s in read(folder)] == ["a.zip/总结.txt"]


def test_nothing_is_written_outside_the_output_whatever_members_are_called(folder, tmp_path):
    names = [
        "../../up.txt",
        "/abs.txt",
        "..",
        "C:\\x.txt",
        "a\n\x1b[2J.txt",
        "x" * 300 + ".txt",
        "con.txt",
        "A.txt",
        "a.txt",
    ]
    (folder / "a.zip").write_bytes(zipped([(name, TEXT) for name in names]))
    (folder / "b.tar").write_bytes(tarred([(name, TEXT.encode()) for name in names[:2]], "w"))
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    convert([folder], tmp_path / "out")
    new = {p for p in tmp_path.rglob("*") if p.is_file()} - before
    assert all((tmp_path / "out") in p.parents for p in new)
    kept = [r["text_file"] for r in rows(tmp_path / "out", "sources") if r["text_file"]]
    assert len(set(kept)) == len(names) + 2
    assert check_offsets(tmp_path / "out", {}) > 50


def test_a_text_and_a_folder_that_want_one_path_both_find_theirs(folder, tmp_path):
    (folder / "a.zip").write_bytes(zipped([("x", TEXT), ("x.txt/y", TEXT)]))
    convert([folder], tmp_path / "out")
    assert check_offsets(tmp_path / "out", {}) > 5


def test_links_and_devices_in_archives_are_named_and_not_followed(folder):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as file:
        for name, kind in (("l.txt", tarfile.SYMTYPE), ("h.txt", tarfile.LNKTYPE), ("d.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            file.addfile(info)
    (folder / "a.tar").write_bytes(held.getvalue())
    link = zipfile.ZipInfo("s.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr(link, "/etc/passwd")
    (folder / "b.zip").write_bytes(held.getvalue())
    report = convert([folder], folder.parent / "out")
    assert report.skipped == {"device": 1, "link": 3}


def bomb(depth):
    data = b"\0" * 2_000_000
    for n in range(depth):
        data = zipped([(f"{n}-{k}.zip" if n else f"{k}.txt", data) for k in range(4)])
    return data


def test_a_bomb_stops_at_a_limit_and_the_others_come_through(folder, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST", 1_000_000)
    monkeypatch.setattr(archives.Budget.__init__, "__defaults__", (1_000_000,))
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "bomb.zip").write_bytes(bomb(4))
    (folder / "z.txt").write_text(TEXT, encoding="utf-8")
    (folder / "deep.zip").write_bytes(deep := zipped([("a.txt", TEXT)]))
    for _ in range(7):
        deep = zipped([("in.zip", deep)])
    (folder / "deep.zip").write_bytes(deep)
    taken = []
    take = archives.Budget.take

    def counted(budget, stream):
        taken.append(data := take(budget, stream))
        return data

    monkeypatch.setattr(archives.Budget, "take", counted)
    report = convert([folder], folder.parent / "out")
    assert sum(map(len, taken)) < 1_000_000 + 100 * 100_000
    assert {r["source"] for r in rows(report.out, "sources") if r["documents"] == "1"} == {"a.txt", "z.txt"}
    assert any("more (1,000,000 bytes) than a text can be" in message for _, message in report.failures)
    assert any("more than 5 deep" in message for _, message in report.failures)


@pytest.mark.parametrize("cut", [30, 100, 150])
def test_a_damaged_archive_is_a_named_failure(folder, cut):
    for name, data in (("a.zip", zipped([("a.txt", TEXT)])), ("b.tgz", tarred([("a.txt", TEXT.encode())]))):
        (folder / name).write_bytes(data[:cut])
    (folder / "c.txt").write_text(TEXT, encoding="utf-8")
    failed = dict(convert([folder], folder.parent / "out").failures)
    assert set(failed) == {"a.zip", "b.tgz"}


def test_a_damaged_or_locked_member_fails_alone(folder):
    data = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)]))
    data[45] ^= 0xFF
    (folder / "a.zip").write_bytes(bytes(data))
    locked = bytearray(zipped([("c.txt", TEXT)]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(mark) + at] |= 1
    (folder / "b.zip").write_bytes(bytes(locked))
    report = convert([folder], folder.parent / "out")
    failed = dict(report.failures)
    assert set(failed) == {"a.zip/a.txt", "b.zip/c.txt"}
    assert "password" in failed["b.zip/c.txt"]
    assert report.tally.documents == 1


def test_other_archives_are_named(folder):
    (folder / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + b"\0" * 50)
    (folder / "b.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + b"\0" * 50)
    (folder / "c.txt").write_text(TEXT, encoding="utf-8")
    failed = dict(convert([folder], folder.parent / "out").failures)
    assert "7z archive; unpack it" in failed["a.7z"]
    assert "RAR archive; unpack it" in failed["b.rar"]
