"""One text with labelled stretches and arcs between them: what every tool can hold.

A label is an event's type (``aid``, ``aid-planned``, ``aid-routine``), a kind of quantity, an argument's name, or, over a
whole paragraph, a function (``function-safeguarding``, ``function-none``).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gonghui_nlp.schema import EVENT_TYPES, FUNCTIONS, Document, Event, Span

ARGUMENTS = ("date", "place", "participants", "name", "result")
QUANTITIES = ("amount", "headcount", "count", "rate")
STATUSES = ("done", "planned", "routine")
FUNCTION = "function-"
"""What stands before the function in the label of a paragraph."""
Layer = Literal["events", "functions", "all"]


class Mark(NamedTuple):
    """A labelled stretch; ``text`` is the quote that its offsets must bear out."""

    id: str
    start: int
    end: int
    label: str
    text: str


class Arc(NamedTuple):
    """An arc from an event to what belongs to it."""

    source: str
    target: str
    label: str


class Refused(NamedTuple):
    """What could not be taken, by where it stood, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Task:
    """One text to annotate."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    arcs: tuple[Arc, ...]


def labels_of(document: Document | None = None, layer: Layer = "all") -> list[str]:
    """Every label that a mark may bear; those of functions are the Document's, the shipped ones without one.

    >>> labels_of(layer="functions")[-1]
    'function-none'
    """
    labels: list[str] = []
    if layer != "functions":
        labels += [t if s == "done" else f"{t}-{s}" for t in EVENT_TYPES for s in STATUSES]
        labels += [*QUANTITIES, *ARGUMENTS]
    if layer != "events":
        names = [label.name for label in document.labels] if document is not None else FUNCTIONS
        labels += [f"{FUNCTION}{name}" for name in (*names, "none")]
    return labels


def task_of(document: Document, layer: Layer = "events") -> Task:
    """What was found as marks and arcs: the events with their arguments and the quantities, the functions, or all.

    >>> from gonghui_nlp.pipeline import analyze
    >>> task = task_of(analyze("看望了18名患病教职工。"))
    >>> [(m.label, m.text) for m in task.marks], [(a.source, a.target, a.label) for a in task.arcs]
    ([('aid', '看望了18名患病教职工'), ('headcount', '18名'), ('participants', '患病教职工')], [('e1', 'h1', 'headcount'), ('e1', 'e1-participants', 'participants')])
    >>> task_of(analyze("看望了18名患病教职工。"), "functions").marks[0].label
    'function-safeguarding'
    """
    marks: dict[str, Mark] = {}
    arcs: list[Arc] = []
    if layer != "functions":
        marks, arcs = _activities(document)
    if layer != "events":
        for paragraph in document.paragraphs:
            # Of two functions the first one's mark comes first.
            for name in paragraph.functions or ("none",):
                marks[f"{paragraph.id}-{name}"] = _mark(f"{paragraph.id}-{name}", paragraph, f"{FUNCTION}{name}")
    place = {mark: n for n, mark in enumerate(marks)}
    ordered = sorted(marks.values(), key=lambda m: (m.start, -m.end, place[m.id]))
    return Task(document.name, document.text, tuple(ordered), tuple(arcs))


def _activities(document: Document) -> tuple[dict[str, Mark], list[Arc]]:
    marks: dict[str, Mark] = {}
    arcs: list[Arc] = []
    for event in document.activities:
        label = event.type if event.status == "done" else f"{event.type}-{event.status}"
        marks[event.id] = _mark(event.id, event, label)
    for found in (document.amounts, document.headcounts):
        marks |= {q.id: _mark(q.id, q, type(q).__name__.lower()) for q in found}
    marks |= {c.id: _mark(c.id, c, c.kind) for c in document.counts if c.kind != "duration"}
    marks |= {d.id: _mark(d.id, d, "date") for d in document.dates}
    for event in document.activities:
        linked = (*event.amount_ids, *event.headcount_ids, *event.count_ids, *event.date_ids)
        arcs += [Arc(event.id, target, marks[target].label) for target in linked if target in marks]
        for name, span in _arguments(event):
            marks[f"{event.id}-{name}"] = _mark(f"{event.id}-{name}", span, name)
            arcs.append(Arc(event.id, f"{event.id}-{name}", name))
    return marks, arcs


def _mark(mark_id: str, span: Span, label: str) -> Mark:
    return Mark(mark_id, span.start, span.end, label, span.text)


def _arguments(event: Event) -> Iterator[tuple[str, Span]]:
    for name in ARGUMENTS:
        span: Span | None = getattr(event, name)
        if span is not None and not (name == "date" and event.date_ids):
            yield name, span


def placed(text: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    """Where the quote stands, whatever a tool counts: characters, UTF-16 units, line ends of one character, or both.

    >>> placed("😀\\r\\n慰问3人", 6, 8, "3人"), placed("慰问3人", 0, 2, "走访")
    ((5, 7), None)
    """
    if text[start:end] == quote:
        return start, end
    for units, single in ((True, False), (False, True), (True, True)):
        at = offsets_in(text, units, single)
        a, b = (bisect.bisect_left(at, offset) for offset in (start, end))
        if b < len(at) and (at[a], at[b]) == (start, end) and _same(text[a:b], quote):
            return a, b
    return None


def _same(found: str, quote: str) -> bool:
    return found == quote or found.replace("\r\n", "\n") == quote


def offsets_in(text: str, units: bool, single: bool = False) -> list[int]:
    """The offset that a tool gives each character and the end: in UTF-16 ``units``, CR LF as a ``single`` one.

    >>> offsets_in("😀工会", units=True)
    [0, 2, 3, 4]
    """
    out, at = [], 0
    for i, character in enumerate(text):
        out.append(at)
        if not (single and character == "\r" and text[i + 1 : i + 2] == "\n"):
            at += 2 if units and ord(character) > 0xFFFF else 1
    return [*out, at]
