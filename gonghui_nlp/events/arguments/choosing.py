"""Which stretch is the argument: the options of an event, weighed by small linear models, one a field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gonghui_nlp.errors import ModelError
from gonghui_nlp.events.arguments import outcome
from gonghui_nlp.events.arguments.groups import Groups
from gonghui_nlp.events.arguments.options import Option, Stretch, edge, features, joined
from gonghui_nlp.events.arguments.people import participants
from gonghui_nlp.events.arguments.places import options as place_options
from gonghui_nlp.events.arguments.places import place
from gonghui_nlp.events.nuclei import Nucleus
from gonghui_nlp.events.pairs import Array, Pairs
from gonghui_nlp.learning import modelfile

FILE = "arguments.bin"
TASK = "event arguments"
# From which chance on an option is taken, settled on whole texts (`corpora/samples` among them), where the figures are
# flat. Leaving files of `corpora/events` out favours lower ones: .25 to .35, .15 to .25 and .25.
CHANCE = {"participants": 0.33, "place": 0.45, "result": 0.4}


class Weights(NamedTuple):
    """A field's weight of each named feature and of each known pair by its number, and the sum an option needs."""

    of: dict[str, float]
    pairs: Array
    least: float


class Models(NamedTuple):
    """The weights by field, over the same known pairs of characters."""

    known: Pairs
    fields: dict[str, Weights]


def least(field: str) -> float:
    """The sum of weights that stands for the field's chance."""
    return log(CHANCE[field] / (1 - CHANCE[field]))


def read_models(path: Path) -> Models:
    """The models of a file that :mod:`gonghui_nlp.events.train` wrote; ModelError for any other file."""
    meta, arrays = modelfile.load(path)
    names = meta.get("names")
    if meta.get("task") != TASK or not isinstance(names, dict) or not names.keys() == arrays.keys() == CHANCE.keys():
        raise ModelError(f"{path}: no model of {TASK}: train one with gonghui_nlp.events.train")
    fitted = {field: dict(zip(names[field], arrays[field].tolist(), strict=True)) for field in CHANCE}
    known = Pairs(name for of in fitted.values() for name in of if len(name) == 2)
    return Models(
        known,
        {
            field: Weights(of, np.array([0.0, *(of.pop(pair, 0.0) for pair in known.ids)]), least(field))
            for field, of in fitted.items()
        },
    )


class Scale:
    """The models at work on one text: what the pairs of characters of any stretch weigh is one difference."""

    def __init__(self, models: Models, points: Array) -> None:
        known, self._weights = models
        found = known.of(points)
        self._sums: dict[str, Array] = {}
        for field, weights in self._weights.items():
            self._sums[field] = sums = np.zeros(len(points) + 1)
            np.cumsum(weights.pairs[found], out=sums[1:])

    def surplus(self, field: str, option: Option, names: list[str]) -> float:
        """By how much an option weighs more than it needs; below 0 it is not taken."""
        weights, sums = self._weights[field], self._sums[field]
        low, high = option.start, edge(option) - 1
        named = sum(map(weights.of.get, names, repeat(0.0)), weights.of[""])
        return float(named + sums[max(low, high)] - sums[low] - weights.least)


def participant_options(
    text: str, nucleus: Nucleus, groups: Groups, limit: int, caller: Stretch | None
) -> tuple[Option | None, list[Option]]:
    """What the rules say who took part, and every group that may be meant."""
    rule = participants(text, nucleus)
    called = [Option(*caller, "caller")] if caller else []
    return rule, joined(rule, [*called, *groups.near(nucleus, limit)])


def choose_participants(
    text: str, nucleus: Nucleus, scale: Scale, groups: Groups, limit: int, caller: Stretch | None
) -> Stretch | None:
    """Who took part; ``caller`` is who an earlier activity of the sentence called together."""
    return _best(text, nucleus, scale, "participants", *participant_options(text, nucleus, groups, limit, caller))


def choose_place(text: str, nucleus: Nucleus, scale: Scale, before: Nucleus | None) -> Stretch | None:
    """Where it was; ``before`` is the activity told before in the same sentence."""
    rule = place(text, nucleus, before)
    return _best(text, nucleus, scale, "place", rule, joined(rule, place_options(text, nucleus)))


def choose_result(text: str, nucleus: Nucleus, scale: Scale, limit: int) -> Stretch | None:
    """What came of it: told by the nucleus itself, else by clauses behind it and before ``limit``."""
    found = outcome.inside(text, nucleus)
    if found:
        return found
    clauses = outcome.clauses_behind(text, nucleus, limit)
    told = [scale.surplus("result", clause, outcome.features(text, nucleus, clause)) > 0 for clause in clauses]
    return outcome.run(text, clauses, told)


def _best(
    text: str,
    nucleus: Nucleus,
    scale: Scale,
    field: str,
    rule: Option | None,
    options: Sequence[Option],
) -> Stretch | None:
    best, chosen = 0.0, None
    for option in options:
        surplus = scale.surplus(field, option, features(text, nucleus, option, rule))
        if surplus > best:
            best, chosen = surplus, option.stretch
    return chosen
