"""From what the rooms read back to the raw text: offsets moved, texts taken from where they stand."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from gonghui_nlp.schema import Amount, Constituent, Count, Date, Event, Headcount, Issue, Section, Span
from gonghui_nlp.text.normalize import View

S = TypeVar("S", bound=Span)


def exact(span: S, raw: str) -> S:
    """The span with the raw text of its place."""
    return span if span.text == raw[span.start : span.end] else replace(span, text=raw[span.start : span.end])


def exact_title(constituent: Constituent, folded: str, raw: str) -> Constituent:
    """The constituent with its title as the raw text has it."""
    at = folded.find(constituent.title, constituent.start, constituent.end)
    if folded == raw or at < 0:
        return constituent
    return replace(constituent, title=raw[at : at + len(constituent.title)])


def exact_section(section: Section, raw: str) -> Section:
    """The section with its mark and title as the raw text has them."""
    mark = raw[section.start : section.start + len(section.mark)]
    title = raw[section.title_start : section.title_end]
    return section if (mark, title) == (section.mark, section.title) else replace(section, mark=mark, title=title)


_REST: dict[type, attrgetter[Any]] = {
    cls: attrgetter(*(f.name for f in fields(cls)[3:])) for cls in (Amount, Headcount, Count, Date, Event, Issue)
}


def _differences(raw: str, folded: str) -> list[int]:
    """The offsets at which two texts of one length differ."""
    if raw == folded:
        return []
    import numpy as np

    a, b = (np.frombuffer(t.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) for t in (raw, folded))
    return [int(i) for i in np.flatnonzero(a != b)]


_ARGUMENTS = ("name", "date", "place", "organiser", "participants", "result")
_LISTS = ("headcounts", "amounts", "counts")


class Mover:
    """Moves spans from view offsets to raw ones; one record moved twice is the same record."""

    def __init__(self, view: View, folded: str) -> None:
        self._view = view
        # Up to the first cut view offsets are raw ones; there a span stays as it is unless folding changed it.
        self._kept = view.first_cut
        self._changed = _differences(view.raw, folded)
        # The span is kept with its copy, so that no other span can come to have its id.
        self._moved: dict[int, tuple[Span, Span]] = {}

    def __call__(self, span: S) -> S:
        if span.end <= self._kept:
            at = bisect_left(self._changed, span.start)
            if at == len(self._changed) or self._changed[at] >= span.end:
                return span
        known = self._moved.get(id(span))
        if known is not None:
            return known[1]  # type: ignore[return-value]
        start, end = self._view.span(span.start, span.end)
        cls = type(span)
        moved = cls(start, end, self._view.raw[start:end], *(_REST[cls](span) if cls is not Span else ()))
        self._moved[id(span)] = (span, moved)
        return moved

    def event(self, event: Event) -> Event:
        """The event with every argument and quantity moved too."""
        if self._kept == len(self._view.text) and not self._changed:
            return event
        moved: Event = self(event)
        changed: dict[str, Any] = {}
        for name in _ARGUMENTS:
            old = getattr(event, name)
            if old is not None and (new := self(old)) is not old:
                changed[name] = new
        for name in _LISTS:
            old = getattr(event, name)
            if old and (new := tuple(map(self, old))) != old:
                changed[name] = new
        return replace(moved, **changed) if changed else moved
