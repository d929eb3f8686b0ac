"""Rows again: cluster numbers, the canonical member of each cluster, each member measured against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import Verdict, compare
from gonghui_nlp.dedup.entries import EMPTY, Longs
from gonghui_nlp.dedup.shingles import Sets

# A member this much smaller than the canonical one that stands in it is a part of it.
_PART = 0.8


def first_seen(keys: Iterable[Any]) -> tuple[Longs, Longs]:
    """For every key its number by first appearance; and the place of each number's first appearance."""
    seen: dict[Any, int] = {}
    numbers = np.fromiter((seen.setdefault(k, len(seen)) for k in keys), dtype=np.int64)
    first = np.zeros(len(seen), dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return numbers, first


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of each input row: its node, its state, normalised length, blemishes and light digest."""

    node: Longs
    state: npt.NDArray[np.uint8]
    length: Longs
    blemishes: Longs
    light: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.node)


def number(node: Longs, state: npt.NDArray[np.uint8], leader: Longs) -> Longs:
    """Cluster numbers by first appearance; every empty text is a cluster of its own."""
    label = np.where(state == EMPTY, len(leader) + np.arange(len(node)), leader[node])
    return first_seen(label.tolist())[0]


def shared(cluster: Longs) -> Longs:
    """The rows whose cluster holds another row."""
    return np.flatnonzero(np.bincount(cluster)[cluster] > 1) if len(cluster) else cluster


def columns(cluster: Longs, rows: Longs, facts: Facts, sets: Sets, verdict: Verdict) -> dict[str, Any]:
    """The columns of the frame. ``facts`` are those of ``rows``, the rows of clusters with more than one member."""
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
    if not len(rows):
        return out
    best, reason = _canonical(cluster[rows], facts)
    jaccard, containment, size, best_size = _measure(facts.node, facts.node[best], sets)
    equal = (facts.light == facts.light[best]).all(axis=1)
    part = (containment >= verdict.containment) & (size <= _PART * best_size)
    out["canonical"][rows] = best == np.arange(len(rows))
    out["canonical_id"][rows] = rows[best]
    out["kind"][rows] = np.select([equal, part], ["exact", "contained"], "near")
    out["similarity"][rows] = jaccard
    out["containment"][rows] = containment
    out["reason"][rows] = reason
    return out


def _canonical(cluster: Longs, facts: Facts) -> tuple[Longs, npt.NDArray[np.object_]]:
    """For each row the place of its cluster's canonical member, and why it is that one."""
    keys = (np.arange(len(cluster)), facts.blemishes, -facts.length, cluster)
    order = np.lexsort(keys)
    head = np.flatnonzero(np.concatenate(([True], cluster[order][1:] != cluster[order][:-1])))
    first, second = order[head], order[head + 1]
    longest, cleanest = (fact[first] != fact[second] for fact in (facts.length, facts.blemishes))
    why = np.select([longest, cleanest], ["longest", "cleanest"], "first").astype(object)
    of_cluster = np.zeros(int(cluster.max()) + 1, dtype=np.int64)
    of_cluster[cluster[first]] = np.arange(len(first))
    return first[of_cluster[cluster]], why[of_cluster[cluster]]


def _measure(
    node: Longs, best: Longs, sets: Sets
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], Longs, Longs]:
    """Jaccard and containment of each node in its canonical one, and both sizes; equal nodes are 1 and 1."""
    sizes = np.zeros(int(max(node.max(), best.max())) + 1, dtype=np.int64)
    sizes[: len(sets)] = sets.sizes[: len(sizes)]
    jaccard, containment = np.ones(len(node)), np.ones(len(node))
    differ = np.flatnonzero(node != best)
    pairs, where = np.unique(np.stack([node[differ], best[differ]], axis=1), axis=0, return_inverse=True)
    common = compare(sets, pairs)[where.reshape(-1)] if len(pairs) else np.zeros(0)
    a, b = sizes[node[differ]], sizes[best[differ]]
    jaccard[differ] = common / np.maximum(a + b - common, 1)
    containment[differ] = common / np.maximum(a, 1)
    return jaccard, containment, sizes[node], sizes[best]
