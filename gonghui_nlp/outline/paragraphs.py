"""Body text as paragraphs, and the line breaks that cut a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.resources import patterns

_ENDS = frozenset("。；：！？…）》】”’.")
_OPEN = frozenset("“‘（《〈【")
_CLOSING = frozenset("”’）》〉】，。、；：！？")
_links = patterns.words("outline", "never_ends")
_fresh = patterns.pattern("outline", "begins_afresh")
_counted = patterns.charset("outline", "behind_number")
_fraction = patterns.pattern("outline", "decimals_with_unit")
_CLAUSE = compiled("[，。；：]")
_LEAST_LINE = 16
_SAMPLE = 300_000
_FEW = 64
_LINES, _LEAST_LINES = 2000, 5
_NARROWEST, _WIDEST = 16, 70
_SENTENCE_ENDS = frozenset("。！？；：")


def pieces(text: str, start: int, end: int, gone: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The body stretches of a line without the stretches ``gone`` (sorted), trimmed, none blank."""
    out: list[tuple[int, int]] = []
    at = start
    for a, b in (*gone, (end, end)):
        if a > at:
            body = text[at:a].strip()
            if body:
                at = text.index(body, at)
                out.append((at, at + len(body)))
        at = max(at, b)
    return out


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """How a text is wrapped whose lines end at a width: the least width of a full line, and what its blanks mean."""

    full: int = 0
    indents: bool = False
    gaps: bool = False


def _wrapped(text: str, lines: Sequence[Line]) -> _Wrapped:
    """Whether most lines have about the same width and go on in the next one."""
    sample = lines[:_LINES]
    if len(sample) < _LEAST_LINES or sample[-1].end - sample[0].start > len(sample) * _WIDEST:
        return _Wrapped()
    widths = [_width(text, x) for x in sample]
    usual = sorted(widths)[len(widths) // 2]
    widest = usual * 5 // 4
    full = max(w for w in widths if w <= widest) * 17 // 20
    if not 2 * _NARROWEST <= usual <= 2 * _WIDEST or sum(w > widest for w in widths) * 20 > len(widths):
        return _Wrapped()
    whole = [x for x, w in zip(sample, widths, strict=True) if w >= full]
    going_on = sum(1 for x in whole if text[x.end - 1] not in _SENTENCE_ENDS)
    # A list has lines of one length too, but hardly a comma in them.
    prose = sum(1 for x in whole if _CLAUSE.search(text, x.start, x.end - 1))
    if going_on < _LEAST_LINES - 1 or min(going_on, prose) * 2 < len(whole) or len(whole) * 2 < len(sample):
        return _Wrapped()
    behind = sample[1:]
    indented = sum(1 for x in behind if x.indent > 1)
    gaps = sum(1 for x in behind if x.gap)
    return _Wrapped(full, 0 < indented * 2 < len(behind), gaps * 5 < len(behind) * 4)


def _width(text: str, line: Line) -> int:
    """The width of a line in columns: a Chinese character takes two."""
    length = line.end - line.start
    if length > 2 * _WIDEST:
        return 2 * length
    return (len(text[line.start : line.end].encode(errors="replace")) + length) // 2


class SoftBreaks:
    """Judges line ends; keeps the pairs of characters of the text as evidence of what belongs together."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.wrapped = _wrapped(text, lines)
        self._asked = 0
        self._pairs: set[str] | None = None

    def is_full(self, line: Line) -> bool:
        """Whether a line of a wrapped text reaches its width."""
        return bool(self.wrapped.full) and _width(self.text, line) >= self.wrapped.full

    def cuts_sentence(self, before: Line, after: Line, goes_on: bool) -> bool:
        """Whether the line end between two body lines cuts a sentence or a word.

        ``goes_on``: the second line was refused as a mark because it goes on with the first one.
        """
        text = self.text
        last, first = text[before.end - 1], text[after.start]
        if self.wrapped.full and self.is_full(before) and last not in _SENTENCE_ENDS:
            return not (after.gap and self.wrapped.gaps) and not (after.indent > 1 and self.wrapped.indents)
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
        return text.endswith(_links(), before.start, before.end) or self._belong(last + first)

    def _belong(self, pair: str) -> bool:
        """Whether two characters stand side by side elsewhere in the text, as in a word."""
        self._asked += 1
        if self._asked <= _FEW:
            return self.text.find(pair, 0, _SAMPLE) >= 0
        if self._pairs is None:
            self._pairs = {a + b for a, b in pairwise(self.text[:_SAMPLE])}
        return pair in self._pairs
