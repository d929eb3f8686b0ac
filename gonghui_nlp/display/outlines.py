"""The outline of a text for its page: entries in reading order that say how the tree is opened and closed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from gonghui_nlp.display.texts import Row, Text

# So much of an item without a title is shown.
_OPENING = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A document or section of the outline; ``opens`` says that it has children, ``ends`` how many branches end behind it."""

    words: str
    place: str
    found: int
    opens: bool
    ends: int


def outline_of(text: Text) -> list[Entry]:
    """Documents, where there are several, and their sections; ``place`` is the id in the text that an entry leads to.

    >>> import gonghui_nlp as gh
    >>> from gonghui_nlp.display.texts import of_document
    >>> [(e.words, e.found) for e in outline_of(of_document(gh.analyze("一、送温暖\\n春节前看望了18名患病教职工。")))]
    [('一、送温暖', 1)]
    """
    nodes = [*_nodes(text)]
    following = [*(depth for depth, *_ in nodes[1:]), 0][: len(nodes)]
    return [
        Entry(words, place, found, below > depth, max(depth - below, 0))
        for (depth, words, place, found), below in zip(nodes, following, strict=True)
    ]


def _nodes(text: Text) -> Iterator[tuple[int, str, str, int]]:
    """Depth, words, place and number of activities of each entry; never more than one deeper than the one before."""
    several = len(text.of("documents")) > 1
    starts = sorted(e["start"] for e in text.of("events"))
    merged: list[tuple[int, int, int, Row]] = [
        (d["start"], 0, n, d) for n, d in enumerate(text.of("documents"), 1) if several
    ]
    merged += [(s["start"], 1, n, s) for n, s in enumerate(text.of("sections"), 1)]
    depth_of: dict[str, int] = {}
    last = -1
    for start, is_section, number, row in sorted(merged, key=lambda m: m[:3]):
        found = bisect_left(starts, row["end"]) - bisect_left(starts, start)
        if not is_section:
            last = 0
            yield 0, row["title"] or row["doc_id"], f"k{number}", found
            continue
        parent = depth_of.get(row["parent_id"] or "")
        depth = min(last + 1, int(several) if parent is None else parent + 1)
        depth_of[row["section_id"]] = last = depth
        yield depth, _heading(text, row), f"s{number}", found


def _heading(text: Text, section: Row) -> str:
    mark, title = section["mark"] or "", section["title"] or ""
    if title:
        return title if mark == title else f"{mark}{title}"
    behind = section["start"] + len(mark)
    opening = text.text[behind : behind + _OPENING + 1].strip().partition("\n")[0]
    return f"{mark}{opening[:_OPENING]}{'…' if len(opening) > _OPENING else ''}"
