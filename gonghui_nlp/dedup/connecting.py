"""Candidate pairs, from bands, cut-outs and words of their own, tried best first until all copies are connected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.clusters import components, distinct
from gonghui_nlp.dedup.kin import kin_pairs, wanted
from gonghui_nlp.dedup.lsh import RANGES, Packed, Pairs, Signatures, band_pairs, bucket_pairs, unpacked
from gonghui_nlp.dedup.ordering import order, ordered_by
from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams, firsts
from gonghui_nlp.dedup.spill import IN_MEMORY, Spill
from gonghui_nlp.dedup.verdict import Compared, Labels, Verdict
from gonghui_nlp.dedup.weighing import odds_of

# After each round what was found is connected, so that later bands have less to look at.
_ROUNDS_OF_BANDS = (2, 4, 8, 14, 14)
_PART_BITS = 4
# So many sampled grams are looked at in one go.
_LOT = 1 << 20
_HITS, _HIT_SHARE = 2, 0.15
# So often clusters are looked at again, with those that joined meanwhile; no single pair has more to say than this.
_LOOKS, _CLIPPED = 4, 8.0
_SPEAKERS = 3


def connect(
    sets: Compared,
    signatures: Signatures,
    verdict: Verdict,
    by_band: Iterator[Packed] | None = None,
    spill: Spill = IN_MEMORY,
) -> Pairs:
    """The edges that connect copies: candidates that agree, those already connected left out.

    The rows must stand in an order that depends on their contents only; then so do the edges. ``by_band`` yields
    the candidates of each band, where they were found elsewhere.
    """
    n = len(sets.sizes)
    none = np.empty((0, 2), dtype=np.int64)
    found = _Found(sets, verdict, none, none, np.arange(n, dtype=np.int64))
    by_band = band_pairs(signatures.keys, spill) if by_band is None else by_band
    least = verdict.looked_at * RANGES
    for bands in _ROUNDS_OF_BANDS:
        # Most are connected by then: what is left of each band is little.
        pairs = unpacked(distinct(np.concatenate([found.apart(next(by_band)) for _ in range(bands)])), n)
        matches = similar(signatures, pairs)
        found.take_in(pairs[matches >= least], matches[matches >= least])
    pairs = unpacked(distinct(found.apart(cut_outs(signatures, found.labels))), n)
    found.take_in(pairs, similar(signatures, pairs))
    if verdict.rarity:
        speak = np.flatnonzero(speakers(found.labels, sets.sizes))
        asked = wanted(verdict.rarity.strangers, len(speak))
        words, rows = sets.own_words(speak, asked)
        candidates, hits = kin_pairs(words, rows, n, asked.least)
        del words, rows
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

    def apart(self, candidates: Packed) -> Packed:
        """The candidates that are not connected already."""
        one, other = np.divmod(candidates, max(len(self.labels), 1))
        apart: Packed = candidates[self.labels[one] != self.labels[other]]
        return apart

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
    rows = rows[order(labels[rows])]
    starts, stops = (np.searchsorted(labels[rows], ends, side=side) for side in ("left", "right"))
    pairs, of = [np.empty((0, 2), np.int64)], [np.empty(0, np.int64)]
    for i in range(_SPEAKERS):
        for j in range(_SPEAKERS):
            here = np.flatnonzero((starts[:, 0] + i < stops[:, 0]) & (starts[:, 1] + j < stops[:, 1]))
            pairs.append(np.stack([rows[starts[here, 0] + i], rows[starts[here, 1] + j]], axis=1))
            of.append(here)
    return np.concatenate(pairs), np.concatenate(of)


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
    by_size = ordered_by(labels, sizes.max(initial=0) - sizes)
    starts = np.flatnonzero(firsts(labels[by_size]))
    ends = np.append(starts[1:], len(by_size))
    largest = np.zeros(len(labels), dtype=bool)
    for i in range(_SPEAKERS):
        largest[by_size[starts[starts + i < ends] + i]] = True
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
    place[order(counts.max(initial=0) - counts)] = np.arange(n)
    found = []
    for part in range(1 << _PART_BITS):
        sample, rows = _sampled(signatures, fullest, part)
        here = order(place[rows])
        found.append(bucket_pairs(sample[here], rows[here], n))
    every = np.concatenate(found)
    del found
    every.sort()
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
