"""From folded text to its Structure: lines, candidates, documents, outline, paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from gonghui_nlp.model import Constituent, Issue, Paragraph, Section
from gonghui_nlp.structure.continuity import hidden_marks
from gonghui_nlp.structure.documents import Block, Splitter
from gonghui_nlp.structure.headings import heading_end, trimmed
from gonghui_nlp.structure.lines import Line, is_date_line, is_part_title, noise_spans, split_lines
from gonghui_nlp.structure.marks import PART_TITLE, Mark, at_line_start, candidate, inside_line
from gonghui_nlp.structure.outline import Node, Outline
from gonghui_nlp.structure.paragraphs import is_soft_break, tile
from gonghui_nlp.structure.profile import kind_of, organisation_of, year_of
from gonghui_nlp.structure.structure import Structure

_UNFINISHED = re.compile(r"[\u3400-\u9fff\dA-Za-z“‘（《〈，、\"]")


def read_structure(folded: str) -> Structure:
    """The constituents, sections, paragraphs, soft line breaks, foreign matter and issues of a folded text.

    Offsets are those of the given text, which :func:`gonghui_nlp.cleaning.fold` keeps equal to the raw ones.

    >>> s = read_structure("某校工会工作总结\\n一、送温暖\\n慰问职工。\\n二、办活动\\n举行比赛。")
    >>> [(x.mark, x.level, x.title) for x in s.sections]
    [('一、', 1, '送温暖'), ('二、', 1, '办活动')]
    """
    lines = split_lines(folded)
    noise = noise_spans(folded)
    covered = _covered(lines, noise)
    line_marks = [None if covered[i] else _line_mark(folded, i, x, noise) for i, x in enumerate(lines)]
    blocks = Splitter(folded, lines, line_marks, covered).split()
    inline = _inline_marks(folded, lines, covered)
    return _Build(folded, lines, covered, noise, line_marks, inline).build(blocks)


def _covered(lines: list[Line], noise: list[tuple[int, int]]) -> list[bool]:
    """Lines that are foreign from end to end."""
    out = [False] * len(lines)
    starts = [x.start for x in lines]
    for a, b in noise:
        k = bisect_right(starts, a) - 1
        k = max(k, bisect_left(starts, a))
        if k < len(lines) and lines[k].start >= a and lines[k].end <= b:
            out[k] = True
    return out


def _line_mark(text: str, i: int, line: Line, noise: list[tuple[int, int]]) -> Mark | None:
    m = at_line_start().match(text, line.start)
    if m is None or m.end() > line.end:
        if line.end - line.start <= 26 and is_part_title(text[line.start : line.end]):
            return Mark(line.start, line.end, PART_TITLE, None, i, line.end, False)
        return None
    return candidate(m, i, line.end, inline=False)


def _inline_marks(text: str, lines: list[Line], covered: list[bool]) -> list[Mark]:
    out: list[Mark] = []
    k = 0
    for m in inside_line().finditer(text):
        start = m.start()
        while k + 1 < len(lines) and lines[k + 1].start <= start:
            k += 1
        line = lines[k]
        if start == line.start or start >= line.end or covered[k]:
            continue
        out.append(candidate(m, k, line.end, inline=True))
    return out


class _Build:
    """Collects the parts of a Structure, one constituent after the other."""

    def __init__(
        self,
        text: str,
        lines: list[Line],
        covered: list[bool],
        noise: list[tuple[int, int]],
        line_marks: list[Mark | None],
        inline: list[Mark],
    ) -> None:
        self.text, self.lines, self.covered, self.noise = text, lines, covered, noise
        self.line_marks, self.inline = line_marks, inline
        self.line_starts = [x.start for x in lines]
        self.inline_lines = [m.line for m in inline]
        self.noise_starts = [a for a, _ in noise]
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self.soft: list[tuple[int, int]] = []
        self.issues: list[Issue] = []
        self.constituents: list[Constituent] = []

    def build(self, blocks: list[Block]) -> Structure:
        for block in blocks:
            self._constituent(block)
        text = self.text
        self.issues += [
            Issue(a, b, text[a:b], "noise", "foreign matter, no part of the document") for a, b in self.noise
        ]
        self.issues.sort(key=lambda x: (x.start, x.end))
        return Structure(
            tuple(self.constituents),
            tuple(self.sections),
            tuple(self.paragraphs),
            tuple(self.soft),
            tuple(self.noise),
            tuple(self.issues),
        )

    def _constituent(self, block: Block) -> None:
        text, lines = self.text, self.lines
        end = lines[block.last - 1].end
        first_body = block.first + block.heads
        marks = self._marks(block, first_body)
        outline = self._outline(marks, first_body)
        self.issues += outline.issues
        nodes = outline.nodes
        refused = {m.line for m in outline.refused if not m.inline}
        bodied = self._bodied(block, nodes, refused)
        headings = self._sections(nodes, end, bodied)
        self._paragraphs(block, first_body, nodes, headings, bodied, refused)
        title = block.title.strip(" ；。")
        body = (
            text[lines[first_body].start : min(end, lines[first_body].start + 400)] if first_body < block.last else ""
        )
        titles = [text[a:b] for n, (a, b) in zip(nodes, headings, strict=True) if n.mark.style.role == "part"]
        tail = [
            text[lines[k].start : lines[k].end]
            for k in range(max(first_body, block.last - 3), block.last)
            if lines[k].end - lines[k].start <= 40
        ]
        self.constituents.append(
            Constituent(
                block.start,
                end,
                title,
                kind_of(title, body, titles),
                organisation_of(title, body, tail),
                year_of(title, body),
            )
        )

    def _outline(self, marks: list[Mark], first_body: int) -> Outline:
        """The outline of one constituent; marks that hide in its gaps are looked for once."""
        outline = Outline(self.text, marks, [self._suspicious(m, first_body) for m in marks])
        outline.read()
        hidden = [m for gap in outline.gaps for m in hidden_marks(self.text, gap)]
        if not hidden:
            return outline
        for m in hidden:
            m.line = bisect_right(self.line_starts, m.start) - 1
            m.line_end = self.lines[m.line].end
        marks = sorted([*marks, *hidden], key=lambda m: m.start)
        outline = Outline(self.text, marks, [self._suspicious(m, first_body) for m in marks])
        outline.read()
        outline.issues += [
            Issue(
                m.start,
                m.end,
                self.text[m.start : m.end],
                "fused_mark",
                "a mark without punctuation before it, found by its gap",
            )
            for m in hidden
        ]
        return outline

    def _marks(self, block: Block, first_body: int) -> list[Mark]:
        out = [m for m in self.line_marks[first_body : block.last] if m is not None]
        lo, hi = bisect_left(self.inline_lines, first_body), bisect_left(self.inline_lines, block.last)
        out += self.inline[lo:hi]
        if (
            block.heads
            and self.line_marks[block.first] is not None
            and self.line_marks[block.first].style.name == "part"
        ):  # type: ignore[union-attr]
            out.append(self.line_marks[block.first])  # type: ignore[arg-type]
        out.sort(key=lambda m: m.start)
        return out

    def _suspicious(self, mark: Mark, first_body: int) -> bool:
        """Whether the line before a mark breaks off without an end."""
        k = mark.line - 1
        if mark.inline or k < first_body or self.covered[k]:
            return False
        before = self.lines[k]
        if _UNFINISHED.match(self.text[before.end - 1]) is None:
            return False
        own = self.line_marks[k]
        short = before.end - before.start <= 30
        return not (own is not None and short) or self.text[before.end - 1] in '“‘（《〈"'

    def _bodied(self, block: Block, nodes: list[Node], refused: set[int]) -> list[bool]:
        """For each node whether anything stands under it: a deeper node, or an unmarked body line."""
        marked = {n.mark.line for n in nodes if not n.mark.inline}
        out: list[bool] = []
        told: dict[tuple[int | None, str], int] = {}
        for i, node in enumerate(nodes):
            if i + 1 < len(nodes) and nodes[i + 1].level > node.level:
                out.append(True)
            else:
                k = node.mark.line + 1
                while k < block.last and self.covered[k]:
                    k += 1
                last_on_line = i + 1 == len(nodes) or nodes[i + 1].mark.line != node.mark.line
                plain = last_on_line and k < block.last and k not in marked and k not in refused
                out.append(plain and not is_date_line(self.text[self.lines[k].start : self.lines[k].end][:20]))
            key = (node.parent, node.mark.style.family)
            told[key] = told.get(key, 0) + out[i]
        for i, node in enumerate(nodes):
            key = (node.parent, node.mark.style.family)
            alone = told[key] == 1 and out[i] and not (i + 1 < len(nodes) and nodes[i + 1].level > node.level)
            first = node.ordinal in (1, None)
            if alone and not first and node.mark.style.family not in ("cn", "part", "part_title", "month", "chapter"):
                # The last of a list of plain items: the line behind it closes the list, it is not the item's body.
                out[i] = False
        return out

    def _sections(self, nodes: list[Node], end: int, bodied: list[bool]) -> list[tuple[int, int]]:
        """Adds the sections of one constituent; returns their heading bounds."""
        text, base = self.text, len(self.sections)
        ends = _ends(nodes, end)
        headings: list[tuple[int, int]] = []
        for i, node in enumerate(nodes):
            mark = node.mark
            nxt = nodes[i + 1].mark.start if i + 1 < len(nodes) else end
            stop = min(nxt, mark.line_end)
            while stop > mark.end and text[stop - 1].isspace():
                stop -= 1
            edge = heading_end(text, node, stop, bodied[i])
            a, b = trimmed(text, mark.end, edge) if edge > mark.end else (mark.end, mark.end)
            if mark.style.name in ("part_title", "month"):
                a, b = trimmed(text, mark.start, mark.line_end)
            headings.append((a, b))
            shown_end = b if mark.style.name == "part_title" else mark.end
            self.sections.append(
                Section(
                    mark.start,
                    ends[i],
                    node.level,
                    mark.style.role,
                    mark.style.name,
                    text[mark.start : shown_end],  # type: ignore[arg-type]
                    node.ordinal,
                    text[a:b],
                    a,
                    b,
                    None if node.parent is None else base + node.parent,
                    node.damaged,
                )
            )
        return headings

    def _paragraphs(
        self,
        block: Block,
        first_body: int,
        nodes: list[Node],
        headings: list[tuple[int, int]],
        bodied: list[bool],
        refused: set[int],
    ) -> None:
        text, lines = self.text, self.lines
        by_line: dict[int, list[int]] = {}
        for i, n in enumerate(nodes):
            by_line.setdefault(n.mark.line, []).append(i)
        previous: Line | None = None
        for k in range(first_body, block.last):
            line = lines[k]
            if self.covered[k]:
                previous = None
                continue
            own = by_line.get(k, ())
            cuts, gone = [], self._noise_in(line)
            last_heading_only = False
            for j, i in enumerate(own):
                mark = nodes[i].mark
                cuts.append(mark.start)
                stop = nodes[own[j + 1]].mark.start if j + 1 < len(own) else line.end
                a, b = headings[i]
                rest = text[b:stop].strip("。；：，、 \t") if b > a else "x"
                if mark.style.name in ("part_title", "month"):
                    gone.append((mark.start, line.end))
                    last_heading_only = True
                elif not rest and b > a and bodied[i]:
                    gone.append((mark.start, stop))
                    last_heading_only = True
                else:
                    gone.append((mark.start, mark.end))
                    last_heading_only = False
            found = tile(text, line.start, line.end, cuts, gone)
            self.paragraphs += found
            marked_start = bool(own) and nodes[own[0]].mark.start == line.start
            if (
                previous is not None
                and found
                and not marked_start
                and not is_date_line(text[line.start : line.end][:20])
            ):
                if is_soft_break(text, previous, line, k in refused):
                    self.soft.append((previous.end, line.start))
            previous = None if last_heading_only else line

    def _noise_in(self, line: Line) -> list[tuple[int, int]]:
        lo = bisect_left(self.noise_starts, line.start)
        out = []
        while lo < len(self.noise) and self.noise[lo][0] < line.end:
            out.append(self.noise[lo])
            lo += 1
        return out


def _ends(nodes: list[Node], end: int) -> list[int]:
    """For each node where the next one that is not inside it begins."""
    out = [end] * len(nodes)
    open_nodes: list[int] = []
    for i, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            out[open_nodes.pop()] = node.mark.start
        open_nodes.append(i)
    return out
