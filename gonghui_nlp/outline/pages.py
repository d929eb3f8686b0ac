"""Counters that readers of documents on the web put before every page: 2、 in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.wording import TITLE_LENGTH, is_title
from gonghui_nlp.resources import knowledge, patterns

_behind_title = patterns.pattern("outline", "behind_title_of_run")
_page_of = patterns.pattern("outline", "page_of_pages_at_end")
_FINAL = frozenset("。；：！？…”）!?;:")
_SHORTEST_PAGE = 60
_TAIL = 24


@knowledge
def _counter() -> re.Pattern[str]:
    return compiled(r"(\d{1,3})、[ \t]*")


def page_counters(text: str, lines: Sequence[Line], foreign: Sequence[bool]) -> list[tuple[int, int]]:
    """The counter before each line of a text whose lines are pages; empty for any other text.

    Every line that is not foreign begins with its number, the first one stands before the title, and most of the
    pages break off inside a sentence: the items of a list do not.

    >>> text = "1、某厂工会工作总结 一、送温暖 " + "走访职工八户，送去慰问金。" * 5 + "开展帮\\n2、扶活动六次。"
    >>> lines = [Line(m.start(), m.end(), 0, False) for m in re.finditer(".+", text)]
    >>> [text[a:b] for a, b in page_counters(text, lines, [False, False])]
    ['1、', '2、']
    """
    found: list[tuple[int, int]] = []
    breaks = cut = 0
    before: Line | None = None
    for line, skipped in zip(lines, foreign, strict=True):
        if skipped:
            continue
        m = _counter().match(text, line.start, line.end)
        if m is None or m.end() == line.end or int(m[1]) != len(found) + 1:
            return []
        if before is None:
            if not _titled(text, m.end(), line.end):
                return []
        elif before.end - before.start < _SHORTEST_PAGE:
            return []
        else:
            breaks += 1
            cut += breaks_off(text, before)
        found.append(m.span())
        before = line
    return found if cut and cut * 2 >= breaks else []


def breaks_off(text: str, page: Line) -> bool:
    """Whether a page ends inside a sentence."""
    return text[page.end - 1] not in _FINAL


def _titled(text: str, start: int, end: int) -> bool:
    """Whether a page begins with a title."""
    return any(is_title(text[start:k]) for k in range(start + 4, min(end, start + TITLE_LENGTH)))


def cut_pages(text: str, lines: list[Line], counters: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Begin the lines behind their counters, the first one's title apart; the foreign matter, `第2页 共2页` as well."""
    begun = dict(counters)
    last = counters[-1][0]
    spans = list(counters)
    for line in lines:
        at = line.start
        line.start = begun.get(at, at)
        m = _page_of().search(text, max(line.start, line.end - _TAIL), line.end) if at == last else None
        if m is not None and m.start() > line.start:
            spans.append(m.span())
            line.end = line.start + len(text[line.start : m.start()].rstrip())
    first = next(k for k, line in enumerate(lines) if line.start == counters[0][1])
    cut_title(text, lines, first)
    return spans


def cut_title(text: str, lines: list[Line], k: int) -> None:
    """Set the title at the beginning of line ``k`` apart from the text that goes on behind it."""
    line = lines[k]
    for m in _behind_title().finditer(text, line.start, min(line.end, line.start + TITLE_LENGTH + 8)):
        title = text[line.start : m.start()]
        if is_title(title):
            behind = m.end()
            lines[k : k + 1] = [
                Line(line.start, m.start(), line.indent, line.gap),
                Line(behind, line.end, 0, False),
            ]
            return
