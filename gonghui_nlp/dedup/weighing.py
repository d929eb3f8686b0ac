"""Whether two texts that share a part are copies: a linear model over two figures, fitted and calibrated on known pairs.

The figures are the Jaccard of the gram sets, and the same with every gram weighed by how rare it is in the archive: where
strangers sound alike, what they share is common and weighs little.
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
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """``lowest`` and ``sure`` are the Jaccards below and above which the model is not asked; ``chance`` is its bar."""

    plain: float
    weighed: float
    intercept: float
    chance: float = 0.7
    lowest: float = 0.1
    sure: float = 0.3

    def chances(self, jaccard: Floats, weighed: Floats) -> Floats:
        """How likely pairs with such a Jaccard, plain and weighed, are copies.

        >>> Weighing(-4.4, 10.8, 13.7).chances(np.array([0.2, 0.2]), np.array([0.2, 0.1])).round(2).tolist()
        [0.97, 0.02]
        """
        sums = self.plain * _log(jaccard) + self.weighed * _log(weighed) + self.intercept
        return np.asarray(1 / (1 + np.exp(-sums)), np.float64)

    def copies(self, jaccard: Floats, weighed: Floats, share: float = 1.0) -> npt.NDArray[np.bool_]:
        """Which pairs are; with a ``share`` both figures need reach that share only."""
        return self.chances(jaccard / share, weighed / share) >= self.chance

    def to_file(self) -> bytes:
        """The bytes of the model file."""
        bounds = {"chance": self.chance, "lowest": self.lowest, "sure": self.sure}
        weights = np.array([self.plain, self.weighed, self.intercept], np.float32)
        return modelfile.dump({"task": TASK, **bounds}, {"weights": weights})


def _log(figures: Floats) -> Floats:
    return np.log(np.maximum(figures, 1e-3))


def read(path: Path) -> Weighing:
    """The model of a file; ModelError where it is none of copies."""
    meta, arrays = modelfile.load(path)
    try:
        if meta["task"] != TASK or arrays["weights"].shape != (3,):
            raise ValueError(f"task {meta['task']!r}")
        bounds = [float(meta[name]) for name in ("chance", "lowest", "sure")]
        return Weighing(*map(float, arrays["weights"]), *bounds)
    except (KeyError, TypeError, ValueError) as e:
        raise ModelError(f"{path} is no model of copies ({e}); install the package again") from e


@lru_cache(maxsize=1)
def shipped() -> Weighing:
    """The model that comes with the package."""
    return read(Path(str(files("gonghui_nlp.resources").joinpath("models/copies.bin"))))
