"""Semantic classes of words: that 打井 builds and 借款 funds is known also where no labelled text tells of a well or a loan.

Each character is told the class of the longest listed word that covers it; the sequence model learns what rows of classes
are events (架设 + 卫星电视: something is built + a device), and so reads verbs and objects that it was never shown.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from gonghui_nlp.events.layout import CLASS, GRAMS, IS_EDGE, PAD, Characters, Edges, Indices, grams, hashed
from gonghui_nlp.events.pairs import Array, codes
from gonghui_nlp.learning.grams import Hashes, Lookup
from gonghui_nlp.learning.sequence import Channel
from gonghui_nlp.resources import OURS, current, knowledge

TABLE = "events/word_classes.tsv"
_FAR = 4  # characters from the beginning of a word that are told apart
_NEAR = 3  # and characters to the next one
_KIND = 40  # numbers of the features, apart from those of the tagger's own
OFFSETS: dict[str, tuple[int, ...]] = {
    "class": (-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5),
    "class next": (-2, -1, 0, 1, 2),
    "class last": (-1, 0, 1),
    "class row": (-1, 0, 1),
    "class holds": (-1, 0, 1),
    "class ends": (0,),
}


class _Words(NamedTuple):
    """The hashes of the listed words, the number of the class of each behind a 0 for the unlisted, and the names."""

    lookup: Lookup
    numbers: Indices
    names: list[str]


@knowledge
def _words() -> _Words:
    # By their places in our own table, whatever a user adds or takes away: the models know classes by number.
    order = {name: i for i, name in enumerate(dict.fromkeys(row["class"] for row in OURS.rows(TABLE)), 1)}
    number: dict[str, int] = {}
    for row in sorted(current().rows(TABLE), key=lambda row: not row.own):
        mine = order.setdefault(row["class"], len(order) + 1)
        for word in row["words"].split():
            number.setdefault(word, mine)
    names = ["", *order]
    keys: list[Hashes] = []
    classes: list[Indices] = []
    for size in GRAMS:
        words = [word for word in number if len(word) == size]
        # One behind the other, each with pads behind it, so that the gram at its first character is the word.
        laid = np.full((len(words), size + GRAMS[-1]), PAD, np.uint16)
        laid[:, :size] = CLASS[codes("".join(words)).reshape(-1, size)]
        keys.append(grams(laid.ravel())[GRAMS.index(size)].reshape(laid.shape)[:, 0])
        classes.append(np.array([number[word] for word in words], np.int64))
    hashes, first = np.unique(np.concatenate(keys), return_index=True)
    free = Lookup.distinct_slots(hashes)  # one word in a hundred shares a slot with another, and is not known
    found = np.concatenate(classes)[first][free]
    return _Words(Lookup(hashes[free]), np.concatenate((np.zeros(1, np.int64), found)), names)


def cover(rows: Hashes) -> Indices:
    """The class of the longest listed word over each character, twice its number and 1 more behind its first character; 0 without one.

    ``rows`` are the :func:`~gonghui_nlp.events.layout.grams` of laid-out passages.
    """
    words = _words()
    count = rows.shape[1]
    found = np.zeros(count, np.int64)
    for size, row in zip(GRAMS, rows, strict=True):
        here = words.numbers[words.lookup.numbers(row)]
        at = np.flatnonzero(here[: count - size + 1])
        for behind in range(size):
            found[at + behind] = 2 * here[at] + (behind > 0)
    return found


class WordClasses:
    """The words of one text whose classes are known, from left to right: where they begin, and the names of the classes.

    >>> WordClasses(codes("在家属区架设天线")).within(0, 8)
    ['place', 'build', 'device']
    """

    __slots__ = ("_before", "_names")

    def __init__(self, points: Array, here: Array | None = None) -> None:
        """``here`` is what :func:`cover` says of each of the ``points``, where it is known."""
        if here is None:
            chars = np.concatenate((CLASS[points], np.full(GRAMS[-1], PAD, np.uint16)))
            here = cover(grams(chars))[: len(points)]
        first = (here > 0) & (here % 2 == 0)
        names = _words().names
        self._names = [names[number] for number in (here[first] >> 1).tolist()]
        # How many words begin before each place, in a view that gives plain numbers: single places are asked, many times.
        self._before = np.concatenate((np.zeros(1, np.int32), np.cumsum(first, dtype=np.int32))).data

    def within(self, start: int, end: int) -> list[str]:
        """The classes of the words that begin in a stretch."""
        return self._names[self._before[start] : self._before[end]]

    def before(self, start: int, low: int) -> str:
        """The class of the last word that begins between ``low`` and ``start``; empty without one."""
        at = self._before[start] - 1
        return self._names[at] if at >= self._before[low] else ""

    def behind(self, end: int, high: int) -> str:
        """The class of the first word that begins between ``end`` and ``high``; empty without one."""
        at = self._before[end]
        return self._names[at] if at < self._before[high] else ""


def channels(chars: Characters, here: Indices, edges: Edges) -> list[Channel]:
    """The features of laid-out passages that word classes give: of each character its word, and the words around it.

    ``here`` is what :func:`cover` says of them.
    """
    count = len(chars)
    place, before, behind, holds = edges
    first = (here > 0) & (here % 2 == 0)
    after = np.minimum.accumulate(np.where(first, place, count - 1)[::-1])[::-1]
    after = np.concatenate((after[1:], [count - 1]))  # where the next word begins
    own = np.maximum.accumulate(np.where(first, place, -1))  # where its own word begins, or the last one
    earlier = np.concatenate(([-1], own[:-1]))[np.maximum(own, 0)]  # and the word before that
    following = np.where(after < behind, here[after], 0)
    last = np.where(own > before, here[np.maximum(own, 0)], 0)
    former = np.where((own >= 0) & (earlier > before), here[np.maximum(earlier, 0)], 0)
    opening = after[np.maximum(before, 0)]
    opens = np.where(opening < behind, here[opening], 0)
    closing = own[np.maximum(behind - 1, 0)]
    closes = np.where(closing > before, here[np.maximum(closing, 0)], 0)
    depth = np.minimum(place - own, _FAR)
    named = {
        "class": here * 8 + depth,
        "class next": here << 10 | following << 2 | np.minimum(after - place, _NEAR),
        "class last": np.where(first | (here > 0), former, last) << 14 | here << 4 | depth,
        "class row": former << 20 | last << 10 | following,
        "class holds": here << 4 | holds,
        "class ends": opens << 14 | closes << 4 | holds,
    }
    silent = IS_EDGE[chars]
    return [
        Channel(name, hashed(np.where(silent, 0, values) + 1, _KIND + i, chars), OFFSETS[name])
        for i, (name, values) in enumerate(named.items())
    ]
