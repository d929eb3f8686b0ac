"""Body text as paragraphs, and the line breaks that cut a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gonghui_nlp.outline.lines import Line
from gonghui_nlp.resources import patterns
from gonghui_nlp.schema import Paragraph

_ENDS = frozenset("。；：！？…）》】”’.")
_OPEN = frozenset("“‘（《〈【")
_CLOSING = frozenset("”’）》〉】，。、；：！？")
_links = patterns.words("outline", "never_ends")
_fresh = patterns.pattern("outline", "begins_afresh")
_counted = patterns.charset("outline", "behind_number")
_fraction = patterns.pattern("outline", "decimals_with_unit")
_LEAST_LINE = 16
_SAMPLE = 300_000
_FEW = 64
_LINES, _LEAST_LINES = 2000, 12


def pieces(text: str, start: int, end: int, gone: Sequence[tuple[int, int]]) -> list[Paragraph]:
    """The body stretches of a line without the stretches ``gone`` (sorted), trimmed, none blank."""
    out: list[Paragraph] = []
    at = start
    for a, b in (*gone, (end, end)):
        if a > at:
            body = text[at:a].strip()
            if body:
                at = text.index(body, at)
                out.append(Paragraph(at, at + len(body), body))
        at = max(at, b)
    return out


def _wrapped_at(lines: Sequence[Line]) -> int:
    """The least length of a full line in a text whose lines are wrapped at a width; 0 for other texts."""
    lengths = sorted(x.end - x.start for x in lines[:_LINES])
    if len(lengths) < _LEAST_LINES:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    full = width * 9 // 10
    of_full_width = sum(1 for n in lengths if n >= full)
    return full if 20 <= width <= 70 and of_full_width * 2 > len(lengths) else 0


class SoftBreaks:
    """Judges line ends; keeps the pairs of characters of the text as evidence of what belongs together."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.full = _wrapped_at(lines)
        self._asked = 0
        self._pairs: set[str] | None = None

    def cuts_sentence(self, before: Line, after: Line, goes_on: bool) -> bool:
        """Whether the line end between two body lines cuts a sentence or a word.

        ``goes_on``: the second line was refused as a mark because it goes on with the first one.
        """
        text = self.text
        last, first = text[before.end - 1], text[after.start]
        if goes_on or first in _CLOSING or last in _OPEN:
            return True
        if last == "." and text[before.end - 2 : before.end - 1].isdigit() and _fraction().match(text, after.start):
            return not after.gap
        if after.gap or last in _ENDS:
            return False
        if last in "，、":
            return True
        if last.isdigit():
            return first.isdigit() or first in _counted()
        if (
            before.end - before.start < _LEAST_LINE
            or not ("\u3400" <= first <= "\u9fff")
            or _fresh().match(text, after.start)
        ):
            return False
        if self.full and before.end - before.start >= self.full:
            return True
        return text.endswith(_links(), before.start, before.end) or self._belong(last + first)

    def _belong(self, pair: str) -> bool:
        """Whether two characters stand side by side elsewhere in the text, as in a word."""
        self._asked += 1
        if self._asked <= _FEW:
            return self.text.find(pair, 0, _SAMPLE) >= 0
        if self._pairs is None:
            self._pairs = {a + b for a, b in pairwise(self.text[:_SAMPLE])}
        return pair in self._pairs
