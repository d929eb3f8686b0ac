"""Looking up many grams in a sorted table of few: most are not there, and a bitmap over their first bits says so."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.shingles import GRAM_BITS, Grams

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lookup:
    """``grams`` in ascending order; ``bits`` of each are looked at first, more for larger tables."""

    grams: Grams
    bits: int
    _maybe: npt.NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        maybe = np.zeros(1 << self.bits, dtype=bool)
        maybe[self._first(self.grams)] = True
        object.__setattr__(self, "_maybe", maybe)

    def _first(self, grams: Grams) -> Longs:
        # Places must be signed, or they are copied once more.
        return (grams >> np.uint64(GRAM_BITS - self.bits)).view(np.int64)

    def find(self, grams: Grams) -> tuple[Longs, Longs]:
        """Which of the grams are in the table, by their places, and where in the table each of those stands.

        >>> where, at = Lookup(np.array([3, 8], np.uint64), 8).find(np.array([8, 5, 3], np.uint64))
        >>> where.tolist(), at.tolist()
        ([0, 2], [1, 0])
        """
        maybe = np.flatnonzero(self._maybe[self._first(grams)])
        if not len(maybe):
            return maybe, maybe
        asked = grams[maybe]
        at = np.minimum(np.searchsorted(self.grams, asked), len(self.grams) - 1)
        hits = self.grams[at] == asked
        return maybe[hits], at[hits]
