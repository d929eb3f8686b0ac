"""The files of an index: plain arrays and a JSON header with their checksums; nothing in them is trusted or run."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.entries import FULL
from gonghui_nlp.dedup.lsh import BANDS, RANGES, SAMPLE
from gonghui_nlp.dedup.normalise import CODE_BITS, LIGHT, Steps, table
from gonghui_nlp.errors import ModelError

FORMAT, VERSION = "gonghui-dedup-index", 3
HEADER, LOCK = "index.json", "index.lock"
AGAIN = "give --index another folder, or delete this one and run over all files again"


@dataclass(slots=True)
class Arrays:
    """Of the nodes: codes, offsets, keys, state, bands, brief, sample. Of the rows: node, light, unclean, names, texts in blocks."""

    codes: npt.NDArray[np.uint16]
    offsets: npt.NDArray[np.int64]
    keys: npt.NDArray[np.uint64]
    state: npt.NDArray[np.uint8]
    bands: npt.NDArray[np.uint32]
    brief: npt.NDArray[np.uint8]
    sample: npt.NDArray[np.uint64]
    sample_rows: npt.NDArray[np.int64]
    node: npt.NDArray[np.int64]
    light: npt.NDArray[np.uint64]
    unclean: npt.NDArray[np.int64]
    names: npt.NDArray[np.uint8]
    streams: npt.NDArray[np.uint8]
    blocks: npt.NDArray[np.int64]


SHAPES: dict[str, tuple[str, tuple[int, ...]]] = {
    "codes": ("uint16", ()),
    "offsets": ("int64", ()),
    "keys": ("uint64", (2,)),
    "state": ("uint8", ()),
    "bands": ("uint32", (BANDS,)),
    "brief": ("uint8", (RANGES,)),
    "sample": ("uint64", ()),
    "sample_rows": ("int64", ()),
    "node": ("int64", ()),
    "light": ("uint64", (2,)),
    "unclean": ("int64", ()),
    "names": ("uint8", ()),
    "streams": ("uint8", ()),
    "blocks": ("int64", (3,)),
}


def no_arrays() -> Arrays:
    """The arrays of an index that knows no text."""
    arrays = Arrays(*(np.empty((0, *tail), dtype=kind) for kind, tail in SHAPES.values()))
    arrays.offsets = np.zeros(1, dtype=np.int64)
    return arrays


def path_of(folder: Path, name: str, generation: int) -> Path:
    """The file of an array."""
    return folder / f"{name}-{generation}.npy"


def write_arrays(folder: Path, arrays: Arrays, generation: int) -> dict[str, str]:
    """Writes the arrays of a generation beside those of others; returned are their checksums."""
    sums = {}
    for f in fields(Arrays):
        path = path_of(folder, f.name, generation)
        np.save(path, getattr(arrays, f.name), allow_pickle=False)
        sums[f.name] = checksum(path)
    return sums


def read_arrays(folder: Path, header: dict[str, Any]) -> tuple[Arrays, list[str]]:
    """The arrays a header speaks of and the names in them; ModelError where they are not what was written, or absurd."""
    try:
        generation = int(header["generation"])
        sums = {f.name: str(header["checksums"][f.name]) for f in fields(Arrays)}
        arrays = Arrays(**{name: _read(path_of(folder, name, generation), name, sum_) for name, sum_ in sums.items()})
        listed = json.loads(arrays.names.tobytes())
        names = [str(n) for n in listed] if isinstance(listed, list) else []
        _check(arrays, names, header.get("texts"))
    except (KeyError, TypeError, ValueError, OSError, EOFError, MemoryError, RecursionError) as e:
        raise ModelError(f"the index {folder} is damaged ({type(e).__name__}: {e}): {AGAIN}") from e
    return arrays, names


def _check(a: Arrays, names: Sequence[str], texts: Any) -> None:
    """ValueError where an array points outside another: such an index was made by somebody else's hand."""
    nodes, rows = len(a.keys), len(a.node)
    if not len(names) == rows == len(a.light) == len(a.unclean) == texts:
        raise ValueError("arrays of different lengths")
    if not nodes == len(a.offsets) - 1 == len(a.state) == len(a.bands) == len(a.brief):
        raise ValueError("arrays of different lengths")
    if (a.blocks < 0).any() or a.blocks[:, 1].sum() != rows:
        raise ValueError("blocks hold more or fewer texts")
    if len(a.sample) != len(a.sample_rows):
        raise ValueError("arrays of different lengths")
    inside = (a.offsets[0] == 0) and a.offsets[-1] == len(a.codes) and (np.diff(a.offsets) >= 0).all()
    for of in (a.node, a.sample_rows):
        inside = inside and (not len(of) or (of.min() >= 0 and of.max() < nodes))
    if not (inside and (a.state <= FULL).all() and (a.codes < 1 << CODE_BITS).all()):
        raise ValueError("an array points outside another")


