"""From the nodes of an outline to Sections with their headings and extents."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.outline.headings import heading_end, trimmed
from gonghui_nlp.outline.levels import Node
from gonghui_nlp.schema import Section, Span

_UPPER = frozenset(("cn", "part", "part_title", "month", "quarter", "chapter"))


def extents(nodes: Sequence[Node], end: int) -> list[int]:
    """For each node where the next one that is not inside it begins."""
    out = [end] * len(nodes)
    opened: list[int] = []
    for i, node in enumerate(nodes):
        while opened and nodes[opened[-1]].level >= node.level:
            out[opened.pop()] = node.mark.start
        opened.append(i)
    return out


def with_bodies(nodes: Sequence[Node], plain: Sequence[bool], offset: int) -> list[bool]:
    """For each node whether anything stands under it: a deeper node, or an unmarked body line.

    ``plain[k - offset]`` tells whether the next line behind line ``k`` that is not foreign is such a body line.
    """
    out: list[bool] = []
    told: dict[tuple[int | None, str], int] = {}
    last = len(nodes) - 1
    for i, node in enumerate(nodes):
        if i < last and nodes[i + 1].level > node.level:
            out.append(True)
        else:
            ends_line = i == last or nodes[i + 1].mark.line != node.mark.line
            out.append(ends_line and plain[node.mark.line - offset])
        key = (node.parent, node.mark.style.family)
        told[key] = told.get(key, 0) + out[i]
    for i, node in enumerate(nodes):
        if out[i] and told[node.parent, node.mark.style.family] == 1 and node.mark.style.family not in _UPPER:
            deeper = i < last and nodes[i + 1].level > node.level
            # The last of a list of plain items: the line behind it closes the list, it is not the item's body.
            out[i] = deeper or node.ordinal in (1, None)
    return out


def build(text: str, nodes: Sequence[Node], end: int, bodied: Sequence[bool], base: int) -> list[Section]:
    """The Sections of one constituent; ``base`` is how many the constituents before it have."""
    ends = extents(nodes, end)
    out: list[Section] = []
    for i, node in enumerate(nodes):
        mark = node.mark
        style = mark.style
        stop = mark.line_end
        if i + 1 < len(nodes) and nodes[i + 1].mark.start < stop:
            stop = nodes[i + 1].mark.start
        while stop > mark.end and text[stop - 1].isspace():
            stop -= 1
        if style.name in ("part_title", "heading", "month", "quarter"):
            a, b = trimmed(text, mark.start, stop)
        elif style.name == "bracketed":
            a, b = trimmed(text, mark.start + 1, mark.end - 1)
        else:
            edge = heading_end(text, node, stop, bodied[i])
            a, b = trimmed(text, mark.end, edge) if edge > mark.end else (mark.end, mark.end)
        # What is told by its style alone has no mark.
        shown = {"part_title": b, "heading": mark.start}.get(style.name, mark.end)
        out.append(
            Section(
                mark.start,
                ends[i],
                level=node.level,
                role=style.role,
                style=style.name,
                mark=Span(mark.start, shown, text[mark.start : shown]),
                ordinal=node.ordinal,
                title=Span(a, b, text[a:b]) if a < b else None,
                parent=None if node.parent is None else _id(base + node.parent),
                damaged=node.damaged,
                id=_id(base + i),
            )
        )
    return out


def _id(position: int) -> str:
    return f"s{position + 1}"
