"""The way through the house: a text becomes a Document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import Passage, extract
from gonghui_nlp.functions import Labelled, load_classifier
from gonghui_nlp.outline import Structure, read_structure
from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.quantities import find_quantities as find_with_cuts
from gonghui_nlp.resources import Resources, opened, using
from gonghui_nlp.schema import (
    Document,
    Event,
    Issue,
    Paragraph,
    Source,
    containing,
)
from gonghui_nlp.settings import Settings
from gonghui_nlp.text.moving import Mover, exact, exact_section, exact_title
from gonghui_nlp.text.normalize import View, fold, foreign

# Characters of texts that are classified together: enough to keep numpy busy, little enough to hold.
_BATCH = 100_000


def analyze(text: str | Source, settings: Settings | None = None) -> Document:
    """Everything the toolkit finds in one text, as a frozen Document with offsets into ``text``.

    Any string gives a Document, whatever dirt is in it; anything else raises InputError.

    >>> doc = analyze("一、送温暖\\n春节前看望了18名患病教职工，发放慰问金9600元。")
    >>> doc.events[0].text, doc.amounts[0].value, doc.sections[0].title
    ('看望了18名患病教职工', 9600, '送温暖')
    """
    settings = settings or Settings()
    with using(opened(settings.resources)):
        found = _find(_source(text))
    return _document(found, _labels([found], settings))


def analyze_many(texts: Iterable[str | Source], settings: Settings | None = None) -> Iterator[Document]:
    """The Documents of many texts or Sources in their order, the same as :func:`analyze` gives; quicker.

    Texts are read a few at a time, so that the classifier has a batch to work on.
    """
    if isinstance(texts, (str, Source)):
        raise InputError("analyze_many takes several texts; use analyze for one")
    settings = settings or Settings()
    return _in_batches(texts, settings, opened(settings.resources))


def find_quantities(text: str) -> Quantities:
    """The quantities of a raw text without the rest; a number broken over two lines is found whole.

    >>> [(h.text, h.value) for h in find_quantities("看望了1\\n8名患病职工。").headcounts]
    [('1\\n8名', 18)]
    """
    raw = _source(text).text
    return find_with_cuts(raw, read_structure(fold(raw)).soft_breaks)


def _in_batches(texts: Iterable[str | Source], settings: Settings, resources: Resources) -> Iterator[Document]:
    batch: list[_Found] = []
    for text in texts:
        with using(resources):
            batch.append(_find(_source(text)))
        if sum(len(f.source.text) for f in batch) >= _BATCH:
            yield from _documents(batch, settings)
            batch = []
    yield from _documents(batch, settings)


def _documents(batch: list[_Found], settings: Settings) -> Iterator[Document]:
    labels = _labels(batch, settings)
    at = 0
    for found in batch:
        mine = len(found.passages)
        yield _document(found, labels[at : at + mine])
        at += mine


def _source(text: str | Source) -> Source:
    if isinstance(text, Source):
        return text
    if isinstance(text, str):
        return Source("", text, status="ok" if text.strip() else "empty")
    raise InputError(f"analyze takes a str or a Source, not {type(text).__name__}; use read(path) for files")


@dataclass(frozen=True, slots=True)
class _Found:
    """What every room but the classifier found in one text."""

    source: Source
    folded: str
    structure: Structure
    view: View
    quantities: Quantities
    passages: list[Passage]
    events: list[Event]
    issues: list[Issue]


def _find(source: Source) -> _Found:
    folded = fold(source.text)
    structure = read_structure(folded)
    view = View(source.text, (*foreign(folded), *structure.soft_breaks, *structure.noise), folded)
    quantities = scan(view.text, {view.at(start) for start, _ in structure.soft_breaks})
    passages = _passages(structure, view)
    events, issues = extract(view.text, passages, quantities)
    return _Found(source, folded, structure, view, quantities, passages, events, issues)


def _document(found: _Found, labels: Sequence[Labelled]) -> Document:
    raw, structure, quantities = found.source.text, found.structure, found.quantities
    move = Mover(found.view, found.folded)
    issues = [
        *found.source.issues,
        *(exact(i, raw) for i in structure.issues),
        *(move(i) for i in (*quantities.issues, *found.issues)),
    ]
    return Document(
        raw,
        found.source.name,
        constituents=tuple(exact_title(c, found.folded, raw) for c in structure.constituents),
        sections=tuple(exact_section(s, raw) for s in structure.sections),
        paragraphs=tuple(
            Paragraph(p.start, p.end, raw[p.start : p.end], x.functions, x.sub, x.scores, passage.headings, x.cues)  # type: ignore[arg-type]
            for p, passage, x in zip(structure.paragraphs, found.passages, labels, strict=True)
        ),
        events=tuple(move.event(e) for e in found.events),
        amounts=tuple(map(move, quantities.amounts)),
        headcounts=tuple(map(move, quantities.headcounts)),
        counts=tuple(map(move, quantities.counts)),
        dates=tuple(map(move, quantities.dates)),
        issues=tuple(sorted(issues, key=lambda i: (i.start, i.end, i.code))),
        source=found.source,
    )


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


def _labels(batch: Sequence[_Found], settings: Settings) -> list[Labelled]:
    """The labels of all paragraphs of a batch of texts, one after the other."""
    return load_classifier(settings.model).classify(
        [found.view.text[p.start : p.end] for found in batch for p in found.passages],
        [p.headings for found in batch for p in found.passages],
        continues=[goes_on for found in batch for goes_on in _continues(found.structure)],
        scheme=settings.scheme,
        folded=True,
        cues=settings.cues,
    )


def _continues(structure: Structure) -> Iterator[bool]:
    """For each paragraph, whether a soft break alone separates it from the one before: one sentence goes on."""
    breaks = [start for start, _ in structure.soft_breaks]
    before = len(breaks)
    for p in structure.paragraphs:
        yield before < bisect_left(breaks, p.start)
        before = bisect_left(breaks, p.end)