def _read(path: Path, name: str, wanted: str) -> npt.NDArray[Any]:
    if checksum(path) != wanted:
        raise ValueError(f"{path.name} is not what was written")
    try:
        array: npt.NDArray[Any] = np.load(path, allow_pickle=False)
    except Exception as e:  # numpy parses the header as Python and raises whatever that raises
        raise ValueError(f"{path.name} is no array ({type(e).__name__})") from e
    kind, tail = SHAPES[name]
    if array.dtype != np.dtype(kind) or array.shape[1:] != tail:
        raise ValueError(f"{path.name} holds {array.dtype} {array.shape}")
    return array


def read_header(folder: Path) -> dict[str, Any] | None:
    """The header; None for an empty folder."""
    path = folder / HEADER
    if not folder.is_dir():
        raise ModelError(f"{folder} is a file, not an index folder: {AGAIN}")
    if not path.exists():
        # Without a header, our own files are what a first save left that was killed.
        others = sorted(p.name for p in folder.iterdir() if not _is_ours(p))
        if others:
            raise ModelError(f"{folder} holds other files ({others[0]!a}) and no {HEADER}: {AGAIN}")
        return None
    try:
        data = path.read_bytes()
        header = json.loads(data)
    except (OSError, ValueError, RecursionError) as e:
        raise ModelError(f"{path} cannot be read ({e}): {AGAIN}") from e
    # Written by nobody else, so that every other byte is damage.
    if not isinstance(header, dict) or not isinstance(header.get("generation"), int) or written(header) != data:
        raise ModelError(f"{path} is no header of an index: {AGAIN}")
    return header


def written(header: dict[str, Any]) -> bytes:
    """The bytes of a header."""
    return json.dumps(header, indent=1).encode()


def is_array(path: Path) -> bool:
    """Whether a file is an array of an index, by its name."""
    name, _, generation = path.stem.rpartition("-")
    return path.suffix == ".npy" and name in SHAPES and generation.isdigit()


def is_draft(path: Path) -> bool:
    """Whether a file is a header that was being written, by its name."""
    return bool(re.fullmatch(rf"\.{re.escape(HEADER)}\.[0-9a-f]{{8}}\.new", path.name))


def _is_ours(path: Path) -> bool:
    return path.name in (HEADER, LOCK) or is_draft(path) or is_array(path)


def fixed(steps: Steps) -> dict[str, Any]:
    """What must be equal for signatures to be comparable."""
    alphabet = blake2b(table(steps).tobytes() + table(LIGHT).tobytes(), digest_size=8).hexdigest()
    return {
        "format": FORMAT,
        "version": VERSION,
        "steps": steps.mask(),
        "alphabet": alphabet,
        "bands": [BANDS, RANGES, SAMPLE],
    }


def checksum(path: Path) -> str:
    """Of the file's bytes."""
    h = blake2b(digest_size=16)
    with path.open("rb") as f:
        while block := f.read(1 << 22):
            h.update(block)
    return h.hexdigest()
