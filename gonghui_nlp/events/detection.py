"""Is a candidate one concrete occasion, or a slogan? The features of a candidate, weighed by a small linear model."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import exp
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.features import OWN, Rival
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, Pairs, codes, split
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import INTERCEPT, Linear

FILE = "detection.bin"
TASK = "event detection"
LABELS = ("event",)
_SIDES = "<=>()"  # in front of a mention, in it, behind it; in its sentence before its clause; farther behind
# What a word that a user names weighs where no corpus says it: about as much as the surest of ours.
OWN_WEIGHT = 0.5
BEFORE, BEHIND, INSIDE, EARLIER, LATER = 16, 10, 60, 40, 24  # characters whose pairs are looked at
_ROWS = np.arange(len(_SIDES))[:, None]


def _stretches(text: str, mentions: Sequence[Mention]) -> list[list[tuple[int, int]]]:
    """The stretches whose character pairs are features: in front of each mention, the mentions, behind them, farther off."""
    last = len(text)
    before: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    behind: list[tuple[int, int]] = []
    earlier: list[tuple[int, int]] = []
    later: list[tuple[int, int]] = []
    for n in mentions:
        start, end, low, sentence = n.start, n.end, n.clause.start, n.clause.sentence
        before.append((low if low > start - BEFORE else start - BEFORE, start))
        inside.append((start, end if end < start + INSIDE else start + INSIDE))
        near = end + BEHIND if end + BEHIND < last else last
        behind.append((end, near))
        opening = sentence if sentence > start - EARLIER else start - EARLIER
        earlier.append((opening, low if low > opening else opening))
        later.append((near, end + LATER if end + LATER < last else last))
    return [before, inside, behind, earlier, later]


def pairs(text: str, mention: Mention) -> list[str]:
    """The character pairs as feature names, side and pair; a pair that stands twice counts twice."""
    stretches = zip(_SIDES, _stretches(text, [mention]), strict=True)
    return [side + text[i : i + 2] for side, ((start, end),) in stretches for i in range(start, end - 1)]


class Scorer(NamedTuple):
    """The weights: by feature name, and by side and number of a character pair."""

    names: dict[str, float]
    known: Pairs
    pairs: Array
    threshold: float  # chance from which a candidate of the word lists is an event
    unlisted: float  # and one that the tagger alone sees

    def accepts(self, mention: Mention, chance: float, least: float = 0.0) -> bool:
        """Whether a candidate of this chance is an event; ``least`` asks for more."""
        return chance >= max(least, self.unlisted if mention.unlisted else self.threshold)


def read_scorer(path: Path) -> Scorer:
    """The scorer of a model file; ModelError when it is not one."""
    plain, meta = linear.read_plain(path, TASK, LABELS)
    return _scorer(
        plain.names, plain.weights[:, 0], float(meta.get("threshold", 0.5)), float(meta.get("unlisted", 0.5))
    )


def scorer(model: Linear, threshold: float, unlisted: float) -> Scorer:
    """The scorer with these weights."""
    return _scorer(linear.SEPARATOR.join(model.rows), model.weights[:, 0], threshold, unlisted)


def _scorer(names: str, weights: Array, threshold: float, unlisted: float) -> Scorer:
    told = split(names, _SIDES)
    known = Pairs.standing(told.points)
    by_side = np.zeros((len(_SIDES), known.count + 1))
    by_side[told.sides, known.numbers(told.points)] = weights[told.lines]
    by_side[:, 0] = 0.0
    named = dict(zip(told.others, weights[told.other_lines].tolist(), strict=True))
    named.setdefault(OWN, OWN_WEIGHT)
    return Scorer(named, known, by_side, threshold, unlisted)


def probabilities(
    text: str, rivals: Sequence[Rival], named: Sequence[list[str]], model: Scorer, points: Array | None = None
) -> list[float]:
    """The calibrated chance of each candidate, with these features, that it is an event."""
    if not rivals:
        return []
    numbers = model.known.of(codes(text) if points is None else points)
    # Up to each place, so that any stretch is one difference.
    sums = np.zeros((len(_SIDES), len(numbers) + 1))
    np.cumsum(model.pairs.take(numbers, axis=1, mode="clip"), axis=1, out=sums[:, 1:])
    edges = np.array(_stretches(text, [n for n, _, _ in rivals]))
    low = edges[:, :, 0]
    total = (sums[_ROWS, np.maximum(edges[:, :, 1] - 1, low)] - sums[_ROWS, low]).sum(axis=0)
    weight, none = model.names.get, repeat(0.0)
    always = model.names.get(INTERCEPT, 0.0)
    return [
        1.0 / (1.0 + exp(-max(-30.0, min(30.0, sum(map(weight, names, none), paired + always)))))
        for paired, names in zip(total.tolist(), named, strict=True)
    ]


def weights(model: Scorer, named: Sequence[str]) -> dict[str, float]:
    """What each of these features weighs, the pairs of characters among them; unknown ones are left out."""
    found: dict[str, float] = {}
    for name in named:
        paired = len(name) == 3 and name[0] in _SIDES
        number = int(model.known.of(codes(name[1:]))[0]) if paired else 0
        weight = float(model.pairs[_SIDES.index(name[0]), number]) if paired else model.names.get(name, 0.0)
        if weight:
            found[name] = weight
    return found
