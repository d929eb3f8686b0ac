"""Passages laid out one behind the other as classes of characters: what the tagger and the word classes look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from gonghui_nlp.learning.grams import Hashes, gram_rows, mix

Characters: TypeAlias = npt.NDArray[np.uint16]
Indices: TypeAlias = npt.NDArray[np.int64]

LONGEST = 160  # characters of one chain; longer sentences are cut at a comma
GRAMS = (1, 2, 3, 4)  # characters of the grams that are hashed
PAD, DIGIT, NUMERAL, LETTER = 2, ord("0"), ord("一"), ord("a")
_MARGIN = 6  # pads between passages: no gram reaches over them
_SEED = 0x5BD1E995


def _classes() -> Characters:
    """What each character of the basic plane is read as: figures, numerals and letters are all the same to it."""
    table = np.arange(1 << 16, dtype=np.uint16)
    table[[ord(c) for c in "0123456789×*＊□"]] = DIGIT
    table[[ord(c) for c in "一二三四五六七八九十百千万两〇○零"]] = NUMERAL
    table[[*range(65, 91), *range(97, 123)]] = LETTER
    table[[0, 1]] = 3
    return table


CLASS = _classes()
IS_EDGE = np.zeros(1 << 16, bool)
IS_EDGE[[ord(c) for c in "，。；：！？,;:\n"] + [PAD]] = True
_IS_STOP = np.zeros(1 << 16, bool)
_IS_STOP[[ord(c) for c in "。；！？;\n"] + [PAD]] = True
IS_QUOTE = np.zeros(1 << 16, bool)
IS_QUOTE[[ord(c) for c in '“《"']] = True


class Laid(NamedTuple):
    """Passages laid out one behind the other, kept apart by pads: classes, first rows, and the chains."""

    chars: Characters
    begins: list[int]
    bounds: list[tuple[int, int]]


def lay(passages: Iterable[npt.NDArray[Any]]) -> Laid:
    """The passages (code points, folded) as one row of character classes."""
    pad = np.full(_MARGIN, PAD, np.uint16)
    parts: list[Characters] = [pad]
    begins: list[int] = []
    at = _MARGIN
    for points in passages:
        begins.append(at)
        parts += (CLASS[points], pad)
        at += len(points) + _MARGIN
    chars = np.concatenate(parts)
    return Laid(chars, begins, _chains(chars))


def _chains(chars: Characters) -> list[tuple[int, int]]:
    """Sentences, each with its stop; a long one is cut behind a comma, else anywhere."""
    stops = np.flatnonzero(_IS_STOP[chars])
    edges = np.flatnonzero(IS_EDGE[chars])
    bounds: list[tuple[int, int]] = []
    start = 0
    for stop in stops.tolist():
        end = stop + 1
        while end - start > LONGEST:
            last = int(np.searchsorted(edges, start + LONGEST)) - 1
            cut = int(edges[last]) + 1 if last >= 0 and edges[last] >= start + 20 else start + LONGEST
            bounds.append((start, cut))
            start = cut
        if chars[start] != PAD:
            bounds.append((start, end))
        start = end
    return bounds


def grams(chars: Characters) -> Hashes:
    """A row for each of :data:`GRAMS`: the hash of the gram that begins at each character."""
    return gram_rows(chars, GRAMS, _SEED, PAD)


class Edges(NamedTuple):
    """The clause of each character: the stop strictly before it, the stop at or behind it, and what it holds."""

    place: Indices
    before: Indices
    behind: Indices
    holds: Indices  # 1 for a figure, 2 for a quotation mark, 3 for both


def edges(chars: Characters) -> Edges:
    """Where the clauses of laid-out passages begin and end."""
    count = len(chars)
    place: Indices = np.arange(count)
    edge = IS_EDGE[chars]
    before = np.maximum.accumulate(np.where(edge, place, -1))
    before = np.concatenate(([-1], before[:-1]))
    behind = np.minimum.accumulate(np.where(edge, place, count - 1)[::-1])[::-1]
    holds = _holds((chars == DIGIT) | (chars == NUMERAL), before, behind)
    holds += 2 * _holds(IS_QUOTE[chars], before, behind)
    return Edges(place, before, behind, holds)


def _holds(marks: npt.NDArray[np.bool_], before: Indices, behind: Indices) -> Indices:
    """1 where a mark stands between the two edges."""
    sums = np.concatenate(([0], np.cumsum(marks)))
    return (sums[behind] > sums[before + 1]).astype(np.int64)


def hashed(values: Indices, kind: int, chars: Characters) -> Hashes:
    """The values of a feature number ``kind`` as hashes; 0 on the pads."""
    low, high = (values & 0xFFFFFFFF).astype(np.uint32), (values >> 32).astype(np.uint32)
    found = low * np.uint32(0x85EBCA6B) + high * np.uint32(0xC2B2AE35) + np.uint32(0x27D4EB2F * (kind + 1) & 0xFFFFFFFF)
    mix(found)
    found *= chars != PAD
    return found
