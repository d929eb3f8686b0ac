"""What a researcher keeps with one copy and loses with another: figures, masks and damage, matter of somebody else.

Three counts of each text are packed into one number, so that they travel with the text's print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from gonghui_nlp.dedup.normalise import MASKS
from gonghui_nlp.resources import current, knowledge

Longs = npt.NDArray[np.int64]
_BITS = 21
_MOST = (1 << _BITS) - 1
_CHUNK = 1 << 16
_DIGIT, _SPOILT = 1, 2
# So large a share of the figures that the unspoilt copies have is as good as all of them.
_ENOUGH = 0.8
REASONS = ("figures", "unmasked", "own", "longest", "first")
"""Why a copy is the one that stands for the others, in the order in which it is asked."""


@knowledge
def signs() -> list[dict[str, Any]]:
    """The listed signs of matter of somebody else, each with an ``example`` and what it ``finds`` there."""
    return list(current().toml("dedup/foreign.toml")["sign"])


# What a pattern must not have for its first sign to be one of the characters that are written in it.
_ANY_SIGN = re.compile(r"(?<!\\)\.|\\[a-zA-Z]|\[\^")


@knowledge
def _foreign() -> re.Pattern[str]:
    every = "|".join(f"(?:{s['pattern']})" for s in signs())
    if _ANY_SIGN.search(every):
        return re.compile(every)
    # Looked for only where one of their characters stands: three times as fast.
    return re.compile(f"(?=[{re.escape(''.join(sorted(set(every))))}])(?:{every})")


@lru_cache(maxsize=1)
def _classes() -> npt.NDArray[np.uint8]:
    table = np.zeros(1 << 16, dtype=np.uint8)
    table[[ord(c) for c in "0123456789０１２３４５６７８９"]] = _DIGIT
    table[[ord(c) for c in MASKS if c not in "#"]] = _SPOILT
    table[0xE000:0xF900] = table[0xFFFD] = _SPOILT
    return table


def worth(texts: Sequence[str]) -> Longs:
    """Of each text: how many numbers it has, how many signs of it are masked or damaged, how often others speak in it.

    >>> [tuple(int(x) for x in row) for row in Worth.of(worth(["慰问22名职工，1.3万元", "慰问××名职工。下载全文"])).rows()]
    [(3, 0, 0), (0, 2, 1)]
    """
    foreign = _foreign()
    out = np.array([len(foreign.findall(t)) for t in texts], dtype=np.int64).clip(0, _MOST) << (2 * _BITS)
    offsets = np.fromiter(accumulate(map(len, texts), initial=0), dtype=np.int64, count=len(texts) + 1)
    start = 0
    while start < len(texts):
        end = max(int(np.searchsorted(offsets, offsets[start] + _CHUNK, side="right")) - 1, start + 1)
        bounds = offsets[start : end + 1] - offsets[start]
        points = np.frombuffer("".join(texts[start:end]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        classes = _classes()[np.where(points > 0xFFFF, 0, points)]
        digit = classes == _DIGIT
        begins = digit.copy()
        begins[1:] &= ~digit[:-1]
        # A number at the head of a text begins there, whatever the text before it ended with.
        heads = bounds[:-1][np.diff(bounds) > 0]
        begins[heads] = digit[heads]
        for marks, shift in ((begins, 0), (classes == _SPOILT, _BITS)):
            total = np.concatenate(([0], np.cumsum(marks)))[bounds]
            out[start:end] |= np.diff(total).clip(0, _MOST) << shift
        start = end
    return out


@dataclass(frozen=True, slots=True)
class Worth:
    """The counts unpacked: numbers, spoilt signs, and signs of somebody else."""

    figures: Longs
    spoilt: Longs
    foreign: Longs

    @classmethod
    def of(cls, packed: Longs) -> Worth:
        """From what :func:`worth` made."""
        return cls(packed & _MOST, packed >> _BITS & _MOST, packed >> (2 * _BITS) & _MOST)

    def rows(self) -> Any:
        """The counts of one text after the other."""
        return zip(self.figures, self.spoilt, self.foreign, strict=True)


def best(cluster: Longs, packed: Longs, lengths: Longs) -> tuple[Longs, npt.NDArray[np.int64]]:
    """Of texts grouped by ``cluster``: the place of each cluster's best copy, and which of :data:`REASONS` decided.

    Clusters come in the order of their numbers. Asked are: are (nearly) all figures there, how little is masked or
    damaged, how little is by somebody else, how long it is, whether it stands first.
    """
    known = Worth.of(packed)
    n = len(cluster)
    lost = (known.figures < _ENOUGH * _usual(cluster, known)).astype(np.int64)
    keys = (lost, known.spoilt, known.foreign, -lengths)
    order = np.lexsort((np.arange(n), *reversed(keys), cluster))
    ordered = cluster[order]
    head = np.ones(n, dtype=bool)
    head[1:] = ordered[1:] != ordered[:-1]
    first = order[head]
    number = np.cumsum(head) - 1
    # What decided is the first question at which the best one beats every other: none else is left beside it.
    why = np.full(len(first), len(REASONS) - 1, dtype=np.int64)
    level = np.zeros(n, dtype=bool)
    level[order] = True
    decided = np.zeros(len(first), dtype=bool)
    for reason, key in enumerate(keys):
        level[order] &= key[order] == key[first][number]
        alone = np.bincount(number, weights=level[order], minlength=len(first)) == 1
        why[alone & ~decided] = reason
        decided |= alone
    return first, why


def _usual(cluster: Longs, known: Worth) -> npt.NDArray[np.float64]:
    """For each text, how many numbers the copies of its cluster have that are not spoilt: the upper median."""
    n = len(cluster)
    clean = known.spoilt == 0
    size = int(cluster.max()) + 1 if n else 0
    some = np.bincount(cluster[clean], minlength=size)[cluster] > 0
    asked = np.flatnonzero(clean | ~some)
    order = asked[np.lexsort((known.figures[asked], cluster[asked]))]
    ordered = cluster[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(order) else order
    counts = np.diff(np.append(starts, len(order)))
    usual = np.zeros(size)
    usual[ordered[starts]] = known.figures[order[starts + counts // 2]]
    return usual[cluster]
