"""How rare each gram is among the independent texts of an archive: what two texts share weighs by that.

The same sixth of a text is much when it is words of its own, and nothing when it is words that everybody uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams

# Of fewer independent texts than this nothing can be said about what is rare.
LEAST = 200
# Weights are whole numbers, so that sums are the same in whatever order they are made.
FULL = 255
_BITMAP_BITS = 20
_SHIFT = np.uint64(GRAM_BITS - _BITMAP_BITS)


@dataclass(frozen=True, slots=True)
class Rarity:
    """The grams that stand in several independent texts, sorted, and their weights; any other gram weighs 255.

    ``texts`` is the number of independent texts they were counted in.
    """

    grams: Grams
    weights: npt.NDArray[np.uint8]
    texts: int
    _maybe: npt.NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        maybe = np.zeros(1 << _BITMAP_BITS, dtype=bool)
        maybe[self.grams >> _SHIFT] = True
        object.__setattr__(self, "_maybe", maybe)

    @property
    def known(self) -> bool:
        """Whether there were enough texts to tell rare words from common ones."""
        return self.texts >= LEAST

    def of(self, grams: Grams) -> npt.NDArray[np.int64]:
        """The weights of some grams."""
        out = np.full(len(grams), FULL, dtype=np.int64)
        maybe = np.flatnonzero(self._maybe[grams >> _SHIFT])
        if len(maybe):
            found = np.minimum(np.searchsorted(self.grams, grams[maybe]), len(self.grams) - 1)
            hits = self.grams[found] == grams[maybe]
            out[maybe[hits]] = self.weights[found[hits]]
        return out


def counted(grams: Grams, texts: npt.NDArray[np.int64], independent: int) -> Rarity:
    """From sorted grams and in how many of so many ``independent`` texts each stands; those of one text are passed over.

    >>> made = counted(np.array([3, 5, 8], np.uint64), np.array([1, 20, 400]), 400)
    >>> made.of(np.array([3, 5, 8, 9], np.uint64)).tolist()
    [255, 128, 0, 255]
    """
    several = texts > 1
    share = np.log(max(independent, 2) / texts[several]) / np.log(max(independent, 2))
    return Rarity(grams[several], np.round(FULL * share.clip(0, 1)).astype(np.uint8), independent)
