"""Reading labelled paragraphs: JSON Lines with ``text``, ``headings``, ``functions``, ``sub``, ``family``, or markup.

The markup of whole documents is that of :mod:`gonghui_nlp.learning.markup`; a document is a family.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from gonghui_nlp.errors import InputError
from gonghui_nlp.learning import markup
from gonghui_nlp.learning.markup import LabelledParagraph
from gonghui_nlp.resources import patterns
from gonghui_nlp.text.normalize import fold

NONE = "none"
HELD_OUT = 5
"""One family in this many is held out: those whose name hashes to 0."""

_mark = patterns.pattern("functions", "item_mark")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled paragraph; ``classes`` are the labels with their sub, ``("none",)`` when it has no label."""

    text: str
    headings: tuple[str, ...]
    classes: tuple[str, ...]
    family: str
    fields: dict[str, Any] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    """The types of the events it tells of, each as often as there are events; empty where nobody labelled them."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels without their sub, none of them for ``none``."""
        return tuple(dict.fromkeys(c.split("/")[0] for c in self.classes if c != NONE))


def fold_of(family: str, folds: int = HELD_OUT) -> int:
    """Which fold a family belongs to; whole families only, the same on every machine.

    >>> fold_of("b-choir-01") == fold_of("b-choir-01")
    True
    """
    return int(sha256(family.encode()).hexdigest(), 16) % folds


def untitled(heading: str) -> str:
    """A heading without its numbering mark.

    >>> untitled("（二）关心职工生活")
    '关心职工生活'
    """
    return _mark().sub("", heading, count=1) if _mark().match(heading) else heading


def read_examples(paths: Iterable[Path | str]) -> list[Example]:
    """All labelled paragraphs of the files, in the order given.

    ``functions`` is a list of labels, the first the most important, empty for none; ``sub`` is optional and
    splits a label of one's own choosing in two. ``headings``, ``family`` and ``events`` (types of events) may be
    left out.

    Raises:
        InputError: a file cannot be read or a record has the wrong form; the text says which line.
    """
    examples: list[Example] = []
    for path in map(Path, paths):
        if path.suffix == ".txt":
            examples += (_marked(p) for p in markup.read(path))
            continue
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as e:
            raise InputError(f"corpus {path} cannot be read as UTF-8 text: {e}") from e
        for number, line in enumerate(lines, 1):
            if line.strip():
                examples.append(_example(line, f"{path} line {number}"))
    return examples


def _example(line: str, where: str) -> Example:
    try:
        record = json.loads(line)
    except ValueError as e:
        raise InputError(f"{where} is no JSON: {e}") from e
    if not isinstance(record, dict):
        raise InputError(f"{where}: a record is an object, not {type(record).__name__}")
    return example_of(record, where)


def example_of(record: dict[str, Any], where: str = "record") -> Example:
    """The labelled paragraph of a record; InputError for one of the wrong form, which names ``where`` it stands."""
    text, sub = record.get("text"), record.get("sub")
    labels: Any = record.get("functions")
    headings: Any = record.get("headings") or []
    events: Any = record.get("events") or []
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{where}: 'text' must be a text that is not empty")
    if not _strings(labels):
        raise InputError(f"{where}: 'functions' must be a list of labels, empty for none")
    if not _strings(headings):
        raise InputError(f"{where}: 'headings' must be a list of titles, outermost first")
    if not _strings(events):
        raise InputError(f"{where}: 'events' must be a list of types of events")
    if sub is not None and not isinstance(sub, str):
        raise InputError(f"{where}: 'sub' must be a word or null")
    classes = tuple(f"{x}/{sub}" if sub and _divided(x, labels) else str(x) for x in labels)
    family = str(record.get("family") or record.get("id") or where)
    titles = tuple(untitled(fold(h)) for h in headings)
    return Example(fold(text), titles, classes or (NONE,), family, record, tuple(events))


def _marked(paragraph: LabelledParagraph) -> Example:
    """A paragraph of a marked document; the document's title is no heading of it."""
    record = {
        "text": paragraph.text,
        "functions": list(paragraph.functions),
        "sub": paragraph.sub,
        **paragraph.document,
    }
    labels, sub = paragraph.functions, paragraph.sub
    classes = tuple(f"{x}/{sub}" if sub and _divided(x, labels) else x for x in labels)
    headings = tuple(untitled(fold(h)) for h in paragraph.headings[1:] if h)
    types = tuple(event.type for event in paragraph.events)
    return Example(fold(paragraph.text), headings, classes or (NONE,), paragraph.document["unit"], record, types)


def _divided(label: str, labels: Sequence[str]) -> bool:
    """``sub`` belongs to building, and where there is none of it to the first label."""
    return label == "building" or ("building" not in labels and label == labels[0])


def _strings(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(x, str) and x for x in value)
