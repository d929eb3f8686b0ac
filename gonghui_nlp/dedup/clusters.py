"""From candidate pairs to clusters: exact Jaccard and containment, connected, then held against one member each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.kin import Wanted, kin_pairs, wanted
from gonghui_nlp.dedup.lsh import RANGES, Packed, Pairs, Signatures, band_pairs, bucket_pairs, unpacked
from gonghui_nlp.dedup.rarity import Rarity
from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams, Weights, firsts
from gonghui_nlp.dedup.weighing import Weighing, odds_of

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_ROUNDS = 64
# After each round what was found is connected, so that later bands have less to look at.
_ROUNDS_OF_BANDS = (2, 4, 8, 14, 14)
_PART_BITS = 4
# So many sampled grams are looked at in one go.
_LOT = 1 << 20
_HITS, _HIT_SHARE = 2, 0.15
# So often clusters are looked at again, with those that joined meanwhile; no single pair has more to say than this.
_LOOKS, _CLIPPED = 4, 8.0
_SPEAKERS = 3
_WITNESSES = 4
# What shares less than this of the smaller one with another text is alien to it.
_ALIEN = 0.1
# A cluster of fewer members besides its representative is not asked whether that one joins strangers.
_JOINED = 3


class Compared(Protocol):
    """Gram sets, wherever they are held: how large they are, and how many grams two of them share."""

    @property
    def sizes(self) -> Labels:
        """The number of distinct grams of each set."""

    def shared(self, pairs: Pairs) -> Labels:
        """How many grams the two sets of each pair share."""

    def weighed(self, pairs: Pairs, weights: Weights) -> npt.NDArray[np.float64]:
        """The Jaccard of each pair with every gram counted by its weight."""

    def own_words(self, rows: Labels, asked: Wanted) -> tuple[Grams, Labels]:
        """A sample of the words of some rows, and the row each stands in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """When two texts are copies.

    Jaccard of at least ``threshold``; or ``containment`` of the smaller one's grams, when those are at least
    ``evidence``; never on fewer than ``least`` shared grams. A member keeps its place in a cluster when it
    reaches the share ``hold`` of either towards the representative. Where it is known what is rare in the archive, a
    ``model`` decides between its own bounds.
    """

    threshold: float
    containment: float = 0.75
    evidence: int = 60
    hold: float = 0.5
    least: int = 8
    model: Weighing | None = None
    rarity: Rarity | None = None

    def knowing(self, rarity: Rarity | None) -> Verdict:
        """The same with what is rare in the archive at hand: only then the model has a say."""
        known = rarity if self.model and rarity and rarity.known else None
        return replace(self, rarity=known, threshold=self.model.sure if self.model and known else self.threshold)

    @property
    def looked_at(self) -> float:
        """The share of equal ranges from which a pair that a band found is looked at."""
        return self.model.lowest(self.rarity.strangers) if self.model and self.rarity else 0.5 * self.threshold

    def holds(self, sets: Compared, pairs: Pairs, shared: Labels, share: float = 1.0) -> npt.NDArray[np.bool_]:
        """Which pairs are copies, given how many grams they share; ``share`` lowers the bar."""
        return self.odds(sets, pairs, shared, share) >= 0

    def odds(self, sets: Compared, pairs: Pairs, shared: Labels, share: float = 1.0) -> Floats:
        """The log odds that pairs are copies, given how many grams they share; without a model they are endless."""
        a, b = sets.sizes[pairs[:, 0]], sets.sizes[pairs[:, 1]]
        smaller = np.minimum(a, b)
        cut = (shared >= self.containment * share * smaller) & (smaller >= self.evidence)
        near = (shared >= self.threshold * share * (a + b - shared)) & (shared >= self.least)
        out = np.where(near | cut, np.inf, -np.inf)
        if self.model and self.rarity:
            lowest = self.model.lowest(self.rarity.strangers) * share * (a + b - shared)
            doubtful = np.flatnonzero(~near & ~cut & (shared >= lowest) & (shared >= self.least))
            jaccard = shared[doubtful] / (a + b - shared)[doubtful]
            weighed = sets.weighed(pairs[doubtful], self.rarity)
            out[doubtful] = self.model.odds(jaccard / share, weighed / share, self.rarity.strangers)
        return out


