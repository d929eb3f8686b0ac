"""What the structure room hands on."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui_nlp.schema import Constituent, Issue, Paragraph, RawOffset, Section


@dataclass(frozen=True, slots=True)
class Structure:
    """The outline of one text. All offsets are raw offsets, all words folded.

    ``rows`` are the lines that are rows of a table, each as the bounds of its cells; every cell is a paragraph.
    """

    constituents: tuple[Constituent[RawOffset], ...] = ()
    sections: tuple[Section[RawOffset], ...] = ()
    paragraphs: tuple[Paragraph[RawOffset], ...] = ()
    rows: tuple[tuple[tuple[int, int], ...], ...] = ()
    soft_breaks: tuple[tuple[int, int], ...] = ()
    noise: tuple[tuple[int, int], ...] = ()
    issues: tuple[Issue[RawOffset], ...] = ()
