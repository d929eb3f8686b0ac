"""MinHash bands: which rows may be copies. The verdict is made elsewhere, from the gram sets themselves.

One permutation is cut into 126 ranges; a row's signature is the smallest gram of each, an empty range borrowing
from another (optimal densification). Three ranges make a band, two rows that agree in one of 42 bands are
compared. At Jaccard ``j`` a pair is missed with probability ``(1 - j**3)**42``: 16 % at 0.35, 0.4 % at 0.5,
1e-8 at 0.7; a copy of several is missed only when it is missed with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.ordering import order
from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams, Sets, firsts
from gonghui_nlp.dedup.spill import IN_MEMORY, Spill
from gonghui_nlp.dedup.threads import in_threads

BANDS, WIDTH = 42, 3
RANGES = BANDS * WIDTH
# One gram in 16 is kept for finding cut-outs: a share of the grams, where MinHash keeps a number of them.
SAMPLE = 16
_ATTEMPTS = 256
_ORDERS = (5, 17, 29, 41)
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93], dtype=np.uint64)

Packed = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Of ``n`` rows: band keys (42 × n), brief signatures (n × 126, a byte each) and sampled grams with their rows."""

    keys: Keys
    brief: npt.NDArray[np.uint8]
    sample: Grams
    sample_rows: npt.NDArray[np.int64]


_KEY_MULTIPLIERS = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35], dtype=np.uint32)


def _donors() -> npt.NDArray[np.int16]:
    """For every attempt and range, the range it borrows from: fixed for good, an index depends on it."""
    x = np.arange(_ATTEMPTS * RANGES, dtype=np.uint64) + np.uint64(1)
    x = (x * _MULTIPLIERS[0]) ^ (x * _MULTIPLIERS[1] >> np.uint64(29))
    donors: npt.NDArray[np.int16] = (x % np.uint64(RANGES)).astype(np.int16).reshape(_ATTEMPTS, RANGES)
    return donors


_DONORS = _donors()


def sign(sets: Sets) -> Signatures:
    """The signatures of some gram sets; a set without grams gets keys that mean nothing."""
    n = len(sets)
    rows = np.repeat(np.arange(n, dtype=np.int64), sets.sizes)
    ranges = (sets.grams >> np.uint64(GRAM_BITS - 20)) * np.uint64(RANGES) >> np.uint64(20)
    place = rows * RANGES + ranges.view(np.int64)
    first = np.flatnonzero(firsts(place))
    place = place[first]
    smallest = np.zeros(n * RANGES, dtype=np.uint32)
    filled = np.zeros(n * RANGES, dtype=bool)
    smallest[place] = sets.grams[first].astype(np.uint32)
    filled[place] = True
    _densify(smallest, filled, np.repeat(sets.sizes > 0, RANGES))
    signature = smallest.reshape(n, RANGES)
    triples = signature.reshape(n, BANDS, WIDTH)
    keys = triples[:, :, 0] * _KEY_MULTIPLIERS[0]
    for i in range(1, WIDTH):
        keys ^= keys >> np.uint32(15)
        keys += triples[:, :, i] * _KEY_MULTIPLIERS[i]
    sampled = np.flatnonzero(sets.grams < np.uint64((1 << GRAM_BITS) // SAMPLE))
    brief = (signature ^ signature >> np.uint32(11)).astype(np.uint8)
    return Signatures(np.ascontiguousarray(keys.T), brief, sets.grams[sampled], rows[sampled])


def _densify(values: npt.NDArray[np.uint32], filled: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> None:
    empty = np.flatnonzero(wanted & ~filled)
    for donors in _DONORS:
        if not len(empty):
            return
        columns = empty % RANGES
        source = empty - columns + donors[columns]
        good = filled[source]
        values[empty[good]] = values[source[good]]
        empty = empty[~good]


def band_pairs(keys: Keys, spill: Spill = IN_MEMORY) -> Iterator[Packed]:
    """For every band, the pairs of rows to compare: a few for every row however full its bucket is.

    In a bucket every row meets its neighbour, the one after it and the first. Neighbours are what another band
    puts side by side, so that copies stand together also in a bucket of strangers who share a stock phrase.
    """

    def order_by(b: int) -> npt.NDArray[np.int64]:
        return spill.keep(f"order{b}", order(keys[b]))

    by = dict(zip(_ORDERS, in_threads(order_by, _ORDERS), strict=True))

    def join(b: int) -> Packed:
        rows = by[int(orders(np.array(b)))]
        return bucket_pairs(keys[b][rows], rows, len(rows))

    return in_threads(join, range(len(keys)))


def orders(bands: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The band by whose keys the rows of each band's buckets are ordered."""
    return np.array(_ORDERS)[bands % len(_ORDERS)]


def bucket_pairs(keys: npt.NDArray[np.integer], rows: npt.NDArray[np.int64], n: int) -> Packed:
    """Chain and star pairs of the rows, out of ``n``, whose keys are equal, in the order they are given in."""
    by_key = order(keys)
    new = firsts(keys[by_key])
    # A row that is alone in its bucket, as most are, meets nobody.
    several = ~new
    several[:-1] |= ~new[1:]
    rows = rows[by_key[several]]
    same = ~new[several][1:]
    next_one = np.flatnonzero(same)
    next_but_one = np.flatnonzero(same[1:] & same[:-1])
    first = np.maximum.accumulate(np.where(np.concatenate(([False], same)), 0, np.arange(len(rows))))
    later = np.flatnonzero(np.arange(len(rows)) - first > 2)
    left = np.concatenate([next_one, next_but_one, first[later]])
    right = np.concatenate([next_one + 1, next_but_one + 2, later])
    return packed(rows[left], rows[right], n)


def packed(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64], n: int) -> Packed:
    """Unordered pairs of rows below ``n`` as one number each."""
    return np.minimum(left, right) * n + np.maximum(left, right)


def unpacked(pairs: Packed, n: int) -> Pairs:
    """Pairs as two columns again, the smaller row first."""
    return np.stack(np.divmod(pairs, max(n, 1)), axis=1)
