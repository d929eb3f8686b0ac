"""Copies that no band finds: rows that share several words of their own, however little else is left in common.

A word here is a stretch of four characters, or of eight where an archive is put together from so few words that strangers
share most short ones. What stands in two to sixteen rows that speak for their clusters is looked up; the work is linear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lsh import Packed, packed
from gonghui_nlp.dedup.normalise import Rows
from gonghui_nlp.dedup.ordering import ordered_by
from gonghui_nlp.dedup.shingles import GRAM_BITS, WIDTH, Grams, batches, firsts, mix, windows
from gonghui_nlp.dedup.stock import Stock
from gonghui_nlp.dedup.threads import in_threads

Longs = npt.NDArray[np.int64]
_CHUNK = 1 << 17
# A word that stands in more rows than this is nobody's own.
_MOST_ROWS = 16
# So many partners of a row are compared with it, those with most words in common.
_PARTNERS = 8
_THREE, _MASK = np.uint64(3), np.uint64((1 << GRAM_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which words are looked up: how long they are, about how many of a row, and how many two rows must share."""

    width: int
    of_row: int
    least: int


# Where the most alike of a hundred pairs of strangers share more than this, short words tell nothing.
_CROWDED = 0.028
SPARSE, CROWDED = Wanted(WIDTH, 64, 3), Wanted(2 * WIDTH, 128, 2)


# So many words are held at most, some forty bytes each: of very many rows fewer words are looked up.
_MOST_WORDS = 1 << 22


def wanted(strangers: float, rows: int) -> Wanted:
    """What to look up of so many rows in an archive whose strangers share so much."""
    asked = CROWDED if strangers > _CROWDED else SPARSE
    return replace(asked, of_row=min(asked.of_row, max(1, _MOST_WORDS // max(rows, 1))))


def own_words(rows: Rows, chosen: Longs, stock: Stock, asked: Wanted) -> tuple[Grams, Longs]:
    """A sample of the words of the chosen rows, stock phrases left out, and the place of the row each stands in.

    The same words are in the sample of every row of about one length.
    """
    lengths = rows.lengths[chosen]

    def read(cut: tuple[int, int]) -> tuple[Grams, Longs]:
        start, end = cut
        found = windows(rows.take(chosen[start:end]))
        good = found.inside.copy()
        if (flags := stock.flags(found)) is not None:
            good &= ~flags
        words, row = found.grams, np.repeat(np.arange(start, end), found.lengths)[: len(good)]
        if asked.width > WIDTH:
            step = asked.width - WIDTH
            words = mix((words[:-step] * _THREE + words[step:]) & _MASK)
            good, row = good[:-step] & good[step:] & (row[:-step] == row[step:]), row[:-step]
        limit = (float(1 << GRAM_BITS) * np.minimum(1.0, asked.of_row / np.maximum(lengths, 1))).astype(np.uint64)
        kept = np.flatnonzero(good & (words < limit[row]))
        return words[kept], row[kept]

    parts = list(in_threads(read, list(batches(lengths, _CHUNK))))
    if not parts:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    return np.concatenate([w for w, _ in parts]), np.concatenate([r for _, r in parts])


def kin_pairs(words: Grams, rows: Longs, n: int, least: int) -> tuple[Packed, Longs]:
    """Pairs of rows, out of ``n``, that share at least so many rare words, and how many; of every row the best few.

    >>> pairs, hits = kin_pairs(np.array([5, 5, 7, 7, 9], np.uint64), np.array([0, 2, 0, 2, 1]), 3, 2)
    >>> pairs.tolist(), hits.tolist()
    ([2], [2])
    """
    # One word to sort: of very many rows the last bits of a word of theirs give way, which tell hardly any two apart.
    row_bits = max(n, 2).bit_length()
    words = words >> np.uint64(max(0, GRAM_BITS + row_bits - 64))
    words <<= np.uint64(row_bits)
    words |= rows.view(np.uint64)
    words.sort()
    words = words[firsts(words)]
    starts = np.flatnonzero(firsts(words >> np.uint64(row_bits)))
    counts = np.diff(np.append(starts, len(words)))
    rare = (counts > 1) & (counts <= _MOST_ROWS)
    words, counts = words[np.repeat(rare, counts)], counts[rare]
    rows = (words & np.uint64((1 << row_bits) - 1)).view(np.int64)
    left = np.repeat(np.cumsum(counts), counts) - np.arange(len(rows)) - 1
    found = [np.empty(0, np.int64)]
    for apart in range(1, _MOST_ROWS):
        here = np.flatnonzero(left >= apart)
        found.append(packed(rows[here], rows[here + apart], n))
    every = np.concatenate(found)
    del found, left, words
    every.sort()
    starts = np.flatnonzero(firsts(every))
    pairs, hits = every[starts], np.diff(np.append(starts, len(every)))
    pairs, hits = pairs[hits >= least], hits[hits >= least]
    best = _best(pairs, hits, n)
    return pairs[best], hits[best]


def _best(pairs: Packed, hits: Longs, n: int) -> npt.NDArray[np.bool_]:
    """Which of the pairs, in ascending order, are among the best of either row."""
    out = np.zeros(len(pairs), dtype=bool)
    for side in np.divmod(pairs, max(n, 1)):
        by_hits = ordered_by(side, hits.max(initial=0) - hits)
        ordered = side[by_hits]
        head = np.maximum.accumulate(np.where(firsts(ordered), np.arange(len(by_hits)), 0))
        out[by_hits[np.arange(len(by_hits)) - head < _PARTNERS]] = True
    return out
