"""A number seen in the text with what stands behind it, before a kind has said what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from gonghui_nlp.compiling import compiled
from gonghui_nlp.quantities.nearness import nearness
from gonghui_nlp.quantities.numerals import Numeral, read
from gonghui_nlp.resources import knowledge, patterns
from gonghui_nlp.schema import Approx
from gonghui_nlp.text.numerals import UNITS

_near_prefix = patterns.pattern("quantities", "near_prefix")


@knowledge
def _prefix() -> tuple[frozenset[str], Callable[[str, int, int], re.Match[str] | None]]:
    """What an approximation word can end with, and the search for one."""
    return frozenset(" \n上有") | {word[-1] for word in nearness().before}, _near_prefix().search


def extended(text: str, start: int, number: str) -> tuple[int, str]:
    """Where the number begins with the approximation word in front of it, and both together."""
    last, search = _prefix()
    if text[start - 1 : start] not in last:
        return start, number
    m = search(text, max(0, start - 6), start)
    if m is None or (m[0].startswith("上") and number[0] not in UNITS):
        return start, number
    return m.start(), m[0].strip().removesuffix("有") + number


def nearness_of(text: str, start: int, number: str) -> tuple[int, Approx | None]:
    """Where the approximation word in front of a masked number begins, and what it says."""
    begin, phrase = extended(text, start, number)
    return begin, nearness().before[phrase[: -len(number)]] if begin < start else None


@dataclass(slots=True)
class Sighting:
    """``text[start:end]`` is a number, ``unit`` the match of what stands behind it.

    ``suffix`` is the approximation word behind the unit or nothing, ``stop`` where both end.
    """

    text: str
    start: int
    end: int
    raw: str
    unit: re.Match[str]
    stop: int
    suffix: str

    def later(self, by: int) -> Sighting:
        """The same without the first characters of its number."""
        return replace(self, start=self.start + by, raw=self.raw[by:])

    def reading(self, tail: str = "") -> tuple[int, Numeral | None]:
        """Where the number begins with its approximation word, and what it says with ``tail`` behind it."""
        start, phrase = extended(self.text, self.start, self.raw + tail + self.suffix)
        return start, read(phrase)


_sign_cue = patterns.pattern("quantities", "sign_cue")
_cell = patterns.pattern("quantities", "cell")
_shape = patterns.pattern("quantities", "shape")


def sign(text: str, start: int) -> int | None:
    """What a dash or 负 in front of a number says: 1 nothing, -1 a minus, None that it cannot be told.

    >>> sign("结余-3200元", 3), sign("- 3200元", 2), sign("慰问金-3200元", 4)
    (-1, 1, None)
    """
    mark = text[start - 1] if start else ""
    if mark == "−":
        return -1
    if mark == "负":
        return 1 if text[max(0, start - 2) : start] in ("担负", "肩负", "胜负", "抱负", "担负", "辜负") else -1
    if mark in ("—", "–") and text[max(0, start - 2) : start - 1] not in ("—", "–"):
        # Minus or dash, where there can be less than nothing.
        return None if _sign_cue().search(text, max(0, start - 6), start - 1) else 1
    if mark == "-" and (start == 1 or text[start - 2] == "\n"):
        return -1 if _cell().match(text, start) else None
    if mark != "-" or not _shape().match(text[max(0, start - 2) : start - 1]):
        return 1
    return -1 if _sign_cue().search(text, max(0, start - 6), start - 1) else None


#: Units that are no figure by themselves: 百人合唱, 访万家.
LUMPS = tuple(UNITS[1:])
_spelled = patterns.pattern("quantities", "spelled")


def spelled(raw: str, number: Numeral) -> bool:
    """True when figures one after another count nothing: 初三一个班."""
    return not raw.isascii() and len(raw) > 1 and number.approx == "exact" and _spelled().fullmatch(raw) is not None


def whole_part(seen: Sighting) -> Sighting:
    """People and things come whole: 2.22名教师 at the beginning of a sentence is the mark 2. and 22名."""
    mark = _MARK.match(seen.raw) if "." in seen.raw else None
    if mark is None or not (seen.start == 0 or seen.text[seen.start - 1] in _OPENS):
        return seen
    return seen.later(mark.end())


_MARK = compiled(r"[0-9]{1,2}\.(?=[0-9]+$)")
_OPENS = frozenset("\n。；： ！）")
