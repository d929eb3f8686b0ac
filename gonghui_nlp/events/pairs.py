"""Adjacent characters as numbers: one array look-up tells, for every place of a text, which known pair stands there.

Cue words and group nouns are looked up here and not by ``text.keywords``: what is wanted of them is an array of marks,
and that takes 58 ms for the cues of 340,000 characters here and 98 there, 18 against 35 ms for the nouns.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import Any, NamedTuple, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
_PLANE = 1 << 16


def codes(text: str) -> Array:
    """The code points of a text; 0 for those behind the basic plane, which no known pair holds."""
    found = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # As wide as an index is: every table is asked with them, and narrower ones would be widened each time.
    return np.where(found < _PLANE, found, 0).astype(np.intp)


class Pairs:
    """Known pairs of characters, numbered from 1 in the order given; ``ids`` has the numbers of pairs given as words."""

    def __init__(self, known: Iterable[str]) -> None:
        self.ids = {pair: i for i, pair in enumerate(dict.fromkeys(known), 1)}
        joined = "".join(self.ids)
        if len(joined) != 2 * len(self.ids):
            raise ValueError("a pair has two characters")
        self._number(codes(joined).reshape(-1, 2))

    @classmethod
    def standing(cls, points: Array) -> Pairs:
        """The pairs that stand in rows of two code points, a pair as often as it likes: for the many of a model."""
        keys = np.sort(points[(points > 0).all(axis=1)] @ (_PLANE, 1))
        keys = keys[np.flatnonzero(np.diff(keys, prepend=-1))]  # np.unique would load numpy.ma
        pairs = cls(())
        pairs._number(np.stack(np.divmod(keys, _PLANE), axis=1))
        return pairs

    def _number(self, points: Array) -> None:
        self.count = len(points)
        self._letters = np.zeros(_PLANE, dtype=np.intp)
        self._letters[points] = 1
        self._letters[0] = 0
        alphabet = np.flatnonzero(self._letters)
        self._letters[alphabet] = np.arange(1, len(alphabet) + 1)
        self._width = len(alphabet) + 1
        self._table = np.zeros(self._width * self._width, dtype=np.uint16 if len(points) < _PLANE else np.uint32)
        whole = (points > 0).all(axis=1)
        first, second = self._letters[points[whole]].T
        self._table[first * self._width + second] = np.flatnonzero(whole) + 1

    def numbers(self, points: Array) -> Array:
        """The numbers of pairs in rows of two code points; 0 for an unknown one."""
        first, second = self._letters[points].T
        found: Array = self._table[first * self._width + second]
        return found

    def of(self, points: Array) -> Array:
        """The number of the pair that begins at each place, 0 for an unknown one; as long as the text."""
        letters = self._letters.take(points)
        places = letters[:-1] * self._width
        places += letters[1:]
        found = np.zeros(len(points), dtype=self._table.dtype)
        found[:-1] = self._table.take(places)
        return found


class Split(NamedTuple):
    """Names of features: those that are no pair of characters, and the pairs, each by its line."""

    others: list[str]
    other_lines: Array
    points: Array  # of each pair its two code points
    sides: Array  # and the number of the side it begins with
    lines: Array


def split(names: str, sides: str = "") -> Split:
    r"""Names, one a line, told apart by what is a pair of characters, each behind one of ``sides`` where there are any.

    >>> found = split("\n慰问\nhead 慰问\n走访")
    >>> found.others, found.other_lines.tolist(), found.lines.tolist(), found.points[0].tolist()
    (['', 'head 慰问'], [0, 2], [1, 3], [24944, 38382])
    """
    points = codes(names)
    ends = np.append(np.flatnonzero(points == ord("\n")), len(points))
    starts = np.concatenate(([0], ends[:-1] + 1))
    side = np.full(_PLANE, -1 if sides else 0)
    side[[ord(c) for c in sides]] = np.arange(len(sides))
    paired = ends - starts == 2 + bool(sides)
    paired[paired] = side[points[starts[paired]]] >= 0
    begins, at = starts[paired], starts[paired] + bool(sides)
    others = ~paired
    return Split(
        [*compress(names.split("\n"), others.tolist())],
        np.flatnonzero(others),
        np.stack((points[at], points[at + 1]), axis=1),
        side[points[begins]],
        np.flatnonzero(paired),
    )
