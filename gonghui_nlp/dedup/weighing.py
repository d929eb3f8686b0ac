"""Whether two texts that share a part are copies: a linear model over three figures, fitted and calibrated on known pairs.

The figures are the Jaccard of the gram sets with every gram weighed by how rare it is in the archive; the same weighed by how
hard it is to guess beside its neighbours; and how much strangers share in that archive: where they sound alike, more is asked.
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
FIGURES = ("rare", "telling", "strangers")
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
BOUNDS = ("clear", "alone", "chance", "sure")
_LEAST, _LEAST_LEVEL = 1e-3, 3e-3


def odds_of(chance: float) -> float:
    """The log odds of a chance."""
    return float(np.log(chance / (1 - chance)))


def figures(weighed: Floats, strangers: float) -> Floats:
    """What the model looks at, of each pair (n × 3), from its two weighed Jaccards (n × 2)."""
    level = np.full(len(weighed), np.log(strangers + _LEAST_LEVEL))
    return np.column_stack([np.log(np.maximum(weighed, _LEAST)), level])


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weight for each of :data:`FIGURES`.

    From the Jaccard ``sure`` on it is not asked. A pair with a ``clear`` chance is copies at once, another one with the
    chance ``alone``; the more pairs of the same two clusters are seen, the more their average comes down to ``chance``.
    """

    weights: tuple[float, float, float]
    intercept: float
    clear: float = 0.98
    alone: float = 0.9
    chance: float = 0.8
    sure: float = 0.45

    def odds(self, weighed: Floats, strangers: float) -> Floats:
        """The log odds that pairs with such weighed Jaccards (n × 2) are copies.

        >>> model = Weighing((6.0, 2.0, -3.0), 4.0)
        >>> model.odds(np.array([[0.2, 0.2], [0.1, 0.1]]), 0.007).round(1).tolist()
        [4.9, -0.6]
        """
        return np.asarray((figures(weighed, strangers) * np.array(self.weights)).sum(axis=1) + self.intercept)

    def lowest(self, strangers: float) -> float:
        """The Jaccard below which hardly any pair is copies: three quarters of where both figures leave it open."""
        *alike, level = self.weights
        return 0.75 * float(np.exp(-(self.intercept + level * np.log(strangers + _LEAST_LEVEL)) / sum(alike)))

    def bar(self, pairs: Longs) -> Floats:
        """The average log odds that are asked of so many pairs of two clusters.

        >>> Weighing((6.0, 2.0, -3.0), 4.0, alone=0.93, chance=0.5).bar(np.array([1, 2, 9])).round(2).tolist()
        [2.59, 1.29, 0.29]
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
        rare, telling, strangers, intercept = map(float, arrays["weights"])
        return Weighing((rare, telling, strangers), intercept, *bounds)
    except (KeyError, TypeError, ValueError) as e:
        raise ModelError(f"{path} is no model of copies ({e}); install the package again") from e


@lru_cache(maxsize=1)
def shipped() -> Weighing:
    """The model that comes with the package."""
    return read(Path(str(files("gonghui_nlp.resources").joinpath("models/copies.bin"))))
