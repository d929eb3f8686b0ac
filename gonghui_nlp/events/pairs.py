"""Adjacent characters as numbers: one array look-up tells, for every place of a text, which known pair stands there.

Cue words and group nouns are looked up here and not by ``text.keywords``: what is wanted of them is an array of marks,
and that takes 58 ms for the cues of 340,000 characters here and 98 there, 18 against 35 ms for the nouns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
_PLANE = 1 << 16


def codes(text: str) -> Array:
    """The code points of a text; 0 for those behind the basic plane, which no known pair holds."""
    found = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # As wide as an index is: every table is asked with them, and narrower ones would be widened each time.
    return np.where(found < _PLANE, found, 0).astype(np.intp)


class Pairs:
    """Known pairs of characters, numbered from 1 in the order given."""

    def __init__(self, known: Iterable[str]) -> None:
        self.ids = {pair: i for i, pair in enumerate(dict.fromkeys(known), 1)}
        joined = "".join(self.ids)
        if len(joined) != 2 * len(self.ids):
            raise ValueError("a pair has two characters")
        points = codes(joined).reshape(-1, 2)
        self._letters = np.zeros(_PLANE, dtype=np.intp)
        self._letters[points] = 1
        self._letters[0] = 0
        alphabet = np.flatnonzero(self._letters)  # np.unique would load numpy.ma
        self._letters[alphabet] = np.arange(1, len(alphabet) + 1)
        self._width = len(alphabet) + 1
        self._table = np.zeros(self._width * self._width, dtype=np.uint16 if len(self.ids) < _PLANE else np.uint32)
        whole = (points > 0).all(axis=1)
        first, second = self._letters[points[whole]].T
        self._table[first * self._width + second] = np.flatnonzero(whole) + 1

    def of(self, points: Array) -> Array:
        """The number of the pair that begins at each place, 0 for an unknown one; as long as the text."""
        letters = self._letters.take(points)
        places = letters[:-1] * self._width
        places += letters[1:]
        found = np.zeros(len(points), dtype=self._table.dtype)
        found[:-1] = self._table.take(places)
        return found
