"""All that was found in one text, and what lies in what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from gonghui_nlp.errors import InputError
from gonghui_nlp.schema.containment import Containment, within
from gonghui_nlp.schema.events import Event
from gonghui_nlp.schema.labels import Label
from gonghui_nlp.schema.outline import Constituent, Paragraph, Section
from gonghui_nlp.schema.quantities import Amount, Count, Date, Headcount
from gonghui_nlp.schema.showing import shown
from gonghui_nlp.schema.source import Issue, Source
from gonghui_nlp.schema.spans import Finding, Placed, RawOffset, Record, Span
from gonghui_nlp.settings import Settings

E = TypeVar("E", bound=Placed)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is worked out once for a Document."""

    places: Containment
    records: dict[str, Record]
    event_of: dict[str, Event]
    retellings: dict[str, tuple[Event, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """All that was found in one source text: ``text[span.start:span.end] == span.text`` for every span.

    Records are sorted by start within their kind. Each has an ``id`` that is unique in the Document; links between
    records are ids, so that a record may be replaced by a changed copy (``dataclasses.replace``) and stays linked.
    ``labels`` are the labels its paragraphs may bear and ``scored`` those that have a score, both of the model that
    ``settings`` names, both empty where nobody labelled them; ``more`` holds, under its stage's name, what stages of one's own found.
    """

    text: str
    name: str = ""
    constituents: tuple[Constituent[RawOffset], ...] = ()
    sections: tuple[Section[RawOffset], ...] = ()
    paragraphs: tuple[Paragraph[RawOffset], ...] = ()
    events: tuple[Event[RawOffset], ...] = ()
    amounts: tuple[Amount[RawOffset], ...] = ()
    headcounts: tuple[Headcount[RawOffset], ...] = ()
    counts: tuple[Count[RawOffset], ...] = ()
    dates: tuple[Date[RawOffset], ...] = ()
    issues: tuple[Issue[RawOffset], ...] = ()
    source: Source | None = None
    settings: Settings = field(default_factory=Settings, repr=False)
    labels: tuple[Label, ...] = ()
    scored: tuple[str, ...] = ()
    more: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, hash=False)
    _known: _Known | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def activities(self) -> tuple[Event, ...]:
        """The events without those that only tell an earlier one again: what to count, and what the table holds."""
        return tuple(e for e in self.events if e.repeats is None)

    def records(self) -> Iterator[Record]:
        """Every record, kind by kind."""
        for kind in (*_KINDS, *self.more):
            yield from self.more[kind] if kind in self.more else getattr(self, kind)

    def get(self, ids: Iterable[str]) -> tuple[Record, ...]:
        """The records behind ids, in their order; an id that the Document does not hold is an InputError.

        >>> import gonghui_nlp as gh
        >>> doc = gh.analyze("3月8日，组织86名女教工登山。")
        >>> [record.text for record in doc.get(doc.events[0].headcount_ids)]
        ['86名']
        """
        known = self._all().records
        return tuple(known[i] if i in known else _unknown(i) for i in ids)

    def amounts_of(self, event: Event) -> tuple[Amount, ...]:
        """The sums of money linked to an event."""
        return self.get(event.amount_ids)  # type: ignore[return-value]

    def headcounts_of(self, event: Event) -> tuple[Headcount, ...]:
        """The numbers of people linked to an event."""
        return self.get(event.headcount_ids)  # type: ignore[return-value]

    def counts_of(self, event: Event) -> tuple[Count, ...]:
        """The counts of things linked to an event."""
        return self.get(event.count_ids)  # type: ignore[return-value]

    def event_of(self, quantity: Record) -> Event | None:
        """The first activity that a quantity or a date is linked to."""
        return self._all().event_of.get(quantity.id)

    def retellings_of(self, event: Event) -> tuple[Event, ...]:
        """The later events that tell this one again."""
        return self._all().retellings.get(event.id, ())

    def constituent_of(self, record: Placed) -> Constituent | None:
        """The document of the text that a record begins in; None outside all of them."""
        return self._all().places.constituent(RawOffset(record.start))

    def section_of(self, record: Placed) -> Section | None:
        """The innermost section that a record begins in; a section's own is itself."""
        return self._all().places.section(RawOffset(record.start))

    def paragraph_of(self, record: Placed) -> Paragraph | None:
        """The paragraph that a record begins in; None in a heading or in foreign matter."""
        return self._all().places.paragraph(RawOffset(record.start))

    def headings_of(self, record: Placed) -> tuple[Span, ...]:
        """The headings that a record stands under, outermost first.

        >>> import gonghui_nlp as gh
        >>> doc = gh.analyze("一、送温暖\\n春节前看望了18名患病教职工。")
        >>> [h.text for h in doc.headings_of(doc.paragraphs[0])]
        ['送温暖']
        """
        return self._all().places.topics(RawOffset(record.start))

    def path_of(self, section: Section) -> str:
        """The way down to a section by the bare marks of those around it: ``一/（二）``."""
        return self._all().places.path(section)

    def within(self, records: Sequence[E], place: Placed) -> Sequence[E]:
        """Those of the Document's records of one kind that begin in a section, a paragraph or any other stretch.

        >>> import gonghui_nlp as gh
        >>> doc = gh.analyze("一、送温暖\\n看望了18名患病教职工。\\n二、办活动\\n组织86名女教工登山。")
        >>> [h.text for h in doc.within(doc.headcounts, doc.sections[1])]
        ['86名']
        """
        return within(records, place.start, place.end)

    def full_id(self, record: Record) -> str:
        """The id of a record in the tables: ``a.txt#2/e3``; ``#0`` for what stands outside every document."""
        source = self.name or "text"
        if isinstance(record, Constituent):
            return f"{source}{record.id}"
        around = self._all().places.constituent(RawOffset(record.start))
        return f"{source}{'#0' if around is None else around.id}/{record.id}"

    def _all(self) -> _Known:
        if self._known is None:
            object.__setattr__(self, "_known", _known(self))
        assert self._known is not None
        return self._known

    def _repr_html_(self) -> str | None:
        return shown(self)


_KINDS = ("constituents", "sections", "paragraphs", "events", "amounts", "headcounts", "counts", "dates", "issues")


def _unknown(record_id: str) -> Record:
    raise InputError(f"{record_id!r}: the Document holds no record of this id")


def _known(document: Document) -> _Known:
    event_of: dict[str, Event] = {}
    retellings: dict[str, list[Event]] = {}
    for event in document.events:
        if event.repeats is not None:
            retellings.setdefault(event.repeats, []).append(event)
            continue
        for linked in (*event.amount_ids, *event.headcount_ids, *event.count_ids, *event.date_ids):
            event_of.setdefault(linked, event)
    return _Known(
        Containment(document.constituents, document.sections, document.paragraphs),
        {record.id: record for record in document.records()},
        event_of,
        {first: tuple(again) for first, again in retellings.items()},
    )
