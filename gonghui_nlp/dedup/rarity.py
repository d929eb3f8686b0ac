"""How rare each gram is among the independent texts of an archive: what two texts share weighs by that.

The same sixth of a text is much when it is words of its own, and nothing when it is words that everybody uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.lookup import Lookup
from gonghui_nlp.dedup.shingles import Grams

# Of fewer independent texts than this nothing can be said about what is rare.
LEAST = 60
# Weights are whole numbers, so that sums are the same in whatever order they are made.
FULL = 255
_BITMAP_BITS = 20


@dataclass(frozen=True, slots=True)
class Rarity:
    """The grams that stand in several independent texts, sorted, and their weights; any other gram weighs 255.

    ``texts`` is the number of independent texts they were counted in; ``strangers`` is the weighed Jaccard that two of
    those have on average.
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
        """The weights of some grams."""
        out = np.full(len(grams), FULL, dtype=np.int64)
        where, at = self._listed.find(grams)
        out[where] = self.weights[at]
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
