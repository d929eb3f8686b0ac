"""Character 4-grams as exact numbers: four 13-bit codes, mixed by a bijection, sorted within each row.

Mixing is invertible, so equal numbers are equal 4-grams: a Jaccard over them is the real one. Because the mixed
grams are sorted, the smallest number of each range - a one-permutation MinHash - is simply the first in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.normalise import CODE_BITS, Offsets, Rows
from gonghui_nlp.dedup.threads import in_threads

WIDTH = 4
GRAM_BITS = WIDTH * CODE_BITS
ROW_BITS = 64 - GRAM_BITS
# One bit beside row and gram says that a window is stock.
MOST_ROWS = 1 << (ROW_BITS - 1)
_ROW_SHIFT = np.uint64(GRAM_BITS + 1)
_MASK = np.uint64((1 << GRAM_BITS) - 1)
# Odd multipliers and shifts by half the width: each step can be undone, so the whole is a bijection of 52 bits.
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))

# Grams at a time: what a processor's cache holds.
_WORK = 1 << 17

Grams = npt.NDArray[np.uint64]


class Weights(Protocol):
    """What each gram counts, by two measures."""

    def of(self, grams: Grams) -> npt.NDArray[np.int64]:
        """The weights of some grams (2 × n), whole numbers."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sorted distinct grams end to end: set ``i`` is ``grams[indptr[i]:indptr[i + 1]]``."""

    grams: Grams
    indptr: Offsets

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def sizes(self) -> Offsets:
        """The number of distinct grams of each set."""
        return np.diff(self.indptr)

    def shared(self, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many grams the two sets of each pair (n × 2) share."""
        found = np.zeros(len(pairs), dtype=np.int64)
        sizes = self.sizes
        cuts = list(batches(sizes[pairs[:, 0]] + sizes[pairs[:, 1]], _WORK))

        def count(cut: tuple[int, int]) -> None:
            part = pairs[slice(*cut)]
            found[slice(*cut)] = overlaps(take(self, part[:, 0]), take(self, part[:, 1]))

        for _ in in_threads(count, cuts):
            pass
        return found

    def weighed(
        self, pairs: npt.NDArray[np.int64], weights: Weights, heavy: npt.NDArray[np.int64] | None = None
    ) -> npt.NDArray[np.float64]:
        """The Jaccard of each pair with every gram counted by its weight, by both measures (n × 2).

        ``heavy`` is what whole sets weigh (2 × sets), -1 where that is not known yet; it is filled in.
        """
        out = np.zeros((len(pairs), 2))
        if not len(pairs):
            return out
        heavy = np.full((2, len(self)), -1) if heavy is None else heavy
        new = np.unique(pairs[heavy[0, pairs] < 0])
        for start, end in batches(self.sizes[new], _WORK):
            heavy[:, new[start:end]] = _heaviness(take(self, new[start:end]), weights)
        for start, end in batches(self.sizes[pairs[:, 0]] + self.sizes[pairs[:, 1]], _WORK):
            part = pairs[start:end]
            both = heavy[:, part[:, 0]] + heavy[:, part[:, 1]]
            common = _heaviness(_common(take(self, part[:, 0]), take(self, part[:, 1])), weights)
            out[start:end] = (common / np.maximum(both - common, 1)).T
        return out


def batches(work: npt.NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Ranges of consecutive items of about ``most`` work in all, at most 2,048 items each."""
    total = np.concatenate(([0], np.cumsum(work)))
    start = 0
    while start < len(work):
        end = int(np.searchsorted(total, total[start] + most, side="right")) - 1
        end = min(max(end, start + 1), start + MOST_ROWS)
        yield start, end
        start = end


def firsts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """True where a sorted array has a value for the first time."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def mix(grams: Grams) -> Grams:
    """Scatter gram numbers evenly over 52 bits, in place; no two become one."""
    for multiplier in _MULTIPLIERS:
        grams *= multiplier
        grams &= _MASK
        grams ^= grams >> np.uint64(GRAM_BITS // 2)
    return grams


def unmix(grams: Grams) -> Grams:
    """The gram numbers before they were scattered, four codes in reading order.

    >>> unmix(mix(np.array([0, 77, 1 << 51], np.uint64))).tolist() == [0, 77, 1 << 51]
    True
    """
    grams = grams.copy()
    for multiplier in reversed(_MULTIPLIERS):
        grams ^= grams >> np.uint64(GRAM_BITS // 2)
        grams *= np.uint64(pow(int(multiplier), -1, 1 << 64))
        grams &= _MASK
    return grams


@dataclass(frozen=True, slots=True)
class Windows:
    """The gram of every window of four characters of some rows, in reading order, and how long the rows are.

    ``inside`` is False for windows that reach into the next row.
    """

    grams: Grams
    inside: npt.NDArray[np.bool_]
    lengths: Offsets

    def sets(self, stock: npt.NDArray[np.bool_] | None = None) -> tuple[Sets, Sets]:
        """The gram sets of the rows, and the same without what is ``stock`` wherever it stands."""
        n = len(self.lengths)
        packed = np.repeat(np.arange(n, dtype=np.uint64) << _ROW_SHIFT, self.lengths)[: len(self.grams)]
        packed |= self.grams << np.uint64(1)
        if stock is not None:
            packed |= stock
        packed = packed[np.flatnonzero(self.inside)]
        packed.sort()
        packed = packed[np.flatnonzero(firsts(packed >> np.uint64(1)))]
        whole = _sets(packed, n)
        return whole, whole if stock is None else _sets(packed[np.flatnonzero((packed & np.uint64(1)) == 0)], n)


def _sets(packed: Grams, rows: int) -> Sets:
    bounds = np.arange(rows + 1, dtype=np.uint64) << _ROW_SHIFT
    indptr = np.searchsorted(packed, bounds).astype(np.int64)
    # The bound behind row 2,047 does not fit the word.
    indptr[-1] = len(packed)
    return Sets(packed >> np.uint64(1) & _MASK, indptr)


def windows(rows: Rows) -> Windows:
    """The windows of at most 2,048 rows."""
    lengths = rows.lengths
    codes = rows.codes.astype(np.uint64)
    n = max(len(codes) - (WIDTH - 1), 0)
    grams = np.zeros(n, dtype=np.uint64)
    for i in range(WIDTH):
        grams <<= np.uint64(CODE_BITS)
        grams |= codes[i : i + n]
    mix(grams)
    inside = np.ones(len(codes), dtype=bool)
    for i in range(1, WIDTH):
        inside[np.maximum(rows.offsets[1:] - i, rows.offsets[:-1])[lengths > 0]] = False
    return Windows(grams, inside[:n], lengths)


def shingle(rows: Rows) -> Sets:
    """The gram sets of at most 2,048 rows.

    >>> from gonghui_nlp.dedup.normalise import normalise
    >>> shingle(normalise(["慰问困难职工", "慰问困难职工家庭"])).sizes.tolist()
    [3, 5]
    """
    return windows(rows).sets()[0]


def overlaps(a: Sets, b: Sets) -> Offsets:
    """How many grams set ``i`` of ``a`` and set ``i`` of ``b`` share; at most 4,096 pairs at a time."""
    shared = _merged(a, b) >> np.uint64(GRAM_BITS)
    return np.bincount(shared.astype(np.int64), minlength=len(a)).astype(np.int64)


def _merged(a: Sets, b: Sets) -> Grams:
    """The grams that set ``i`` of either shares, ``i`` in front of each."""
    both = np.concatenate([_numbered(a), _numbered(b)])
    # Two sorted runs: the stable sort merges them.
    both.sort(kind="stable")
    return both[np.flatnonzero(both[1:] == both[:-1])]


def _common(a: Sets, b: Sets) -> Sets:
    """What set ``i`` of ``a`` and set ``i`` of ``b`` share, as sets."""
    shared = _merged(a, b)
    bounds = np.arange(len(a), dtype=np.uint64) << np.uint64(GRAM_BITS)
    indptr = np.append(np.searchsorted(shared, bounds), len(shared)).astype(np.int64)
    return Sets(shared & _MASK, indptr)


def _heaviness(sets: Sets, weights: Weights) -> npt.NDArray[np.int64]:
    """The sums of the weights of each set (2 × sets)."""
    total = np.zeros((2, len(sets.grams) + 1), dtype=np.int64)
    np.cumsum(weights.of(sets.grams), axis=1, out=total[:, 1:])
    return np.asarray(np.diff(total[:, sets.indptr]), dtype=np.int64)


def _numbered(sets: Sets) -> Grams:
    number = np.arange(len(sets), dtype=np.uint64) << np.uint64(GRAM_BITS)
    return np.repeat(number, sets.sizes) | sets.grams


def take(sets: Sets, rows: npt.NDArray[np.int64]) -> Sets:
    """The sets at the given places, in that order, places repeated as often as asked for."""
    starts, ends = sets.indptr[rows], sets.indptr[rows + 1]
    indptr = np.concatenate(([0], np.cumsum(ends - starts))).astype(np.int64)
    return Sets(slices(sets.grams, starts, ends), indptr)


def joined(a: Sets, b: Sets) -> Sets:
    """The sets of ``a`` and behind them those of ``b``."""
    return Sets(np.concatenate([a.grams, b.grams]), np.concatenate([a.indptr, a.indptr[-1] + b.indptr[1:]]))


def slices(values: npt.NDArray[Any], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Stretches of an array end to end; copying whole stretches beats gathering their elements."""
    parts = [values[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    return np.concatenate(parts) if parts else values[:0]
