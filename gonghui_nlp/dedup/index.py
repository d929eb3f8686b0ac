"""What is known of texts seen before, kept in a folder, so that new ones are compared without reading those again.

The folder holds plain arrays and a JSON header with their checksums. Every update writes new arrays first and
the header last, in one step: an interrupted one leaves what was there. One update writes at a time, under a lock,
and takes in what others saved since this index was opened, so that nobody's texts are lost. Clusters are computed from what is kept exactly as
from the texts themselves, so neither the order of the texts nor the number of updates makes a difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.columns import Clustering, columns
from gonghui_nlp.dedup.entries import EMPTY, FULL, Nodes, build, gather, prepare, solve
from gonghui_nlp.dedup.frame import Unit, read_texts, verdict_of
from gonghui_nlp.dedup.lsh import BANDS, RANGES, SAMPLE, Signatures
from gonghui_nlp.dedup.normalise import ALL, CODE_BITS, LIGHT, Rows, Steps, blemishes, normalise, table
from gonghui_nlp.dedup.stock import Stock
from gonghui_nlp.errors import InputError, ModelError, OutputError
from gonghui_nlp.files import locked, write_whole

if TYPE_CHECKING:
    import pandas as pd

FORMAT, VERSION = "gonghui-dedup-index", 1
_HEADER, _LOCK = "index.json", "index.lock"
# A save of some gigabytes takes minutes; whoever else saves waits for it.
_PATIENCE = 600.0
_AGAIN = "give --index another folder, or delete this one and run over all files again"


@dataclass(slots=True)
class _Arrays:
    """Of the nodes: codes, offsets, keys, state, bands, brief, sample. Of the rows: node, light, unclean, names."""

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


_SHAPES: dict[str, tuple[str, tuple[int, ...]]] = {
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
}


class Index:
    """An index folder; one that does not exist or is empty is a new index.

    Raises :class:`ModelError` for a folder that is damaged, foreign or from another version.
    """

    def __init__(self, folder: str | Path, steps: Steps = ALL) -> None:
        self.folder, self.steps = Path(folder), steps
        self._empty()
        # What was added and is not saved yet: taken in again where another run has saved meanwhile.
        self._added: list[tuple[list[str], list[str]]] = []
        if self.folder.exists():
            self._load()

    def _empty(self) -> None:
        self._generation = 0
        self._arrays = _Arrays(*(np.empty((0, *tail), dtype=kind) for kind, tail in _SHAPES.values()))
        self._arrays.offsets = np.zeros(1, dtype=np.int64)
        self._names: list[str] = []

    def __len__(self) -> int:
        """The number of texts the index knows."""
        return len(self._arrays.node)

    @property
    def names(self) -> list[str]:
        """What the texts are called, in the order they were added."""
        return list(self._names)

    def add(self, texts: Sequence[str] | pd.Series[Any] | pd.DataFrame, names: Sequence[str] | None = None) -> int:
        """Take in texts; returned is how many were new. One known by the same name with the same text is not.

        Without ``names`` texts are called by their position. Nothing is written before :meth:`save`.
        """
        rows, _ = read_texts(texts)
        called = [str(n) for n in names] if names is not None else [str(len(self) + i) for i in range(len(rows))]
        if len(called) != len(rows):
            raise InputError(f"{len(rows)} texts and {len(called)} names: give as many")
        self._added.append((rows, called))
        return self._add(rows, called)

    def _add(self, rows: list[str], called: list[str]) -> int:
        light = normalise(rows, LIGHT).digests()
        known = set(zip(self._names, map(bytes, self._arrays.light), strict=True))
        fresh = [i for i, name in enumerate(called) if (name, bytes(light[i])) not in known]
        self._take_in([rows[i] for i in fresh], [called[i] for i in fresh], light[fresh])
        return len(fresh)

    def _take_in(self, texts: list[str], names: list[str], light: npt.NDArray[np.uint64]) -> None:
        a = self._arrays
        entries = prepare(texts, self.steps)
        keys, state = np.concatenate([a.keys, entries.keys]), np.concatenate([a.state, entries.state])
        nodes = gather(keys, state)
        # A node is known by its first entry: one that was there before, or the first new one of its kind.
        first = np.full(len(nodes.entry), len(keys), dtype=np.int64)
        np.minimum.at(first, nodes.of_entry, np.arange(len(keys)))
        m = len(a.keys)
        new = np.sort(first[first >= m])
        place = np.arange(len(keys))
        place[new] = m + np.arange(len(new))
        chosen = new - m
        rows = entries.rows.take(chosen)
        full = np.flatnonzero(entries.state[chosen] == FULL)
        _, signed = build(rows, full, Stock(*2 * [np.empty(0, dtype=np.uint64)]))
        bands = np.zeros((len(new), BANDS), dtype=np.uint32)
        brief = np.zeros((len(new), RANGES), dtype=np.uint8)
        bands[full], brief[full] = signed.keys.T, signed.brief
        self._arrays = _Arrays(
            np.concatenate([a.codes, rows.codes]),
            np.concatenate([a.offsets, a.offsets[-1] + rows.offsets[1:]]),
            np.concatenate([a.keys, entries.keys[chosen]]),
            np.concatenate([a.state, entries.state[chosen]]),
            np.concatenate([a.bands, bands]),
            np.concatenate([a.brief, brief]),
            np.concatenate([a.sample, signed.sample]),
            np.concatenate([a.sample_rows, m + full[signed.sample_rows]]),
            np.concatenate([a.node, place[first[nodes.of_entry[m:]]]]),
            np.concatenate([a.light, light]),
            np.concatenate([a.unclean, blemishes(texts)]),
            a.names,
        )
        self._names += names

    def clusters(self, threshold: float | None = None, *, unit: Unit = "paragraphs") -> pd.DataFrame:
        """What :func:`deduplicate` returns, for all texts in the order they were added, with their ``name`` in front."""
        import pandas as pd

        a = self._arrays
        verdict = verdict_of(threshold, unit)
        nodes = gather(a.keys, a.state)
        rows = Rows(a.codes, a.offsets)
        solved = solve(rows, nodes, verdict, self.steps, self._signatures(nodes))
        found = Clustering(nodes.of_entry[a.node], a.state[a.node] == EMPTY, rows.lengths[a.node], solved)
        return pd.DataFrame({"name": self._names} | columns(found, self, verdict))

    def _signatures(self, nodes: Nodes) -> Signatures:
        a = self._arrays
        compared = nodes.entry[: nodes.compared]
        return Signatures(
            np.ascontiguousarray(a.bands[compared].T), a.brief[compared], a.sample, nodes.of_entry[a.sample_rows]
        )

    def blemishes(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How unclean the texts at the given positions are."""
        return self._arrays.unclean[rows]

    def light(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        """Digests of the light copies of the texts at the given positions."""
        return self._arrays.light[rows]

    def save(self) -> None:
        """Write the index, with what other runs saved since it was opened; raises :class:`OutputError` where it cannot be.

        Raises :class:`ModelError` when the folder was damaged meanwhile.
        """
        busy = f"the index {self.folder} is being written by another run; try again when that has ended"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with locked(self.folder / _LOCK, busy, _PATIENCE):
                self._take_in_others()
                self._write()
        except OSError as e:
            raise OutputError(f"cannot write the index {self.folder}: {e.strerror}; what was there is kept") from e
        self._added = []

    def _take_in_others(self) -> None:
        header = _header(self.folder)
        if (header["generation"] if header else 0) == self._generation:
            return
        self._empty()
        self._load()
        for rows, called in self._added:
            self._add(rows, called)

    def _write(self) -> None:
        new = self._generation + 1
        self._arrays.names = np.frombuffer(json.dumps(self._names).encode(), dtype=np.uint8)
        sums = {}
        for f in fields(_Arrays):
            path = self._path(f.name, new)
            np.save(path, getattr(self._arrays, f.name), allow_pickle=False)
            sums[f.name] = _checksum(path)
        header = _fixed(self.steps) | {"generation": new, "texts": len(self), "checksums": sums}
        write_whole(self.folder / _HEADER, json.dumps(header, indent=1).encode())
        self._generation = new
        # Whatever earlier or interrupted saves left is no part of the index now.
        for path in self.folder.iterdir():
            if _is_array(path) and path not in {self._path(f.name, new) for f in fields(_Arrays)}:
                with suppress(OSError):
                    path.unlink()

    def _path(self, name: str, generation: int) -> Path:
        return self.folder / f"{name}-{generation}.npy"

    def _load(self) -> None:
        while header := _header(self.folder):
            try:
                self._load_as(header)
                return
            except ModelError:
                # Another run may have saved between our look at the header and at the arrays.
                if (_header(self.folder) or {}).get("generation") == header.get("generation"):
                    raise

    def _load_as(self, header: dict[str, Any]) -> None:
        expected = _fixed(self.steps)
        if header.get("format") != FORMAT:
            raise ModelError(f"{self.folder} is no index of gonghui: {_AGAIN}")
        for key, value in expected.items():
            if header.get(key) != value:
                raise ModelError(
                    f"the index {self.folder} was made with {key} {header.get(key)!r}, not {value!r}: {_AGAIN}"
                )
        try:
            self._generation = int(header["generation"])
            loaded = {f.name: self._read(f.name, str(header["checksums"][f.name])) for f in fields(_Arrays)}
            names = json.loads(loaded["names"].tobytes())
            self._names = [str(n) for n in names] if isinstance(names, list) else []
            self._arrays = _Arrays(**loaded)
            self._check(header.get("texts"))
        except (KeyError, TypeError, ValueError, OSError, EOFError, MemoryError, RecursionError) as e:
            raise ModelError(f"the index {self.folder} is damaged ({type(e).__name__}: {e}): {_AGAIN}") from e

    def _check(self, texts: Any) -> None:
        """ValueError where an array points outside another: such an index was made by somebody else's hand."""
        a = self._arrays
        nodes, rows = len(a.keys), len(a.node)
        if not len(self._names) == rows == len(a.light) == len(a.unclean) == texts:
            raise ValueError("arrays of different lengths")
        if not nodes == len(a.offsets) - 1 == len(a.state) == len(a.bands) == len(a.brief):
            raise ValueError("arrays of different lengths")
        if len(a.sample) != len(a.sample_rows):
            raise ValueError("arrays of different lengths")
        inside = (a.offsets[0] == 0) and a.offsets[-1] == len(a.codes) and (np.diff(a.offsets) >= 0).all()
        for of in (a.node, a.sample_rows):
            inside = inside and (not len(of) or (of.min() >= 0 and of.max() < nodes))
        if not (inside and (a.state <= FULL).all() and (a.codes < 1 << CODE_BITS).all()):
            raise ValueError("an array points outside another")

    def _read(self, name: str, checksum: str) -> npt.NDArray[Any]:
        path = self._path(name, self._generation)
        if _checksum(path) != checksum:
            raise ValueError(f"{path.name} is not what was written")
        try:
            array: npt.NDArray[Any] = np.load(path, allow_pickle=False)
        except Exception as e:  # numpy parses the header as Python and raises whatever that raises
            raise ValueError(f"{path.name} is no array ({type(e).__name__})") from e
        kind, tail = _SHAPES[name]
        if array.dtype != np.dtype(kind) or array.shape[1:] != tail:
            raise ValueError(f"{path.name} holds {array.dtype} {array.shape}")
        return array


def _header(folder: Path) -> dict[str, Any] | None:
    """The header; None for an empty folder."""
    path = folder / _HEADER
    if not folder.is_dir():
        raise ModelError(f"{folder} is a file, not an index folder: {_AGAIN}")
    if not path.exists():
        # Without a header, our own files are what a first save left that was killed.
        others = sorted(p.name for p in folder.iterdir() if not _is_ours(p))
        if others:
            raise ModelError(f"{folder} holds other files ({others[0]!a}) and no {_HEADER}: {_AGAIN}")
        return None
    try:
        header = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as e:
        raise ModelError(f"{path} cannot be read ({e}): {_AGAIN}") from e
    if not isinstance(header, dict) or not isinstance(header.get("generation"), int):
        raise ModelError(f"{path} is no header of an index: {_AGAIN}")
    return header


def _is_array(path: Path) -> bool:
    name, _, generation = path.stem.rpartition("-")
    return path.suffix == ".npy" and name in _SHAPES and generation.isdigit()


def _is_ours(path: Path) -> bool:
    draft = re.fullmatch(rf"\.{re.escape(_HEADER)}\.[0-9a-f]{{8}}\.new", path.name)
    return path.name in (_HEADER, _LOCK) or bool(draft) or _is_array(path)


def _fixed(steps: Steps) -> dict[str, Any]:
    """What must be equal for signatures to be comparable."""
    alphabet = blake2b(table(steps).tobytes() + table(LIGHT).tobytes(), digest_size=8).hexdigest()
    return {
        "format": FORMAT,
        "version": VERSION,
        "steps": steps.mask(),
        "alphabet": alphabet,
        "bands": [BANDS, RANGES, SAMPLE],
    }


def _checksum(path: Path) -> str:
    h = blake2b(digest_size=16)
    with path.open("rb") as f:
        while block := f.read(1 << 22):
            h.update(block)
    return h.hexdigest()
