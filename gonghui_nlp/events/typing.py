"""Of which type an event is: a linear scorer over its words, its object, what stands around it and the rules' guess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gonghui_nlp.events.class_features import of_type
from gonghui_nlp.events.mentions import Mention
from gonghui_nlp.events.triggers import TYPES
from gonghui_nlp.events.windows import Case, Kind, Windowed, names
from gonghui_nlp.events.word_classes import WordClasses
from gonghui_nlp.learning import linear
from gonghui_nlp.learning.linear import Linear

FILE = "types.bin"
TASK = "event types"
DOUBT = 0.5  # the rules' type stands from this chance on; another one needs more to take its place
LONGEST = 60  # characters of a mention that are looked at
AROUND = 8  # characters before and behind it


_INSIDE, _BEFORE, _BEHIND = range(3)  # the stretches that are looked at, in their order
KINDS = (Kind("", 2, _INSIDE), Kind("", 1, _INSIDE), Kind("<", 2, _BEFORE), Kind(">", 2, _BEHIND))


def evidence(text: str, mention: Mention, classes: WordClasses) -> list[str]:
    """The names of what the type is told from: the rules' type, the trigger words, classes of words, the characters in it and around it."""
    named, stretches = case(text, mention, classes)
    return [*named, *names(KINDS, stretches)]


def case(text: str, mention: Mention, classes: WordClasses) -> Case:
    """The same, the characters as stretches."""
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
    found += of_type(mention, classes)
    before = text[max(mention.clause.sentence, start - AROUND) : start]
    return Case(found, (text[start:end], before, text[end : end + AROUND]))


def scorer(model: Linear) -> Windowed:
    """The scorer with these weights."""
    return Windowed.of(model, KINDS)


def read_model(path: Path) -> Windowed:
    """The scorer of a file that training wrote; ModelError for any other file."""
    return Windowed(linear.read_plain(path, TASK, TYPES)[0], KINDS)


def types_of(told: Sequence[tuple[str, Mention, WordClasses]], model: Windowed) -> list[str]:
    """The type of each mention of a text: the model's where the rules' one is less likely than not and another likely.

    What no rule names has the type the model finds likeliest.
    """
    if not told:
        return []
    scores = model.scores(case(*each) for each in told)
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    column = {name: i for i, name in enumerate(TYPES)}
    said: list[str] = []
    for (_, mention, _), likely, each in zip(told, best.tolist(), chances.tolist(), strict=True):
        # A type the model has not learnt stands, and so does what a user's own words and rules say.
        mine = None if mention.settled else column.get(mention.type)
        better = mine is not None and (mention.unlisted or (each[likely] > DOUBT and each[mine] < DOUBT))
        said.append(TYPES[likely] if better else mention.type)
    return said
