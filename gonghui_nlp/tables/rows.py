"""A Document as the rows of the tables: ids, links by place, one tuple a row in the order of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gonghui_nlp.schema import FUNCTIONS, Document, Paragraph, Record, text_of
from gonghui_nlp.tables.activities import activity_rows
from gonghui_nlp.tables.columns import TABLES
from gonghui_nlp.tables.kept import text_file
from gonghui_nlp.tables.own import own_rows, tables_of

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def rows(document: Document) -> Rows:
    """The rows of every table for one Document, empty tables included, in the order of :func:`columns_of`.

    They are those of a text by itself: copies are not told apart, and the overview, which needs that, is empty.
    """
    source, ids = document.name or "text", document.full_id
    out: Rows = {table: [] for table in TABLES}
    out["sources"].append(_source_row(document, source))
    out["fields"] += [(source, *field) for field in (document.source.fields if document.source else ())]
    out["documents"] += _document_rows(document, source)
    out["paragraphs"] += _paragraph_rows(document, source)
    out["events"] += _event_rows(document, source)
    out["activities"] += activity_rows(document)
    for s in document.sections:
        parent = "" if s.parent is None else ids(*document.get([s.parent]))
        title = (s.mark.end, s.mark.end) if s.title is None else (s.title.start, s.title.end)
        out["sections"].append(
            (ids(s), _doc_id(document, s), source, parent, s.start, s.end, s.level, s.role, s.style, s.mark.text)
            + (s.ordinal, text_of(s.title), *title, s.damaged, document.path_of(s))
        )

    def head(q: Record) -> Row:
        event, paragraph = document.event_of(q), document.paragraph_of(q)
        linked = tuple("" if found is None else ids(found) for found in (event, paragraph))
        return (ids(q), *linked, _doc_id(document, q), source, q.start, q.end)

    for a in document.amounts:
        values: Row = (a.text, a.min, a.max, a.value, a.approx, a.per, a.purpose, a.masked, a.currency, True)
        out["amounts"].append(head(a) + values)
    for h in document.headcounts:
        values = (h.text, h.min, h.max, h.value, h.approx, h.unit, text_of(h.who), h.masked, True, h.per)
        out["headcounts"].append(head(h) + values)
    for c in document.counts:
        values = (c.kind, c.text, c.min, c.max, c.approx, c.unit, text_of(c.what), c.masked)
        out["counts"].append(head(c) + values)
    for d in document.dates:
        out["dates"].append(head(d) + (d.text, d.value or "", d.masked))
    for i in document.issues:
        out["issues"].append((ids(i), _doc_id(document, i), source, i.start, i.end, i.text, i.code, i.message))
    for name in tables_of(tuple(document.more))[len(TABLES) :]:
        out[name] = list(own_rows(document, name))
    return out


def _doc_id(document: Document, record: Record) -> str:
    around = document.constituent_of(record)
    return "" if around is None else document.full_id(around)


def _section_id(document: Document, record: Record) -> str:
    around = document.section_of(record)
    return "" if around is None else document.full_id(around)


def _paragraph_rows(document: Document, source: str) -> Iterator[Row]:
    for p in document.paragraphs:
        yield (
            (document.full_id(p), _doc_id(document, p), _section_id(document, p), source, p.start, p.end, p.text)
            + (p.functions[0] if p.functions else "", ";".join(p.functions), p.sub or "")
            + (*_scores(document, p, FUNCTIONS), "", None, ";".join(cue.text for cue in p.cues))
            + _scores(document, p, [label for label in document.scored if label not in FUNCTIONS])
        )


def _event_rows(document: Document, source: str) -> Iterator[Row]:
    for e in document.activities:
        paragraph = document.paragraph_of(e)
        linked = (document.headcounts_of(e), document.amounts_of(e), document.counts_of(e))
        again = document.retellings_of(e)
        yield (
            (document.full_id(e), _doc_id(document, e), _section_id(document, e))
            + ("" if paragraph is None else document.full_id(paragraph), source, e.start, e.end, e.text)
            + (e.trigger.text, e.type, e.status, e.status_by, text_of(e.name), text_of(e.date))
            + ((e.date and e.date.value) or "", text_of(e.place), text_of(e.organiser), text_of(e.participants))
            + tuple(";".join(q.text for q in found) for found in linked)
            + (text_of(e.result), round(e.confidence, 4), ";".join(f"{r.start}-{r.end}" for r in again), True)
        )


def _source_row(document: Document, source: str) -> Row:
    s = document.source
    count = len(document.constituents)
    if s is None:
        return (
            source,
            "",
            None,
            "txt",
            "",
            len(document.text),
            count,
            "ok" if document.text.strip() else "empty",
            "",
            "",
        )
    kept = text_file(source) if s.text else ""
    return (source, s.sha256, s.bytes, s.format, s.encoding, len(s.text), count, s.status, s.message, kept)


def _document_rows(document: Document, source: str) -> Iterator[Row]:
    activities = document.activities
    for c in document.constituents:
        held = (document.within(kind, c) for kind in (document.sections, document.paragraphs, activities))
        yield (
            (document.full_id(c), source, c.start, c.end, text_of(c.title), c.kind, text_of(c.organisation), c.year)
            + (*map(len, held), c.end - c.start, "", None, None)
        )


def _scores(document: Document, p: Paragraph, labels: Sequence[str]) -> tuple[float | None, ...]:
    """A paragraph's scores of some labels; None for those its model does not know."""
    known = dict(zip(document.scored, p.scores, strict=False))
    return tuple(map(known.get, labels))


assert FUNCTIONS == ("safeguarding", "participation", "education", "building"), (
    "the score columns name them in this order"
)
