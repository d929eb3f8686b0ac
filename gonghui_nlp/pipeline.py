"""The way through the house: a text becomes a Document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from gonghui_nlp.cleaning import View, fold, foreign
from gonghui_nlp.config import Settings
from gonghui_nlp.errors import InputError
from gonghui_nlp.events import Passage, extract
from gonghui_nlp.functions import load_classifier
from gonghui_nlp.model import (
    Amount,
    Constituent,
    Count,
    Date,
    Document,
    Event,
    Headcount,
    Issue,
    Paragraph,
    Section,
    Source,
    Span,
    containing,
)
from gonghui_nlp.quantities import scan
from gonghui_nlp.structure import Structure, read_structure

S = TypeVar("S", bound=Span)


def analyze(text: str | Source, settings: Settings | None = None) -> Document:
    """Everything the toolkit finds in one text, as a frozen Document with offsets into ``text``.

    Any string gives a Document, whatever dirt is in it; anything else raises InputError.

    >>> doc = analyze("一、送温暖\\n春节前看望了18名患病教职工，发放慰问金9600元。")
    >>> doc.events[0].text, doc.amounts[0].value, doc.sections[0].title
    ('看望了18名患病教职工', 9600, '送温暖')
    """
    if isinstance(text, Source):
        source = text
    elif isinstance(text, str):
        source = Source("", text, status="ok" if text.strip() else "empty")
    else:
        raise InputError(f"analyze takes a str or a Source, not {type(text).__name__}; use read(path) for files")
    raw = source.text
    folded = fold(raw)
    structure = read_structure(folded)
    view = View(raw, (*foreign(folded), *structure.soft_breaks, *structure.noise), folded)
    quantities = scan(view.text, {view.at(start) for start, _ in structure.soft_breaks})
    passages = _passages(structure, view)
    events, event_issues = extract(view.text, passages, quantities)
    move = _Mover(view, folded)
    issues = [
        *source.issues,
        *(_exact(i, raw) for i in structure.issues),
        *(move(i) for i in (*quantities.issues, *event_issues)),
    ]
    return Document(
        raw,
        source.name,
        constituents=tuple(_exact_title(c, folded, raw) for c in structure.constituents),
        sections=tuple(_exact_section(s, raw) for s in structure.sections),
        paragraphs=_labelled(structure, passages, view, settings or Settings()),
        events=tuple(move.event(e) for e in events),
        amounts=tuple(map(move, quantities.amounts)),
        headcounts=tuple(map(move, quantities.headcounts)),
        counts=tuple(map(move, quantities.counts)),
        dates=tuple(map(move, quantities.dates)),
        issues=tuple(sorted(issues, key=lambda i: (i.start, i.end, i.code))),
        source=source,
    )


def analyze_many(texts: Iterable[str | Source], settings: Settings | None = None) -> Iterator[Document]:
    """The Documents of many texts or Sources, one at a time and in their order; see :func:`analyze`."""
    if isinstance(texts, (str, Source)):
        raise InputError("analyze_many takes several texts; use analyze for one")
    return (analyze(text, settings) for text in texts)


def _passages(structure: Structure, view: View) -> list[Passage]:
    """The body paragraphs in view offsets, each with the headings it stands under and its document's kind."""
    sections, constituents = structure.sections, structure.constituents
    section_starts = [s.start for s in sections]
    doc_starts = [c.start for c in constituents]
    paths: dict[int | None, tuple[tuple[str, ...], tuple[tuple[int, int], ...]]] = {None: ((), ())}

    def path(i: int | None) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
        if i not in paths:
            assert i is not None
            s = sections[i]
            titles, spans = path(s.parent) if s.parent is not None else paths[None]
            if s.title:
                titles = (*titles, s.title)
                spans = (*spans, (view.at(s.title_start), view.at(s.title_end)))
            elif s.role == "part" and s.mark:  # 3月：职工春游; the month is the mark
                titles = (*titles, s.mark.rstrip("：: "))
                spans = (*spans, (view.at(s.start), view.at(s.start + len(s.mark))))
            paths[i] = (titles, spans)
        return paths[i]

    passages = []
    for p in structure.paragraphs:
        i = containing(section_starts, p.start)
        while i is not None and p.start >= sections[i].end:
            i = sections[i].parent
        titles, spans = path(i)
        doc = containing(doc_starts, p.start)
        inside = doc is not None and p.start < constituents[doc].end
        kind = constituents[doc].kind if inside and doc is not None else "other"
        passages.append(
            Passage(view.at(p.start), view.at(p.end), titles, spans, kind, doc if inside and doc is not None else -1)
        )
    return passages


def _labelled(structure: Structure, passages: list[Passage], view: View, settings: Settings) -> tuple[Paragraph, ...]:
    paragraphs = structure.paragraphs
    breaks = [start for start, _ in structure.soft_breaks]
    labels = load_classifier(settings.model).classify(
        [view.text[p.start : p.end] for p in passages],
        [p.headings for p in passages],
        continues=[
            # A soft break between two paragraphs: the second goes on with the sentence of the first.
            i > 0 and bisect_left(breaks, paragraphs[i - 1].end) < bisect_left(breaks, p.start)
            for i, p in enumerate(paragraphs)
        ],
        scheme=settings.scheme,
        folded=True,
        cues=settings.cues,
    )
    return tuple(
        Paragraph(p.start, p.end, view.raw[p.start : p.end], x.functions, x.sub, x.scores, passage.headings, x.cues)  # type: ignore[arg-type]
        for p, passage, x in zip(paragraphs, passages, labels, strict=True)
    )


def _exact(span: S, raw: str) -> S:
    return span if span.text == raw[span.start : span.end] else replace(span, text=raw[span.start : span.end])


def _exact_title(constituent: Constituent, folded: str, raw: str) -> Constituent:
    at = folded.find(constituent.title, constituent.start, constituent.end)
    if folded == raw or at < 0:
        return constituent
    return replace(constituent, title=raw[at : at + len(constituent.title)])


def _exact_section(section: Section, raw: str) -> Section:
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


class _Mover:
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
