"""From letters with their places to paragraphs: lines, cells set apart, what stands on every page, joined lines."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from gonghui_nlp.readers.numbering import tidy
from gonghui_nlp.resources import patterns

HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…"
_HAN_SIDE = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[A-Za-z0-9]")
# How a new paragraph may begin, however its line stands.
_begins = patterns.pattern("readers", "new_item")
_page_number = patterns.pattern("readers", "page_number")
_said = patterns.pattern("readers", "page_number_said")
_RAISED = 0.75  # of the size of the line
_EDGE = 2  # so many lines from the top or the bottom may be running heads
_SHORT, _ENDS = 6, "。！？；：…"
_CELL_GAP, _WORD_GAP = 1.6, 0.45  # of the size of the letters


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its place on the page, in points from the lower left."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(slots=True)
class Line:
    """A line of a page and its place."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page, in the order in which they are read; cells beside each other are set apart by tabs."""
    out: list[Line] = []
    held: list[Glyph] = []
    for glyph in [*glyphs, Glyph("\n", 0, 0, 0, 0, 0)]:
        if glyph.char not in "\r\n":
            held.append(glyph)
            continue
        if any(not g.char.isspace() for g in held):
            line = _line(held)
            if out and _beside(out[-1], line):
                out[-1] = _merged(out[-1], line)
            else:
                out.append(line)
        held = []
    return out


def _line(glyphs: list[Glyph]) -> Line:
    inked = [g for g in glyphs if not g.char.isspace()]
    size = median(g.size for g in inked) or 10.0
    out: list[str] = []
    last: Glyph | None = None
    blank = False
    bottom = median(g.bottom for g in inked)
    for glyph in glyphs:
        if glyph.char.isspace() and glyph.char != "\u3000":
            blank = True
            continue
        if glyph.char in "\0\ufffe\u00ad" or _calls_note(last, glyph, size, bottom):
            continue
        if last is not None:
            out.append(_between(last, glyph, size, blank))
        out.append(glyph.char)
        last, blank = glyph, False
    bounds = (min(g.left for g in inked), max(g.right for g in inked))
    return Line("".join(out), *bounds, min(g.bottom for g in inked), max(g.top for g in inked), size)


def _calls_note(last: Glyph | None, glyph: Glyph, size: float, bottom: float) -> bool:
    """Whether a figure is the raised number of a note; glued to a number of the text it would make another of it."""
    if last is None or not glyph.char.isdecimal() or glyph.size > _RAISED * size:
        return False
    # m² and the like: behind a letter it is a power.
    return glyph.bottom > bottom + 0.15 * size and not ("a" <= last.char.lower() <= "z")


def _between(last: Glyph, glyph: Glyph, size: float, blank: bool) -> str:
    gap = (glyph.left - last.right) / size
    if gap > _CELL_GAP:
        return "\t"
    if not blank:
        return ""
    # Word processors put a little air between Chinese and Latin letters; nobody wrote it.
    if gap < _WORD_GAP and (_HAN_SIDE.match(last.char) or _HAN_SIDE.match(glyph.char)):
        return ""
    return " "


def _beside(one: Line, other: Line) -> bool:
    """Whether a line goes on where the other ends: the next cell of its row."""
    height = min(one.top - one.bottom, other.top - other.bottom)
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return height > 0 and overlap > 0.6 * height and other.left > one.right - 0.2 * one.size


def _merged(one: Line, other: Line) -> Line:
    gap = (other.left - one.right) / one.size
    text = one.text + ("\t" if gap > _CELL_GAP else "" if gap < _WORD_GAP else " ") + other.text
    bounds = (one.left, max(one.right, other.right), min(one.bottom, other.bottom), max(one.top, other.top))
    return Line(text, *bounds, one.size)


def joined(pages: Sequence[list[Line]], width: float = 0.0) -> Iterator[str]:
    """The paragraphs of all pages, which are so wide, without page numbers and running heads."""
    lines = [line for page in _without_edges(pages) for line in page]
    if not lines:
        return
    # A stray wide line (a table, a footer) must not set the width: the text's own lines end together.
    size = median(line.size for line in lines)
    right = _margin([line.right for line in lines], True, size)
    left = _margin([line.left for line in lines], False, size)
    # Lines that end long before the margin may: they are short paragraphs, not lines of long ones.
    short = width > 0 and right < width - left - _SHORT * size
    pitch = _pitch(lines)
    text = tidy(lines[0].text)
    for last, line in itertools.pairwise(lines):
        ended = short and last.text[-1:] in _ENDS
        if not ended and _goes_on(last, line, left, right, pitch):
            glue = " " if _WORD.match(text[-1:]) and _WORD.match(line.text) else ""
            text += glue + line.text
        else:
            yield text
            text = tidy(line.text)
    yield text


def _margin(edges: list[float], upper: bool, size: float) -> float:
    """The edge at which lines end or begin: the outermost that two share, where it is near the outermost of all."""
    ordered = sorted(edges, reverse=upper)
    outermost = ordered[0]
    reach = 0.15 * (max(edges) - min(edges)) + size
    for one, other in itertools.pairwise(ordered):
        if abs(one - outermost) > reach:
            break
        if abs(one - other) < size:
            return one
    return outermost


def _pitch(lines: Sequence[Line]) -> float:
    steps = [a.bottom - b.bottom for a, b in itertools.pairwise(lines) if 0 < a.bottom - b.bottom < 5 * a.size]
    return median(steps) if steps else 0.0


def _goes_on(last: Line, line: Line, left: float, right: float, pitch: float) -> bool:
    """Whether a line is the rest of the paragraph of the one before."""
    if "\t" in last.text or "\t" in line.text or _begins().match(line.text):
        return False
    if last.right < right - 1.6 * last.size or line.left > left + 1.2 * line.size:
        return False
    step = last.bottom - line.bottom
    if abs(last.size - line.size) > 0.15 * last.size:
        return False
    return step <= 0 or not pitch or step <= 1.6 * pitch


def _without_edges(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without their numbers and running heads; the head of a table that goes on is told once."""
    often = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    running = {key for key, count in often.items() if count >= 3 or (count == 2 and len(pages) <= 3)}
    told: set[str] = set()
    out = []
    for page in pages:
        by_height = sorted(page, key=lambda line: -line.bottom)
        gone = [*_outside(by_height, running, len(pages)), *_outside(by_height[::-1], running, len(pages))]
        left = _other_than(gone, by_height)
        if left and "\t" in left[0].text and _key(left[0]) in running:
            gone += left[:1] if left[0].text in told else []
            told.add(left[0].text)
        out.append(_other_than(gone, page))
    return out


def _other_than(gone: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    places = set(map(id, gone))
    return [line for line in lines if id(line) not in places]


def _outside(lines: Sequence[Line], running: set[tuple[str, int]], pages: int) -> Iterator[Line]:
    """What stands outside the text, from the edge inwards."""
    for line in lines[:_EDGE]:
        is_head = _key(line) in running and "\t" not in line.text and not _begins().match(line.text)
        if not (is_head or _is_number(line, pages)):
            return
        yield line


def _edges(page: list[Line]) -> list[Line]:
    """The lines at the top and the bottom of a page."""
    by_height = sorted(page, key=lambda line: -line.bottom)
    return by_height if len(by_height) <= 2 * _EDGE else [*by_height[:_EDGE], *by_height[-_EDGE:]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 12)


def _is_number(line: Line, pages: int) -> bool:
    return _page_number().fullmatch(line.text) is not None and (pages > 1 or _said().search(line.text) is not None)
