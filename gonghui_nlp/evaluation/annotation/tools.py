"""Tasks in the forms of Label Studio, doccano and brat, and what was exported from them back to tasks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.evaluation.annotation.tasks import Arc, Mark, Refused, Task, placed
from gonghui_nlp.files import write_whole

Read = tuple[list[Task], list[Refused]]


def write_export(tasks: Iterable[Task], out: Path, tool: str) -> None:
    """Writes tasks for a tool: a JSON file, a JSON Lines file, or for brat a folder. InputError for an unknown tool."""
    _tool(tool)[0](list(tasks), out)


def read_export(path: Path, tool: str) -> Read:
    """The tasks of what a tool exported, and the rows that were refused, each by name: a quote must stand at its offsets."""
    try:
        return _tool(tool)[1](path)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path}: {why}; give what {tool} exported") from error


def _tool(name: str) -> tuple[Callable[[list[Task], Path], None], Callable[[Path], Read]]:
    if name not in TOOLS:
        raise InputError(f"no tool {name!r}; there are {', '.join(TOOLS)}")
    return TOOLS[name]


def _checked(
    name: str, text: str, marks: Iterable[tuple[str, Any, Any, Any, Any]], arcs: Iterable[Arc]
) -> tuple[Task, list[Refused]]:
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


def _read_label_studio(path: Path) -> Read:
    data = json.loads(path.read_bytes().decode("utf-8-sig"))
    if not isinstance(data, list):
        raise InputError(f"{path}: no list of tasks; export from Label Studio as JSON")
    return _gather(_label_studio(n, task) for n, task in enumerate(data, 1))


def _label_studio(number: int, task: Any) -> tuple[Task | None, list[Refused]]:
    try:
        shown = task["data"]
        text, name = shown["text"], str(shown.get("source") or f"task{number}")
        # What a person submitted last; a task that nobody opened holds only what was proposed.
        given = [a for a in task.get("annotations", []) if not a.get("was_cancelled")] or task.get("predictions", [])
        result = given[-1]["result"] if given else []
        arcs = [Arc(r["from_id"], r["to_id"], (r.get("labels") or [""])[0]) for r in result if r["type"] == "relation"]
        marks = [
            (r["id"], v.get("start"), v.get("end"), (v.get("labels") or [None])[0], v.get("text"))
            for r in result if r["type"] == "labels" for v in [r["value"]]
        ]  # fmt: skip
        return _checked(name, text, marks, arcs)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        return None, [Refused(f"task {number}", f"is no task of Label Studio ({type(error).__name__}: {error})")]


def _write_doccano(tasks: list[Task], out: Path) -> None:
    lines = []
    for task in tasks:
        numbers = {m.id: n for n, m in enumerate(task.marks, 1)}
        entities = [
            {"id": numbers[m.id], "label": m.label, "start_offset": m.start, "end_offset": m.end} for m in task.marks
        ]
        relations = [
            {"id": n, "from_id": numbers[a.source], "to_id": numbers[a.target], "type": a.label}
            for n, a in enumerate(task.arcs, 1)
        ]
        quotes = {str(numbers[m.id]): m.text for m in task.marks}
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
        marks = [
            (str(e["id"]), e["start_offset"], e["end_offset"], e["label"], quotes.get(str(e["id"]))) for e in listed
        ]
        arcs = [Arc(str(r["from_id"]), str(r["to_id"]), r.get("type", "")) for r in row.get("relations", [])]
        return _checked(name, row["text"], marks, arcs)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, [Refused(f"line {number}", f"is no row of doccano ({type(error).__name__}: {error})")]


def _write_brat(tasks: list[Task], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for task in tasks:
        stem = re.sub(r"[\\/:]", "_", task.name.rsplit(".", 1)[0] or "text")
        numbers = {m.id: f"T{n}" for n, m in enumerate(task.marks, 1)}
        lines = [
            f"{numbers[m.id]}\t{m.label} {m.start} {m.end}\t" + m.text.replace("\r", " ").replace("\n", " ")
            for m in task.marks
        ]
        lines += [
            f"R{n}\t{a.label} Arg1:{numbers[a.source]} Arg2:{numbers[a.target]}" for n, a in enumerate(task.arcs, 1)
        ]
        write_whole(out / f"{stem}.txt", task.text.encode("utf-8", "replace"))
        write_whole(out / f"{stem}.ann", ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _read_brat(path: Path) -> Read:
    files = sorted(path.glob("*.ann"))
    if not files:
        raise InputError(f"{path}: no .ann files there; give a folder of brat")
    return _gather(_brat(file) for file in files)


_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d+) (\d+)\t(.*)")
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
            start, end = int(m[3]), int(m[4])
            # brat writes a line end inside a quote as a space.
            quote = text[start:end] if flat[start:end] == m[5] else m[5]
            marks.append((m[1], start, end, m[2], quote))
        elif m := _RELATION.fullmatch(line):
            arcs.append(Arc(m[2], m[3], m[1]))
        elif line.strip() and not line.startswith(("#", "A", "N")):
            refused.append(
                Refused(f"{file.name}, line {number}", f"is neither a stretch nor a relation: {line[:40]!r}")
            )
    task, wrong = _checked(file.stem, text, marks, arcs)
    return task, refused + wrong


TOOLS: dict[str, tuple[Callable[[list[Task], Path], None], Callable[[Path], Read]]] = {
    "label-studio": (_write_label_studio, _read_label_studio),
    "doccano": (_write_doccano, _read_doccano),
    "brat": (_write_brat, _read_brat),
}
"""How tasks are written for each tool, and how its exports are read."""
