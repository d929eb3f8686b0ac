"""The way through the house: a text becomes a Document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from gonghui_nlp.errors import InputError
from gonghui_nlp.events import Passage, extract
from gonghui_nlp.functions import BETWEEN_HEADINGS, Labelled, load_classifier
from gonghui_nlp.outline import Structure, read_structure
from gonghui_nlp.quantities import Quantities, scan
from gonghui_nlp.resources import Resources, opened, using
from gonghui_nlp.schema import (
    Containment,
    Document,
    Event,
    Issue,
    Source,
    Span,
    numbered,
)
from gonghui_nlp.settings import Settings
from gonghui_nlp.text.normalize import fold, foreign
from gonghui_nlp.text.offsets import Mover, RawOffset, View, ViewOffset

# Characters of texts that are classified together: enough to keep numpy busy, little enough to hold.
_BATCH = 100_000


def analyze(text: str | Source, settings: Settings | None = None) -> Document:
    """Everything the toolkit finds in one text, as a frozen Document with offsets into ``text``.

    Any string gives a Document, whatever dirt is in it; anything else raises InputError.

    >>> doc = analyze("一、送温暖\\n春节前看望了18名患病教职工，发放慰问金9600元。")
    >>> doc.events[0].text, doc.amounts[0].value, doc.sections[0].title.text
    ('看望了18名患病教职工', 9600, '送温暖')
    """
    settings = settings or Settings()
    with using(opened(settings.resources)):
        found = _find(_source(text))
    return _document(found, _labels([found], settings), settings)


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
    found = _find(_source(text))
    move = Mover(found.view, found.folded)
    return Quantities(*(move.all(getattr(found.quantities, f.name)) for f in fields(Quantities)))


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
        yield _document(found, labels[at : at + mine], settings)
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
    places: Containment
    quantities: Quantities
    passages: list[Passage]
    events: list[Event]
    issues: list[Issue]


def _find(source: Source) -> _Found:
    folded = fold(source.text)
    structure = read_structure(folded)
    view = View(source.text, (*foreign(folded), *structure.soft_breaks, *structure.noise), folded)
    quantities = scan(view.text, {view.at(RawOffset(start)) for start, _ in structure.soft_breaks})
    places = Containment(structure.constituents, structure.sections, structure.paragraphs)
    passages = _passages(structure, view, places)
    events, issues = extract(view.text, passages, quantities)
    return _Found(source, folded, structure, view, places, quantities, passages, events, issues)


def _document(found: _Found, labels: Sequence[Labelled], settings: Settings) -> Document:
    structure, quantities = found.structure, found.quantities
    reread = Mover(View(found.source.text, (), found.folded), found.folded)
    move = Mover(found.view, found.folded)
    issues = [*found.source.issues, *reread.all(structure.issues), *move.all((*quantities.issues, *found.issues))]
    paragraphs = (
        replace(p, functions=x.functions, sub=x.sub, scores=x.scores, cues=_cues(x, found, i))
        for i, (p, x) in enumerate(zip(structure.paragraphs, labels, strict=True))
    )
    return Document(
        found.source.text,
        found.source.name,
        constituents=reread.all(structure.constituents),
        sections=reread.all(structure.sections),
        paragraphs=reread.all(paragraphs),
        events=move.all(found.events),
        amounts=move.all(quantities.amounts),
        headcounts=move.all(quantities.headcounts),
        counts=move.all(quantities.counts),
        dates=move.all(quantities.dates),
        issues=numbered(sorted(issues, key=lambda i: (i.start, i.end, i.code)), "i"),
        source=found.source,
        settings=settings,
    )


def _cues(labelled: Labelled, found: _Found, i: int) -> tuple[Span, ...]:
    """The words that spoke for the label of paragraph ``i``, in its text or in the headings it stands under."""
    raw, passage = found.source.text, found.passages[i]
    out = []
    for word in labelled.cues:
        if word.heading:
            start, end = _in_headings(word.start, word.end, found.places.topics(found.structure.paragraphs[i].start))
        else:
            start, end = found.view.span(ViewOffset(passage.start + word.start), ViewOffset(passage.start + word.end))
        out.append(Span(start, end, raw[start:end]))
    return tuple(out)


def _in_headings(start: int, end: int, topics: Sequence[Span]) -> tuple[int, int]:
    """Where a stretch of the heading path, joined innermost first, stands in the text."""
    at = 0
    for topic in reversed(topics):
        length = topic.end - topic.start
        if start < at + length or topic is topics[0]:
            return topic.start + start - at, topic.start + min(end - at, length)
        at += length + len(BETWEEN_HEADINGS)
    return 0, 0


def _passages(structure: Structure, view: View, places: Containment) -> list[Passage]:
    """The body paragraphs in view offsets, each with the headings it stands under and its document's kind."""
    number = {c.id: n for n, c in enumerate(structure.constituents)}
    passages = []
    for p in structure.paragraphs:
        topics, around = places.topics(p.start), places.constituent(p.start)
        passages.append(
            Passage(
                *view.range(p),
                tuple(topic.text for topic in topics),
                tuple(view.range(topic) for topic in topics),
                "other" if around is None else around.kind,
                -1 if around is None else number[around.id],
            )
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
