"""Which stretch is the argument: the fillers of an event, weighed by small linear models, one a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.arguments import outcome, titles
from gonghui_nlp.events.arguments.fillers import Filler, Stretch, edge, features, joined
from gonghui_nlp.events.arguments.groups import Groups
from gonghui_nlp.events.arguments.people import doers, participants
from gonghui_nlp.events.arguments.places import fillers as place_fillers
from gonghui_nlp.events.arguments.places import place
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, Pairs
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import Linear

TASK = "event argument"
LABELS = ("argument",)
# From which chance on a filler is taken, settled on whole texts (`corpora/samples` among them), where the figures are
# flat. Leaving files of `corpora/events` out favours lower ones: .25 to .35, .15 to .25 and .25.
CHANCE = {"participants": 0.33, "place": 0.35, "result": 0.4, "name": 0.65}


class Weights(NamedTuple):
    """A field's weight of each named feature and of each known pair by its number, and the sum a filler needs."""

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


def file_of(field: str) -> str:
    """The name of a field's model file."""
    return f"{field}.bin"


def task_of(field: str) -> str:
    """The task that a field's model file names."""
    return f"{TASK}: {field}"


def read_models(folder: Path) -> Models:
    """The models of a folder that training wrote; ModelError for any other files."""
    return models({field: linear.read(folder / file_of(field), task_of(field), LABELS)[0] for field in CHANCE})


def models(fitted: Mapping[str, Linear]) -> Models:
    """The models with these weights."""
    columns = {field: fitted[field].column(LABELS[0]) for field in CHANCE}
    known = Pairs(name for of in columns.values() for name in of if len(name) == 2)
    return Models(
        known,
        {
            field: Weights(of, np.array([0.0, *(of.pop(pair, 0.0) for pair in known.ids)]), least(field))
            for field, of in columns.items()
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

    def surplus(self, field: str, filler: Filler, names: list[str]) -> float:
        """By how much a filler weighs more than it needs; below 0 it is not taken."""
        weights, sums = self._weights[field], self._sums[field]
        low, last = filler.start, edge(filler) - 1
        high = last if last > low else low
        named = sum(map(weights.of.get, names, repeat(0.0)), weights.of[""])
        return float(named + sums[high] - sums[low] - weights.least)


def participant_fillers(
    text: str, mention: Mention, groups: Groups, limit: int, caller: Stretch | None
) -> tuple[Filler | None, list[Filler]]:
    """What the rules say who took part, and every group that may be meant."""
    rule = participants(text, mention)
    called = [Filler(*caller, "caller")] if caller else []
    return rule, joined(rule, [*called, *doers(text, mention), *groups.near(mention, limit)])


def choose_participants(
    text: str, mention: Mention, scale: Scale, groups: Groups, limit: int, caller: Stretch | None
) -> Stretch | None:
    """Who took part; ``caller`` is who an earlier activity of the sentence called together."""
    return _best(text, mention, scale, "participants", *participant_fillers(text, mention, groups, limit, caller))


def choose_place(text: str, mention: Mention, scale: Scale, before: Mention | None) -> Stretch | None:
    """Where it was; ``before`` is the activity told before in the same sentence."""
    rule = place(text, mention, before)
    return _best(text, mention, scale, "place", rule, joined(rule, place_fillers(text, mention)))


def choose_name(text: str, mention: Mention, scale: Scale) -> Stretch | None:
    """Under which name: what the rules say, else a stretch that readers would take for one."""
    rule = titles.name(text, mention)
    if rule:
        return rule
    best, chosen = 0.0, None
    for filler in titles.fillers(text, mention):
        surplus = scale.surplus("name", filler, titles.features(text, mention, filler))
        if surplus > best:
            best, chosen = surplus, filler.stretch
    return chosen


def choose_result(text: str, mention: Mention, scale: Scale, limit: int) -> Stretch | None:
    """What came of it: told by the mention itself, else by clauses behind it and before ``limit``."""
    found = outcome.inside(text, mention)
    if found:
        return found
    clauses = outcome.clauses_behind(text, mention, limit)
    told = [scale.surplus("result", clause, outcome.features(text, mention, clause)) > 0 for clause in clauses]
    return outcome.run(text, clauses, told)


def _best(
    text: str,
    mention: Mention,
    scale: Scale,
    field: str,
    rule: Filler | None,
    fillers: Sequence[Filler],
) -> Stretch | None:
    best, chosen = 0.0, None
    for filler in fillers:
        surplus = scale.surplus(field, filler, features(text, mention, filler, rule))
        if surplus > best:
            best, chosen = surplus, filler.stretch
    return chosen
