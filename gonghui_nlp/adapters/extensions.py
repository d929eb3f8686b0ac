"""``doc._.gonghui`` and ``span._.…``: what the records behind spans say, spans for what has a place in the text."""

from __future__ import annotations

from functools import partial
from typing import Any

from spacy.tokens import Doc, Span

from gonghui_nlp.adapters.stored import document_of
from gonghui_nlp.errors import InputError
from gonghui_nlp.schema import Amount, Count, Date, Document, Event, Headcount, Paragraph, Record, Section, stated

VALUES = (
    "record", "value", "min", "max", "approx", "unit", "per", "purpose", "masked", "type", "status", "status_by",
    "confidence", "level", "role", "function", "functions",
)  # fmt: skip
"""Extensions of a Span that hold a value; None where its record has no such field."""
PARTS = ("trigger", "date", "place", "organiser", "participants", "name", "result", "who", "what", "title", "mark")
"""Extensions that hold a Span, or None."""
LINKS = ("events", "amounts", "headcounts", "counts", "dates")
"""Extensions that hold a list of Spans: what is linked to an event, what stands in a section or a paragraph."""
AROUND = ("event", "section", "paragraph", "document")
"""Extensions that hold the Span of what any Span belongs to or lies in, or None."""
_IDS = {"amounts": "amount_ids", "headcounts": "headcount_ids", "counts": "count_ids", "dates": "date_ids"}
_CLASSES = {
    "events": Event, "amounts": Amount, "headcounts": Headcount, "counts": Count, "dates": Date, "sections": Section,
    "paragraphs": Paragraph,
}  # fmt: skip


def label_of(record: Any) -> str:
    """The label of a record's span: the code that the tables and gold annotation have.

    An event's is its type, a section's its role, a paragraph's its first function or ``none``; a quantity's its kind.
    """
    if isinstance(record, Event):
        return record.type
    if isinstance(record, Section):
        return record.role
    if isinstance(record, Paragraph):
        return record.functions[0] if record.functions else "none"
    return record.kind if isinstance(record, Count) else type(record).__name__.lower()


def record_of(span: Span) -> Any:
    """The record behind a span of ours, None for any other.

    Behind a tokenizer of another kind a span is as wide as its tokens; the record that fills most of it is meant.
    """
    document = document_of(span.doc)
    best, share = None, 0.0
    for group in _CLASSES:
        for record in _over(document, group, span):
            shared = min(record.end, span.end_char) - max(record.start, span.start_char)
            if label_of(record) == span.label_ and span.start_char <= record.start and record.end <= span.end_char:
                filled = shared / max(1, span.end_char - span.start_char)
                if filled > share:
                    best, share = record, filled
    # A span of somebody else's may bear one of our labels and hold one of our records somewhere.
    return best if best is not None and _wide(span, best) else None


def _over(document: Document, group: str, span: Span) -> Any:
    return document.within(getattr(document, group), _Place(span.start_char, max(span.end_char, span.start_char + 1)))


class _Place:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


def _wide(span: Span, record: Record) -> bool:
    """Whether the span is the record's, or the tokens it lies in."""
    if (record.start, record.end) == (span.start_char, span.end_char):
        return True
    own = span.doc.char_span(record.start, record.end, alignment_mode="expand")
    return own is not None and (own.start, own.end) == (span.start, span.end)


def _value(span: Span, name: str) -> Any:
    if name in ("function", "functions"):
        paragraph = document_of(span.doc).paragraph_of(_Place(span.start_char, span.end_char))
        functions = paragraph.functions if paragraph else ()
        return functions if name == "functions" else functions[0] if functions else None
    record = record_of(span)
    if name == "record":
        return record
    if name == "value" and isinstance(record, Count):
        return stated(record.min, record.max)
    if name == "type" and isinstance(record, Count):
        return record.kind
    return getattr(record, name, None)


def _part(span: Span, name: str) -> Span | None:
    return _span(span.doc, getattr(record_of(span), name, None), name)


def _linked(span: Span, name: str) -> list[Span]:
    record, document = record_of(span), document_of(span.doc)
    if isinstance(record, Event):
        found = document.get(getattr(record, _IDS[name])) if name in _IDS else (record,)
    elif isinstance(record, Section | Paragraph):
        found = tuple(document.within(getattr(document, name), record))
    else:
        found = ()
    return [made for each in found if (made := _span(span.doc, each, label_of(each))) is not None]


def _around(span: Span, name: str) -> Span | None:
    document, place = document_of(span.doc), _Place(span.start_char, span.end_char)
    if name == "event":
        record = record_of(span)
        event = record if isinstance(record, Event) else document.event_of(record) if record is not None else None
        return _span(span.doc, event, label_of(event)) if event is not None else None
    if name == "document":
        around = document.constituent_of(place)
        return _span(span.doc, around, around.kind) if around else None
    found = document.section_of(place) if name == "section" else document.paragraph_of(place)
    return _span(span.doc, found, label_of(found)) if found is not None else None


def _span(doc: Doc, place: Any, label: str) -> Span | None:
    return None if place is None else doc.char_span(place.start, place.end, label=label, alignment_mode="expand")


_KINDS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (Doc, document_of, ("gonghui",)),
    (Span, _value, VALUES),
    (Span, _part, PARTS),
    (Span, _linked, LINKS),
    (Span, _around, AROUND),
)
# Partials of functions by name: where processes are spawned, spaCy sends them to its workers.
_GETTERS: dict[tuple[Any, str], Any] = {
    (kind, name): partial(function, name=name) if kind is Span else function
    for kind, function, names in _KINDS
    for name in names
}


def register_extensions(prefix: str = "") -> None:
    """Makes ``doc._.gonghui`` and ``span._.value``, ``span._.amounts`` … known to spaCy, each with the ``prefix`` before it.

    The component does so; call it for Docs that come from a file. Raises InputError where somebody else has given an
    extension of such a name, and leaves that one alone.
    """
    for (kind, name), getter in _GETTERS.items():
        full = name if kind is Doc else f"{prefix}{name}"
        if kind.has_extension(full):
            there = kind.get_extension(full)[2]
            if there is getter or (getattr(there, "func", there) is getattr(getter, "func", getter)):
                continue
            raise InputError(
                f"{kind.__name__}._.{full} is another package's; give ours a prefix: config={{'prefix': 'gh_'}}"
            )
        kind.set_extension(full, getter=getter)
