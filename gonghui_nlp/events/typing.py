"""Of which type an event is: a linear scorer over its words, its object, what stands around it and the rules' guess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.triggers import TYPES
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import Linear

FILE = "types.bin"
TASK = "event types"
DOUBT = 0.5  # the rules' type stands from this chance on; another one needs more to take its place
LONGEST = 60  # characters of a mention that are looked at
AROUND = 8  # characters before and behind it


def evidence(text: str, mention: Mention) -> list[str]:
    """The names of what the type is told from: the rules' type, the trigger words, the characters in it and around it."""
    head = mention.head.entry
    start, end = mention.start, min(mention.end, mention.start + LONGEST)
    found = ["rules " + mention.type, "head " + head.word, "first " + mention.opening]
    for word in mention.words:
        found += ("word " + word.entry.word, "of " + word.entry.type)
    found += (
        "ends " + text[max(start, end - 3) : end],
        "ends " + text[max(start, end - 2) : end],
        "ends " + text[end - 1 : end],
    )
    found += ("begins " + text[start : start + 2], "begins " + text[start])
    found += [text[i : i + 2] for i in range(start, end - 1)]
    found += text[start:end]
    found += ["<" + text[i : i + 2] for i in range(max(mention.clause.sentence, start - AROUND), start - 1)]
    found += [">" + text[i : i + 2] for i in range(end, min(len(text), end + AROUND) - 1)]
    return found


def read_model(path: Path) -> Linear:
    """The model of a file that training wrote; ModelError for any other file."""
    return linear.read(path, TASK, TYPES)[0]


def types_of(told: Sequence[tuple[str, Mention]], model: Linear) -> list[str]:
    """The type of each mention of a text: the model's where the rules' one is less likely than not and another likely.

    What no rule names has the type the model finds likeliest.
    """
    if not told:
        return []
    scores = model.scores(evidence(text, mention) for text, mention in told)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    column = {name: i for i, name in enumerate(TYPES)}
    said: list[str] = []
    for (_, mention), likely, each in zip(told, best.tolist(), chances.tolist(), strict=True):
        # A type the model has not learnt stands, and so does what a user's own words and rules say.
        mine = None if mention.settled else column.get(mention.type)
        better = mine is not None and (mention.unlisted or (each[likely] > DOUBT and each[mine] < DOUBT))
        said.append(TYPES[likely] if better else mention.type)
    return said
