"""A block of lines with its sections becomes a Constituent: what it is, whose and when."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.outline.lines import Line
from gonghui_nlp.outline.profile import kind_of, looks_ahead, names_plan, organisation_of, years_of
from gonghui_nlp.outline.quoting import quoted
from gonghui_nlp.outline.titles import Block
from gonghui_nlp.schema import Constituent, Issue, Section, Span, text_of

_PROFILED = 3000
# A plan takes up at least this part of a paper that is called a summary and a plan.
_LEAST_PLAN = 8


def described(
    text: str, lines: Sequence[Line], block: Block, first: int, end: int, sections: Sequence[Section], number: int
) -> tuple[Constituent, Issue | None]:
    """The constituent, and an issue where its title and its text speak of different years.

    ``first`` is the first line behind the title, ``end`` the offset at which the block ends; ``number`` counts the
    constituents of the text from 1.
    """
    body = text[lines[first].start : min(end, lines[first].start + _PROFILED)] if first < block.last else ""
    closing = [x for x in lines[max(first, block.last - 3) : block.last] if x.end - x.start <= 40]
    tail = [text[x.start : x.end] for x in closing]
    parts = [text_of(s.title) for s in sections if s.role == "part"]
    year, contradicted = years_of(block.title, body, tail)
    issue = None
    if contradicted is not None:
        at = lines[block.first]
        message = f"title and text speak of two years, {contradicted} and {year}; read as {year}"
        issue = Issue(at.start, at.end, text[at.start : at.end], "year_contradiction", message)
    kind = kind_of(block.title, body, parts, _turns_to_plan(text, block.start, end, sections))
    heading_end = lines[min(first, block.last) - 1].end if first > block.first else block.start
    speaker = organisation_of(block.title, body, tail)
    organisation = None
    if speaker is not None:
        # It was read from the title, from a line at the end or from the opening, and stands there.
        places = [(block.start, heading_end), *((x.start, x.end) for x in reversed(closing))]
        places += [(lines[first].start, lines[first].start + len(body))] if body else []
        organisation = next((found for a, b in places if (found := quoted(text, speaker, a, b))), None)
    title = quoted(text, block.title, block.start, heading_end)
    heading = Span(block.start, heading_end, text[block.start : heading_end]) if heading_end > block.start else None
    constituent = Constituent(block.start, end, title, kind, organisation, year, heading, id=f"#{number}")
    return constituent, issue


def _turns_to_plan(text: str, start: int, end: int, sections: Sequence[Section]) -> bool:
    """Whether a section of some length names a plan, or the top list begins anew behind words on what is to come."""
    top = [s for s in sections if s.level == 1 and s.role == "section"]
    if any(names_plan(text_of(s.title)) and s.end - s.start > (end - start) // _LEAST_PLAN for s in top):
        return True
    for section in top[2:]:
        if section.ordinal == 1:
            above = text[max(start, section.start - _PROFILED) : section.start].rstrip()
            if looks_ahead(above[above.rfind("\n") + 1 :].lstrip()):
                return True
    return False
