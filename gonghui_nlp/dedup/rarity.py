"""How rare each gram is among the independent texts of an archive: what two texts share weighs by that.

The same sixth of a text is much when it is words of its own, and nothing when it is words that everybody uses. Of a word
that everybody uses the second half says nothing beside the first: how hard a gram is to guess is a measure of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lookup import Lookup
from gonghui_nlp.dedup.normalise import CODE_BITS
from gonghui_nlp.dedup.shingles import WIDTH, Grams, firsts, unmix

# Of fewer independent texts than this nothing can be said about what is rare.
LEAST = 60
# Weights are whole numbers, so that sums are the same in whatever order they are made.
FULL = 255
_BITMAP_BITS = 20


@dataclass(frozen=True, slots=True)
class Rarity:
    """The grams that stand in several independent texts, sorted, and their weights (2 × n); any other gram weighs 255.

    The first weight is by how few texts a gram stands in; the second by how few of those with its first three characters, or
    with its last three, whichever is fewer.
    ``texts`` is the number of independent texts they were counted in; ``strangers`` is the weighed Jaccard that one pair
    of a hundred of those reaches: on average texts of two topics share nothing, and those of one topic much.
    """

    grams: Grams
    weights: npt.NDArray[np.uint8]
    texts: int
    strangers: float = 0.0
    _listed: Lookup = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_listed", Lookup(self.grams, _BITMAP_BITS))

    @property
    def known(self) -> bool:
        """Whether there were enough texts to tell rare words from common ones."""
        return self.texts >= LEAST

    def of(self, grams: Grams) -> npt.NDArray[np.int64]:
        """The weights of some grams (2 × n)."""
        out = np.full((2, len(grams)), FULL, dtype=np.int64)
        where, at = self._listed.find(grams)
        out[:, where] = self.weights[:, at]
        return out


def counted(grams: Grams, texts: npt.NDArray[np.int64], independent: int) -> Rarity:
    """From sorted grams and in how many of so many ``independent`` texts each stands; those of one text weigh all.

    >>> made = counted(np.array([3, 5, 8], np.uint64), np.array([1, 20, 400]), 400)
    >>> made.of(np.array([3, 5, 8, 9], np.uint64))[0].tolist()
    [255, 128, 0, 255]
    """
    several = np.flatnonzero(texts > 1)
    codes, few = unmix(grams), texts[several]
    first = codes >> np.uint64(CODE_BITS)
    last = codes & np.uint64((1 << (WIDTH - 1) * CODE_BITS) - 1)
    around = np.maximum(_in_all(first, texts, several), _in_all(last, texts, several))
    of = np.stack([np.full(len(few), max(independent, 2)), around])
    share = np.log(of / few) / np.log(max(independent, 2))
    return Rarity(grams[several], np.round(FULL * share.clip(0, 1)).astype(np.uint8), independent)


def _in_all(keys: Grams, texts: npt.NDArray[np.int64], asked: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """In how many texts the grams with the same key stand, of some of the grams.

    Sorted is one word a gram, key and count: no more texts are in a sample than the bits beside the key can count.
    """
    bits = np.uint64(64 - (WIDTH - 1) * CODE_BITS)
    both = np.sort(keys << bits | texts.astype(np.uint64))
    starts = np.flatnonzero(firsts(both >> bits))
    total = np.add.reduceat((both & np.uint64((1 << int(bits)) - 1)).astype(np.int64), starts)
    return np.asarray(total[np.searchsorted(both[starts] >> bits, keys[asked])], dtype=np.int64)
