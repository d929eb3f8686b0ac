"""Rows again: cluster numbers, the canonical member of each cluster, each member measured against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.entries import Longs, Solved
from gonghui_nlp.dedup.shingles import firsts
from gonghui_nlp.dedup.spill import IN_MEMORY, Spill
from gonghui_nlp.dedup.verdict import Verdict
from gonghui_nlp.dedup.worth import REASONS, best

Floats = npt.NDArray[np.float64]
# A member this much smaller than the canonical one that stands in it is a part of it.
_PART = 0.8
# So many rows are measured at a time, where there may be any number.
_AT_ONCE = 1 << 18


def first_seen(labels: Longs) -> Longs:
    """For every label its number by first appearance.

    >>> first_seen(np.array([7, 3, 7, 9])).tolist()
    [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[inverse]


class Look(Protocol):
    """A second look at input rows, taken only where it matters."""

    def worth(self, rows: Longs) -> Longs:
        """What is kept with each row's text."""

    def light(self, rows: Longs) -> npt.NDArray[np.uint64]:
        """Digests (n × 2) of the light copies."""


@dataclass(frozen=True, slots=True)
class Clustering:
    """What was found: each row's node, whether it is empty, its normalised length; and of the nodes."""

    node: Longs
    empty: npt.NDArray[np.bool_]
    length: Longs
    solved: Solved

    def numbers(self) -> Longs:
        """Cluster numbers of the rows by first appearance; every empty text is a cluster of its own."""
        label = np.where(self.empty, len(self.solved.leader) + np.arange(len(self.node)), self.solved.leader[self.node])
        return first_seen(label)


def columns(found: Clustering, look: Look, verdict: Verdict) -> dict[str, Any]:
    """The columns of the frame."""
    cluster = found.numbers()
    n = len(cluster)
    out = {
        "cluster_id": cluster,
        "canonical": np.ones(n, dtype=bool),
        "canonical_id": np.arange(n, dtype=np.int64),
        "kind": np.full(n, "unique", dtype=object),
        "similarity": np.ones(n),
        "containment": np.ones(n),
        "reason": np.full(n, "only", dtype=object),
    }
    rows = np.flatnonzero(np.bincount(cluster)[cluster] > 1) if n else cluster
    if not len(rows):
        return out
    of, reason = _canonical(cluster[rows], rows, found, look)
    similarity, containment, size, best_size = _measure(found, rows, of)
    part = (containment >= verdict.containment) & (size <= _PART * best_size)
    out["canonical"][rows] = of == rows
    out["canonical_id"][rows] = of
    out["kind"][rows] = np.select([_equal(found, rows, of, look), part], ["exact", "contained"], "near")
    out["similarity"][rows] = similarity
    out["containment"][rows] = containment
    out["reason"][rows] = reason
    return out


def canonical(found: Clustering, look: Look, spill: Spill = IN_MEMORY) -> tuple[Longs, Floats]:
    """Of each row the canonical member of its cluster and the similarity to it, as the columns have them.

    What is held beside these is little, some thousands of clusters at a time.
    """
    n = len(found.node)
    best_of, similarity = spill.empty("canonical", n, np.int64), spill.empty("similarity", n, np.float64)
    for start in range(0, n, _AT_ONCE):
        best_of[start : start + _AT_ONCE] = np.arange(start, min(start + _AT_ONCE, n))
    similarity[:] = 1.0
    label = found.solved.leader[found.node]
    label[found.empty] = len(found.solved.leader)
    counts = np.bincount(label, minlength=len(found.solved.leader) + 1)
    counts[-1] = 0
    rows = np.flatnonzero(counts[label] > 1)
    rows = rows[np.argsort(label[rows], kind="stable")]
    edges = np.append(np.flatnonzero(firsts(label[rows])), len(rows))
    del counts
    start = 0
    while start < len(rows):
        end = int(edges[np.searchsorted(edges, min(start + _AT_ONCE, len(rows)))])
        part = rows[start:end]
        of, _ = _canonical(label[part], part, found, look)
        best_of[part] = of
        for at in range(0, len(part), _AT_ONCE):
            few = slice(at, at + _AT_ONCE)
            similarity[part[few]] = _measure(found, part[few], of[few])[0]
        start = end
    return best_of, similarity


def _canonical(cluster: Longs, rows: Longs, found: Clustering, look: Look) -> tuple[Longs, npt.NDArray[np.object_]]:
    """For each of the rows, whose clusters are given, its cluster's canonical member, and why it is that one."""
    number = np.unique(cluster, return_inverse=True)[1]
    chosen, why = best(number, look.worth(rows), found.length[rows])
    return rows[chosen][number], np.array(REASONS, dtype=object)[why][number]


def _equal(found: Clustering, rows: Longs, of: Longs, look: Look) -> npt.NDArray[np.bool_]:
    """Which rows are exact copies of another one of their cluster, and which one stands for it."""
    full = found.node[rows] < len(found.solved.sets.sizes)
    _, node, several = np.unique(found.node[rows], return_inverse=True, return_counts=True)
    shared = several[node] > 1
    equal: npt.NDArray[np.bool_] = (shared & ~full) | (rows == of)
    doubtful = np.flatnonzero(shared & full)
    if len(doubtful):
        light = look.light(rows[doubtful])
        _, place, times = np.unique(light, axis=0, return_inverse=True, return_counts=True)
        equal[doubtful] |= times[place.reshape(-1)] > 1
    return equal


def _measure(found: Clustering, rows: Longs, best: Longs) -> tuple[Floats, Floats, Longs, Longs]:
    """Jaccard with and containment in the best one, and both sizes; equal nodes are 1 and 1."""
    sizes = np.zeros(len(found.solved.leader), dtype=np.int64)
    sizes[: len(found.solved.sets.sizes)] = found.solved.sets.sizes
    node, best_node = found.node[rows], found.node[best]
    a, b = sizes[node], sizes[best_node]
    common = a.copy()
    differ = node != best_node
    known = differ & (found.solved.leader[node] == best_node)
    common[known] = found.solved.shared[node[known]]
    unknown = np.flatnonzero(differ & ~known)
    common[unknown] = found.solved.sets.shared(np.stack([node[unknown], best_node[unknown]], axis=1))
    jaccard, containment = common / np.maximum(a + b - common, 1), common / np.maximum(a, 1)
    jaccard[~differ] = containment[~differ] = 1.0
    return jaccard, containment, a, b
