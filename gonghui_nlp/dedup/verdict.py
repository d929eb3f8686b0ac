"""When two texts are copies: exact Jaccard and containment, and between sure bounds a model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.kin import Wanted
from gonghui_nlp.dedup.lsh import Pairs
from gonghui_nlp.dedup.rarity import Rarity
from gonghui_nlp.dedup.shingles import Grams, Weights
from gonghui_nlp.dedup.weighing import Weighing

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Compared(Protocol):
    """Gram sets, wherever they are held: how large they are, and how many grams two of them share."""

    @property
    def sizes(self) -> Labels:
        """The number of distinct grams of each set."""

    def shared(self, pairs: Pairs) -> Labels:
        """How many grams the two sets of each pair share."""

    def weighed(self, pairs: Pairs, weights: Weights) -> npt.NDArray[np.float64]:
        """The Jaccard of each pair with every gram counted by its weight, by both measures (n × 2)."""

    def own_words(self, rows: Labels, asked: Wanted) -> tuple[Grams, Labels]:
        """A sample of the words of some rows, and the row each stands in."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """When two texts are copies.

    Jaccard of at least ``threshold``; or ``containment`` of the smaller one's grams, when those are at least
    ``evidence``; never on fewer than ``least`` shared grams. A member keeps its place in a cluster when it
    reaches the share ``hold`` of either towards the representative. Where it is known what is rare in the archive, a
    ``model`` decides between its own bounds.
    """

    threshold: float
    containment: float = 0.75
    evidence: int = 60
    hold: float = 0.5
    least: int = 8
    model: Weighing | None = None
    rarity: Rarity | None = None

    def knowing(self, rarity: Rarity | None) -> Verdict:
        """The same with what is rare in the archive at hand: only then the model has a say."""
        known = rarity if self.model and rarity and rarity.known else None
        return replace(self, rarity=known, threshold=self.model.sure if self.model and known else self.threshold)

    @property
    def looked_at(self) -> float:
        """The share of equal ranges from which a pair that a band found is looked at."""
        return self.model.lowest(self.rarity.strangers) if self.model and self.rarity else 0.5 * self.threshold

    def holds(self, sets: Compared, pairs: Pairs, shared: Labels, share: float = 1.0) -> npt.NDArray[np.bool_]:
        """Which pairs are copies, given how many grams they share; ``share`` lowers the bar."""
        return self.odds(sets, pairs, shared, share) >= 0

    def odds(self, sets: Compared, pairs: Pairs, shared: Labels, share: float = 1.0) -> Floats:
        """The log odds that pairs are copies, given how many grams they share; without a model they are endless."""
        a, b = sets.sizes[pairs[:, 0]], sets.sizes[pairs[:, 1]]
        smaller = np.minimum(a, b)
        cut = (shared >= self.containment * share * smaller) & (smaller >= self.evidence)
        near = (shared >= self.threshold * share * (a + b - shared)) & (shared >= self.least)
        out = np.where(near | cut, np.inf, -np.inf)
        if self.model and self.rarity:
            lowest = self.model.lowest(self.rarity.strangers) * share * (a + b - shared)
            doubtful = np.flatnonzero(~near & ~cut & (shared >= lowest) & (shared >= self.least))
            weighed = sets.weighed(pairs[doubtful], self.rarity)
            out[doubtful] = self.model.odds(weighed / share, self.rarity.strangers)
        return out
