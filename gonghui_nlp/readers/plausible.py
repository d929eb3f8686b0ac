"""Whether a decoded text reads as Chinese: how many of its letters are common characters.

In a text that was decoded rightly more than four letters in five are among the 500 commonest characters, in one that
was decoded wrongly hardly one in six. Symbols, punctuation, digits and ASCII have no vote: rules and boxes say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gonghui_nlp.resources import OURS
from gonghui_nlp.text.normalize import simplify

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NO_VOTE, _LETTER, _KNOWN, _COMMON, _DIRT = range(5)
_NOT_ASKED = 255
# What a character is worth where a short stretch is judged: rare ones are rare in a right text, every other in a wrong.
_WORTH = (0.0, 0.0, 0.5, 1.0, -2.0)
# From this share of common characters on a text is Chinese; below it, with so many letters, it is not.
CHINESE, ENOUGH = 0.3, 12
# So many letters in a row that are worth less than this each are doubtful wherever they stand.
_WINDOW, _WEAK = 16, 0.4


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of a text: its letters beyond ASCII, the common ones among them, and lost or control characters."""

    letters: int
    common: int
    dirt: int

    @property
    def share(self) -> float:
        """The share of common characters, lost ones counted against it; 0 where there is no letter."""
        return (self.common - 2 * self.dirt) / max(self.letters + self.dirt, 1)

    @property
    def is_doubtful(self) -> bool:
        """Whether there is enough to say that this does not read as Chinese."""
        return self.letters + self.dirt >= ENOUGH and self.share < CHINESE


def evidence(text: str) -> Evidence:
    """What speaks for and against a decoded text.

    >>> evidence("慰问困难职工").share, evidence("慰问困难职工".encode("gbk").decode("big5", "replace")).share < 0.2
    (1.0, True)
    """
    import numpy as np

    counts = np.bincount(_votes(text), minlength=5)
    return Evidence(int(counts[_LETTER] + counts[_KNOWN] + counts[_COMMON]), int(counts[_COMMON]), int(counts[_DIRT]))


def doubtful(text: str) -> list[tuple[int, int]]:
    """The stretches that do not read as Chinese: wherever of some letters in a row hardly one is common.

    >>> text = "春节前工会走访慰问了困难职工。" * 9
    >>> doubtful(text), doubtful(text + "ĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĲĳ")
    ([], [(128, 155)])
    """
    import numpy as np

    votes = _votes(text)
    places = np.flatnonzero(votes)
    if len(places) < ENOUGH:
        return []
    width = min(_WINDOW, len(places))
    worth = np.array(_WORTH)[votes[places]]
    sums = np.concatenate(([0.0], np.cumsum(worth)))
    weak = np.flatnonzero(sums[width:] - sums[:-width] < _WEAK * width)
    found: list[tuple[int, int]] = []
    for first in weak.tolist():
        start, end = int(places[first]), int(places[first + width - 1]) + 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def weak_lines(text: str, least: int) -> list[int]:
    """The numbers, from 0, of the lines with so many letters that do not read as Chinese; ``\\n`` alone ends a line.

    >>> weak_lines("慰问困难职工\\nplain\\n巟偊傞偨\\n", 4)
    [2]
    """
    import numpy as np

    votes = _votes(text)
    ends = np.flatnonzero(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") == 10)
    edges = np.concatenate(([0], ends + 1, [len(votes)]))

    def count(kind: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        sums = np.concatenate(([0], np.cumsum(kind)))
        return np.asarray(sums[edges[1:]] - sums[edges[:-1]], np.int64)

    letters, common, dirt = count(votes != _NO_VOTE), count(votes == _COMMON), count(votes == _DIRT)
    weak: list[int] = np.flatnonzero((letters >= least) & (common - 2 * dirt < CHINESE * letters)).tolist()
    return weak


def _votes(text: str) -> npt.NDArray[np.uint8]:
    import numpy as np

    points = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), 0x10000)
    table = _classes()
    votes: npt.NDArray[np.uint8] = table[points]
    if (new := points[votes == _NOT_ASKED]).size:
        for point in set(new.tolist()):
            table[point] = _vote(chr(point))
        votes = table[points]
    return votes


@lru_cache(maxsize=1)
def _classes() -> npt.NDArray[np.uint8]:
    """By code point, what its vote is, found when it is first asked; what lies beyond the basic plane is a letter."""
    import numpy as np

    table = np.full(0x10001, _NOT_ASKED, dtype=np.uint8)
    table[0x10000] = _LETTER
    return table


def _vote(character: str) -> int:
    simple = simplify(character)
    if character in _common() or simple in _common():
        return _COMMON
    if _is_first_level(character) or _is_first_level(simple):
        return _KNOWN
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cs") or character == "\ufffd":
        return _NO_VOTE if character in "\t\n\v\f\r" else _DIRT
    no_letter = kind[0] in "PSNZMC" and kind not in ("Co", "Cn")
    return _NO_VOTE if character < "\x80" or no_letter or "\uff00" <= character <= "\uffef" else _LETTER


def _is_first_level(character: str) -> bool:
    """Whether it is one of the characters that GB 2312 puts first."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The common characters, in the script of the list; a character of the other one is asked by its simplified form."""
    return frozenset(re.sub(r"#.*|\s+", "", OURS.text("text/common.txt")))
