"""From candidate pairs to clusters: exact Jaccard and containment, connected, then held against one member each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lsh import Packed, Pairs, Signatures, band_pairs, bucket_pairs, unpacked
from gonghui_nlp.dedup.shingles import ROW_BITS, Sets, overlaps, take

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
_BATCH = 1 << ROW_BITS
_ROUNDS = 64
_HITS, _HIT_SHARE = 3, 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """When two texts are copies: Jaccard of at least ``threshold``; or ``containment`` of the smaller one's grams,
    when those are at least ``evidence``. A member keeps its place in a cluster when it reaches ``hold`` of either
    towards the representative."""

    threshold: float
    containment: float = 0.75
    evidence: int = 60
    hold: float = 0.5


def compare(sets: Sets, pairs: Pairs) -> npt.NDArray[np.int64]:
    """How many grams the two sets of each pair share."""
    shared = np.zeros(len(pairs), dtype=np.int64)
    sizes = sets.sizes
    for start, end in _batches(sizes[pairs[:, 0]] + sizes[pairs[:, 1]]):
        part = pairs[start:end]
        shared[start:end] = overlaps(take(sets, part[:, 0]), take(sets, part[:, 1]))
    return shared


def _batches(work: npt.NDArray[np.int64], most: int = 1 << 20) -> Iterable[tuple[int, int]]:
    total = np.concatenate(([0], np.cumsum(work)))
    start = 0
    while start < len(work):
        end = int(np.searchsorted(total, total[start] + most, side="right")) - 1
        end = min(max(end, start + 1), start + _BATCH)
        yield start, end
        start = end


def measures(sets: Sets, pairs: Pairs) -> tuple[Floats, Floats]:
    """Jaccard of each pair and the containment of its smaller set in the other."""
    shared = compare(sets, pairs).astype(np.float64)
    a, b = sets.sizes[pairs[:, 0]], sets.sizes[pairs[:, 1]]
    return shared / np.maximum(a + b - shared, 1), shared / np.maximum(np.minimum(a, b), 1)


def agree(sets: Sets, pairs: Pairs, verdict: Verdict, share: float = 1.0) -> npt.NDArray[np.bool_]:
    """Which pairs are copies; ``share`` lowers the bar."""
    if not len(pairs):
        return np.zeros(0, dtype=bool)
    jaccard, containment = measures(sets, pairs)
    smaller = np.minimum(sets.sizes[pairs[:, 0]], sets.sizes[pairs[:, 1]])
    cut = (containment >= verdict.containment * share) & (smaller >= verdict.evidence)
    return (jaccard >= verdict.threshold * share) | cut


def components(n: int, edges: Pairs) -> Labels:
    """The connected component of each of ``n`` rows."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(n, n)).tocsr()
    return connected_components(graph, directed=False)[1].astype(np.int64)


def connect(sets: Sets, signatures: Signatures, verdict: Verdict) -> Pairs:
    """The edges that connect copies: candidates that agree, those already connected left out.

    The rows must stand in an order that depends on their contents only; then so do the edges.
    """
    n = len(sets)
    edges = np.empty((0, 2), dtype=np.int64)
    labels = np.arange(n, dtype=np.int64)
    for candidates, by_bands in _rounds(signatures):
        pairs = unpacked(np.unique(candidates), n)
        pairs = pairs[labels[pairs[:, 0]] != labels[pairs[:, 1]]]
        if by_bands:
            pairs = pairs[likely(signatures, pairs, verdict.threshold)]
        found = pairs[agree(sets, pairs, verdict)]
        if len(found):
            edges = np.concatenate([edges, found])
            labels = components(n, edges)
    return edges


def _rounds(signatures: Signatures, bands: int = 6) -> Iterable[tuple[Packed, bool]]:
    group: list[Packed] = []
    for b, pairs in enumerate(band_pairs(signatures.keys), 1):
        group.append(pairs)
        if b % bands == 0 or b == len(signatures.keys):
            yield np.concatenate(group), True
            group = []
    yield cut_outs(signatures), False


def likely(signatures: Signatures, pairs: Pairs, threshold: float) -> npt.NDArray[np.bool_]:
    """Pairs whose brief signatures agree in more than half of what the threshold lets expect (over 3 sigma)."""
    brief = signatures.brief
    good = np.empty(len(pairs), dtype=bool)
    for i in range(0, len(pairs), 1 << 13):
        part = pairs[i : i + (1 << 13)]
        matches = np.count_nonzero(brief[part[:, 0]] == brief[part[:, 1]], axis=1)
        good[i : i + len(part)] = matches >= 0.5 * threshold * brief.shape[1]
    return good


def cut_outs(signatures: Signatures) -> Packed:
    """Pairs of which one may be a part of the other: they share enough of the smaller one's sampled grams."""
    rows, n = signatures.sample_rows, signatures.brief.shape[0]
    counts = np.bincount(rows, minlength=n)
    # Within a bucket the fullest row comes first: the whole that a cut-out was taken from.
    order = np.lexsort((rows, -counts[rows]))
    pairs, hits = np.unique(bucket_pairs(signatures.sample[order], rows[order], n), return_counts=True)
    left, right = np.divmod(pairs, max(n, 1))
    return pairs[(hits >= _HITS) & (hits >= _HIT_SHARE * np.minimum(counts[left], counts[right]))]


def partition(sets: Sets, edges: Pairs, rank: Labels, verdict: Verdict) -> Labels:
    """The representative of each row's cluster: components of the edges, members unlike their representative put out.

    ``rank`` orders the rows, the best representative first. Members put out form clusters of their own along
    the edges among them.
    """
    n = len(rank)
    leader = np.arange(n, dtype=np.int64)
    rows = np.unique(edges)
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
        lead = lead_of[labels[rows]]
        stays = rows == lead
        stays[~stays] = agree(sets, np.stack([rows, lead], axis=1)[~stays], verdict, verdict.hold)
        leader[rows[stays]] = lead[stays]
        rows = rows[~stays]
    return leader
