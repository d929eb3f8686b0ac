"""Tasks in the forms of Label Studio, doccano and brat, and what was exported from them back to tasks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.annotation.tasks import (
    ARGUMENTS,
    QUANTITIES,
    Arc,
    Mark,
    Refused,
    Task,
    labels_of,
    offsets_in,
    placed,
)
from gonghui_nlp.files import write_whole

Read = tuple[list[Task], list[Refused]]


def register_tool(name: str, write: Callable[[list[Task], Path], None], read: Callable[[Path], Read]) -> None:
    """Makes a form known under a name; the one of spaCy lives in :mod:`gonghui_nlp.adapters.docbin`."""
    TOOLS[name] = (write, read)


def write_export(tasks: Iterable[Task], out: Path | str, tool: str) -> None:
    """Writes tasks for a tool: a JSON file, a JSON Lines file, or for brat a folder. InputError for an unknown tool."""
    _tool(tool)[0](list(tasks), Path(out))


def read_export(path: Path | str, tool: str, annotator: str | None = None) -> Read:
    """The tasks of what a tool exported, and the rows that were refused, each by name: a quote must stand at its offsets.

    Where several people annotated the same tasks in Label Studio, the last submission is taken, or the last one of the
    ``annotator`` whose number or address is given.
    """
    try:
        if annotator is not None and tool != "label-studio":
            raise InputError(f"an export of {tool} names no annotators; export one person's work")
        return _read_label_studio(Path(path), annotator) if annotator is not None else _tool(tool)[1](Path(path))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path}: {why}; give what {tool} exported") from error


def _tool(name: str) -> tuple[Callable[[list[Task], Path], None], Callable[[Path], Read]]:
    if name not in TOOLS:
        raise InputError(f"no tool {name!r}; there are {', '.join(TOOLS)}")
    return TOOLS[name]


def checked(
    name: str, text: str, marks: Iterable[tuple[str, Any, Any, Any, Any]], arcs: Iterable[Arc]
) -> tuple[Task, list[Refused]]:
    """A task of what is right about it, and what is not by name: every quote must stand at its offsets."""
    kept: dict[str, Mark] = {}
    refused = []
    for mark_id, start, end, label, quote in marks:
        where = f"{name}, {mark_id}"
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(label, str) and 0 <= start < end):
            refused.append(Refused(where, "has no offsets or no label"))
        elif (place := placed(text, start, end, text[start:end] if quote is None else quote)) is None:
            refused.append(Refused(where, f"{quote!r} does not stand at {start}-{end}, there is {text[start:end]!r}"))
        else:
            kept[mark_id] = Mark(mark_id, *place, label, text[slice(*place)])
    good = []
    for arc in arcs:
        if arc.source in kept and arc.target in kept:
            good.append(arc)
        else:
            refused.append(Refused(f"{name}, {arc.source}-{arc.target}", "the relation has an end that was not taken"))
    return Task(name, text, tuple(sorted(kept.values(), key=lambda m: (m.start, -m.end))), tuple(good)), refused


def _gather(read: Iterable[tuple[Task | None, list[Refused]]]) -> Read:
    tasks, refused = [], []
    for task, wrong in read:
        tasks += [task] if task is not None else []
        refused += wrong
    return tasks, refused


def _write_label_studio(tasks: list[Task], out: Path) -> None:
    data = []
    for task in tasks:
        result: list[dict[str, Any]] = [
            {"id": m.id, "from_name": "label", "to_name": "text", "type": "labels",
             "value": {"start": m.start, "end": m.end, "text": m.text, "labels": [m.label]}}
            for m in task.marks
        ]  # fmt: skip
        result += [
            {"type": "relation", "from_id": a.source, "to_id": a.target, "direction": "right", "labels": [a.label]}
            for a in task.arcs
        ]
        shown = {"text": task.text, "source": task.name}
        data.append({"data": shown, "predictions": [{"model_version": "gonghui_nlp", "result": result}]})
    write_whole(out, json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    write_whole(out.with_name(f"{out.stem}.labels.xml"), _label_studio_config(tasks).encode())


def _label_studio_config(tasks: list[Task]) -> str:
    """The labelling interface to paste into the project: every label, and the relations."""
    labels = labels_of() + sorted({m.label for task in tasks for m in task.marks} - {*labels_of()})
    lines = [f"    <Label value={quoteattr(label)}/>" for label in labels]
    relations = [f"    <Relation value={quoteattr(name)}/>" for name in (*ARGUMENTS, *QUANTITIES)]
    return "\n".join(
        ["<View>", "  <Relations>", *relations, "  </Relations>", '  <Labels name="label" toName="text">', *lines]
        + ["  </Labels>", '  <Text name="text" value="$text"/>', "</View>", ""]
    )


def _read_label_studio(path: Path, annotator: str | None = None) -> Read:
    data = json.loads(path.read_bytes().decode("utf-8-sig"))
    if not isinstance(data, list):
        raise InputError(f"{path}: no list of tasks; export from Label Studio as JSON")
    return _gather(_label_studio(n, task, annotator) for n, task in enumerate(data, 1))


def _is_by(annotation: Any, annotator: str | None) -> bool:
    by = annotation.get("completed_by")
    return annotator is None or annotator in map(str, by.values() if isinstance(by, dict) else (by,))


def _label_studio(number: int, task: Any, annotator: str | None) -> tuple[Task | None, list[Refused]]:
    try:
        shown = task["data"]
        text, name = shown["text"], str(shown.get("source") or f"task{number}")
        given = [a for a in task.get("annotations", []) if not a.get("was_cancelled") and _is_by(a, annotator)]
        if not given:  # what was proposed is nobody's gold
            return None, [Refused(name, "nobody has submitted an annotation of it")]
        result = given[-1]["result"]
        arcs = [Arc(r["from_id"], r["to_id"], (r.get("labels") or [""])[0]) for r in result if r["type"] == "relation"]
        marks = [
            (r["id"], v.get("start"), v.get("end"), (v.get("labels") or [None])[0], v.get("text"))
            for r in result if r["type"] == "labels" for v in [r["value"]]
        ]  # fmt: skip
        return checked(name, text, marks, arcs)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        return None, [Refused(f"task {number}", f"is no task of Label Studio ({type(error).__name__}: {error})")]


def _write_doccano(tasks: list[Task], out: Path) -> None:
    lines = []
    for task in tasks:
        numbers = {m.id: n for n, m in enumerate(task.marks, 1)}
        at = offsets_in(task.text, units=True)  # doccano shows and counts UTF-16 units
        entities = [
            {"id": numbers[m.id], "label": m.label, "start_offset": at[m.start], "end_offset": at[m.end]}
            for m in task.marks
        ]
        relations = [
            {"id": n, "from_id": numbers[a.source], "to_id": numbers[a.target], "type": a.label}
            for n, a in enumerate(task.arcs, 1)
        ]
        # By their places: doccano numbers entities anew, over all texts.
        quotes = {f"{at[m.start]}-{at[m.end]}": m.text for m in task.marks}
        row = {"text": task.text, "entities": entities, "relations": relations, "source": task.name, "quotes": quotes}
        lines.append(json.dumps(row, ensure_ascii=False))
    write_whole(out, ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _read_doccano(path: Path) -> Read:
    lines = path.read_bytes().decode("utf-8-sig").split("\n")
    return _gather(_doccano(n, line) for n, line in enumerate(lines, 1) if line.strip())


def _doccano(number: int, line: str) -> tuple[Task | None, list[Refused]]:
    try:
        row = json.loads(line)
        name, quotes = str(row.get("source") or f"line{number}"), row.get("quotes") or {}
        listed = row.get("entities") or [
            {"id": n, "start_offset": a, "end_offset": b, "label": label}
            for n, (a, b, label) in enumerate(row.get("label", []), 1)
        ]
        text: str = row["text"]
        at = {unit: n for n, unit in enumerate(offsets_in(text, units=True))}
        for place, quote in quotes.items():
            if text[slice(*(at.get(int(end)) for end in place.split("-")))] != quote:
                return None, [Refused(name, f"its text was changed: {quote!r} is not where it was; import it again")]
        marks = [(str(e["id"]), at.get(e["start_offset"]), at.get(e["end_offset"]), e["label"], None) for e in listed]
        arcs = [Arc(str(r["from_id"]), str(r["to_id"]), r.get("type", "")) for r in row.get("relations", [])]
        return checked(name, text, marks, arcs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [Refused(f"line {number}", f"is no row of doccano ({type(error).__name__}: {error})")]


_BREAK = re.compile(r"[\r\n]+")


def _pieces(mark: Mark) -> str:
    """The places of a mark in brat: one a line that it runs over."""
    at, places = mark.start, []
    for gap in _BREAK.finditer(mark.text):
        places.append(f"{at} {mark.start + gap.start()}")
        at = mark.start + gap.end()
    return ";".join([*places, f"{at} {mark.end}"])


def _write_brat(tasks: list[Task], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    labels: set[str] = {*labels_of()}
    for task in tasks:
        stem = re.sub(r"[\\/:]", "_", task.name.rsplit(".", 1)[0] or "text")
        numbers = {m.id: f"T{n}" for n, m in enumerate(task.marks, 1)}
        lines = [f"{numbers[m.id]}\t{m.label} {_pieces(m)}\t{' '.join(_BREAK.split(m.text))}" for m in task.marks]
        lines += [
            f"R{n}\t{a.label} Arg1:{numbers[a.source]} Arg2:{numbers[a.target]}" for n, a in enumerate(task.arcs, 1)
        ]
        labels |= {m.label for m in task.marks}
        write_whole(out / f"{stem}.txt", task.text.encode("utf-8", "replace"))
        write_whole(out / f"{stem}.ann", ("\n".join(lines) + "\n").encode("utf-8", "replace"))
    relations = [f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>" for name in (*ARGUMENTS, *QUANTITIES)]
    relations.append("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>")
    parts = (["[entities]", *sorted(labels)], ["[relations]", *relations], ["[events]"], ["[attributes]"])
    write_whole(out / "annotation.conf", "\n\n".join(map("\n".join, parts)).encode())


def _read_brat(path: Path) -> Read:
    files = sorted(path.glob("*.ann"))
    if not files:
        raise InputError(f"{path}: no .ann files there; give a folder of brat")
    return _gather(_brat(file) for file in files)


_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_RELATION = re.compile(r"R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*")


def _brat(file: Path) -> tuple[Task | None, list[Refused]]:
    beside = file.with_suffix(".txt")
    if not beside.exists():
        return None, [Refused(file.name, "has no text beside it")]
    text = beside.read_bytes().decode("utf-8")
    flat = text.replace("\r", " ").replace("\n", " ")
    marks, arcs, refused = [], [], []
    for number, line in enumerate(file.read_bytes().decode("utf-8").split("\n"), 1):
        if m := _ENTITY.fullmatch(line):
            places = [tuple(map(int, piece.split())) for piece in m[3].split(";")]
            start, end = places[0][0], places[-1][1]
            # brat parts a stretch at a line end, older versions write a space for it.
            whole = text[start:end]
            broken = [piece for piece in places if "\n" in text[slice(*piece)] or "\r" in text[slice(*piece)]]
            same = " ".join(_BREAK.split(whole)) == m[4] or (broken and flat[start:end] == m[4])
            marks.append((m[1], start, end, m[2], whole if same else m[4]))
        elif m := _RELATION.fullmatch(line):
            arcs.append(Arc(m[2], m[3], m[1]))
        elif line.strip() and not line.startswith(("#", "A", "N")):
            refused.append(
                Refused(f"{file.name}, line {number}", f"is neither a stretch nor a relation: {line[:40]!r}")
            )
    task, wrong = checked(file.stem, text, marks, arcs)
    return task, refused + wrong


TOOLS: dict[str, tuple[Callable[[list[Task], Path], None], Callable[[Path], Read]]] = {
    "label-studio": (_write_label_studio, _read_label_studio),
    "doccano": (_write_doccano, _read_doccano),
    "brat": (_write_brat, _read_brat),
}
"""How tasks are written for each tool, and how its exports are read."""
