"""Weights as small whole steps: what a model file holds instead of floating-point numbers."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]


def quantised(weights: npt.NDArray[Any], kind: type[np.int8] | type[np.int16]) -> tuple[npt.NDArray[Any], Floats]:
    """The weights as whole steps of a byte or two, and how much a step of each column is.

    What was quantised before comes out the same.

    >>> import numpy as np
    >>> steps, scale = quantised(np.array([[1.27], [-0.5]]), np.int8)
    >>> steps.tolist(), (steps * scale.astype(float)).round(2).tolist()
    ([[127], [-50]], [[1.27], [-0.5]])
    """
    heaviest = np.abs(weights).max(axis=0, initial=0.0) / np.iinfo(kind).max
    scale = np.where(heaviest == 0, 1.0, heaviest).astype(np.float32)
    return np.round(weights / scale).astype(kind), scale
