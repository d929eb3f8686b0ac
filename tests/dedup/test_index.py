"""The index: the same clusters as from scratch, and refusals that say what to do."""

from __future__ import annotations

import json
import os
import random
import signal
import zlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from gonghui_nlp.dedup import Steps, deduplicate
from gonghui_nlp.dedup.index import Index
from gonghui_nlp.dedup.store import SHAPES
from gonghui_nlp.errors import InputError, ModelError, OutputError

TEXTS = [
    "2023年，我校工会走访慰问了26名患病教职工，送上慰问金13000元，并为每位教师办理了互助保险。",
    "召开教代会。",
    "",
    "2024年，我校工会走访慰问了18名患病教职工，送上慰问金9000元，并为每位教师办理了互助保险。",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index = Index(tmp_path / "index")
    index.add(TEXTS, ["a", "b", "c", "d"])
    index.save()
    return tmp_path / "index"


def test_same_as_from_scratch_whatever_the_order(synthetic: ModuleType, tmp_path: Path) -> None:
    texts = [t.text for t in synthetic.archive(1500, synthetic.HARD, seed=5)] + TEXTS + TEXTS[:2]
    order = np.random.default_rng(2).permutation(len(texts))
    texts = [texts[i] for i in order]
    for start, end in ((0, 700), (700, 703), (703, len(texts))):
        index = Index(tmp_path / "i")
        index.add(texts[start:end])
        index.save()
    kept = Index(tmp_path / "i").clusters()
    assert kept["name"].tolist() == [str(i) for i in range(len(texts))]
    pd.testing.assert_frame_equal(kept.drop(columns="name"), deduplicate(texts), check_frame_type=False)


def test_known_texts_are_not_added_again(folder: Path) -> None:
    index = Index(folder)
    assert index.add(TEXTS, ["a", "b", "c", "d"]) == 0
    assert index.add([TEXTS[0], TEXTS[0]], ["a", "e"]) == 1
    assert (len(index), index.names) == (5, ["a", "b", "c", "d", "e"])


def test_an_index_knows_what_was_saved(folder: Path) -> None:
    frame = Index(folder).clusters()
    assert frame["name"].tolist() == ["a", "b", "c", "d"]
    assert frame["cluster_id"].tolist() == [0, 1, 2, 0]


def test_a_new_or_empty_index(tmp_path: Path) -> None:
    assert len(Index(tmp_path)) == 0
    assert len(Index(tmp_path / "new").clusters()) == 0


def _header(folder: Path, **changed: object) -> None:
    path = folder / "index.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed, indent=1))


def test_damage_is_refused(folder: Path) -> None:
    array = next(folder.glob("codes-*.npy"))
    whole = array.read_bytes()
    array.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(ModelError, match=r"codes-1\.npy is not what was written.*delete this one"):
        Index(folder)
    array.unlink()
    with pytest.raises(ModelError, match="damaged"):
        Index(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "other"}', "null"])
def test_a_broken_header_is_refused(folder: Path, text: str) -> None:
    (folder / "index.json").write_text(text)
    with pytest.raises(ModelError, match="run over all files again"):
        Index(folder)


def test_another_version_or_other_settings_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="made with steps"):
        Index(folder, Steps(digits=False))
    _header(folder, version=99)
    with pytest.raises(ModelError, match="made with version 99, not 3"):
        Index(folder)


def test_a_header_without_its_checksums_is_refused(folder: Path) -> None:
    _header(folder, checksums={})
    with pytest.raises(ModelError, match="damaged"):
        Index(folder)


def test_foreign_folders_and_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(ModelError, match="other files"):
        Index(tmp_path)
    with pytest.raises(ModelError, match="is a file"):
        Index(tmp_path / "note.txt")


def test_arrays_are_never_unpickled(folder: Path) -> None:
    header = json.loads((folder / "index.json").read_text())
    path = next(folder.glob("unclean-*.npy"))
    np.save(path, np.array([object()], dtype=object), allow_pickle=True)
    from gonghui_nlp.dedup.store import checksum

    _header(folder, checksums=header["checksums"] | {"unclean": checksum(path)})
    with pytest.raises(ModelError, match="damaged"):
        Index(folder)


