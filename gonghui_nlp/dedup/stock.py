"""Stock grams: what stands in many independent texts says nothing about whether two of them are copies.

They are found in a sample of the archive, chosen by contents, so that neither order nor chance has a say; the
phrases of ``boilerplate.toml`` are stock in every archive. Stock grams count on neither side of a comparison.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from gonghui_nlp.dedup.normalise import ALL, Steps, normalise
from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams, Sets, firsts, shingle

SAMPLE = 8192
# A gram is stock from this many independent texts on, and from this share of them.
_LEAST, _SHARE = 16, 0.01
# Where most of the sample would be stock, it is one template, not an archive with stock phrases.
_MOST = 0.5
# Of the texts with a stock gram at least this share are independent of each other.
_INDEPENDENT = 0.08
_BITMAP_BITS = 17
_SHIFT = np.uint64(GRAM_BITS - _BITMAP_BITS)


@lru_cache(maxsize=1)
def boilerplate() -> list[dict[str, Any]]:
    """The listed phrases, each with an ``example`` it stands in."""
    text = files("gonghui_nlp.dedup").joinpath("boilerplate.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["phrase"])


@lru_cache(maxsize=8)
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
    """A set of stock grams that sets can be rid of quickly."""

    def __init__(self, grams: Grams) -> None:
        self.grams = np.sort(grams)
        self.grams = self.grams[firsts(self.grams)]
        self._maybe = np.zeros(1 << _BITMAP_BITS, dtype=bool)
        self._maybe[self.grams >> _SHIFT] = True

    def strip(self, sets: Sets) -> Sets:
        """The sets less the stock grams."""
        maybe = np.flatnonzero(self._maybe[sets.grams >> _SHIFT])
        if not len(maybe):
            return sets
        found = np.searchsorted(self.grams, sets.grams[maybe])
        gone = maybe[self.grams[np.minimum(found, len(self.grams) - 1)] == sets.grams[maybe]]
        return Sets(np.delete(sets.grams, gone), sets.indptr - np.searchsorted(gone, sets.indptr))
