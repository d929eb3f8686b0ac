"""Windows: the stretches of text whose characters and pairs of characters are features, weighed without naming each.

Half of what types and statuses are told from are pairs of characters around a mention, some sixty of them. To the
scorer they are numbers, looked up for a lot of mentions at once; to training and to who wants to know why they are
names, a prefix and the characters: one list of kinds says both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import compress, count, islice
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.learning.linear import SEPARATOR, Linear, Plain, Weights

_LOT = 256  # cases that are added up together, as of a Linear
_BETWEEN = "\0"  # parts the stretches of several cases; no feature holds it


class Kind(NamedTuple):
    """Characters (``size`` 1) or pairs (2) of the stretch number ``stretch`` of a case, named by what is put in front."""

    prefix: str
    size: int
    stretch: int


class Case(NamedTuple):
    """What a decision is told from: named features, and stretches of text."""

    named: Sequence[str]
    stretches: Sequence[str]


def names(kinds: Iterable[Kind], stretches: Sequence[str]) -> list[str]:
    """The names of the features in the stretches of a case.

    >>> names([Kind("<", 2, 0), Kind("", 1, 1)], ["前走访", "慰问"])
    ['<前走', '<走访', '慰', '问']
    """
    found: list[str] = []
    for prefix, size, stretch in kinds:
        text = stretches[stretch]
        found += [prefix + text[i : i + size] for i in range(len(text) - size + 1)]
    return found


class _Known(NamedTuple):
    """The grams of a kind that are known, as sorted numbers, and their weights behind a row for all others."""

    keys: Array
    weights: Weights

    def rows(self, keys: Array) -> Array:
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        found: Array = np.where(self.keys[at] == keys, at + 1, 0)
        return found


class Windowed:
    """A linear scorer of cases.

    >>> model = Linear.of(("aid", "outing"), {"": [0.0, 0.0], "head 慰问": [1.0, 0.0], "慰问": [2.0, -1.0]})
    >>> scorer = Windowed.of(model, [Kind("", 2, 0)])
    >>> scorer.scores([Case(["head 慰问"], ["去慰问"]), Case([], ["旅游"])]).round().tolist()
    [[3.0, -1.0], [0.0, 0.0]]
    """

    def __init__(self, plain: Plain, kinds: Sequence[Kind]) -> None:
        self.labels, self.kinds = plain.labels, tuple(kinds)
        self._plain = plain
        points = codes(plain.names)
        ends = np.append(np.flatnonzero(points == ord(SEPARATOR)), len(points))
        starts = np.concatenate(([0], ends[:-1] + 1))
        lines = [_lines(kind, points, starts, ends) for kind in self.kinds]
        self._known = [
            _known(kind, points, starts, mine, plain.weights) for kind, mine in zip(self.kinds, lines, strict=True)
        ]
        named = np.ones(len(starts), bool)
        named[np.concatenate(lines)] = False
        rest = compress(plain.names.split(SEPARATOR), named.tolist())
        # The small rest is found sooner than among all: what is looked up then stays in the cache.
        self._named = Linear(self.labels, dict(zip(rest, np.flatnonzero(named).tolist(), strict=True)), plain.weights)

    @classmethod
    def of(cls, linear: Linear, kinds: Sequence[Kind]) -> Windowed:
        """The scorer with these weights."""
        return cls(Plain(SEPARATOR.join(linear.rows), linear.labels, linear.weights), kinds)

    @cached_property
    def linear(self) -> Linear:
        """The same weights by the name of every feature."""
        return Linear(
            self.labels, dict(zip(self._plain.names.split(SEPARATOR), count(), strict=False)), self._plain.weights
        )

    def scores(self, cases: Iterable[Case]) -> Weights:
        """One row of sums a case, a column a label."""
        asking = iter(cases)
        lots = [np.zeros((0, len(self.labels)), np.float32)]
        while lot := list(islice(asking, _LOT)):
            lots.append(self._scored(lot))
        return np.concatenate(lots)

    def _scored(self, cases: Sequence[Case]) -> Weights:
        total = self._named.scores(case.named for case in cases)
        for stretch in range(len(cases[0].stretches)):
            pieces = [case.stretches[stretch] for case in cases]
            points = codes(_BETWEEN.join((*pieces, "")))
            lengths = np.fromiter(map(len, pieces), np.intp, len(pieces)) + 1
            begins = np.cumsum(lengths) - lengths
            for kind, known in zip(self.kinds, self._known, strict=True):
                if kind.stretch == stretch:
                    rows = known.rows(_keys(points, kind.size))
                    total += np.add.reduceat(known.weights.take(rows, axis=0), begins, axis=0)
        return total


def _keys(points: Array, size: int) -> Array:
    """A number for each gram; what would run over the end is that of no known one."""
    if size == 1:
        return points
    keys = points << 16
    keys[:-1] += points[1:]
    return keys


def _lines(kind: Kind, points: Array, starts: Array, ends: Array) -> Array:
    """Which of the names are of a kind."""
    mine = ends - starts == len(kind.prefix) + kind.size
    for i, character in enumerate(kind.prefix):
        mine[mine] = points[starts[mine] + i] == ord(character)
    return np.flatnonzero(mine)


def _known(kind: Kind, points: Array, starts: Array, lines: Array, weights: Weights) -> _Known:
    at = starts[lines] + len(kind.prefix)
    grams = np.stack([points[at + i] for i in range(kind.size)])
    whole = (grams > 0).all(axis=0)
    keys, lines = grams[0, whole], lines[whole]
    if kind.size == 2:
        keys = (keys << 16) + grams[1, whole]
    order = np.argsort(keys)
    none = np.zeros((1, weights.shape[1]), np.float32)
    # Without any gram there is one that none is like, so that there is one to compare with.
    return _Known(keys[order] if len(keys) else np.array([-1]), np.concatenate((none, weights[lines[order]])))
