"""Orders of numbers, by sorting one word an item: that is many times faster than sorting places by what stands there."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_BITS = 64
Words = npt.NDArray[np.uint64]


def order(values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The places of whole numbers from 0 on in ascending order, equal ones as they stand.

    >>> order(np.array([7, 3, 7, 0])).tolist()
    [3, 1, 0, 2]
    """
    if not len(values):
        return np.empty(0, dtype=np.int64)
    least = values.min()
    place = np.uint64(len(values).bit_length())
    if int(values.max() - least).bit_length() + int(place) > _BITS:
        return np.argsort(values, kind="stable")
    words = (values - least).astype(np.uint64)
    words <<= place
    words |= np.arange(len(values), dtype=np.uint64)
    words.sort()
    words &= np.uint64((1 << int(place)) - 1)
    places: npt.NDArray[np.int64] = words.view(np.int64)
    return places


def ordered_by(first: npt.NDArray[np.int64], then: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The places of numbers from 0 on, ascending by ``first``, where that is equal by ``then``, then as they stand.

    >>> ordered_by(np.array([1, 0, 1]), np.array([5, 9, 2])).tolist()
    [1, 2, 0]
    """
    if not len(first):
        return np.empty(0, dtype=np.int64)
    span = int(then.max()) + 1
    if (int(first.max()) + 1) * span >= 1 << (_BITS - 1):
        return np.lexsort((then, first))
    return order(first * span + then)
