"""What the structure room hands on."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui_nlp.schema import Constituent, Issue, Paragraph, Section


@dataclass(frozen=True, slots=True)
class Structure:
    """The outline of one text. All offsets are raw offsets, all words folded."""

    constituents: tuple[Constituent, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    soft_breaks: tuple[tuple[int, int], ...] = ()
    noise: tuple[tuple[int, int], ...] = ()
    issues: tuple[Issue, ...] = ()
