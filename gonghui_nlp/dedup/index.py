"""What is known of texts seen before, kept in a folder, so that new ones are compared without reading those again.

The folder holds plain arrays and a JSON header with their checksums. Every update writes new arrays first and
the header last, in one step: an interrupted one leaves what was there. One update writes at a time, under a lock,
and takes in what others saved since this index was opened, so that nobody's texts are lost. Clusters are computed from what is kept exactly as
from the texts themselves, so neither the order of the texts nor the number of updates makes a difference.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.blocks import Blocks, packed
from gonghui_nlp.dedup.columns import Clustering, columns
from gonghui_nlp.dedup.entries import EMPTY, FULL, Nodes, build, gather, prepare, solve
from gonghui_nlp.dedup.frame import Unit, read_texts, verdict_of
from gonghui_nlp.dedup.lsh import BANDS, RANGES, Signatures
from gonghui_nlp.dedup.normalise import ALL, LIGHT, Rows, Steps, normalise
from gonghui_nlp.dedup.stock import Stock
from gonghui_nlp.dedup.store import (
    AGAIN,
    FORMAT,
    HEADER,
    LOCK,
    Arrays,
    fixed,
    is_array,
    is_draft,
    no_arrays,
    path_of,
    read_arrays,
    read_header,
    write_arrays,
    written,
)
from gonghui_nlp.dedup.worth import worth
from gonghui_nlp.errors import InputError, ModelError, OutputError
from gonghui_nlp.files import locked, write_whole

if TYPE_CHECKING:
    import pandas as pd

# A save of some gigabytes takes minutes; whoever else saves waits for it.
_PATIENCE = 600.0
_NO_GRAMS = np.empty(0, dtype=np.uint64)


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
        self._arrays = no_arrays()
        self._names: list[str] = []

    def __len__(self) -> int:
        """The number of texts the index knows."""
        return len(self._arrays.node)

    @property
    def names(self) -> list[str]:
        """What the texts are called, in the order they were added."""
        return list(self._names)

    @property
    def texts(self) -> list[str]:
        """The texts themselves, in the order they were added; raises :class:`ModelError` where they are damaged."""
        try:
            return Blocks(self._arrays.streams, self._arrays.blocks).texts()
        except (ValueError, RecursionError, zlib.error) as e:
            raise ModelError(f"the texts in the index {self.folder} are damaged ({e}): {AGAIN}") from e

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
        _, signed = build(rows, full, Stock(_NO_GRAMS, _NO_GRAMS))
        bands = np.zeros((len(new), BANDS), dtype=np.uint32)
        brief = np.zeros((len(new), RANGES), dtype=np.uint8)
        bands[full], brief[full] = signed.keys.T, signed.brief
        kept = Blocks(a.streams, a.blocks).joined(packed(texts))
        self._arrays = Arrays(
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
            np.concatenate([a.unclean, worth(texts)]),
            a.names,
            kept.streams,
            kept.table,
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

    def worth(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """What is kept with the texts at the given positions."""
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
            with locked(self.folder / LOCK, busy, _PATIENCE):
                self._take_in_others()
                self._write()
        except OSError as e:
            raise OutputError(f"cannot write the index {self.folder}: {e.strerror}; what was there is kept") from e
        self._added = []

    def _take_in_others(self) -> None:
        header = read_header(self.folder)
        if (header["generation"] if header else 0) == self._generation:
            return
        self._empty()
        self._load()
        for rows, called in self._added:
            self._add(rows, called)

    def _write(self) -> None:
        new = self._generation + 1
        self._arrays.names = np.frombuffer(json.dumps(self._names).encode(), dtype=np.uint8)
        sums = write_arrays(self.folder, self._arrays, new)
        header = fixed(self.steps) | {"generation": new, "texts": len(self), "checksums": sums}
        write_whole(self.folder / HEADER, written(header))
        self._generation = new
        # Whatever earlier or interrupted saves left is no part of the index now.
        kept = {path_of(self.folder, f.name, new) for f in fields(Arrays)}
        for path in self.folder.iterdir():
            if (is_array(path) and path not in kept) or is_draft(path):
                with suppress(OSError):
                    path.unlink()

    def _load(self) -> None:
        while header := read_header(self.folder):
            try:
                self._load_as(header)
                return
            except ModelError:
                # Another run may have saved between our look at the header and at the arrays.
                if (read_header(self.folder) or {}).get("generation") == header.get("generation"):
                    raise

    def _load_as(self, header: dict[str, Any]) -> None:
        expected = fixed(self.steps)
        if header.get("format") != FORMAT:
            raise ModelError(f"{self.folder} is no index of gonghui: {AGAIN}")
        for key, value in expected.items():
            if header.get(key) != value:
                raise ModelError(
                    f"the index {self.folder} was made with {key} {header.get(key)!r}, not {value!r}: {AGAIN}"
                )
        self._arrays, self._names = read_arrays(self.folder, header)
        self._generation = int(header["generation"])
