"""Which stretch is the argument: the options of an event, weighed by small linear models, one a field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ...errors import ModelError
from ..nuclei import Nucleus
from ..passages import Passage
from . import outcome
from .groups import Groups
from .options import Option, Stretch, features, joined
from .people import participants
from .places import options as place_options
from .places import place

FILE = "arguments.npz"
FORMAT = "gonghui-event-arguments-1"
# From which chance on an option is taken: chosen by cross-validation for the characters told right.
CHANCE = {"participants": 0.35, "place": 0.4, "result": 0.35}


class Weights(NamedTuple):
    """The weight of each feature of a field, and the sum from which on an option is taken."""

    of: dict[str, float]
    least: float


def least(field: str) -> float:
    """The sum of weights that stands for the field's chance."""
    return log(CHANCE[field] / (1 - CHANCE[field]))


def read_weights(path: Path) -> dict[str, Weights]:
    """The weights by field, of a file that :mod:`gonghui_nlp.events.train` wrote; ModelError for any other file."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            held: dict[str, Any] = dict(stored)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: not a file of event arguments: train one with gonghui_nlp.events.train") from error
    if str(held.get("format")) != FORMAT:
        raise ModelError(f"{path}: not a file of event arguments: train one with gonghui_nlp.events.train")
    return {
        field: Weights(
            dict(zip(str(held[f"{field} names"]).split("\n"), held[f"{field} weights"].tolist(), strict=True)),
            least(field),
        )
        for field in CHANCE
    }


@lru_cache(maxsize=1)
def shipped() -> dict[str, Weights]:
    """The weights that come with the package."""
    with as_file(files("gonghui_nlp.events").joinpath(FILE)) as path:
        return read_weights(path)


def _sum(names: Sequence[str], weights: Weights) -> float:
    of = weights.of
    return of[""] + sum(of[name] for name in names if name in of)


def participant_options(
    text: str, nucleus: Nucleus, groups: Groups, limit: int, caller: Stretch | None
) -> tuple[Stretch | None, list[Option]]:
    """What the rules say who took part, and every group that may be meant."""
    rule = participants(text, nucleus, None)
    called = [Option(*caller, "caller")] if caller else []
    return rule, joined(rule, [*called, *groups.near(nucleus, limit)])


def choose_participants(
    text: str, nucleus: Nucleus, passage: Passage, groups: Groups, limit: int, caller: Stretch | None
) -> Stretch | None:
    """Who took part; ``caller`` is who an earlier activity of the sentence called together."""
    return _best(text, nucleus, passage, "participants", *participant_options(text, nucleus, groups, limit, caller))


def choose_place(text: str, nucleus: Nucleus, passage: Passage, before: Nucleus | None) -> Stretch | None:
    """Where it was; ``before`` is the activity told before in the same sentence."""
    rule = place(text, nucleus, before)
    return _best(text, nucleus, passage, "place", rule, joined(rule, place_options(text, nucleus)))


def choose_result(text: str, nucleus: Nucleus, limit: int) -> Stretch | None:
    """What came of it: told by the nucleus itself, else by clauses behind it and before ``limit``."""
    found = outcome.inside(text, nucleus)
    if found:
        return found
    weights = shipped()["result"]
    clauses = outcome.clauses_behind(text, nucleus, limit)
    told = [_sum(outcome.features(text, nucleus, clause), weights) > weights.least for clause in clauses]
    return outcome.run(text, clauses, told)


def _best(
    text: str, nucleus: Nucleus, passage: Passage, field: str, rule: Stretch | None, options: Sequence[Option]
) -> Stretch | None:
    weights = shipped()[field]
    best, chosen = weights.least, None
    for option in options:
        weight = _sum(features(text, nucleus, passage, option, rule), weights)
        if weight > best:
            best, chosen = weight, option.stretch
    return chosen
