"""Events seen without any word list: a sequence model over characters tells where a nucleus begins and ends.

It reads what no lexicon holds (把旧锅炉房改成了书吧) and says of each character how likely it opens, continues or closes an
event. It is two chains pooled into one: one knows the grams around a character and what its clause begins and ends
with, the other the semantic classes of the words there, so that neither outvotes the other (Sutton, Sindelar and
McCallum 2006, on features that are undertrained beside surer ones).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from gonghui_nlp.events import word_classes
from gonghui_nlp.events.layout import GRAMS, LONGEST, PAD, Characters, Edges, Indices, edges, grams, hashed, lay
from gonghui_nlp.learning import sequence
from gonghui_nlp.learning.grams import Hashes
from gonghui_nlp.learning.sequence import FORBIDDEN, Chain, Channel, Floats, SequenceModel

FILE = "tagger.bin"
TASK = "event tags"
TAGS = ("outside", "begin", "inside", "end")
OUTSIDE, BEGIN, INSIDE, END = range(4)
MAYBE = 0.2  # chance of lying inside from which a character may belong to an event

_OFFSETS = {1: (-3, -2, -1, 0, 1, 2, 3), 2: (-4, -3, -2, -1, 0, 1, 2, 3), 3: (-3, -2, -1, 0, 1), 4: (-4, -3, -1, 0)}
_HERE = (0,)
_CLAUSE = ("depth", "left", "opens", "closes", "anchors", "stops", "placed", "pair", "reach")
LEXICAL = {**{f"gram{w}": len(offsets) for w, offsets in _OFFSETS.items()}, **dict.fromkeys(_CLAUSE, 1)}
"""What the chain of grams and clauses looks at: channels, and how many offsets each has."""
CLASSED = {
    **{name: LEXICAL[name] for name in ("gram1", "depth", "left", "anchors", "stops", "placed")},
    **{name: len(offsets) for name, offsets in word_classes.OFFSETS.items()},
}
"""And the chain of word classes."""
CHANNELS = LEXICAL | CLASSED
_FAR = 12  # characters from a clause's edge that are told apart


class Tagged(NamedTuple):
    """The chances of the tags of the passages, the words of known classes, and where each passage stands among the rows."""

    chances: Floats
    words: Indices  # as word_classes.cover says it
    begins: list[int]


def channels(chars: Characters) -> list[Channel]:
    """The features of laid-out passages, in the order of :data:`CHANNELS`."""
    rows = grams(chars)
    return _channels(chars, rows, word_classes.cover(rows))


def _channels(chars: Characters, rows: Hashes, words: Indices) -> list[Channel]:
    around = edges(chars)
    found = [Channel(f"gram{w}", row, _OFFSETS[w]) for w, row in zip(GRAMS, rows, strict=True)]
    found += [Channel(name, row, _HERE) for name, row in zip(_CLAUSE, _clause_features(chars, around), strict=True)]
    return found + word_classes.channels(chars, words, around)


def _clause_features(chars: Characters, around: Edges) -> list[Hashes]:
    """What the clause of each character begins and ends with, how far its edges are, and what it holds."""
    place, before, behind, holds = around
    depth, left = np.minimum(place - before - 1, _FAR), np.minimum(behind - place, _FAR)
    wide = np.concatenate((chars, np.full(4, PAD, np.uint16))).astype(np.int64)
    opens = wide[before + 1] << 16 | wide[before + 2]
    closes = wide[np.maximum(behind - 2, 0)] << 16 | wide[np.maximum(behind - 1, 0)]
    stops = wide[behind] << 16 | wide[np.maximum(before, 0)]
    pair = wide[place] << 16 | wide[place + 1]
    named = (
        depth,
        left,
        opens,
        closes,
        holds,
        stops,
        depth * 4 + holds,
        pair * 2 + holds % 2,
        pair * 2654435761 ^ closes,
    )
    return [hashed(values, i, chars) for i, values in enumerate(named)]


def chain() -> Chain:
    """What may follow what: an event that has begun goes on and is closed; a new one may open right behind."""
    follow = np.zeros((4, 4), np.float32)
    for a, b in ((OUTSIDE, INSIDE), (OUTSIDE, END), (BEGIN, OUTSIDE), (BEGIN, BEGIN)):
        follow[a, b] = FORBIDDEN
    for a, b in ((INSIDE, OUTSIDE), (INSIDE, BEGIN), (END, INSIDE), (END, END)):
        follow[a, b] = FORBIDDEN
    start = np.array([0, 0, FORBIDDEN, FORBIDDEN], np.float32)
    end = np.array([0, FORBIDDEN, FORBIDDEN, 0], np.float32)
    return Chain(start, follow, end)


def read_model(path: Path) -> SequenceModel:
    """The tagger of a file that training wrote; ModelError for any other file."""
    return sequence.read(path, TASK, TAGS, CHANNELS)[0]


def tag(passages: Sequence[npt.NDArray[Any]], model: SequenceModel) -> Tagged:
    """The chances of each tag at each character of the passages (code points of folded text)."""
    laid = lay(passages)
    rows = grams(laid.chars)
    words = word_classes.cover(rows)
    chances = model.chances(_channels(laid.chars, rows, words), laid.bounds, len(laid.chars))
    return Tagged(chances, words, laid.begins)


def spans(chances: Floats) -> list[tuple[int, int, float]]:
    """The events that rows of chances may show, left to right: start, end, and the mean chance of lying inside.

    A run of characters that may lie inside is cut where a new event likelier begins than goes on, and at
    :data:`LONGEST`.

    >>> import numpy as np
    >>> spans(np.array([[1, 0, 0, 0], [0.1, 0.9, 0, 0], [0.2, 0, 0.1, 0.7], [0.9, 0.1, 0, 0]], np.float32))
    [(1, 3, 0.85)]
    """
    inside = 1.0 - chances[:, OUTSIDE]
    within = inside >= MAYBE
    begins = within & (chances[:, BEGIN] >= chances[:, INSIDE] + chances[:, END])
    begins[1:] |= within[1:] & ~within[:-1]
    begins[:1] |= within[:1]
    closed = np.append(np.flatnonzero(~within | begins), len(chances))
    starts = np.flatnonzero(begins)
    ends = np.minimum(closed[np.searchsorted(closed, starts, side="right")], starts + LONGEST)
    sums = np.concatenate(([0.0], np.cumsum(inside, dtype=np.float64)))
    means = np.round((sums[ends] - sums[starts]) / np.maximum(ends - starts, 1), 4)
    found = zip(starts.tolist(), ends.tolist(), means.tolist(), strict=True)
    return [(start, end, mean) for start, end, mean in found if end - start > 1]
