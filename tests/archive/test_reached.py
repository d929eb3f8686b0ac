"""A bar moves over the bytes of files from the start, within a chunk and within an archive, and ends where all is done."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from gonghui_nlp import evaluation
from gonghui_nlp.archive import convert, reached
from gonghui_nlp.archive.dedup import dedup
from gonghui_nlp.archive.reached import done_in
from gonghui_nlp.archive.shards import Chunk, convert_chunk
from gonghui_nlp.functions.train import train
from gonghui_nlp.readers import find_files
from gonghui_nlp.settings import Settings

TEXT = (
    "2019年工会工作总结\n一、送温暖\n春节前看望了{}名患病教职工，发放慰问金9600元。\n" + "二、其他工作照常进行。\n" * 8
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for n in range(12):
        (tmp_path / "in" / f"{n:02}.txt").write_text(TEXT.format(n + 10), encoding="utf-8")
    return tmp_path


def checked(told: list[tuple[int, int]], total: int) -> None:
    """From nothing to all, never back."""
    assert told[0] == (0, total) and told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {of for _, of in told} == {total}


def size(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def steps(scratch: Path) -> list[int]:
    """What was added to the ledger, step by step."""
    data = (scratch / reached._LEDGER).read_bytes()
    return [int.from_bytes(data[i : i + reached._RECORD], "big") for i in range(0, len(data), reached._RECORD)]


def test_files_count_as_soon_as_each_is_analysed(folder: Path, tmp_path: Path) -> None:
    chunk = Chunk(0, tuple(find_files([folder / "in"])))
    convert_chunk(chunk, tmp_path, None, Settings())
    added = steps(tmp_path)
    assert len(added) >= 12 and sum(added) == size(folder / "in") == done_in(tmp_path)[0]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_counts_text_by_text(folder: Path, tmp_path: Path, kind: str) -> None:
    packed = tmp_path / f"all.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((folder / "in").iterdir()):
                archive.write(path, path.name)
    else:
        with tarfile.open(packed, "w") as tar:
            for path in sorted((folder / "in").iterdir()):
                info = tarfile.TarInfo(path.name)
                info.size = path.stat().st_size
                tar.addfile(info, io.BytesIO(path.read_bytes()))
    convert_chunk(Chunk(0, tuple(find_files([packed]))), tmp_path, None, Settings())
    added = steps(tmp_path)
    assert len(added) > 6 and sum(added) == packed.stat().st_size and max(added) < packed.stat().st_size / 2


def test_every_command_tells_of_its_bytes(folder: Path) -> None:
    told: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        told.append((done, total))

    total = size(folder / "in")
    convert([folder / "in"], folder / "out", to="csv", reached=hear)
    checked(told, total)
    told.clear()
    dedup([folder / "in"], folder / "copies", reached=hear)
    checked(told, total)
    assert len(told) == 13
    told.clear()
    at = TEXT.index("9600元")
    gold = f'{{"kind": "amount", "start": {at}, "end": {at + 5}, "text": "9600元", "min": 9600, "max": 9600, "per": "total"}}'
    (folder / "00.jsonl").write_text(gold, encoding="utf-8")
    evaluation.evaluate(folder / "out", [folder / "00.jsonl"], hear)
    checked(told, told[0][1])
    told.clear()
    lines = "".join(
        f'{{"text": "{text}{n}", "functions": ["{label}"], "headings": [], "family": "f{n}"}}\n'
        for n in range(8)
        for text, label in (("慰问困难职工", "safeguarding"), ("举办文艺演出", "education"))
    )
    (folder / "corpus.jsonl").write_text(lines, encoding="utf-8")
    train([folder / "corpus.jsonl"], folder / "model.bin", reached=hear)
    checked(told, (folder / "corpus.jsonl").stat().st_size)
    assert len(told) > 3


def test_what_a_dead_worker_had_done_never_leads_beyond_the_end(folder: Path, tmp_path: Path) -> None:
    chunk = Chunk(0, tuple(find_files([folder / "in"])))
    for _ in range(2):
        convert_chunk(chunk, tmp_path, None, Settings())
    told: list[tuple[int, int]] = []
    with reached.watched(tmp_path, size(folder / "in"), lambda *given: told.append(given)):
        pass
    checked(told, size(folder / "in"))
    (tmp_path / reached._LEDGER).write_bytes(b"\0\0\0")  # half a record is none
    assert done_in(tmp_path) == (0, 0)