def components(n: int, edges: Pairs) -> Labels:
    """The connected component of each of ``n`` rows."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges[:, 0], edges[:, 1])), shape=(n, n)).tocsr()
    labels: Labels = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def connect(sets: Compared, signatures: Signatures, verdict: Verdict, by_band: Iterator[Packed] | None = None) -> Pairs:
    """The edges that connect copies: candidates that agree, those already connected left out.

    The rows must stand in an order that depends on their contents only; then so do the edges. ``by_band`` yields
    the candidates of each band, where they were found elsewhere.
    """
    n = len(sets.sizes)
    none = np.empty((0, 2), dtype=np.int64)
    found = _Found(sets, verdict, none, none, np.arange(n, dtype=np.int64))
    by_band = band_pairs(signatures.keys) if by_band is None else by_band
    least = verdict.looked_at * RANGES
    for bands in _ROUNDS_OF_BANDS:
        pairs = found.apart(distinct(np.concatenate([next(by_band) for _ in range(bands)])))
        matches = similar(signatures, pairs)
        found.take_in(pairs[matches >= least], matches[matches >= least])
    pairs = found.apart(distinct(cut_outs(signatures, found.labels)))
    found.take_in(pairs, similar(signatures, pairs))
    if verdict.rarity:
        speak = np.flatnonzero(speakers(found.labels, sets.sizes))
        asked = wanted(verdict.rarity.strangers, len(speak))
        words, rows = sets.own_words(speak, asked)
        candidates, hits = kin_pairs(words, rows, n, asked.least)
        pairs = unpacked(candidates, n)
        strange = found.labels[pairs[:, 0]] != found.labels[pairs[:, 1]]
        found.take_in(pairs[strange], np.minimum(hits[strange], RANGES))
        found.look_again()
    return found.edges


@dataclass(slots=True)
class _Found:
    """The edges found so far, the pairs that may be edges, and the component of each row."""

    sets: Compared
    verdict: Verdict
    edges: Pairs
    weak: Pairs
    labels: Labels

    def apart(self, candidates: Packed) -> Pairs:
        """The candidates that are not connected already."""
        pairs = unpacked(candidates, len(self.labels))
        return pairs[self.labels[pairs[:, 0]] != self.labels[pairs[:, 1]]]

    def take_in(self, pairs: Pairs, matches: Labels) -> None:
        """Connects the pairs that agree, those with most ``matches`` first."""
        n = len(self.labels)
        for last in (False, False, True):
            if not len(pairs):
                break
            # The likeliest pair of each two parts first: when it agrees, the others need no look.
            chosen = np.ones(len(pairs), dtype=bool) if last else forest(n, pairs, matches)
            tried = pairs[chosen]
            odds = self.verdict.odds(self.sets, tried, self.sets.shared(tried))
            clear = odds >= (odds_of(self.verdict.model.clear) if self.verdict.model else 0.0)
            self._join(tried[clear])
            self.weak = np.concatenate([self.weak, tried[~clear & (odds >= 0)]])
            rest = ~chosen & (self.labels[pairs[:, 0]] != self.labels[pairs[:, 1]])
            pairs, matches = pairs[rest], matches[rest]

    def _join(self, edges: Pairs) -> None:
        if len(edges):
            self.edges = np.concatenate([self.edges, edges])
            self.labels = components(len(self.labels), self.edges)

    def look_again(self) -> None:
        """Joins components between which there is a weak pair when those who speak for them agree on the whole.

        The likeliest of many pairs of strangers looks like a pair of copies; the others of their clusters do not.
        """
        model = self.verdict.model
        if not model:
            return
        for _ in range(_LOOKS):
            ends = np.sort(self.labels[self.weak], axis=1)
            ends, first = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0, return_index=True)
            if not len(ends):
                return
            weak = self.weak[self.labels[self.weak[:, 0]] != self.labels[self.weak[:, 1]]][first]
            cross, of = _crossed(self.labels, speakers(self.labels, self.sets.sizes), ends)
            odds = self.verdict.odds(self.sets, cross, self.sets.shared(cross)).clip(-_CLIPPED, _CLIPPED)
            counts = np.bincount(of, minlength=len(ends))
            self._join(weak[np.bincount(of, odds, len(ends)) >= model.bar(counts) * counts])


def _crossed(labels: Labels, speak: npt.NDArray[np.bool_], ends: Pairs) -> tuple[Pairs, Labels]:
    """Every pair of who speaks for one and who for the other of two components, and which two."""
    rows = np.flatnonzero(speak)
    rows = rows[np.argsort(labels[rows], kind="stable")]
    starts, stops = (np.searchsorted(labels[rows], ends, side=side) for side in ("left", "right"))
    pairs, of = [np.empty((0, 2), np.int64)], [np.empty(0, np.int64)]
    for i in range(_SPEAKERS):
        for j in range(_SPEAKERS):
            here = np.flatnonzero((starts[:, 0] + i < stops[:, 0]) & (starts[:, 1] + j < stops[:, 1]))
            pairs.append(np.stack([rows[starts[here, 0] + i], rows[starts[here, 1] + j]], axis=1))
            of.append(here)
    return np.concatenate(pairs), np.concatenate(of)


def distinct(numbers: Packed) -> Packed:
    """Sorted, each once; sorting beats the hashing of ``numpy.unique`` here."""
    numbers = np.sort(numbers)
    return numbers[firsts(numbers)]


def forest(n: int, pairs: Pairs, matches: Labels) -> npt.NDArray[np.bool_]:
    """Which pairs make up a spanning forest of the best matches."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree

    # The place breaks ties; float64 holds both exactly.
    cost = (RANGES + 1 - matches) * float(len(pairs) + 1) + np.arange(1, len(pairs) + 1)
    tree = minimum_spanning_tree(coo_array((cost, (pairs[:, 0], pairs[:, 1])), shape=(n, n)).tocsr())
    chosen = np.zeros(len(pairs), dtype=bool)
    chosen[(tree.data % (len(pairs) + 1)).astype(np.int64) - 1] = True
    return chosen


