"""Whether two texts that share a part are copies: a linear model over three figures, fitted and calibrated on known pairs.

The figures are the Jaccard of the gram sets; the same with every gram weighed by how rare it is in the archive; and how
much strangers share in that archive, weighed alike: where they sound alike, more is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import ModelError
from gonghui_nlp.learning import modelfile

TASK = "copies"
FIGURES = ("jaccard", "weighed", "strangers")
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
BOUNDS = ("clear", "alone", "chance", "sure")
_LEAST = 1e-3


def odds_of(chance: float) -> float:
    """The log odds of a chance."""
    return float(np.log(chance / (1 - chance)))


def figures(jaccard: Floats, weighed: Floats, strangers: float) -> Floats:
    """What the model looks at, of each pair (n × 3)."""
    level = np.full(len(jaccard), np.log(strangers + _LEAST))
    return np.stack([np.log(np.maximum(jaccard, _LEAST)), np.log(np.maximum(weighed, _LEAST)), level], axis=1)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weight for each of :data:`FIGURES`.

    From the Jaccard ``sure`` on it is not asked. A pair with a ``clear`` chance is copies at once, another one with the
    chance ``alone``; the more pairs of the same two clusters are seen, the more their average comes down to ``chance``.
    """

    weights: tuple[float, float, float]
    intercept: float
    clear: float = 0.998
    alone: float = 0.93
    chance: float = 0.3
    sure: float = 0.45

    def odds(self, jaccard: Floats, weighed: Floats, strangers: float) -> Floats:
        """The log odds that pairs with such a Jaccard, plain and weighed, are copies.

        >>> model = Weighing((-8.0, 16.0, -1.0), 17.0)
        >>> model.odds(np.array([0.2, 0.2]), np.array([0.2, 0.1]), 0.001).round(1).tolist()
        [10.3, -0.8]
        """
        return np.asarray((figures(jaccard, weighed, strangers) * np.array(self.weights)).sum(axis=1) + self.intercept)

    def lowest(self, strangers: float) -> float:
        """The Jaccard below which hardly any pair is copies: three quarters of where both figures leave it open."""
        jaccard, weighed, level = self.weights
        return 0.75 * float(np.exp(-(self.intercept + level * np.log(strangers + _LEAST)) / (jaccard + weighed)))

    def bar(self, pairs: Longs) -> Floats:
        """The average log odds that are asked of so many pairs of two clusters.

        >>> Weighing((-8.0, 16.0, -1.0), 17.0).bar(np.array([1, 2, 9])).round(2).tolist()
        [2.59, 0.87, -0.47]
        """
        alone, many = odds_of(self.alone), odds_of(self.chance)
        return np.asarray(many + (alone - many) / pairs)

    def to_file(self) -> bytes:
        """The bytes of the model file."""
        bounds = {name: getattr(self, name) for name in BOUNDS}
        weights = np.array([*self.weights, self.intercept], np.float32)
        return modelfile.dump({"task": TASK, "figures": list(FIGURES), **bounds}, {"weights": weights})


def read(path: Path) -> Weighing:
    """The model of a file; ModelError where it is none of copies."""
    meta, arrays = modelfile.load(path)
    try:
        if meta["task"] != TASK or meta["figures"] != list(FIGURES) or arrays["weights"].shape != (len(FIGURES) + 1,):
            raise ValueError(f"task {meta['task']!r}")
        bounds = [float(meta[name]) for name in BOUNDS]
        jaccard, weighed, strangers, intercept = map(float, arrays["weights"])
        return Weighing((jaccard, weighed, strangers), intercept, *bounds)
    except (KeyError, TypeError, ValueError) as e:
        raise ModelError(f"{path} is no model of copies ({e}); install the package again") from e


@lru_cache(maxsize=1)
def shipped() -> Weighing:
    """The model that comes with the package."""
    return read(Path(str(files("gonghui_nlp.resources").joinpath("models/copies.bin"))))
