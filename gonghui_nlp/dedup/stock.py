"""Stock grams: what stands in many independent texts says nothing about whether two of them are copies.

They are found in a sample of the archive, chosen by contents, so that neither order nor chance has a say; the
phrases of ``boilerplate.toml`` are stock in every archive. Stock grams count on neither side of a comparison.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.normalise import ALL, Steps, normalise
from gonghui_nlp.dedup.shingles import GRAM_BITS, WIDTH, Grams, Sets, Windows, firsts, shingle
from gonghui_nlp.resources import current, knowledge, remembered

SAMPLE = 8192
# A gram is stock from this many independent texts on, and from this share of them.
_LEAST, _SHARE = 16, 0.01
# Where most of the sample would be stock, it is one template, not an archive with stock phrases.
_MOST = 0.5
# Of the texts with a stock gram at least this share are independent of each other.
_INDEPENDENT = 0.08
_BITMAP_BITS = 17
_SHIFT = np.uint64(GRAM_BITS - _BITMAP_BITS)


@knowledge
def boilerplate() -> list[dict[str, Any]]:
    """The listed phrases, each with an ``example`` it stands in."""
    return list(current().toml("dedup/boilerplate.toml")["phrase"])


@remembered(8)
def listed(steps: Steps = ALL) -> Grams:
    """The grams of the listed phrases, sorted."""
    grams = np.sort(shingle(normalise([p["text"] for p in boilerplate()], steps)).grams)
    return grams[firsts(grams)]


def frequent(independent: Sets, sample: Sets) -> Grams:
    """The grams that stand in many of the independent sets, sorted; none where that would be most of them.

    ``independent`` is one set of each group of copies in ``sample``. Where next to all texts with a gram are
    copies of each other, the few that were not recognised as such do not make it stock.
    """
    grams = np.sort(independent.grams)
    starts = np.flatnonzero(firsts(grams))
    counts = np.diff(np.append(starts, len(grams)))
    often = counts >= max(_LEAST, _SHARE * len(independent))
    if counts[often].sum() > _MOST * len(grams):
        return grams[:0]
    found, counts = grams[starts[often]], counts[often]
    every = np.sort(sample.grams)
    texts = np.searchsorted(every, found, side="right") - np.searchsorted(every, found)
    return found[counts >= _INDEPENDENT * texts]


class Stock:
    """What counts on neither side: grams learned from the archive, and stretches made up of listed phrases."""

    def __init__(self, grams: Grams, phrases: Grams) -> None:
        every = np.sort(np.concatenate([grams, phrases]))
        self._grams = every[firsts(every)]
        self._of_phrase = np.isin(self._grams, phrases)
        self._maybe = np.zeros(1 << _BITMAP_BITS, dtype=bool)
        self._maybe[self._grams >> _SHIFT] = True

    def flags(self, read: Windows) -> npt.NDArray[np.bool_] | None:
        """Which windows are stock; None where none is."""
        maybe = np.flatnonzero(self._maybe[read.grams >> _SHIFT])
        if not len(maybe):
            return None
        grams = read.grams[maybe]
        found = np.minimum(np.searchsorted(self._grams, grams), len(self._grams) - 1)
        hits = np.flatnonzero((self._grams[found] == grams) & read.inside[maybe])
        stock = np.zeros(len(read.grams), dtype=bool)
        stock[maybe[hits]] = True
        phrases = maybe[hits[self._of_phrase[found[hits]]]]
        if len(phrases):
            # Where one phrase follows another, the windows that reach across are stock as well.
            covered = np.zeros(len(stock) + WIDTH, dtype=bool)
            for i in range(WIDTH):
                covered[phrases + i] = True
            stock |= np.logical_and.reduce([covered[i : i + len(stock)] for i in range(WIDTH)])
        return stock
