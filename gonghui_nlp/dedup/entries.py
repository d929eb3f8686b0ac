"""From texts to what is compared: equal copies as one node, nodes in an order of their contents, sets, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import Verdict, components, connect
from gonghui_nlp.dedup.lsh import BANDS, RANGES, Signatures, sign
from gonghui_nlp.dedup.normalise import LIGHT, Rows, Steps, normalise
from gonghui_nlp.dedup.shingles import WIDTH, Grams, Sets, batches, firsts, shingle, take
from gonghui_nlp.dedup.stock import SAMPLE, Stock, frequent, listed

Longs = npt.NDArray[np.int64]
# Texts with fewer characters left after normalising must be equal to be copies.
SHORT = 20
EMPTY, BRIEF, FULL = 0, 1, 2
_CHUNK = 1 << 17


@dataclass(frozen=True, slots=True)
class Entries:
    """Distinct texts, normalised: ``keys`` (n × 2) are equal for equal copies, ``state`` says how they compare."""

    rows: Rows
    keys: npt.NDArray[np.uint64]
    state: npt.NDArray[np.uint8]


def prepare(texts: Sequence[str], steps: Steps) -> Entries:
    """Normalise; a short text is keyed by its light copy, so that it must be equal to be a copy."""
    rows = normalise(texts, steps)
    keys = rows.digests().copy()
    state = np.full(len(texts), FULL, dtype=np.uint8)
    short = np.flatnonzero(rows.lengths < SHORT)
    if len(short):
        light = normalise([texts[i] for i in short.tolist()], LIGHT)
        # A short text and a long one never have the same key: the last bit tells them apart.
        keys[short] = light.digests()
        state[short] = np.where(light.lengths > 0, BRIEF, EMPTY)
    keys[:, 1] = keys[:, 1] & ~np.uint64(1) | (state != FULL)
    return Entries(rows, keys, state)


@dataclass(frozen=True, slots=True)
class Nodes:
    """Equal entries as one, in an order that depends on their contents only: first those compared by grams.

    ``of_entry`` is the node of each entry, ``entry`` one entry of each node, ``lengths`` the normalised lengths of
    those compared by grams.
    """

    keys: npt.NDArray[np.uint64]
    of_entry: Longs
    entry: Longs
    lengths: Longs

    def rank(self) -> Longs:
        """Place of each compared node when the longest stands first; ties by content."""
        order = np.argsort(-self.lengths, kind="stable")
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return rank


def gather(entries: Entries) -> Nodes:
    """The nodes of the entries."""
    order = np.lexsort((entries.keys[:, 1], entries.keys[:, 0], entries.state != FULL))
    keys = entries.keys[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    of_entry = np.empty(len(order), dtype=np.int64)
    of_entry[order] = np.cumsum(new) - 1
    entry = order[new]
    return Nodes(keys[new], of_entry, entry, entries.rows.lengths[entry[entries.state[entry] == FULL]])


def build(rows: Rows, chosen: Longs, stock: Stock) -> tuple[Sets, Signatures]:
    """Gram sets less the stock grams, and the signatures of the whole sets, of the chosen rows in their order."""
    lengths = rows.lengths[chosen]
    grams = np.empty(int(np.maximum(lengths - (WIDTH - 1), 0).sum()), dtype=np.uint64)
    indptr = np.zeros(len(chosen) + 1, dtype=np.int64)
    keys = np.empty((BANDS, len(chosen)), dtype=np.uint32)
    brief = np.empty((len(chosen), RANGES), dtype=np.uint8)
    samples: list[tuple[Grams, Longs]] = []
    for start, end in batches(lengths, _CHUNK):
        whole = shingle(rows.take(chosen[start:end]))
        signed = sign(whole)
        keys[:, start:end], brief[start:end] = signed.keys, signed.brief
        samples.append((signed.sample, signed.sample_rows + start))
        part = stock.strip(whole)
        at = indptr[start]
        grams[at : at + len(part.grams)] = part.grams
        indptr[start + 1 : end + 1] = at + part.indptr[1:]
    sample, sample_rows = (np.concatenate([s[i] for s in samples] or [indptr[:0]]) for i in (0, 1))
    return Sets(grams[: indptr[-1]], indptr), Signatures(keys, brief, sample.astype(np.uint64), sample_rows)


def stock_of(rows: Rows, compared: Longs, verdict: Verdict, steps: Steps) -> Stock:
    """The stock grams of the archive: listed ones, and those of many independent texts of a sample.

    ``compared`` are the rows of the nodes compared by grams, in order of their contents.
    """
    known = Stock(listed(steps))
    sets, signatures = build(rows, compared[:SAMPLE], known)
    labels = components(len(sets), connect(sets, signatures, verdict))
    order = np.lexsort((-sets.sizes, labels))
    found = frequent(take(sets, order[firsts(labels[order])]))
    return Stock(np.concatenate([known.grams, found]))
