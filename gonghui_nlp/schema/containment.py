"""What lies in what: computed once for a text, asked by every room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeVar

from gonghui_nlp.schema.outline import Constituent, Paragraph, Section, bare_mark
from gonghui_nlp.schema.spans import Placed, RawOffset, Span

E = TypeVar("E", bound=Placed)


class Containment:
    """The constituent, the section and the paragraph around an offset, and the way down to each section."""

    def __init__(
        self,
        constituents: Sequence[Constituent[RawOffset]],
        sections: Sequence[Section[RawOffset]],
        paragraphs: Sequence[Paragraph[RawOffset]],
    ) -> None:
        """All three sorted by start, as a Document holds them."""
        self._constituents, self._sections, self._paragraphs = constituents, sections, paragraphs
        self._starts = tuple([r.start for r in records] for records in (constituents, sections, paragraphs))
        # A text without an outline (a stage was left out) may hold sections without ids.
        self._at = {s.id: i for i, s in enumerate(sections)}
        self._parents = [None if s.parent is None else self._at[s.parent] for s in sections]
        self._topics: list[tuple[Span[RawOffset], ...]] = []
        self._paths: list[str] = []
        for section, parent in zip(sections, self._parents, strict=True):
            topic = section.topic
            above = () if parent is None else self._topics[parent]
            self._topics.append(above if topic is None else (*above, topic))
            self._paths.append(bare_mark(section) if parent is None else f"{self._paths[parent]}/{bare_mark(section)}")

    def constituent(self, offset: RawOffset) -> Constituent[RawOffset] | None:
        """The document an offset lies in; None outside all of them."""
        i = bisect_right(self._starts[0], offset) - 1
        found = self._constituents[i] if i >= 0 else None
        return found if found is not None and offset < max(found.end, found.start + 1) else None

    def section(self, offset: RawOffset) -> Section[RawOffset] | None:
        """The innermost section an offset lies in, its mark and heading included."""
        i: int | None = bisect_right(self._starts[1], offset) - 1
        if i is None or i < 0:
            return None
        while i is not None and offset >= self._sections[i].end:
            i = self._parents[i]
        return None if i is None else self._sections[i]

    def paragraph(self, offset: RawOffset) -> Paragraph[RawOffset] | None:
        """The paragraph an offset lies in; None in a heading or in foreign matter."""
        i = bisect_right(self._starts[2], offset) - 1
        return self._paragraphs[i] if i >= 0 and offset < self._paragraphs[i].end else None

    def topics(self, offset: RawOffset) -> tuple[Span[RawOffset], ...]:
        """The headings an offset stands under, outermost first."""
        section = self.section(offset)
        return () if section is None else self._topics[self._at[section.id]]

    def path(self, section: Section) -> str:
        """The way down to a section by the bare marks of those around it: ``一/（二）``."""
        return self._paths[self._at[section.id]]


def within(records: Sequence[E], start: int, end: int) -> Sequence[E]:
    """Those of the sorted ``records`` that begin in the stretch.

    >>> from gonghui_nlp.schema import Extent
    >>> within([Extent(0, 4), Extent(5, 8), Extent(9, 12)], 5, 9)
    [Extent(start=5, end=8)]
    """
    low = bisect_left(records, start, key=lambda r: r.start)
    return records[low : bisect_left(records, end, low, key=lambda r: r.start)]
