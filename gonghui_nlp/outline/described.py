"""A block of lines with its sections becomes a Constituent: what it is, whose and when."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.profile import kind_of, looks_ahead, names_plan, organisation_of, years_of
from gonghui_nlp.outline.titles import Block
from gonghui_nlp.schema import Constituent, Issue, Section

_PROFILED = 3000
# A plan takes up at least this part of a paper that is called a summary and a plan.
_LEAST_PLAN = 8


def described(
    text: str, lines: Sequence[Line], block: Block, first: int, end: int, sections: Sequence[Section]
) -> tuple[Constituent, Issue | None]:
    """The constituent, and an issue where its title and its text speak of different years.

    ``first`` is the first line behind the title, ``end`` the offset at which the block ends.
    """
    body = text[lines[first].start : min(end, lines[first].start + _PROFILED)] if first < block.last else ""
    tail = [text[x.start : x.end] for x in lines[max(first, block.last - 3) : block.last] if x.end - x.start <= 40]
    parts = [s.title for s in sections if s.role == "part"]
    year, contradicted = years_of(block.title, body, tail)
    issue = None
    if contradicted is not None:
        at = lines[block.first]
        message = f"title and text speak of two years, {contradicted} and {year}; read as {year}"
        issue = Issue(at.start, at.end, text[at.start : at.end], "year_contradiction", message)
    kind = kind_of(block.title, body, parts, _turns_to_plan(text, block.start, end, sections))
    organisation = organisation_of(block.title, body, tail)
    return Constituent(block.start, end, block.title, kind, organisation, year), issue


def _turns_to_plan(text: str, start: int, end: int, sections: Sequence[Section]) -> bool:
    """Whether a section of some length names a plan, or the top list begins anew behind words on what is to come."""
    top = [s for s in sections if s.level == 1 and s.role == "section"]
    if any(names_plan(s.title) and s.end - s.start > (end - start) // _LEAST_PLAN for s in top):
        return True
    for section in top[2:]:
        if section.ordinal == 1:
            above = text[max(start, section.start - _PROFILED) : section.start].rstrip()
            if looks_ahead(above[above.rfind("\n") + 1 :].lstrip()):
                return True
    return False