def test_an_interrupted_save_keeps_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(folder)
    index.add(["又一篇关于教工运动会的总结，参加人数超过了往年。"], ["e"])

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OutputError, match="what was there is kept"):
        index.save()
    assert len(Index(folder)) == len(TEXTS)


def test_names_and_texts_must_be_as_many(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2 texts and 1 names"):
        Index(tmp_path).add(["a", "b"], ["a"])


def _saved_beside(folder: Path, name: str) -> None:
    other = Index(folder)
    other.add([f"又一篇关于教工运动会的总结，参加人数超过了往年，{name}。"], [name])
    other.save()


def test_a_save_takes_in_what_others_saved_since_it_was_opened(folder: Path) -> None:
    mine = Index(folder)
    mine.add([TEXTS[0], "甲校工会组织会员植树，八十名会员参加，种下三百棵树苗。"], ["e", "f"])
    _saved_beside(folder, "other")
    mine.add(["乙校工会举办歌咏比赛，六支队伍参加，三支队伍获奖。"], ["g"])
    mine.save()
    assert Index(folder).names == ["a", "b", "c", "d", "other", "e", "f", "g"]
    assert mine.names == Index(folder).names
    pd.testing.assert_frame_equal(mine.clusters(), Index(folder).clusters())


def test_an_index_opened_before_the_first_save_of_another_keeps_that(tmp_path: Path) -> None:
    mine = Index(tmp_path / "i")
    mine.add([TEXTS[0]], ["mine"])
    _saved_beside(tmp_path / "i", "first")
    mine.save()
    assert Index(tmp_path / "i").names == ["first", "mine"]


def test_a_save_waits_for_its_turn_and_says_so_in_the_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gonghui_nlp.dedup import index as module
    from gonghui_nlp.files import locked

    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    with locked(folder / "index.lock", "busy", 1), pytest.raises(OutputError, match="being written by another run"):
        Index(folder).save()
    Index(folder).save()
    assert len(Index(folder)) == len(TEXTS)


@pytest.mark.parametrize("left", [["codes-1.npy"], ["codes-1.npy", "index.lock"], [".index.json.0badcafe.new"]])
def test_a_first_save_that_was_killed_half_way_opens_again(tmp_path: Path, left: list[str]) -> None:
    for name in left:
        (tmp_path / name).write_bytes(b"half")
    index = Index(tmp_path)
    index.add(TEXTS, ["a", "b", "c", "d"])
    index.save()
    assert len(Index(tmp_path)) == len(TEXTS)


def test_what_an_interrupted_save_left_is_cleared_away_and_nothing_else(folder: Path) -> None:
    (folder / "codes-7.npy").write_bytes(b"half")
    (folder / ".index.json.0badcafe.new").write_bytes(b"half")
    (folder / "note.txt").write_text("mine")
    Index(folder).save()
    assert sorted(p.name for p in folder.glob("codes-*")) == ["codes-2.npy"]
    assert (folder / "note.txt").exists() and not list(folder.glob(".index*"))


def test_a_reader_is_not_disturbed_by_a_save_in_its_midst(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gonghui_nlp.dedup import index as module

    header, looked = module.read_header, []

    def save_once(path: Path) -> object:
        found = header(path)
        looked.append(found)
        if len(looked) == 1:
            monkeypatch.setattr(module, "read_header", header)
            _saved_beside(folder, "other")
            monkeypatch.setattr(module, "read_header", save_once)
        return found

    monkeypatch.setattr(module, "read_header", save_once)
    assert Index(folder).names == ["a", "b", "c", "d", "other"]


def _crafted(folder: Path, name: str, array: object) -> None:
    """An array of another's making under a header that vouches for it."""
    from gonghui_nlp.dedup.store import checksum

    path = folder / f"{name}-1.npy"
    if isinstance(array, bytes):
        path.write_bytes(array)
    else:
        np.save(path, np.asarray(array))
    sums = json.loads((folder / "index.json").read_text())["checksums"]
    _header(folder, checksums=sums | {name: checksum(path)})


def _claims(shape: str) -> bytes:
    text = f"{{'descr': '<u2', 'fortran_order': False, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("node", np.array([0, 1, 2, 99], np.int64)),
        ("node", np.array([0, 1, 2, -1], np.int64)),
        ("sample_rows", np.array([7], np.int64)),
        ("offsets", np.array([0, 5, 2, 9], np.int64)),
        ("offsets", np.array([0], np.int64)),
        ("state", np.array([9, 9, 9], np.uint8)),
        ("codes", np.full(100, 65535, np.uint16)),
        ("names", np.frombuffer(b"[" * 100_000, np.uint8)),
        ("names", np.frombuffer(b'["a"]', np.uint8)),
        ("names", np.frombuffer(b'{"a": 1, "b": 1, "c": 1, "d": 1}', np.uint8)),
        ("codes", b""),
        ("codes", _claims("(1000000000000000,)")),
        ("codes", _claims("(" * 5000)),
        ("codes", _claims("(-1,)")),
    ],
)
def test_a_crafted_index_is_refused(folder: Path, name: str, array: object) -> None:
    _crafted(folder, name, array)
    with pytest.raises(ModelError, match="damaged"):
        Index(folder)