def similar(signatures: Signatures, pairs: Pairs) -> Labels:
    """In how many of the 126 ranges the brief signatures of each pair agree."""
    brief = signatures.brief
    matches = np.empty(len(pairs), dtype=np.int64)
    for i in range(0, len(pairs), 1 << 13):
        part = pairs[i : i + (1 << 13)]
        matches[i : i + len(part)] = np.count_nonzero(brief[part[:, 0]] == brief[part[:, 1]], axis=1)
    return matches


def speakers(labels: Labels, sizes: Labels) -> npt.NDArray[np.bool_]:
    """Which rows speak for their component: the few largest of each."""
    n = len(labels)
    order = np.lexsort((np.arange(n), -sizes, labels))
    head = np.maximum.accumulate(np.where(firsts(labels[order]), np.arange(n), 0))
    largest = np.zeros(n, dtype=bool)
    largest[order[np.arange(n) - head < _SPEAKERS]] = True
    return largest


def cut_outs(signatures: Signatures, labels: Labels) -> Packed:
    """Pairs of which one may be a part of the other: they share enough of the smaller one's sampled grams.

    The fullest rows of each component speak for all of it.
    """
    n = len(labels)
    counts = np.bincount(signatures.sample_rows, minlength=n)
    fullest = speakers(labels, counts)
    # Within a bucket the fullest row comes first: the whole that a cut-out was taken from.
    place = np.empty(n, dtype=np.int64)
    place[np.argsort(-counts, kind="stable")] = np.arange(n)
    found = []
    for part in range(1 << _PART_BITS):
        sample, rows = _sampled(signatures, fullest, part)
        here = np.argsort(place[rows], kind="stable")
        found.append(bucket_pairs(sample[here], rows[here], n))
    every = np.sort(np.concatenate(found))
    starts = np.flatnonzero(firsts(every))
    pairs, hits = every[starts], np.diff(np.append(starts, len(every)))
    left, right = np.divmod(pairs, max(n, 1))
    return pairs[(hits >= _HITS) & (hits >= _HIT_SHARE * np.minimum(counts[left], counts[right]))]


def _sampled(signatures: Signatures, chosen: npt.NDArray[np.bool_], part: int) -> tuple[Grams, Labels]:
    """The sampled grams of the chosen rows in one part of the range of grams, each with its row.

    A bucket lies in one part, and grams are scattered evenly over all: a part at a time is held.
    """
    kept = []
    for start in range(0, len(signatures.sample), _LOT):
        grams = signatures.sample[start : start + _LOT]
        here = start + np.flatnonzero(grams >> np.uint64(GRAM_BITS - 2 * _PART_BITS) == part)
        kept.append(here[chosen[signatures.sample_rows[here]]])
    where = np.concatenate(kept or [np.empty(0, dtype=np.int64)])
    return signatures.sample[where], signatures.sample_rows[where]


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
