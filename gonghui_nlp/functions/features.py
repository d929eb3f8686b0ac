"""Texts to hashed character n-grams, for a whole batch at once in numpy.

A feature is the 32-bit hash of a gram in a namespace (body text or heading). The batch is laid out as one
array of code points; every gram size is one pass over it. Nothing loops over characters in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gonghui_nlp.learning.grams import Hashes, Ints, Lookup, gram_rows

SIZES = (1, 2, 3, 4, 5, 6)
"""Gram lengths that are hashed; 5 and 6 exist for the cue lexicon only."""
LEARNT = 4
"""Grams up to this length may become features of their own."""
NAMESPACES = {"text": 0x9E3779B1, "heading": 0x85EBCA6B}

_PAD = 2
_OTHER = 3
_DIGIT, _LETTER, _STOP, _COMMA = ord("0"), ord("a"), ord("。"), ord("，")


def _normal_form() -> npt.NDArray[np.uint16]:
    """Per code point of the basic plane what is hashed; 0 is dropped."""
    table = np.full(0x10000, _OTHER, np.uint16)
    for low, high in ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)):
        table[low:high] = np.arange(low, high)
    table[[ord(c) for c in "○〇"]] = [ord("零")] * 2
    table[[ord(c) for c in "0123456789×*＊Xx□"]] = _DIGIT
    table[[c for c in (*range(65, 91), *range(97, 123)) if chr(c) not in "Xx"]] = _LETTER
    table[[ord(c) for c in "。！？；!?;"]] = _STOP
    table[[ord(c) for c in "，、：,:"]] = _COMMA
    table[[*range(0x21), 0x3000, 0xA0, 0xFEFF, *(ord(c) for c in "“”‘’\"'《》〈〉「」『』")]] = 0
    table[0x200B:0x2010] = 0
    table[0xE000:0xF900] = 0
    return table


_NORMAL = _normal_form()


def code_points(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint16], Ints, Ints]:
    """The normalised characters of the batch, the text each belongs to, and its offset in that text.

    Digits become one ``0``, spaces and quotes go; texts are kept apart by pads as long as the longest gram.
    """
    width = max(SIZES) - 1
    pad = "\x02" * width
    joined = pad.join((*texts, ""))
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.fromiter((len(t) + width for t in texts), np.int64, len(texts))
    owner = np.repeat(np.arange(len(texts)), sizes)
    offset = np.arange(len(raw)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chars = _NORMAL[np.minimum(raw, 0xFFFF)]
    behind = offset >= np.repeat(sizes - width, sizes)
    chars[behind] = _PAD
    keep = chars != 0
    keep[1:] &= (chars[1:] != _DIGIT) | (chars[:-1] != _DIGIT)
    return chars[keep], owner[keep], offset[keep]


def hashes(chars: npt.NDArray[np.uint16], size: int, space: str = "text") -> Hashes:
    """The hash of the gram of ``size`` that starts at each character but the last ones; 0 where a pad starts it."""
    count = len(chars) - size + 1
    return _hashes(chars, (size,), space)[0, :count] if count > 0 else np.zeros(0, np.uint32)


def _hashes(chars: npt.NDArray[np.uint16], sizes: Sequence[int], space: str) -> Hashes:
    """A row for each of the rising ``sizes``; what runs over the end of ``chars`` has no meaning."""
    return gram_rows(chars, sizes, NAMESPACES[space], _PAD)


@lru_cache(maxsize=1 << 16)  # the words of the lexicon, which every part of a training asks for
def gram_hash(gram: str, space: str = "text") -> int:
    """The hash of one gram as it would be found in a text.

    >>> gram_hash("教代会") == gram_hash("教代会", "heading")
    False
    """
    chars, _owner, _offset = code_points([gram])
    size = int((chars != _PAD).sum())
    return int(hashes(chars[:size], size, space)[0]) if 0 < size <= max(SIZES) else 0


@dataclass(frozen=True, slots=True)
class Grams:
    """All grams of one size in a batch: hash, owning text, offset of the first character."""

    size: int
    hash: Hashes
    owner: Ints
    offset: Ints


def grams(texts: Sequence[str], space: str = "text", sizes: Sequence[int] = SIZES) -> Iterator[Grams]:
    """The grams of every text, size by size.

    >>> [len(g.hash) for g in grams(["工会"], sizes=(1,))]
    [7]
    """
    chars, owner, offset = code_points(texts)
    for size in sizes:
        value = hashes(chars, size, space)
        yield Grams(size, value, owner[: len(value)], offset[: len(value)])


def present(texts: Sequence[str], lookup: Lookup, space: str = "text") -> tuple[Ints, Ints]:
    """The distinct known features of each text: text numbers and feature numbers, sorted by text.

    >>> import numpy as np
    >>> known = Lookup(np.array([gram_hash("教代会")], np.uint32))
    >>> [x.tolist() for x in present(["召开教代会", "教代会、教代会"], known)]
    [[0, 1], [0, 0]]
    """
    if not texts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    width = max(len(lookup.keys), 1)
    chars, owner, _offset = code_points(texts)
    # Every text ends in as many pads as the longest gram reaches behind: no row needs to be cut.
    at, feature = lookup(_hashes(chars, SIZES, space).ravel())
    # A plain sort and a comparison: np.unique is thirty times slower on integers of this kind.
    both = np.sort(owner[at % len(chars)] * width + feature)
    both = both[np.concatenate(([True], both[1:] != both[:-1]))] if len(both) else both
    return both // width, both % width
