"""From folded text to its Structure: lines, candidates, documents, outline, paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import cast

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.bodies import Bodies
from gonghui_nlp.outline.continuity import hidden_marks
from gonghui_nlp.outline.described import described
from gonghui_nlp.outline.documents import Splitter
from gonghui_nlp.outline.jammed import cut_off, jams
from gonghui_nlp.outline.levels import Node, Outline
from gonghui_nlp.outline.lines import Line, announces, split_inner_titles, split_lines
from gonghui_nlp.outline.marks import HEADINGS, PART_TITLE, Mark, at_line_start, candidate, inside_line
from gonghui_nlp.outline.noise import covered_lines, covering, noise_spans
from gonghui_nlp.outline.pages import breaks_off, cut_pages, page_counters
from gonghui_nlp.outline.paragraphs import SoftBreaks
from gonghui_nlp.outline.sections import build, with_bodies
from gonghui_nlp.outline.structure import Structure
from gonghui_nlp.outline.surroundings import contents_lines, link_lines
from gonghui_nlp.outline.titles import Block
from gonghui_nlp.outline.unnumbered import bracketed_titles, headings_at, lead_in, unnumbered_titles
from gonghui_nlp.outline.wording import is_date_line, is_part_title
from gonghui_nlp.schema import Constituent, Issue, Paragraph, RawOffset, Section, numbered

_UNFINISHED = compiled(r"[\u3400-\u9fff\dA-Za-z“‘（《〈，、\"]")
_LONGEST_PART = 26


def read_structure(folded: str, headings: Sequence[tuple[int, int]] = ()) -> Structure:
    """The constituents, sections, paragraphs, soft line breaks, foreign matter and issues of a folded text.

    Offsets are those of the given text, which :func:`gonghui_nlp.text.normalize.fold` keeps equal to the raw ones.
    ``headings`` are the lines that were set as headings, each by its start and its level, 0 for a document's title.

    >>> s = read_structure("某校工会工作总结\\n一、送温暖\\n慰问职工。\\n二、办活动\\n举行比赛。")
    >>> [(x.mark.text, x.level, x.title.text) for x in s.sections]
    [('一、', 1, '送温暖'), ('二、', 1, '办活动')]
    """
    return _Reader(folded, headings).read()


class _Reader:
    """Reads one text; collects the parts of its Structure, one constituent after the other."""

    def __init__(self, text: str, headings: Sequence[tuple[int, int]]) -> None:
        self.text, self.headings = text, headings
        self.lines = split_inner_titles(text, split_lines(text))
        linked = sorted({*link_lines(text, self.lines), *contents_lines(text, self.lines)})
        self.noise = noise_spans(text, self.lines)
        if jammed := jams(text, self.lines):
            self._add_noise(jammed)
            cut_off(text, self.lines, jammed)
        if linked:
            self._add_noise([(self.lines[k].start, self.lines[k].end) for k in linked])
        self.foreign = covered_lines(self.lines, self.noise)
        self.pages: list[int] = []
        if counters := page_counters(text, self.lines, self.foreign):
            self._cut_pages(counters)
        self.line_starts = [x.start for x in self.lines]
        self.second: list[Mark] = []
        self.line_marks = self._line_marks()
        self.inline = self._inline_marks()
        self.inline_lines = [m.line for m in self.inline]
        self.breaks = SoftBreaks(text, self.lines)
        self.constituents: list[Constituent] = []
        self.sections: list[Section] = []
        self.issues: list[Issue] = []

    def read(self) -> Structure:
        titles = [start for start, level in self.headings if not level]
        splitter = Splitter(self.text, self.lines, self.line_marks, self.foreign, self.noise, titles)
        blocks = splitter.split()
        self.line_marks = list(splitter.marks)
        if splitter.outside:
            self._add_noise(splitter.outside)
        text = self.text
        self.issues += [
            Issue(a, b, text[a:b], "noise", "foreign matter, no part of the document") for a, b in self.noise
        ]
        self.issues += [
            Issue(a, b, text[a:b], "compilation_title", "the title of all documents together, part of none")
            for a, b in splitter.named
        ]
        bodies = Bodies(text, self.lines, self.foreign, self.noise, self.breaks)
        for block in blocks:
            self._constituent(block, bodies)
        self.issues += bodies.issues
        self.issues.sort(key=lambda x: (x.start, x.end))
        paragraphs = numbered([Paragraph(a, b, text[a:b]) for a, b in bodies.paragraphs], "p")
        # The folded text has the raw text's offsets.
        return Structure(
            cast("tuple[Constituent[RawOffset], ...]", tuple(self.constituents)),
            cast("tuple[Section[RawOffset], ...]", tuple(self.sections)),
            cast("tuple[Paragraph[RawOffset], ...]", paragraphs),
            tuple(bodies.rows),
            tuple(bodies.soft),
            tuple(self.noise),
            cast("tuple[Issue[RawOffset], ...]", tuple(self.issues)),
        )

    def _add_noise(self, spans: list[tuple[int, int]]) -> None:
        """More foreign matter; what lies inside it already is taken up."""
        inside = covering(spans)
        self.noise = sorted([*(n for n in self.noise if not inside(n)), *spans])

    def _cut_pages(self, counters: list[tuple[int, int]]) -> None:
        """Leave out the counters of pages; a page behind one that broke off goes on with it."""
        text, lines = self.text, self.lines
        self._add_noise(cut_pages(text, lines, counters))
        self.foreign = covered_lines(lines, self.noise)
        begun = {end for _, end in counters[1:]}
        self.pages = [k for k, line in enumerate(lines) if line.start in begun and breaks_off(text, lines[k - 1])]

    # candidates

    def _line_marks(self) -> list[Mark | None]:
        text, match = self.text, at_line_start().match
        out: list[Mark | None] = []
        for i, line in enumerate(self.lines):
            mark = None
            if not self.foreign[i]:
                m = match(text, line.start)
                if m is not None and m.end() <= line.end:
                    mark = candidate(m, i, line.end, inline=False)
                    if mark.style.family in ("cn", "cn_paren", "num") and text[m.end() : m.end() + 1].isdigit():
                        again = match(text, m.end())
                        if (
                            again is not None
                            and again.lastgroup == "num" != mark.style.family
                            and again.end() < line.end
                        ):
                            # 一、1、: the second mark follows the first one at once.
                            self.second.append(candidate(again, i, line.end, inline=True))
                elif line.end - line.start <= _LONGEST_PART and self._is_part(i, line):
                    mark = Mark(line.start, line.end, PART_TITLE, None, i, line.end, False)
            out.append(mark)
        return out

    def _is_part(self, i: int, line: Line) -> bool:
        text = self.text
        if i:
            before = self.lines[i - 1]
            cut_number = text[line.start].isdigit() and text[before.end - 1].isdigit()
            if (cut_number and not line.gap) or announces(text, before):
                return False
        return is_part_title(text[line.start : line.end])

    def _inline_marks(self) -> list[Mark]:
        out: list[Mark] = []
        lines, k, read = self.lines, 0, 0
        last = len(lines) - 1
        for m in inside_line().finditer(self.text):
            start = m.start()
            if start < read:
                continue
            read = m.end(m.lastgroup or 0)
            while k < last and lines[k + 1].start <= start:
                k += 1
            line = lines[k]
            if line.start < start < line.end and not self.foreign[k]:
                mark = candidate(m, k, line.end, inline=True)
                first = self.line_marks[k]
                # 五、 六、七月份: no second mark of the same list right behind the first.
                if first is None or first.style.family != mark.style.family or start > first.end + 1:
                    out.append(mark)
        if self.second:
            out = sorted([*out, *self.second], key=lambda x: x.start)
        return out

    # one constituent

    def _constituent(self, block: Block, bodies: Bodies) -> None:
        text, lines = self.text, self.lines
        end = lines[block.last - 1].end
        first = block.body
        if not self._set_headings(first, block.last):
            for k in unnumbered_titles(text, lines, self.line_marks, self.foreign, first, block.last):
                self.line_marks[k] = Mark(lines[k].start, lines[k].end, PART_TITLE, None, k, lines[k].end, False)
        for mark in bracketed_titles(text, lines, self.line_marks, self.foreign, first, block.last):
            self.line_marks[mark.line] = mark
        if (lead := lead_in(text, lines, self.line_marks, first, block.last)) is not None:
            self.line_marks[lead] = None
            lines[lead].gap = True  # body, but apart from the line above
        outline = self._outline(self._marks(block, first), first)
        nodes = outline.nodes
        going_on = {m.line for m in outline.broken_lines}
        going_on.update(self.pages[bisect_left(self.pages, first) : bisect_left(self.pages, block.last)])
        sections: list[Section] = []
        if nodes:
            offset = nodes[0].mark.line
            bodied = with_bodies(nodes, self._plain_after(offset, block.last, nodes, going_on), offset)
            sections = build(text, nodes, end, bodied, len(self.sections))
            bodies.read(first, block.last, nodes, sections, bodied, going_on)
            self.sections += sections
        else:
            bodies.read(first, block.last, [], [], [], going_on)
        self.issues += outline.issues
        number = len(self.constituents) + 1
        constituent, contradiction = described(text, lines, block, first, end, sections, number)
        self.constituents.append(constituent)
        if contradiction is not None:
            self.issues.append(contradiction)

    def _set_headings(self, first: int, last: int) -> bool:
        """Whether lines are set as headings; those without a mark become one, and the others know their level."""
        there = False
        for k, level in headings_at(self.text, self.lines, self.foreign, self.headings, first, last):
            line, mark = self.lines[k], self.line_marks[k]
            if mark is None or mark.style.name == "part_title":
                mark = self.line_marks[k] = Mark(line.start, line.end, HEADINGS[level - 1], None, k, line.end, False)
            mark.heading, there = level, True
        return there

    def _marks(self, block: Block, first: int) -> list[Mark]:
        out = [m for m in self.line_marks[first : block.last] if m is not None]
        out += self.inline[bisect_left(self.inline_lines, first) : bisect_left(self.inline_lines, block.last)]
        out.sort(key=lambda m: m.start)
        return out

    def _outline(self, marks: list[Mark], first: int) -> Outline:
        """The outline of one constituent; marks that hide in its gaps are looked for once."""
        outline = Outline(self.text, marks, [self._after_break(m, first) for m in marks])
        outline.read()
        hidden = [m for gap in outline.gaps for m in hidden_marks(self.text, gap)]
        taken = {m.start for m in marks}
        hidden = [m for m in hidden if m.start not in taken]
        if not hidden:
            return outline
        for m in hidden:
            m.line = bisect_right(self.line_starts, m.start) - 1
            m.line_end = self.lines[m.line].end
        marks = sorted([*marks, *hidden], key=lambda m: m.start)
        outline = Outline(self.text, marks, [self._after_break(m, first) for m in marks])
        outline.read()
        for m in hidden:
            outline.tell(m, "fused_mark", "has no punctuation before it; the gap in its list tells it")
        return outline

    def _after_break(self, mark: Mark, first: int) -> bool:
        """Whether the line before a mark breaks off without an end."""
        k = mark.line - 1
        if mark.inline or k < first or self.foreign[k]:
            return False
        before = self.lines[k]
        last = self.text[before.end - 1]
        if _UNFINISHED.match(last) is None:
            return False
        heading = self.line_marks[k] is not None and before.end - before.start <= 30
        return not heading or last in '“‘（《〈"'

    def _plain_after(self, first: int, last: int, nodes: list[Node], going_on: set[int]) -> list[bool]:
        """For each line from ``first`` on whether the next one that is not foreign is an unmarked body line."""
        marked = {n.mark.line for n in nodes if not n.mark.inline}
        out = [False] * (last - first)
        behind = False
        for k in range(last - 1, first - 1, -1):
            out[k - first] = behind
            if not self.foreign[k]:
                line = self.lines[k]
                dated = line.end - line.start <= 20 and is_date_line(self.text[line.start : line.end])
                behind = k not in marked and k not in going_on and not dated
                if behind and k > first and self._wraps_into(k):
                    behind = False
        return out

    def _wraps_into(self, k: int) -> bool:
        """Whether line ``k`` is the rest of the line before it in a text wrapped at a width."""
        before = self.lines[k - 1]
        return self.breaks.is_full(before) and self.breaks.cuts_sentence(before, self.lines[k], False)
