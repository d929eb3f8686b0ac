"""Events seen without any word list: a sequence model over characters tells where a nucleus begins and ends.

It reads what no lexicon holds (把旧锅炉房改成了书吧) and says of each character how likely it opens, continues or closes an
event. Its features are the grams around a character and what its clause begins and ends with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from gonghui_nlp.learning import sequence
from gonghui_nlp.learning.grams import Hashes, gram_rows, mix
from gonghui_nlp.learning.sequence import FORBIDDEN, Chain, Channel, Floats, SequenceModel

FILE = "tagger.bin"
TASK = "event tags"
TAGS = ("outside", "begin", "inside", "end")
OUTSIDE, BEGIN, INSIDE, END = range(4)
MAYBE = 0.3  # chance of lying inside from which a character may belong to an event
LONGEST = 160  # characters of one chain; longer sentences are cut at a comma

_PAD, _DIGIT, _NUMERAL, _LETTER = 2, ord("0"), ord("一"), ord("a")
_MARGIN = 6  # pads between passages: no gram reaches over them
_SEED = 0x5BD1E995
_GRAMS = {1: (-3, -2, -1, 0, 1, 2, 3), 2: (-4, -3, -2, -1, 0, 1, 2, 3), 3: (-3, -2, -1, 0, 1), 4: (-4, -3, -1, 0)}
_HERE = (0,)
_CLAUSE = ("depth", "left", "opens", "closes", "anchors", "stops", "placed", "pair", "reach")
CHANNELS = {**{f"gram{w}": len(offsets) for w, offsets in _GRAMS.items()}, **dict.fromkeys(_CLAUSE, 1)}
_FAR = 12  # characters from a clause's edge that are told apart

Characters: TypeAlias = npt.NDArray[np.uint16]
Indices: TypeAlias = npt.NDArray[np.int64]


def _classes() -> Characters:
    """What each character of the basic plane is read as: figures, numerals and letters are all the same to it."""
    table = np.arange(1 << 16, dtype=np.uint16)
    table[[ord(c) for c in "0123456789×*＊□"]] = _DIGIT
    table[[ord(c) for c in "一二三四五六七八九十百千万两〇○零"]] = _NUMERAL
    table[[*range(65, 91), *range(97, 123)]] = _LETTER
    table[[0, 1]] = 3
    return table


_CLASS = _classes()
_IS_EDGE = np.zeros(1 << 16, bool)
_IS_EDGE[[ord(c) for c in "，。；：！？,;:\n"] + [_PAD]] = True
_IS_STOP = np.zeros(1 << 16, bool)
_IS_STOP[[ord(c) for c in "。；！？;\n"] + [_PAD]] = True
_IS_QUOTE = np.zeros(1 << 16, bool)
_IS_QUOTE[[ord(c) for c in '“《"']] = True


class Tagged(NamedTuple):
    """The chances of the tags of the passages, and where each passage stands among the rows."""

    chances: Floats
    begins: list[int]


class Laid(NamedTuple):
    """Passages laid out one behind the other, kept apart by pads: classes, first rows, and the chains."""

    chars: Characters
    begins: list[int]
    bounds: list[tuple[int, int]]


def lay(passages: Iterable[npt.NDArray[Any]]) -> Laid:
    """The passages (code points, folded) as one row of character classes."""
    pad = np.full(_MARGIN, _PAD, np.uint16)
    parts: list[Characters] = [pad]
    begins: list[int] = []
    at = _MARGIN
    for points in passages:
        begins.append(at)
        parts += (_CLASS[points], pad)
        at += len(points) + _MARGIN
    chars = np.concatenate(parts)
    return Laid(chars, begins, _chains(chars))


def _chains(chars: Characters) -> list[tuple[int, int]]:
    """Sentences, each with its stop; a long one is cut behind a comma, else anywhere."""
    stops = np.flatnonzero(_IS_STOP[chars])
    edges = np.flatnonzero(_IS_EDGE[chars])
    bounds: list[tuple[int, int]] = []
    start = 0
    for stop in stops.tolist():
        end = stop + 1
        while end - start > LONGEST:
            last = int(np.searchsorted(edges, start + LONGEST)) - 1
            cut = int(edges[last]) + 1 if last >= 0 and edges[last] >= start + 20 else start + LONGEST
            bounds.append((start, cut))
            start = cut
        if chars[start] != _PAD:
            bounds.append((start, end))
        start = end
    return bounds


def channels(chars: Characters) -> list[Channel]:
    """The features of laid-out passages."""
    rows = gram_rows(chars, tuple(_GRAMS), _SEED, _PAD)
    found = [Channel(f"gram{w}", row, offsets) for (w, offsets), row in zip(_GRAMS.items(), rows, strict=True)]
    return found + [Channel(name, row, _HERE) for name, row in zip(_CLAUSE, _clause_features(chars), strict=True)]


def _clause_features(chars: Characters) -> list[Hashes]:
    """What the clause of each character begins and ends with, how far its edges are, and what it holds."""
    count = len(chars)
    place: Indices = np.arange(count)
    edge = _IS_EDGE[chars]
    before = np.maximum.accumulate(np.where(edge, place, -1))
    before = np.concatenate(([-1], before[:-1]))  # the edge strictly before
    behind = np.minimum.accumulate(np.where(edge, place, count - 1)[::-1])[::-1]
    depth, left = np.minimum(place - before - 1, _FAR), np.minimum(behind - place, _FAR)
    wide = np.concatenate((chars, np.full(4, _PAD, np.uint16))).astype(np.int64)
    opens = wide[before + 1] << 16 | wide[before + 2]
    closes = wide[np.maximum(behind - 2, 0)] << 16 | wide[np.maximum(behind - 1, 0)]
    holds = _holds((chars == _DIGIT) | (chars == _NUMERAL), before, behind)
    holds += 2 * _holds(_IS_QUOTE[chars], before, behind)
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
    return [_hashed(values, i, chars) for i, values in enumerate(named)]


def _holds(marks: npt.NDArray[np.bool_], before: Indices, behind: Indices) -> Indices:
    """1 where a mark stands between the two edges."""
    sums = np.concatenate(([0], np.cumsum(marks)))
    return (sums[behind] > sums[before + 1]).astype(np.int64)


def _hashed(values: Indices, kind: int, chars: Characters) -> Hashes:
    low, high = (values & 0xFFFFFFFF).astype(np.uint32), (values >> 32).astype(np.uint32)
    found = low * np.uint32(0x85EBCA6B) + high * np.uint32(0xC2B2AE35) + np.uint32(0x27D4EB2F * (kind + 1) & 0xFFFFFFFF)
    mix(found)
    found *= chars != _PAD
    return found


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
    return Tagged(model.chances(channels(laid.chars), laid.bounds, len(laid.chars)), laid.begins)


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
