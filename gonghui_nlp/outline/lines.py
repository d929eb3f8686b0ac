"""The lines of a text; long ones are cut around the titles inside them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.wording import TITLE_LENGTH, is_part_title, is_title
from gonghui_nlp.resources import patterns

_BREAKING = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_VOID = r"\s\ufeff\u200b-\u200f\u2060\ue000-\uf8ff\x00-\x08\x0e-\x1f"
_HEAD = compiled(f"[{_VOID}]+")
_TAIL = compiled(f"[{_VOID}]+$")
_LONG_LINE = 120
_announcing = patterns.pattern("outline", "announcing")


@dataclass(slots=True)
class Line:
    """One line that is not blank: content bounds, without the white space around it."""

    start: int
    end: int
    indent: int
    gap: bool

    @property
    def bounds(self) -> tuple[int, int]:
        """Where its content begins and ends."""
        return self.start, self.end


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold anything, in order."""
    lines: list[Line] = []
    last = at = 0
    for raw in text.splitlines(keepends=True):
        start, end = _content(text, at, raw)
        if start < end:
            indent, gap = (0, False) if start == last + 1 and text[last] == "\n" else _space(text[last:start])
            lines.append(Line(start, end, indent, gap))
            last = at + len(raw)
            if raw[-1] in _BREAKING:
                last -= 2 if raw.endswith("\r\n") else 1
        at += len(raw)
    return lines


def _content(text: str, at: int, raw: str) -> tuple[int, int]:
    """The bounds of what a line at ``at`` holds; equal ones for a blank line."""
    body = raw.strip()
    if not body:
        return at, at
    start = at if raw[0] == body[0] else at + raw.index(body[0])
    end = start + len(body)
    # Signs without a shape (private use, zero width) are no content either.
    if not body[0].isprintable() and (head := _HEAD.match(text, start, end)):
        start = head.end()
    if start < end and not text[end - 1].isprintable() and (tail := _TAIL.search(text, start, end)):
        end = tail.start()
    return start, end


def _space(between: str) -> tuple[int, bool]:
    """The indent behind the white space between two lines, and whether it holds a blank line."""
    newest = max(between.rfind("\n"), between.rfind("\r"))
    indent = len(between) - 1 - newest - between.count("\u200b")
    return indent, (between.count("\n") or between.count("\r")) > 1


def split_inner_titles(text: str, lines: list[Line]) -> list[Line]:
    """Long lines, cut around the titles inside them: numbered documents (【第一篇】) and parts (下半年工作思路1、…).

    The title of a document may stand before its number; it begins behind the last end of a sentence.
    """
    out: list[Line] = []
    for line in lines:
        if line.end - line.start > _LONG_LINE and (at := _cuts(text, line)):
            out += _pieces(text, line, at)
        else:
            out.append(line)
    return out


def _cuts(text: str, line: Line) -> list[int]:
    cuts: list[int] = []
    if text.find("篇", line.start, line.end) >= 0:
        for m in _inner_document().finditer(text, line.start, line.end):
            at = _title_before(text, cuts[-1] if cuts else line.start, m.start())
            if at is None and m["tail"]:
                continue
            cuts += [m.start() if at is None else at, m.end()]
    for m in _inner_part().finditer(text, line.start, line.end):
        if is_part_title(m[1]):
            cuts += m.span(1)
    return sorted(c for c in set(cuts) if line.start < c < line.end)


def _title_before(text: str, first: int, high: int) -> int | None:
    """Where the title that ends at ``high`` begins: behind the last end of a sentence; None when there is none."""
    while high > first and text[high - 1] in " （":
        high -= 1
    low = max(first, high - TITLE_LENGTH)
    for ends in ("。！？”； ", "。！？”；： ）"):
        at = max(text.rfind(c, low, high) + 1 for c in ends) or low
        if (at > low or low == first) and is_title(text[at:high]):
            return at
    return None


def _pieces(text: str, line: Line, cuts: list[int]) -> list[Line]:
    out: list[Line] = []
    for a, b in pairwise((line.start, *cuts, line.end)):
        body = text[a:b]
        start = a + len(body) - len(body.lstrip())
        if body.strip():
            out.append(Line(start, a + len(body.rstrip()), 0, False))
    out[0].indent, out[0].gap = line.indent, line.gap
    return out


def announces(text: str, line: Line) -> bool:
    """Whether a line breaks off where it announces what follows: …现将本."""
    return _announcing().search(text, max(line.start, line.end - 12), line.end) is not None


_inner_document = patterns.pattern("outline", "inner_document")
_inner_part = patterns.pattern("outline", "inner_part")
