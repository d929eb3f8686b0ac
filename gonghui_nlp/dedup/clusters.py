"""From edges to clusters: connected, then held against one member each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lsh import Packed, Pairs
from gonghui_nlp.dedup.shingles import firsts
from gonghui_nlp.dedup.verdict import Compared, Labels, Verdict

_ROUNDS = 64
_WITNESSES = 4
# What shares less than this of the smaller one with another text is alien to it.
_ALIEN = 0.1
# A cluster of fewer members besides its representative is not asked whether that one joins strangers.
_JOINED = 3


def components(n: int, edges: Pairs) -> Labels:
    """The connected component of each of ``n`` rows."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(n, n)).tocsr()
    labels: Labels = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def distinct(numbers: Packed) -> Packed:
    """Sorted, each once; sorting beats the hashing of ``numpy.unique`` here."""
    numbers = np.sort(numbers)
    return numbers[firsts(numbers)]


def partition(sets: Compared, edges: Pairs, rank: Labels, verdict: Verdict) -> tuple[Labels, Labels]:
    """The representative of each row's cluster, and how many grams the row shares with it.

    Clusters are the components of the edges, members unlike their representative put out. ``rank`` orders the
    rows, the best representative first. Members put out form clusters of their own along the edges among them.
    """
    n = len(rank)
    leader = np.arange(n, dtype=np.int64)
    shared = sets.sizes.copy()
    rows = distinct(edges.reshape(-1))
    for _ in range(_ROUNDS):
        if not len(rows):
            break
        among = np.zeros(n, dtype=bool)
        among[rows] = True
        edges = edges[among[edges[:, 0]] & among[edges[:, 1]]]
        labels = components(n, edges)
        best = rows[np.argsort(-rank[rows], kind="stable")]
        lead_of = np.empty(n, dtype=np.int64)
        lead_of[labels[best]] = best
        pairs = np.stack([rows, lead_of[labels[rows]]], axis=1)
        common = sets.sizes[rows]
        others = pairs[:, 0] != pairs[:, 1]
        common[others] = sets.shared(pairs[others])
        stays = ~others | verdict.holds(sets, pairs, common, verdict.hold)
        stays |= _vouched(sets, pairs, stays, verdict)
        stays &= ~_bridged(sets, pairs, stays & others)
        leader[rows[stays]], shared[rows[stays]] = pairs[stays, 1], common[stays]
        rows = rows[~stays]
    return leader, shared


def _vouched(sets: Compared, pairs: Pairs, held: npt.NDArray[np.bool_], verdict: Verdict) -> npt.NDArray[np.bool_]:
    """Which of the other rows are like two of the largest members that are held, though unlike the representative.

    So the ends of a long line of copies stay together, and a text that joins strangers vouches for none alone.
    """
    out = np.zeros(len(pairs), dtype=bool)
    asked = np.flatnonzero(~held)
    if not verdict.rarity or not len(asked):
        return out
    row, lead = pairs[held & (pairs[:, 0] != pairs[:, 1])].T
    order = np.lexsort((row, -sets.sizes[row], lead))
    row, lead = row[order], lead[order]
    starts, stops = (np.searchsorted(lead, pairs[asked, 1], side=side) for side in ("left", "right"))
    votes = np.zeros(len(asked), dtype=np.int64)
    for i in range(_WITNESSES):
        here = np.flatnonzero(starts + i < stops)
        beside = np.stack([pairs[asked[here], 0], row[starts[here] + i]], axis=1)
        votes[here] += verdict.holds(sets, beside, sets.shared(beside), verdict.hold)
    out[asked] = votes > 1
    return out


def _bridged(sets: Compared, pairs: Pairs, held: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which of the held members (each with its representative) only the representative joins to the rest.

    A compilation of two texts holds both of them, and nothing of one stands in the other: its cluster is that of the
    larger one, and the rest is put out. Clusters whose representative is hardly larger than its members are passed over.
    """
    out = np.zeros(len(pairs), dtype=bool)
    part = held & (2 * sets.sizes[pairs[:, 0]] < sets.sizes[pairs[:, 1]])
    members = np.bincount(pairs[held, 1], minlength=len(sets.sizes))
    asked = np.flatnonzero(held & (members >= _JOINED)[pairs[:, 1]] & np.isin(pairs[:, 1], pairs[part, 1]))
    if not len(asked):
        return out
    row, lead = pairs[asked].T
    order = np.lexsort((row, -sets.sizes[row], lead))
    heads = order[firsts(lead[order])]
    largest = np.zeros(len(sets.sizes), dtype=np.int64)
    largest[lead[heads]] = row[heads]
    against = np.stack([row, largest[lead]], axis=1)
    other = np.flatnonzero(against[:, 0] != against[:, 1])
    common = sets.shared(against[other])
    smaller = sets.sizes[against[other]].min(axis=1)
    out[asked[other[common < _ALIEN * smaller]]] = True
    return out
