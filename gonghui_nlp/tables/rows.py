"""A Document as the rows of the tables: ids, links by place, one tuple a row in the order of the columns."""

from __future__ import annotations

from typing import Any

from gonghui_nlp.schema import FUNCTIONS, Document, Span, containing, path_of
from gonghui_nlp.tables.columns import TABLES

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


class _Places:
    """Which constituent, section and paragraph an offset belongs to, and the ids of these."""

    def __init__(self, document: Document, source: str) -> None:
        self.source = source
        self.constituents = document.constituents
        self.paragraphs = document.paragraphs
        self.sections = document.sections
        self._doc_starts = [c.start for c in document.constituents]
        self._paragraph_starts = [p.start for p in document.paragraphs]
        self._section_starts = [s.start for s in document.sections]

    def constituent(self, offset: int) -> int | None:
        i = containing(self._doc_starts, offset)
        return i if i is not None and offset < max(self.constituents[i].end, self.constituents[i].start + 1) else None

    def doc_id(self, offset: int) -> str:
        i = self.constituent(offset)
        return "" if i is None else f"{self.source}#{i + 1}"

    def of(self, offset: int) -> str:
        """The document an id is numbered in; what stands outside every document is numbered in ``#0``."""
        return self.doc_id(offset) or f"{self.source}#0"

    def section(self, offset: int) -> int | None:
        i = containing(self._section_starts, offset)
        while i is not None and offset >= self.sections[i].end:
            i = self.sections[i].parent
        return i

    def section_id(self, offset: int) -> str:
        i = self.section(offset)
        return "" if i is None else self.id_of_section(i)

    def id_of_section(self, i: int) -> str:
        return f"{self.of(self.sections[i].start)}/s{i + 1}"

    def paragraph_id(self, offset: int) -> str:
        i = containing(self._paragraph_starts, offset)
        if i is None or offset >= self.paragraphs[i].end:
            return ""
        return f"{self.of(self.paragraphs[i].start)}/p{i + 1}"


def rows(document: Document) -> Rows:
    """The rows of every table for one Document, empty tables included."""
    source = document.name or "text"
    at = _Places(document, source)
    out: Rows = {table: [] for table in TABLES}
    event_of: dict[int, str] = {}
    retold: dict[int, list[str]] = {}
    for n, event in enumerate(document.events):
        if event.repeats is not None:
            retold.setdefault(event.repeats, []).append(f"{event.start}-{event.end}")
            continue
        event_id = f"{at.of(event.start)}/e{n + 1}"
        for linked in (*event.amounts, *event.headcounts, *event.counts, *([event.date] if event.date else [])):
            event_of.setdefault(id(linked), event_id)

    out["sources"].append(_source_row(document, source))
    _document_rows(document, at, out)
    for i, s in enumerate(document.sections):
        parent = "" if s.parent is None else at.id_of_section(s.parent)
        out["sections"].append(
            (at.id_of_section(i), at.doc_id(s.start), source, parent, s.start, s.end, s.level, s.role, s.style, s.mark)
            + (s.ordinal, s.title, s.title_start, s.title_end, s.damaged, path_of(document.sections, i))
        )
    for p in document.paragraphs:
        out["paragraphs"].append(
            (at.paragraph_id(p.start), at.doc_id(p.start), at.section_id(p.start), source, p.start, p.end, p.text)
            + (
                p.functions[0] if p.functions else "",
                ";".join(p.functions),
                p.sub or "",
                *_four(p.scores),
                "",
                None,
                ";".join(p.cues),
            )
        )
    for n, e in enumerate(document.events, 1):
        if e.repeats is not None:
            continue
        arguments = (_text(e.name), _text(e.date), (e.date and e.date.value) or "", _text(e.place), _text(e.organiser))
        lists = tuple(";".join(q.text for q in found) for found in (e.headcounts, e.amounts, e.counts))
        out["events"].append(
            (f"{at.of(e.start)}/e{n}", at.doc_id(e.start), at.section_id(e.start), at.paragraph_id(e.start), source)
            + (e.start, e.end, e.text, e.trigger, e.type, e.status, e.status_by, *arguments, _text(e.participants))
            + (*lists, _text(e.result), round(e.confidence, 4), ";".join(retold.get(n - 1, ())))
        )

    def head(letter: str, n: int, q: Span) -> Row:
        paragraph, doc = at.paragraph_id(q.start), at.doc_id(q.start)
        return (f"{at.of(q.start)}/{letter}{n}", event_of.get(id(q), ""), paragraph, doc, source, q.start, q.end)

    values: Row
    for n, a in enumerate(document.amounts, 1):
        values = (a.text, a.min, a.max, a.value, a.approx, a.per, a.purpose, a.masked, a.currency)
        out["amounts"].append(head("a", n, a) + values)
    for n, h in enumerate(document.headcounts, 1):
        values = (h.text, h.min, h.max, h.value, h.approx, h.unit, h.who or "", h.masked)
        out["headcounts"].append(head("h", n, h) + values)
    for n, c in enumerate(document.counts, 1):
        values = (c.kind, c.text, c.min, c.max, c.approx, c.unit, c.what or "", c.masked)
        out["counts"].append(head("c", n, c) + values)
    for n, d in enumerate(document.dates, 1):
        out["dates"].append(head("d", n, d) + (d.text, d.value or "", d.masked))
    for n, issue in enumerate(document.issues, 1):
        values = (at.doc_id(issue.start), source, issue.start, issue.end, issue.text, issue.code, issue.message)
        out["issues"].append((f"{at.of(issue.start)}/i{n}", *values))
    return out


def _source_row(document: Document, source: str) -> Row:
    s = document.source
    count = len(document.constituents)
    if s is None:
        return (source, "", None, "txt", "", len(document.text), count, "ok" if document.text.strip() else "empty", "")
    return (source, s.sha256, s.bytes, s.format, s.encoding, len(s.text), count, s.status, s.message)


def _document_rows(document: Document, at: _Places, out: Rows) -> None:
    held = {kind: [0] * len(document.constituents) for kind in ("sections", "paragraphs", "events")}
    for kind, counted in held.items():
        for record in document.activities if kind == "events" else getattr(document, kind):
            i = at.constituent(record.start)
            if i is not None:
                counted[i] += 1
    for i, c in enumerate(document.constituents):
        out["documents"].append(
            (f"{at.source}#{i + 1}", at.source, c.start, c.end, c.title, c.kind, c.organisation or "", c.year)
            + (held["sections"][i], held["paragraphs"][i], held["events"][i], c.end - c.start, "", None, None)
        )


def _four(scores: tuple[float, ...]) -> tuple[float | None, ...]:
    """The scores of the four functions; a model with labels of its own has no columns for its scores."""
    return scores if len(scores) == len(FUNCTIONS) else (None,) * len(FUNCTIONS)


def _text(span: Span | None) -> str:
    return "" if span is None else span.text


assert FUNCTIONS == ("safeguarding", "participation", "education", "building"), (
    "the score columns name them in this order"
)
