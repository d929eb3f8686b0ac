"""The outline of a Document as a nested structure and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonghui_nlp.schema import Constituent, Document, Paragraph, Section, bare_mark

_DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A constituent (``section`` is None) or a section with the body that stands right under it.

    ``path`` names the way from the constituent down by bare marks (``一/（二）/3``); a constituent's is its
    number in the text, from 1. ``paragraphs`` are those before the first child.
    """

    title: str
    path: str
    start: int
    end: int
    section: Section | None
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Node, ...]

    @property
    def heading(self) -> str:
        """The heading with its mark, as a reader sees it: ``一、送温暖``; a bare mark where body text follows at once."""
        if self.section is None or self.section.style == "part_title":
            return self.title
        if self.section.title_start < self.section.start + len(self.section.mark):
            return self.section.mark
        return self.section.mark + self.title


def outline(document: Document) -> list[Node]:
    """The constituents of a Document as trees of sections with their paragraphs, in reading order."""
    sections, paragraphs = document.sections, document.paragraphs
    out: list[Node] = []
    s = p = 0
    for number, constituent in enumerate(document.constituents, 1):
        own_sections, own_paragraphs = s, p
        while s < len(sections) and sections[s].start < constituent.end:
            s += 1
        while p < len(paragraphs) and paragraphs[p].start < constituent.end:
            p += 1
        out.append(_tree(constituent, str(number), sections, own_sections, s, paragraphs[own_paragraphs:p]))
    return out


def _tree(
    constituent: Constituent,
    number: str,
    sections: Sequence[Section],
    first: int,
    last: int,
    paragraphs: Sequence[Paragraph],
) -> Node:
    """Built from the last section up: when a section's turn comes its children are finished."""
    bodies: list[list[Paragraph]] = [[] for _ in range(last - first + 1)]
    at = -1
    for paragraph in paragraphs:
        while first + at + 1 < last and sections[first + at + 1].start <= paragraph.start:
            at += 1
        bodies[at + 1].append(paragraph)
    children: list[list[Node]] = [[] for _ in range(last - first + 1)]
    paths = _paths(sections, first, last)
    for i in range(last - 1, first - 1, -1):
        x = sections[i]
        below = tuple(reversed(children[i - first + 1]))
        node = Node(x.title, paths[i - first], x.start, x.end, x, tuple(bodies[i - first + 1]), below)
        children[0 if x.parent is None else x.parent - first + 1].append(node)
    top = tuple(reversed(children[0]))
    return Node(constituent.title, number, constituent.start, constituent.end, None, tuple(bodies[0]), top)


def _paths(sections: Sequence[Section], first: int, last: int) -> list[str]:
    out: list[str] = []
    for x in sections[first:last]:
        name = bare_mark(x)
        out.append(name if x.parent is None else f"{out[x.parent - first]}/{name}")
    return out


def to_markdown(document: Document) -> str:
    """The Document as Markdown: headings by depth (from the seventh level on, bold lines) and body paragraphs.

    A heading that opens its paragraph (``1、开展帮扶。走访…``) is not printed twice: the paragraph follows its mark.
    """
    blocks: list[str] = []
    todo = [(node, 1) for node in reversed(outline(document))]
    while todo:
        node, depth = todo.pop()
        bodies = [p.text for p in node.paragraphs]
        if _runs_in(node):
            bodies[0] = f"{node.section.mark if node.section else ''}{bodies[0]}"
        elif node.heading:
            blocks.append(f"{'#' * depth} {node.heading}" if depth <= _DEEPEST_HEADING else f"**{node.heading}**")
        blocks += [_escaped(b) for b in bodies]
        todo += [(child, depth + 1) for child in reversed(node.children)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _runs_in(node: Node) -> bool:
    """Whether the first paragraph stands on the mark's own line and holds the heading, if there is one."""
    if node.section is None or not node.paragraphs or node.section.style in ("part_title", "month", "quarter"):
        return False
    edge = node.section.title_end if not node.title else node.section.title_start
    return node.paragraphs[0].start <= max(edge, node.section.start + len(node.section.mark)) + 1


def _escaped(text: str) -> str:
    """A paragraph that Markdown would read as a heading, a list or a quotation stays a paragraph."""
    return "\\" + text if text[:1] in "#>*+-|=" else text
