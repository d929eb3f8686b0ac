"""The outline of a Document as a nested structure and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui_nlp.schema import Constituent, Document, Paragraph, Section, text_of

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
        mark, title = self.section.mark, self.section.title
        if title is None or title.start < mark.end:
            return mark.text
        return mark.text + title.text


def outline(document: Document) -> list[Node]:
    """The constituents of a Document as trees of sections with their paragraphs, in reading order.

    >>> import gonghui_nlp as gh
    >>> [(node.path, node.heading) for node in outline(gh.analyze("某校工会工作总结\\n一、送温暖\\n慰问职工。"))[0].children]
    [('一', '一、送温暖')]
    """
    return [_tree(document, constituent, str(n)) for n, constituent in enumerate(document.constituents, 1)]


def _tree(document: Document, constituent: Constituent, number: str) -> Node:
    """Built from the last section up: when a section's turn comes its children are finished."""
    top = ""
    bodies: dict[str, list[Paragraph]] = {}
    for paragraph in document.within(document.paragraphs, constituent):
        around = document.section_of(paragraph)
        bodies.setdefault(top if around is None else around.id, []).append(paragraph)
    children: dict[str, list[Node]] = {}
    for x in reversed(document.within(document.sections, constituent)):
        below = tuple(reversed(children.pop(x.id, [])))
        body = tuple(bodies.get(x.id, ()))
        node = Node(text_of(x.title), document.path_of(x), x.start, x.end, x, body, below)
        children.setdefault(x.parent or top, []).append(node)
    nodes, body = tuple(reversed(children.get(top, []))), tuple(bodies.get(top, ()))
    return Node(text_of(constituent.title), number, constituent.start, constituent.end, None, body, nodes)


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
            bodies[0] = f"{node.section.mark.text if node.section else ''}{bodies[0]}"
        elif node.heading:
            blocks.append(f"{'#' * depth} {node.heading}" if depth <= _DEEPEST_HEADING else f"**{node.heading}**")
        blocks += [_escaped(b) for b in bodies]
        todo += [(child, depth + 1) for child in reversed(node.children)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _runs_in(node: Node) -> bool:
    """Whether the first paragraph stands on the mark's own line and holds the heading, if there is one."""
    if (
        node.section is None
        or not node.paragraphs
        or node.section.style in ("part_title", "heading", "month", "quarter")
    ):
        return False
    mark, title = node.section.mark, node.section.title
    return node.paragraphs[0].start <= max(mark.end, 0 if title is None else title.start) + 1


def _escaped(text: str) -> str:
    """A paragraph that Markdown would read as a heading, a list or a quotation stays a paragraph."""
    return "\\" + text if text[:1] in "#>*+-|=" else text
