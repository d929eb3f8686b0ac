"""The body of a document: its paragraphs, the cells of its tables, the line ends that cut a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from gonghui_nlp.outline.levels import Node
from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.paragraphs import SoftBreaks, pieces
from gonghui_nlp.outline.rows import around, rows
from gonghui_nlp.outline.wording import is_date_line
from gonghui_nlp.schema import Issue, Section, Span

_PUNCTUATION = "。；：，、 \t"


class Bodies:
    """Collects the bodies of a text's documents, one document after the other; paragraphs and cells as bounds."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        foreign: Sequence[bool],
        noise: Sequence[tuple[int, int]],
        breaks: SoftBreaks,
    ) -> None:
        """``foreign`` tells which lines hold nothing but foreign matter, ``noise`` where any stands."""
        self.text, self.lines, self.foreign, self.noise, self.breaks = text, lines, foreign, noise, breaks
        self.paragraphs: list[tuple[int, int]] = []
        self.rows: list[tuple[tuple[int, int], ...]] = []
        self.soft: list[tuple[int, int]] = []
        self.issues: list[Issue] = []

    def read(
        self,
        first: int,
        last: int,
        nodes: Sequence[Node],
        sections: Sequence[Section],
        bodied: Sequence[bool],
        going_on: set[int],
    ) -> None:
        """Take up the lines ``first`` to ``last``; those ``going_on`` go on with the line before them for certain."""
        foreign = self._foreign_inside(first, last)
        marked, headings = self._marked(nodes, sections, bodied)
        begin = [self._behind_mark(k, marked) for k in range(first, last)]
        tabled = rows(self.text, self.lines[first:last], begin)
        previous: Line | None = None
        for k in range(first, last):
            if self.foreign[k]:
                previous = None
                continue
            line, gone = self.lines[k], sorted([*foreign.get(k, ()), *marked.get(k, ())])
            cells = tabled.get(k - first)
            if cells is not None and k not in headings:
                here = pieces(self.text, line.start, line.end, sorted([*gone, *around(line.bounds, cells)]))
                self.rows.append(tuple(here))
                self.paragraphs += here
                previous = None
                continue
            here = pieces(self.text, line.start, line.end, gone) if gone else [line.bounds]
            if previous is not None and not (gone and gone[0][0] <= line.start):
                self._after(previous, line, k in going_on, here)
            self.paragraphs += here
            previous = None if k in headings else line

    def _after(self, previous: Line, line: Line, goes_on: bool, here: list[tuple[int, int]]) -> None:
        """Join a line to the one before it where the line end cuts a sentence."""
        if not self._cuts(previous, line, goes_on):
            return
        self._join(previous.end, line.start)
        whole = here and self.paragraphs and self.paragraphs[-1][1] == previous.end
        if whole and self.breaks.is_full(previous):
            # A line that a width cut is no paragraph of its own.
            here[0] = (self.paragraphs.pop()[0], here[0][1])

    def _behind_mark(self, k: int, marked: dict[int, list[tuple[int, int]]]) -> int:
        """Where the body of a line begins; its end where all of it is foreign."""
        line = self.lines[k]
        if self.foreign[k]:
            return line.end
        own = marked.get(k)
        return own[0][1] if own and own[0][0] == line.start else line.start

    def _foreign_inside(self, first: int, last: int) -> dict[int, list[tuple[int, int]]]:
        """The foreign matter in each line that holds some and more than that."""
        lines, noise = self.lines, self.noise
        found: dict[int, list[tuple[int, int]]] = {}
        x = bisect_left(noise, (lines[first].start, 0)) if first < last else 0
        for k in range(first, last):
            if self.foreign[k]:
                continue
            while x < len(noise) and noise[x][0] < lines[k].end:
                if noise[x][1] > lines[k].start:
                    found.setdefault(k, []).append(noise[x])
                x += 1
        return found

    def _marked(
        self, nodes: Sequence[Node], sections: Sequence[Section], bodied: Sequence[bool]
    ) -> tuple[dict[int, list[tuple[int, int]]], set[int]]:
        """What is no body in each marked line, marks or whole headings, and the lines that end with a heading."""
        found: dict[int, list[tuple[int, int]]] = {}
        headings: set[int] = set()
        for n, node in enumerate(nodes):
            mark = node.mark
            last = n + 1 == len(nodes) or nodes[n + 1].mark.line != mark.line
            stop = self.lines[mark.line].end if last else nodes[n + 1].mark.start
            heading = self._is_heading(sections[n], stop, bodied[n])
            found.setdefault(mark.line, []).append((mark.start, stop if heading else mark.end))
            if heading and last:
                headings.add(mark.line)
        return found, headings

    def _cuts(self, previous: Line, line: Line, goes_on: bool) -> bool:
        """Whether the line end between two lines of body cuts a sentence."""
        return not self._is_dated(line) and self.breaks.cuts_sentence(previous, line, goes_on)

    def _join(self, start: int, end: int) -> None:
        self.soft.append((start, end))
        before, behind = max(0, start - 4), min(len(self.text), end + 4)
        around = (Span(before, start, self.text[before:start]), Span(end, behind, self.text[end:behind]))
        message = f"the line end cuts a sentence; read as {around[0].text}{around[1].text}"
        self.issues.append(Issue(start, end, self.text[start:end], "joined_line", message, around))

    def _is_heading(self, section: Section, stop: int, bodied: bool) -> bool:
        """Whether a mark's stretch is a heading from end to end; a heading with nothing under it is body as well."""
        if section.style in ("part_title", "heading", "month", "quarter"):
            return True
        if section.title is None or not bodied:
            return False
        return not self.text[section.title.end : stop].strip(_PUNCTUATION)

    def _is_dated(self, line: Line) -> bool:
        return line.end - line.start <= 20 and is_date_line(self.text[line.start : line.end])
