"""The text of a page line by line, cut at every edge of what was found in it: nothing nests, and it is gone through once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gonghui_nlp.display.escaped import html
from gonghui_nlp.display.texts import Row, Text
from gonghui_nlp.words import known, word

KINDS = {"events": "event", "amounts": "amount", "headcounts": "headcount", "counts": "count", "dates": "date"}
"""The tables whose rows are coloured, and the class of each."""
_DEEPEST = 6
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of the text: its class, the place that begins there, the row it belongs to, the level of a heading."""

    start: int
    end: int
    css: str
    place: str = ""
    row: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """The function of a paragraph, told where it begins."""

    css: str
    words: str
    row: str


def row_id(table: str, number: int) -> str:
    """What a row is called on the page of its text: ``e3``.

    >>> row_id("events", 3)
    'e3'
    """
    return f"{table[0]}{number}"


def label(text: Text, code: str) -> str:
    """What a function is called; an own label by its own name."""
    key = f"value.function.{code}"
    return word(key) if known(key) else text.labels.get(code) or code


def layers(text: Text, base: int = 2) -> Iterator[Layer]:
    """All that lies over the text; headings follow each other without leaving out a level below ``base``."""
    deepest = base
    for number, s in enumerate(text.of("sections"), 1):
        css = "damaged number" if s["damaged"] else "number"
        yield Layer(s["start"], s["start"] + len(s["mark"] or ""), css, row_id("sections", number))
        if s["title"]:
            deepest = min(base + int(s["level"] or 1), deepest + 1, _DEEPEST)
            yield Layer(s["title_start"], s["title_end"], "heading", level=deepest)
    for table, css in KINDS.items():
        for number, row in enumerate(text.of(table), 1):
            yield from _layers_of(table, css, row, row_id(table, number))
    for number, row in enumerate(text.of("issues"), 1):
        css, name = "noise" if row["code"] == "noise" else "issue", row_id("issues", number)
        yield Layer(row["start"], row["end"], css, name, name)


def _layers_of(table: str, css: str, row: Row, name: str) -> Iterator[Layer]:
    """A row where it stands; an activity also where it is told again."""
    if table != "events":
        yield Layer(row["start"], row["end"], css + " lost" * bool(row["masked"]), name, name)
        return
    yield Layer(row["start"], row["end"], f"{css} {row['status']}", name, name)
    for again in (row["retold"] or "").split(";"):
        start, _, end = again.partition("-")
        if end:
            yield Layer(int(start), int(end), "event retold", row=name)


def chips(text: Text) -> dict[int, Chip]:
    """The sign of each paragraph by where it begins; without words where nobody labelled it."""
    found: dict[int, Chip] = {}
    for number, p in enumerate(text.of("paragraphs"), 1):
        codes = [code for code in (p["functions"] or "").split(";") if code]
        words = word("page.and").join(label(text, code) for code in codes)
        found[p["start"]] = Chip(codes[0] if codes else "", words, row_id("paragraphs", number))
    return found


def lines(text: Text, prefix: str, base: int = 2, end: int | None = None) -> Iterator[Markup]:
    """The text up to ``end`` as one block a line, all its characters in them; ``prefix`` begins every id.

    Each stretch under the same layers is one element; where a row begins there is a place that its row links to.
    """
    end = len(text.text) if end is None else min(end, len(text.text))
    writer = _Writer(text, prefix, sorted(layers(text, base), key=lambda layer: (layer.start, -layer.end)))
    titles = deque(sorted((d["start"], n, bool(d["title"])) for n, d in enumerate(text.of("documents"), 1)))
    for found in _LINE.finditer(text.text, 0, end):
        start, stop = found.span()
        css, more = "line" if found[0].strip() else "line blank", ""
        while titles and titles[0][0] < stop:
            _, number, is_title = titles.popleft()
            css += " first" * (number > 1) + " title" * is_title
            more = f' id="{prefix}k{number}"'
        body = "".join(writer.line(start, stop))
        if writer.level:
            more += f' role="heading" aria-level="{writer.level}"'
        yield Markup(f'<div class="{css}"{more}>{body}</div>')


class _Writer:
    """Goes through layers and text side by side."""

    def __init__(self, text: Text, prefix: str, ordered: Sequence[Layer]) -> None:
        self._text, self._prefix, self._layers = text.text, prefix, ordered
        self._chips = chips(text)
        self._active: list[Layer] = []
        self._next = 0
        self.level = 0

    def line(self, start: int, stop: int) -> Iterator[str]:
        """The pieces of a line; ``level`` is then that of the heading which is most of it, else 0."""
        at, self.level, headed = start, 0, 0
        while at < stop:
            yield from self._enter(at)
            yield from self._chip(at)
            edge = self._edge(at, stop)
            for layer in self._active:
                if layer.level:
                    self.level, headed = layer.level, headed + edge - at
            yield self._piece(html(self._text[at:edge]))
            at = edge
        if 2 * headed < stop - start:
            self.level = 0

    def _enter(self, at: int) -> Iterator[str]:
        """Takes up what begins here, and names the place."""
        self._active = [layer for layer in self._active if layer.end > at]
        while self._next < len(self._layers) and self._layers[self._next].start <= at:
            layer = self._layers[self._next]
            self._next += 1
            if layer.end > at:
                self._active.append(layer)
            if layer.place:
                css = "at" if layer.end > at else f"at point {html(layer.css)}"
                yield f'<i class="{css}" id="{self._prefix}{layer.place}"></i>'

    def _edge(self, at: int, stop: int) -> int:
        """Where something begins or ends next."""
        edge = min([stop, *(layer.end for layer in self._active)])
        if self._next < len(self._layers):
            edge = min(edge, self._layers[self._next].start)
        return next((i for i in range(at + 1, edge) if i in self._chips), edge)

    def _chip(self, at: int) -> Iterator[str]:
        chip = self._chips.pop(at, None)
        if chip and not chip.words:
            yield f'<i class="at" id="{self._prefix}{chip.row}"></i>'
        elif chip:
            yield (
                f'<a class="function {html(chip.css)}" href="#{self._prefix}r-{chip.row}" '
                f'id="{self._prefix}{chip.row}">{html(chip.words)}</a>'
            )

    def _piece(self, words: Markup) -> str:
        if not self._active:
            return words
        css = html(" ".join(dict.fromkeys(layer.css for layer in self._active)))
        rows = " ".join(dict.fromkeys(layer.row for layer in self._active if layer.row))
        return f'<mark class="{css}" data-r="{rows}">{words}</mark>' if rows else f'<span class="{css}">{words}</span>'
