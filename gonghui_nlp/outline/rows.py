"""Lines that are rows of a table: cells set apart by tabs, bars or wide blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.resources import patterns

Span = tuple[int, int]

_TABS = compiled(r" *[\t|│┃][\t|│┃ ]*")
_BLANKS = compiled(r" {2,}")
_BLANK = compiled(r" +")
_TELLS = compiled("[。！？]|[，、；：]$")
_BARS = frozenset("|│┃")
_FIGURES = frozenset("0123456789一二三四五六七八九十")
_LONGEST_ROW = 2000
_LONGEST_CELL = 30
_month = patterns.pattern("outline", "month_cell")


def rows(text: str, lines: Sequence[Line], begin: Sequence[int]) -> dict[int, tuple[Span, ...]]:
    """The cells of each line that is a row of a table, by the number of the line.

    ``begin[k]`` is where the first cell of line ``k`` may begin: behind its mark. A row has three cells or more, or two
    as a line next to it has; with wide blanks between them cells are short and tell nothing; a month may stand before
    single blanks.

    >>> text = "3月  登山  体检"
    >>> [[text[a:b] for a, b in rows(text, [Line(0, len(text), 0, False)], [0])[0]]]
    [['3月', '登山', '体检']]
    """
    if not lines:
        return {}
    low, high = lines[0].start, lines[-1].end
    # What no line of the text holds is looked for in none of them.
    bars = [sign for sign in "\t|│┃" if text.find(sign, low, high) >= 0]
    wide = text.find("  ", low, high) >= 0
    found = [_cells(text, a, line.end, bars, wide) for line, a in zip(lines, begin, strict=True)]
    out = {}
    for k, cells in enumerate(found):
        if not cells:
            continue
        beside = (*found[max(k - 1, 0) : k], *found[k + 1 : k + 2])
        boxed = text[lines[k].start] in _BARS and text[lines[k].end - 1] in _BARS
        if len(cells) > 2 or (len(cells) == 2 and (boxed or any(len(x) > 1 for x in beside))):
            out[k] = cells
    return out


def around(bounds: Span, cells: Sequence[Span]) -> list[Span]:
    """What sets the cells of a row apart, and the bars before and behind them.

    >>> around((0, 9), [(0, 4), (5, 8)])
    [(4, 5), (8, 9)]
    """
    edges = [(bounds[0], bounds[0]), *cells, (bounds[1], bounds[1])]
    return [(a[1], b[0]) for a, b in pairwise(edges) if a[1] < b[0]]


def _cells(text: str, start: int, end: int, bars: Sequence[str], wide: bool) -> tuple[Span, ...]:
    """The cells that a line would have as a row; none where it reads like a text."""
    if not 0 < end - start <= _LONGEST_ROW:
        return ()
    if bars and any(text.find(sign, start, end) >= 0 for sign in bars):
        return _split(_TABS, text, start, end)
    if wide and text.find("  ", start, end) >= 0:
        cells = _split(_BLANKS, text, start, end)
    elif text[start] in _FIGURES and _month().match(text, start, end):
        cells = _split(_BLANK, text, start, end)
    else:
        return ()
    told = any(b - a > _LONGEST_CELL or _TELLS.search(text, a, b) for a, b in cells)
    spaced_out = sum(b - a == 1 for a, b in cells) * 2 > len(cells)
    return () if told or spaced_out else cells


def _split(separator: re.Pattern[str], text: str, start: int, end: int) -> tuple[Span, ...]:
    cells = []
    at = start
    for a, b in (*(m.span() for m in separator.finditer(text, start, end)), (end, end)):
        if a > at:
            cells.append((at, a))
        at = b
    return tuple(cells)
