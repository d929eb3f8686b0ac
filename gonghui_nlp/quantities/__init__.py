"""Quantities: sums of money, people, things, rates, durations and dates, each with the value it states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gonghui_nlp.quantities.found import Quantities
from gonghui_nlp.quantities.numerals import Numeral, parse_numeral
from gonghui_nlp.quantities.scanner import scan
from gonghui_nlp.schema import Span
from gonghui_nlp.text.normalize import View, foreign

__all__ = ["Numeral", "Quantities", "find_quantities", "parse_numeral", "scan"]

S = TypeVar("S", bound=Span)


def find_quantities(text: str, cuts: Sequence[tuple[int, int]] = ()) -> Quantities:
    """All quantities of a raw text; offsets and texts are those of ``text`` itself.

    ``cuts`` are soft line breaks, where a line ended inside a word or a number. ``gonghui_nlp.find_quantities``
    finds them out by the structure of the text and gives them.

    >>> [a.text for a in find_quantities("共捐款１．５万余元").amounts]
    ['１．５万余元']
    """
    from gonghui_nlp.text.normalize import fold

    folded = fold(text)
    view = View(text, (*foreign(folded), *cuts), folded)
    found = scan(view.text, {view.at(start) for start, _ in cuts})

    def back(spans: tuple[S, ...]) -> tuple[S, ...]:
        places = (view.span(s.start, s.end) for s in spans)
        return tuple(replace(s, start=a, end=b, text=text[a:b]) for s, (a, b) in zip(spans, places, strict=True))

    return Quantities(
        back(found.amounts), back(found.headcounts), back(found.counts), back(found.dates), back(found.issues)
    )
