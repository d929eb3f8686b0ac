"""The type a reader would give an event where the rules' one is doubtful: a small linear model over its words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gonghui_nlp.errors import ModelError
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.triggers import TYPES
from gonghui_nlp.learning import modelfile

FILE = "types.bin"
TASK = "event types"
DOUBT = 0.5  # the rules' type stands from this chance on; another one needs more to take its place
LONGEST = 60  # characters of a mention that are looked at


class TypeModel(NamedTuple):
    """A row of weights, one for each of ``TYPES``, by the name of a feature; row 0 is the intercept."""

    rows: dict[str, int]
    weights: npt.NDArray[np.float32]


def evidence(text: str, mention: Mention) -> list[str]:
    """The names of what the type is told from: the rules' type, the trigger words, the pairs of characters."""
    head = mention.head.entry
    start, end = mention.start, min(mention.end, mention.start + LONGEST)
    found = ["rules " + mention.type, "head " + head.word]
    for i, word in enumerate(mention.words):
        found += ("word " + word.entry.word, "of " + word.entry.type)
        if i == 0:
            found.append("first " + word.entry.word)
    found += [text[i : i + 2] for i in range(start, end - 1)]
    return found


def read_model(path: Path) -> TypeModel:
    """The model of a file that :mod:`gonghui_nlp.events.train` wrote; ModelError for any other file."""
    meta, arrays = modelfile.load(path)
    if meta.get("task") != TASK or meta.get("types") != list(TYPES):
        raise ModelError(f"{path}: no model of these {TASK}: train it again with gonghui_nlp.events.train")
    return TypeModel({name: i for i, name in enumerate(meta["names"])}, arrays["weights"].astype(np.float32))


def types_of(text: str, mentions: Sequence[Mention], model: TypeModel) -> list[str]:
    """The type of each mention: the model's where the rules' one is less likely than not and another one is likely."""
    if not mentions:
        return []
    known: list[int] = []
    begins: list[int] = []
    row = model.rows.get
    for mention in mentions:
        begins.append(len(known))
        known.append(0)
        known += [at for at in map(row, evidence(text, mention)) if at is not None]
    scores = np.add.reduceat(model.weights[known], begins, axis=0)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    column = {name: i for i, name in enumerate(TYPES)}
    said: list[str] = []
    for mention, likely, each in zip(mentions, best.tolist(), chances.tolist(), strict=True):
        # A type the model has not learnt stands, and so does what a user's own words and rules say.
        mine = None if mention.settled else column.get(mention.type)
        better = mine is not None and each[likely] > DOUBT and each[mine] < DOUBT
        said.append(TYPES[likely] if better else mention.type)
    return said
