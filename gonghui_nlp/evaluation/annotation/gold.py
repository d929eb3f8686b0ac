"""A corrected task as records of gold; values are read from the words, never asked of the annotator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from gonghui_nlp.evaluation.annotation.tasks import ARGUMENTS, FUNCTION, QUANTITIES, STATUSES, Mark, Refused, Task
from gonghui_nlp.evaluation.gold import LABELS
from gonghui_nlp.learning.matching import Record
from gonghui_nlp.pipeline import analyze
from gonghui_nlp.schema import EVENT_TYPES, Count, Date, Document, stated
from gonghui_nlp.settings import Settings

_CHINESE = {code: zh for zh, code in LABELS.items()}


def to_gold(task: Task, settings: Settings | None = None) -> tuple[list[Record], list[Refused]]:
    """The records of a task in the order of the text, and the marks that gold has no kind for, by name.

    A quantity's value is what we read at its place, with the ``settings``; where we read none, the record is left out and named.
    """
    read = partial(analyze, settings=settings)
    document = read(task.text)
    marks = {m.id: m for m in task.marks}
    belongs: dict[str, list[Mark]] = {}
    for arc in task.arcs:
        belongs.setdefault(arc.source, []).append(marks[arc.target])
    records: list[Record] = []
    refused: list[Refused] = []
    functions: dict[int, Record] = {}
    for mark in task.marks:
        where = f"{task.name}, {mark.id}"
        kind, _, status = mark.label.partition("-")
        if kind in EVENT_TYPES and (status or "done") in STATUSES:
            records.append(_event(document, mark, kind, status or "done", belongs.get(mark.id, [])))
        elif mark.label in (*QUANTITIES, "date"):
            if (value := _value(document, mark, read)) is None:
                refused.append(Refused(where, f"no value is read from {mark.text!r}; mend the stretch"))
            else:
                records.append(_record(task, mark, mark.label) | value)
        elif mark.label.startswith(FUNCTION):
            # One record a paragraph; a further mark over the same paragraph is its second function.
            if mark.start not in functions:
                records.append(functions.setdefault(mark.start, _record(task, mark, "function") | {"labels": []}))
            functions[mark.start]["labels"] += _function(mark, functions[mark.start]["labels"])
        elif mark.label not in ARGUMENTS:
            refused.append(Refused(where, f"{mark.label!r} is no label of ours"))
    for record in records:
        record["line"] = task.text.count("\n", 0, record["start"]) + 1
    return records, refused


def _record(task: Task, mark: Mark, kind: str) -> Record:
    return {"kind": kind, "text": mark.text, "start": mark.start, "end": mark.end}


def _function(mark: Mark, already: list[str]) -> list[str]:
    """The function as gold calls it; nothing for ``none`` and for one that is there."""
    name = mark.label.removeprefix(FUNCTION)
    label = _CHINESE.get(name, name)
    return [] if name == "none" or label in already else [label]


def _event(document: Document, mark: Mark, kind: str, status: str, parts: list[Mark]) -> Record:
    same = next((e for e in document.events if e.start < mark.end and mark.start < e.end), None)
    within = same is not None and mark.start <= same.trigger.start and same.trigger.end <= mark.end
    record: Record = {
        "kind": "event", "text": mark.text, "start": mark.start, "end": mark.end,
        # Where we know no trigger inside, the nucleus itself names the event.
        "trigger": same.trigger.text if same is not None and within else mark.text, "type": kind, "status": status,
    }  # fmt: skip
    parts = sorted(parts, key=lambda m: m.start)
    for name in ARGUMENTS:
        record[name] = next((m.text for m in parts if m.label == name), None)
    record["headcounts"] = [m.text for m in parts if m.label == "headcount"]
    record["amounts"] = [m.text for m in parts if m.label == "amount"]
    record["counts"] = [m.text for m in parts if m.label in ("count", "rate")]
    return record


def _value(document: Document, mark: Mark, reader: Callable[[str], Document]) -> Record | None:
    """What we read at the mark's place, else in its words alone."""
    for read, at in ((document, mark.start), (reader(mark.text), 0)):
        found: list[Any] = [*read.amounts, *read.headcounts, *read.counts, *read.dates]
        for q in found:
            kind = q.kind if isinstance(q, Count) else type(q).__name__.lower()
            if kind == mark.label and (q.start, q.end) == (at, at + len(mark.text)):
                if isinstance(q, Date):
                    return {"value": q.value}
                return {"min": q.min, "max": q.max, "approx": q.approx, "value": stated(q.min, q.max)}
    return {"value": None} if mark.label == "date" else None
