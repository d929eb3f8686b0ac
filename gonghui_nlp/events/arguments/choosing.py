"""Which stretch is the argument: the fillers of an event, weighed by small linear models, one a field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.arguments import outcome, titles
from gonghui_nlp.events.arguments.actors import actors
from gonghui_nlp.events.arguments.fillers import Filler, Stretch, edge, features, joined
from gonghui_nlp.events.arguments.groups import Groups
from gonghui_nlp.events.arguments.people import called, doers, participants
from gonghui_nlp.events.arguments.places import fillers as place_fillers
from gonghui_nlp.events.arguments.places import place, unquoted
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.pairs import Array, Pairs, split
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import Linear
from gonghui_nlp.resources import patterns

TASK = "event argument"
LABELS = ("argument",)
# From which chance on a filler is taken, settled on leaving files of the corpora out and on whole texts, where the
# figures are flat; what the rules say stands from a lower one on, and before any other name.
CHANCE = {"participants": 0.27, "place": 0.25, "result": 0.36, "name": 0.5}
RULED = {"participants": 0.5, "place": 0.5}  # by how much (log-odds) what the rules say is preferred
NAME_RULED = 0.1  # from which chance on a name that the rules say is one


class Weights(NamedTuple):
    """A field's weight of each named feature and of each known pair by its number, and the sum a filler needs."""

    of: dict[str, float]
    pairs: Array
    least: float


class Models(NamedTuple):
    """The weights by field, over the same known pairs of characters."""

    known: Pairs
    fields: dict[str, Weights]


_whole_words = patterns.charset("events", "whole_words")


def least(field: str) -> float:
    """The sum of weights that stands for the field's chance."""
    return log(CHANCE[field] / (1 - CHANCE[field]))


_NAME_RULED = log(NAME_RULED / (1 - NAME_RULED)) - least("name")


def file_of(field: str) -> str:
    """The name of a field's model file."""
    return f"{field}.bin"


def task_of(field: str) -> str:
    """The task that a field's model file names."""
    return f"{TASK}: {field}"


def read_models(folder: Path) -> Models:
    """The models of a folder that training wrote; ModelError for any other files."""
    plain = {field: linear.read_plain(folder / file_of(field), task_of(field), LABELS)[0] for field in CHANCE}
    return _models({field: (each.names, each.weights[:, 0]) for field, each in plain.items()})


def models(fitted: Mapping[str, Linear]) -> Models:
    """The models with these weights."""
    return _models(
        {field: (linear.SEPARATOR.join(fitted[field].rows), fitted[field].weights[:, 0]) for field in CHANCE}
    )


def _models(columns: Mapping[str, tuple[str, Array]]) -> Models:
    told = {field: split(names) for field, (names, _) in columns.items()}
    known = Pairs.standing(np.concatenate([each.points for each in told.values()]))
    fields: dict[str, Weights] = {}
    for field, each in told.items():
        weights, by_number = columns[field][1], np.zeros(known.count + 1)
        by_number[known.numbers(each.points)] = weights[each.lines]
        by_number[0] = 0.0
        of = dict(zip(each.others, weights[each.other_lines].tolist(), strict=True))
        fields[field] = Weights(of, by_number, least(field))
    return Models(known, fields)


class Scale:
    """The models at work on one text: what the pairs of characters of any stretch weigh is one difference."""

    def __init__(self, models: Models, points: Array, classes: WordClasses) -> None:
        self.classes = classes
        known, self._weights = models
        found = known.of(points)
        self._sums: dict[str, Callable[[int], float]] = {}
        for field, weights in self._weights.items():
            sums = np.zeros(len(points) + 1)
            np.cumsum(weights.pairs.take(found, mode="clip"), out=sums[1:])
            self._sums[field] = sums.item  # plain numbers: what is asked are single places

    def surplus(self, field: str, filler: Filler, names: list[str]) -> float:
        """By how much a filler weighs more than it needs; below 0 it is not taken."""
        weights, up_to = self._weights[field], self._sums[field]
        low, last = filler.start, edge(filler) - 1
        high = last if last > low else low
        named = sum(map(weights.of.get, names, repeat(0.0)), weights.of[""])
        return named + up_to(high) - up_to(low) - weights.least


def participant_fillers(
    text: str, mention: Mention, groups: Groups, limit: int, caller: Stretch | None
) -> tuple[Filler | None, list[Filler]]:
    """What the rules say who took part, and every group that may be meant."""
    rule = participants(text, mention)
    stayed = [Filler(*caller, "caller")] if caller else []
    others = [*stayed, *doers(text, mention), *groups.near(mention, limit), *actors(text, mention)]
    return rule, joined(rule, others)


def choose_participants(
    text: str, mention: Mention, scale: Scale, groups: Groups, limit: int, earlier: Mention | None
) -> Stretch | None:
    """Who took part; whom an ``earlier`` activity of the sentence called together may have stayed for this one."""
    caller = called(text, earlier) if earlier is not None else None
    rule, fillers = participant_fillers(text, mention, groups, limit, caller)
    return _best(text, mention, scale, "participants", rule, fillers, earlier)


def choose_place(text: str, mention: Mention, scale: Scale, before: Mention | None) -> Stretch | None:
    """Where it was; ``before`` is the activity told before."""
    rule = place(text, mention, before)
    earlier = before if before is not None and before.clause.sentence == mention.clause.sentence else None
    chosen = _best(text, mention, scale, "place", rule, joined(rule, place_fillers(text, mention)), earlier)
    return unquoted(text, *chosen) if chosen else None


def choose_name(text: str, mention: Mention, scale: Scale) -> Stretch | None:
    """Under which name: what the rules say unless the model is sure of the contrary, else what it takes for one."""
    rule = titles.ruled(text, mention)
    if rule and scale.surplus("name", rule, titles.features(text, mention, rule)) > _NAME_RULED:
        return rule.stretch
    best, chosen = 0.0, None
    for filler in titles.fillers(text, mention, rule):
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
    earlier: Mention | None,
) -> Stretch | None:
    best, chosen = 0.0, None
    whole_words = _whole_words()
    for filler in fillers:
        if text[filler.start - 1 : filler.start + 1] in whole_words:
            continue  # 经|审委员会: what begins inside a word is nothing
        surplus = scale.surplus(field, filler, features(text, mention, filler, rule, earlier, scale.classes))
        if filler is rule:
            surplus += RULED[field]
        if surplus > best:
            best, chosen = surplus, filler.stretch
    return chosen