def test_a_header_of_endless_brackets_is_refused(folder: Path) -> None:
    (folder / "index.json").write_text("[" * 100_000)
    with pytest.raises(ModelError, match="run over all files again"):
        Index(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks the two who save")
def test_two_who_save_at_the_same_time_lose_nothing_of_each_other(folder: Path) -> None:
    children = []
    for who in "xy":
        child = os.fork()
        if child == 0:
            try:
                for n in range(4):
                    _saved_beside(folder, f"{who}{n}")
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert sorted(Index(folder).names) == ["a", "b", "c", "d", *(f"{who}{n}" for who in "xy" for n in range(4))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks the one who is killed")
def test_a_writer_that_is_killed_at_any_moment_leaves_an_index_that_opens(folder: Path) -> None:
    draw = random.Random(16)
    survived = set()
    for _ in range(20):
        child = os.fork()
        if child == 0:
            # Counts the processor's time and not the clock's, so that a busy machine kills at the same moments.
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, draw.uniform(0.001, 0.04))
            for n in range(1000):
                _saved_beside(folder, f"{os.getpid()} {n}")
            os._exit(1)
        draw.random()
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGPROF
        index = Index(folder)
        assert len(index) == len(index.texts) == len(index.clusters())
        assert index.texts[: len(TEXTS)] == TEXTS
        survived.add(len(index))
    assert len(survived) > 1
    Index(folder).save()
    left = {p.name for p in folder.iterdir()}
    assert len(left) == 1 + len(SHAPES) and len(Index(folder)) == max(survived)


def test_damaged_bytes_are_refused(folder: Path) -> None:
    draw = random.Random(16)
    files = sorted(folder.iterdir())
    for _ in range(200):
        path = draw.choice(files)
        whole = path.read_bytes()
        at = draw.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ draw.randrange(1, 256)]) + whole[at + 1 :])
        with pytest.raises(ModelError):
            Index(folder)
        path.write_bytes(whole)
    assert len(Index(folder)) == len(TEXTS)


def test_texts_are_kept_to_the_character(folder: Path) -> None:
    assert Index(folder).texts == TEXTS
    index = Index(folder)
    index.add(["\ud800慰问\n\x00", "又" * 1_200_000], ["e", "f"])
    index.save()
    assert Index(folder).texts == [*TEXTS, "\ud800慰问\n\x00", "又" * 1_200_000]
    assert (folder / "streams-2.npy").stat().st_size < 20_000


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("streams", np.frombuffer(b"no stream", np.uint8)),
        ("blocks", np.array([[9, 4, 1 << 40]], np.int64)),
        ("blocks", np.array([[1 << 40, 4, 9]], np.int64)),
        ("streams", np.frombuffer(zlib.compress(b"[" * 100_000), np.uint8)),
    ],
)
def test_crafted_texts_are_refused(folder: Path, name: str, array: object) -> None:
    _crafted(folder, name, array)
    if name == "streams":
        _crafted(folder, "blocks", np.array([[len(array), 4, 100_000]], np.int64))  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="damaged"):
        print(Index(folder).texts)
