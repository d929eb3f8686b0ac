"""Stock grams: what stands in many independent texts says nothing about whether two of them are copies.

They are found in a sample of the archive, chosen by contents, so that neither order nor chance has a say; the
phrases of ``boilerplate.toml`` are stock in every archive. Stock grams count on neither side of a comparison.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lookup import Lookup
from gonghui_nlp.dedup.normalise import ALL, Steps, normalise
from gonghui_nlp.dedup.rarity import Rarity, counted
from gonghui_nlp.dedup.shingles import GRAM_BITS, WIDTH, Grams, Sets, Windows, firsts, shingle
from gonghui_nlp.resources import current, knowledge, remembered

# So many texts are in the sample at most, and as many as have so many characters in all.
SAMPLE, _CHARACTERS = 8192, 1 << 24
# A gram is stock from this many independent texts on, and from this share of them.
_LEAST, _SHARE = 16, 0.01
# Where most of the sample would be stock, it is one template, not an archive with stock phrases.
_MOST = 0.5
# Of the texts with a stock gram at least this share are independent of each other.
_INDEPENDENT = 0.08
_BITMAP_BITS = 17
_PART_BITS = 4


def sampled(lengths: npt.NDArray[np.int64]) -> int:
    """How many of the first texts, with so many characters each, are the sample.

    >>> sampled(np.array([300, 200])), sampled(np.array([1 << 24, 100])), sampled(np.full(10_000, 10))
    (2, 1, 8192)
    """
    ends = np.cumsum(lengths[:SAMPLE])
    return min(int(np.searchsorted(ends, _CHARACTERS)) + 1, len(ends))


@knowledge
def boilerplate() -> list[dict[str, Any]]:
    """The listed phrases, each with an ``example`` it stands in."""
    return list(current().toml("dedup/boilerplate.toml")["phrase"])


@remembered(8)
def listed(steps: Steps = ALL) -> Grams:
    """The grams of the listed phrases, sorted."""
    grams = np.sort(shingle(normalise([p["text"] for p in boilerplate()], steps)).grams)
    return grams[firsts(grams)]


def frequent(sample: Sets, independent: npt.NDArray[np.bool_]) -> tuple[Grams, Rarity]:
    """The grams that stand in many of the independent sets of a sample, sorted, and how rare the others are.

    None are frequent where that would be most of them.

    ``independent`` is true for one set of each group of copies. Where next to all texts with a gram are copies of each
    other, the few that were not recognised as such do not make it stock.
    """
    # Grams are scattered evenly, so that a sixteenth of their range is about a sixteenth of the work at a time.
    chosen = np.repeat(independent, sample.sizes)
    least = max(_LEAST, _SHARE * int(independent.sum()))
    found, stock, every = [], 0, int(chosen.sum())
    known: list[tuple[Grams, npt.NDArray[np.int64]]] = []
    part_of = np.empty(len(sample.grams), dtype=np.uint8)
    np.right_shift(sample.grams, np.uint64(GRAM_BITS - _PART_BITS), out=part_of, casting="unsafe")
    for part in range(1 << _PART_BITS):
        here = np.flatnonzero(part_of == part)
        grams, texts = _counted(sample.grams[here[chosen[here]]])
        known.append((grams, texts))
        often = texts >= least
        stock += int(texts[often].sum())
        grams, texts = grams[often], texts[often]
        whole, copies = _counted(sample.grams[here])
        found.append(grams[texts >= _INDEPENDENT * copies[np.searchsorted(whole, grams)]] if len(grams) else grams)
    every_gram, every_count = (np.concatenate(column) for column in zip(*known, strict=True))
    rarity = counted(every_gram, every_count, int(independent.sum()))
    return (sample.grams[:0] if stock > _MOST * every else np.concatenate(found)), rarity


def _counted(grams: Grams) -> tuple[Grams, npt.NDArray[np.int64]]:
    """The distinct grams, sorted, and how often each stands there."""
    grams = np.sort(grams)
    starts = np.flatnonzero(firsts(grams))
    return grams[starts], np.diff(np.append(starts, len(grams)))


class Stock:
    """What counts on neither side: grams learned from the archive, and stretches made up of listed phrases."""

    def __init__(self, grams: Grams, phrases: Grams, rarity: Rarity | None = None) -> None:
        self.rarity = rarity
        every = np.sort(np.concatenate([grams, phrases]))
        self._listed = Lookup(every[firsts(every)], _BITMAP_BITS)
        self._of_phrase = np.isin(self._listed.grams, phrases)

    def flags(self, read: Windows) -> npt.NDArray[np.bool_] | None:
        """Which windows are stock; None where none is."""
        where, at = self._listed.find(read.grams)
        if not len(where):
            return None
        inside = read.inside[where]
        where, at = where[inside], at[inside]
        stock = np.zeros(len(read.grams), dtype=bool)
        stock[where] = True
        phrases = where[self._of_phrase[at]]
        if len(phrases):
            # Where one phrase follows another, the windows that reach across are stock as well.
            covered = np.zeros(len(stock) + WIDTH, dtype=bool)
            for i in range(WIDTH):
                covered[phrases + i] = True
            stock |= np.logical_and.reduce([covered[i : i + len(stock)] for i in range(WIDTH)])
        return stock
